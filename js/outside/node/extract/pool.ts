/**
 * Features of many audio files, several at a time. A file's features do not depend on how many threads there
 * are, nor on which of them it meets.
 *
 * @module
 */
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { compareModule } from '../../../entries/audio.js';
import { SatnmfError } from '../../../errors.js';
import { extractFile, type FileResult, type FileTask, type Prepare, widthOf } from './file.js';
import { writeCached } from './cache.js';
import type { WorkerAnswer, WorkerQuestion, WorkerSetup } from './serve.js';

/** How files are extracted. */
export interface PoolOptions {
  /** Threads; 1: this one, without another. */
  readonly jobs: number;
  /** The file that a thread runs; it calls `serveExtraction`. */
  readonly worker: URL;
  readonly prepare: Prepare;
  readonly signal: AbortSignal;
  /** Called as files are done, in the order in which that happens. A throw ends everything. */
  readonly onDone: (index: number, outcome: FileResult | Error) => void;
  /** Called once if the cache cannot be written. */
  readonly onCacheProblem: (error: Error) => void;
}

/** Writes to the cache that are under way; the first failure is the last write. */
class CacheWrites {
  readonly #pending = new Set<Promise<void>>();
  #failed = false;

  constructor(readonly onProblem: (error: Error) => void) {}

  add({ level }: FileTask, { place, features }: FileResult): void {
    if (place === null || this.#failed) return;
    const write = writeCached(place, widthOf(level), features)
      .catch((error: Error) => {
        if (!this.#failed) this.onProblem(error);
        this.#failed = true;
      })
      .finally(() => this.#pending.delete(write));
    this.#pending.add(write);
  }

  async end(): Promise<void> {
    await Promise.all(this.#pending);
  }
}

/**
 * Extracts files. Returns when every file is done and the cache is written; until then the signal is heard.
 *
 * @throws the signal's reason; whatever `onDone` throws; `internal` if a thread dies
 */
export async function extractFiles(tasks: readonly FileTask[], options: PoolOptions): Promise<void> {
  const writes = new CacheWrites(options.onCacheProblem);
  const done = (index: number, outcome: FileResult | Error): void => {
    if (!(outcome instanceof Error)) writes.add(tasks[index], outcome);
    options.onDone(index, outcome);
  };
  const module = await compareModule();
  const jobs = Math.min(options.jobs, tasks.length);
  try {
    if (jobs <= 1) await extractHere(tasks, module, options, done);
    else await extractInThreads(tasks, module, jobs, options, done);
  } finally {
    await writes.end();
  }
}

type Done = (index: number, outcome: FileResult | Error) => void;

async function extractHere(
  tasks: readonly FileTask[],
  module: WebAssembly.Module,
  { prepare, signal }: PoolOptions,
  done: Done,
): Promise<void> {
  for (const [index, task] of tasks.entries()) {
    // Ctrl-C is only heard between two turns of the event loop.
    await setImmediate();
    signal.throwIfAborted();
    done(index, await extractFile(task, module, prepare).catch((error: Error) => error));
  }
  await setImmediate();
  signal.throwIfAborted();
}

async function extractInThreads(
  tasks: readonly FileTask[],
  module: WebAssembly.Module,
  jobs: number,
  { worker: file, signal }: PoolOptions,
  done: Done,
): Promise<void> {
  signal.throwIfAborted();
  const workers: Worker[] = [];
  let next = 0;
  let open = tasks.length;
  try {
    await new Promise<void>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      const ask = (worker: Worker): void => {
        if (next >= tasks.length) return;
        worker.postMessage({ index: next, task: tasks[next] } satisfies WorkerQuestion);
        next++;
      };
      for (let i = 0; i < jobs; i++) {
        const worker = new Worker(file, { workerData: { module } satisfies WorkerSetup });
        workers.push(worker);
        worker.on('error', (cause) =>
          reject(
            new SatnmfError('internal', `A thread of the extraction ended: ${cause.message}`, { cause }),
          ),
        );
        worker.on('exit', () => reject(new SatnmfError('internal', 'A thread of the extraction ended.')));
        worker.on('message', (answer: WorkerAnswer) => {
          try {
            done(answer.index, 'result' in answer ? answer.result : errorOf(answer.error));
          } catch (error) {
            return reject(error);
          }
          if (--open === 0) return resolve();
          ask(worker);
        });
        ask(worker);
      }
    });
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

/** Errors lose their class between threads. */
function errorOf({ code, message, detail }: Extract<WorkerAnswer, { error: unknown }>['error']): Error {
  return code === null ? new Error(message) : new SatnmfError(code, message, detail);
}
