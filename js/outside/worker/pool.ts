// A pool of threads that does rounds of jobs, one round after the other.
import { SatnmfError } from '../../errors.js';
import type { JobKind, Round, Workers } from '../../contract/index.js';
import { ThreadRound } from './round.js';
import type { Thread } from './thread.js';

/** Workers that can be ended. */
export interface Pool extends Workers {
  /**
   * Ends all workers at once and frees what they hold. A fit that runs on them rejects, as does every later one;
   * calling it again does nothing.
   */
  terminate(): Promise<void>;
}

export class ThreadPool implements Pool {
  readonly count: number;
  readonly #start: () => Promise<Thread>;
  readonly #threads = new Set<Thread>();
  #round: ThreadRound<never, never, never> | null = null;
  /** Resolves when the rounds before are closed. */
  #turn: Promise<void> = Promise.resolve();
  #terminated = false;

  /** @param start resolves to a thread that is ready */
  constructor(count: number, start: () => Promise<Thread>) {
    this.count = count;
    this.#start = start;
  }

  /** Starts the missing threads: all at first, later those that died. */
  async fill(): Promise<void> {
    const missing = Array.from({ length: this.count - this.#threads.size }, async () => {
      const thread = await this.#start();
      if (this.#terminated) await thread.end();
      else this.#rest(thread);
    });
    const failed = (await Promise.allSettled(missing)).find(({ status }) => status === 'rejected');
    if (failed !== undefined) throw (failed as PromiseRejectedResult).reason;
  }

  /** An idle thread does not keep the process alive; if it dies, it is only forgotten. */
  #rest(thread: Thread): void {
    this.#threads.add(thread);
    thread.hold(false);
    thread.listener = { heard: () => undefined, died: () => void this.#threads.delete(thread) };
  }

  async open<S, J, R, A>(
    { name }: JobKind<S, J, R, A> | { readonly name: string },
    shared: S,
    { signal }: { readonly signal?: AbortSignal | undefined } = {},
  ): Promise<Round<J, R, A>> {
    const before = this.#turn;
    let next!: () => void;
    this.#turn = new Promise((resolve) => (next = resolve));
    await before;
    try {
      signal?.throwIfAborted();
      this.#mustLive();
      await this.fill();
      this.#mustLive();
      const lost = (thread: Thread): void => void this.#threads.delete(thread);
      const round = new ThreadRound<J, R, A>([...this.#threads], name, shared, signal, lost);
      this.#round = round as unknown as ThreadRound<never, never, never>;
      void round.closed.then(() => {
        this.#round = null;
        for (const thread of this.#threads) this.#rest(thread);
        next();
      });
      return round;
    } catch (error) {
      next();
      throw error;
    }
  }

  async terminate(): Promise<void> {
    this.#terminated = true;
    this.#round?.abandon(terminated());
    const threads = [...this.#threads];
    this.#threads.clear();
    await Promise.all(threads.map((thread) => thread.end()));
  }

  #mustLive(): void {
    if (this.#terminated) throw terminated();
  }
}

const terminated = (): SatnmfError =>
  new SatnmfError('bad-argument', 'The workers have been terminated; startWorkers() makes new ones', {
    argument: 'workers',
    expected: 'workers that run',
  });
