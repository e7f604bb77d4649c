/**
 * The page's end of the wire: asks the worker, and puts a new one in its place if it does not stop when told.
 *
 * @module
 */
import { errorOf } from '../../js/outside/worker/index.js';
import type { FromWorker, Kind, Requests, ToWorker } from './protocol.js';

/** Milliseconds that the worker has to stop by itself; a single step of a large fit may take longer. */
const PATIENCE = 1500;

/** Milliseconds within which its script must run. */
const SILENCE = 30_000;

/** Thrown to whoever waits for something that was cancelled. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';

  /** @param restarted whether the worker did not stop by itself: all that it held is gone */
  constructor(readonly restarted = false) {
    super('Cancelled.');
  }
}

interface Waiting {
  resolve(answer: unknown): void;
  reject(reason: unknown): void;
  event(event: unknown): void;
}

interface AskOptions<E> {
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: E) => void;
}

export class Engine {
  /**
   * Called when the worker, and all that it held, is gone, a new one has been started, and whoever waited for the old
   * one has been refused: what is asked now is asked of the new one.
   */
  onRestart: () => void = () => undefined;
  readonly #script: URL;
  #unsaid: ToWorker[] | null = null;
  #worker: Worker;
  #silent: ReturnType<typeof setTimeout> | undefined;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;

  constructor(script: URL) {
    this.#script = script;
    this.#worker = this.#start();
  }

  /**
   * Asks; the events come in order, and before the answer.
   *
   * @throws {SatnmfError} what the worker threw; {@link Cancelled}
   */
  ask<K extends Kind>(
    kind: K,
    input: Requests[K]['input'],
    { signal, onEvent }: AskOptions<Requests[K]['event']> = {},
  ): Promise<Requests[K]['answer']> {
    if (signal?.aborted) return Promise.reject(new Cancelled());
    const id = ++this.#asked;
    return new Promise<Requests[K]['answer']>((resolve, reject) => {
      let patience: ReturnType<typeof setTimeout> | undefined;
      const cancel = (): void => {
        this.#post({ type: 'cancel', id });
        patience = setTimeout(() => this.#restart(), PATIENCE);
      };
      const settled = (): void => {
        clearTimeout(patience);
        signal?.removeEventListener('abort', cancel);
        this.#waiting.delete(id);
      };
      signal?.addEventListener('abort', cancel, { once: true });
      this.#waiting.set(id, {
        resolve(answer) {
          settled();
          resolve(answer as Requests[K]['answer']);
        },
        reject(reason) {
          settled();
          const asIs = reason instanceof Cancelled || !signal?.aborted;
          reject(asIs ? (reason as Error) : new Cancelled());
        },
        event: (event) => {
          if (!signal?.aborted) onEvent?.(event as Requests[K]['event']);
        },
      });
      this.#post({ type: 'ask', id, kind, input });
    });
  }

  /** What is said before the worker listens waits here: not every browser keeps it for module workers. */
  #post(message: ToWorker): void {
    if (this.#unsaid === null) this.#worker.postMessage(message);
    else this.#unsaid.push(message);
  }

  #start(): Worker {
    this.#unsaid = [];
    this.#silent = setTimeout(
      () => this.#failAll(new Error(`The worker failed: it was silent for ${SILENCE / 1000} s`)),
      SILENCE,
    );
    const worker = new Worker(this.#script, { type: 'module', name: 'satnmf' });
    worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
      if (data.type !== 'ready') return this.#heard(data);
      clearTimeout(this.#silent);
      const unsaid = this.#unsaid ?? [];
      this.#unsaid = null;
      for (const message of unsaid) worker.postMessage(message);
    });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      this.#failAll(new Error(`The worker failed: ${event.message || 'its script cannot be loaded'}`));
    });
    return worker;
  }

  /** Its threads end with it. */
  #restart(): void {
    this.#worker.terminate();
    clearTimeout(this.#silent);
    this.#worker = this.#start();
    this.#failAll(new Cancelled(true));
    this.onRestart();
  }

  #failAll(reason: Error): void {
    for (const waiting of [...this.#waiting.values()]) waiting.reject(reason);
  }

  #heard(message: Exclude<FromWorker, { type: 'ready' }>): void {
    const waiting = this.#waiting.get(message.id);
    if (message.type === 'event') waiting?.event(message.event);
    else if (message.type === 'answer') waiting?.resolve(message.answer);
    else waiting?.reject(message.cancelled ? new Cancelled() : errorOf(message.error));
  }
}
