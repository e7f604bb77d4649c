// A thread as the pool sees it, whatever the runtime calls it: Web Worker (browsers, Deno, Bun) or worker thread
// (Node).
import { SatnmfError } from '../../errors.js';
import type { FromWorker, ToWorker } from './messages.js';

/** Hears what a thread says, and that it has ended though nobody ended it. */
export interface ThreadListener {
  heard(answer: FromWorker): void;
  died(why: string): void;
}

export interface Thread {
  /** One at a time. */
  listener: ThreadListener;
  post(question: ToWorker): void;
  /** Whether the process waits for it. */
  hold(held: boolean): void;
  end(): Promise<void>;
}

/** The part of both kinds of workers that is used alike. */
interface AnyWorker {
  postMessage(message: unknown): void;
  terminate(): unknown;
  ref?(): void;
  unref?(): void;
}

/** The part of `node:worker_threads` that is used here. */
export interface NodeWorkers {
  Worker: new (file: URL) => AnyWorker & { on(event: string, hear: (what: unknown) => void): unknown };
}

const nobody: ThreadListener = { heard: () => undefined, died: () => undefined };

/** `attach` tells the worker's events to whoever listens at the time. */
function threadOf(worker: AnyWorker, attach: (say: ThreadListener) => void): Thread {
  let ended = false;
  const thread: Thread = {
    listener: nobody,
    post: (question) => worker.postMessage(question),
    hold(held) {
      // The process waits for a thread that is being ended: otherwise it would leave behind whoever awaits that.
      if (ended) return;
      if (held) worker.ref?.();
      else worker.unref?.();
    },
    async end() {
      ended = true;
      await worker.terminate();
    },
  };
  attach({
    heard: (answer) => thread.listener.heard(answer),
    died(why) {
      if (ended) return;
      ended = true;
      thread.listener.died(why);
    },
  });
  return thread;
}

/** @param start makes the worker, so that bundlers see its address in the right words */
export function webThread(start: () => globalThis.Worker): Thread {
  let worker: globalThis.Worker;
  try {
    worker = start();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new SatnmfError('unsupported', `A worker cannot be started here: ${why}`, { cause });
  }
  return threadOf(worker, ({ heard, died }) => {
    worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => heard(data));
    worker.addEventListener('messageerror', () => died('its answer cannot be read'));
    worker.addEventListener('error', (event) => {
      // Deno ends the whole program otherwise.
      event.preventDefault();
      died(event.message || 'its script cannot be loaded');
    });
    // Only Bun says so.
    worker.addEventListener('close', () => died('it was ended from outside'));
  });
}

export function nodeThread({ Worker }: NodeWorkers, file: URL): Thread {
  const worker = new Worker(file);
  return threadOf(worker, ({ heard, died }) => {
    worker.on('message', (answer) => heard(answer as FromWorker));
    worker.on('messageerror', () => died('its answer cannot be read'));
    worker.on('error', (cause) => died(cause instanceof Error ? cause.message : String(cause)));
    worker.on('exit', (code) => died(`it ended with exit code ${String(code)}`));
  });
}
