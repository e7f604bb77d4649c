// A round of jobs over threads: whoever is free takes the next.
import { SatnmfError } from '../../errors.js';
import type { JobListener, Round } from '../../contract/index.js';
import { type FromWorker, errorOf, type ToWorker } from './messages.js';
import type { Thread } from './thread.js';

/** The jobs that were asked for. */
interface Asked<J, R, A> {
  readonly inputs: readonly J[];
  readonly answers: A[];
  readonly listener: JobListener<R, A>;
  next: number;
  /** Jobs that are waited for. */
  open: number;
  stopped: boolean;
  resolve(answers: A[]): void;
  reject(reason: unknown): void;
}

export class ThreadRound<J, R, A> implements Round<J, R, A> {
  /** Resolves when every thread has given back what it held, or died. */
  readonly closed: Promise<void>;
  readonly #threads: Set<Thread>;
  readonly #died: (thread: Thread) => void;
  #allClosed!: () => void;
  #asked: Asked<J, R, A> | null = null;
  #failed: { readonly reason: unknown } | null = null;
  #closing = false;
  #forget: () => void = () => undefined;

  constructor(
    threads: readonly Thread[],
    kind: string,
    shared: unknown,
    signal: AbortSignal | undefined,
    died: (thread: Thread) => void,
  ) {
    this.#threads = new Set(threads);
    this.#died = died;
    this.closed = new Promise((resolve) => (this.#allClosed = resolve));
    for (const thread of threads)
      thread.listener = {
        heard: (answer) => this.#heard(thread, answer),
        died: (why) => this.#lost(thread, why),
      };
    const abort = (): void => this.fail(signal?.reason);
    signal?.addEventListener('abort', abort, { once: true });
    this.#forget = () => signal?.removeEventListener('abort', abort);
    for (const thread of threads) {
      thread.hold(true);
      if (!this.#closing) this.#post(thread, { type: 'open', kind, shared });
    }
  }

  /** What cannot be copied fails the round. */
  #post(thread: Thread, question: ToWorker): void {
    try {
      thread.post(question);
    } catch (error) {
      this.fail(error);
    }
  }

  all(inputs: readonly J[], listener: JobListener<R, A> = {}): Promise<A[]> {
    return new Promise((resolve, reject) => {
      if (this.#failed !== null) return reject(this.#failed.reason);
      if (this.#closing) return reject(new SatnmfError('internal', 'The round of jobs is closed.'));
      if (inputs.length === 0) return resolve([]);
      this.#asked = {
        inputs,
        answers: [],
        listener,
        next: 0,
        open: inputs.length,
        stopped: false,
        resolve,
        reject,
      };
      for (const thread of this.#threads) this.#give(thread);
    });
  }

  /** Whether the listener wants no more jobs; those that were not given out are not waited for. */
  #stops(asked: Asked<J, R, A>): boolean {
    if (asked.stopped || asked.listener.goesOn?.() !== false) return asked.stopped;
    asked.stopped = true;
    asked.open -= asked.inputs.length - asked.next;
    return true;
  }

  /** Ends the round for this reason; the first one counts. */
  fail(reason: unknown): void {
    this.#failed ??= { reason };
    const asked = this.#asked;
    this.#asked = null;
    this.close();
    asked?.reject(this.#failed.reason);
  }

  close(): void {
    if (this.#closing) return;
    this.#closing = true;
    this.#forget();
    for (const thread of this.#threads) thread.post({ type: 'close' });
    if (this.#threads.size === 0) this.#allClosed();
  }

  /** As {@link fail}, when the threads are about to be ended: none will say that it is done. */
  abandon(reason: unknown): void {
    this.fail(reason);
    for (const thread of this.#threads) this.#gone(thread);
  }

  #give(thread: Thread): void {
    const asked = this.#asked;
    if (asked === null || asked.next >= asked.inputs.length) return;
    const index = asked.next++;
    this.#post(thread, { type: 'job', index, input: asked.inputs[index] });
  }

  #heard(thread: Thread, answer: FromWorker): void {
    if (answer.type === 'closed') return this.#gone(thread);
    if (answer.type === 'failed') return this.fail(errorOf(answer.error));
    const asked = this.#asked;
    if (asked === null) return;
    try {
      if (answer.type === 'report') asked.listener.report?.(answer.index, answer.progress as R);
      if (answer.type !== 'done') return;
      asked.answers[answer.index] = answer.answer as A;
      asked.listener.done?.(answer.index, answer.answer as A);
    } catch (error) {
      return this.fail(error);
    }
    asked.open--;
    if (!this.#stops(asked) && asked.open > 0) return this.#give(thread);
    if (asked.open > 0) return;
    this.#asked = null;
    asked.resolve(asked.answers);
  }

  #lost(thread: Thread, why: string): void {
    this.#died(thread);
    this.#gone(thread);
    this.fail(new SatnmfError('internal', `A worker ended before its work was done: ${why}`));
  }

  #gone(thread: Thread): void {
    if (!this.#threads.delete(thread)) return;
    thread.hold(false);
    if (this.#closing && this.#threads.size === 0) this.#allClosed();
  }
}
