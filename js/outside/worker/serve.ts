// The worker's side: rounds of jobs, one after the other.
import { SatnmfError } from '../../errors.js';
import type { Job } from '../../contract/index.js';
import { type FromWorker, plainError, type ToWorker } from './messages.js';

/** The end of the wire in the worker. */
export interface Port {
  post(answer: FromWorker): void;
  /** Called once. Questions that came before wait. */
  listen(hear: (question: ToWorker) => void): void;
}

/** Does the jobs of one kind until there are no more. */
export type Worker = (shared: unknown, jobs: AsyncIterable<Job<unknown, unknown, unknown>>) => Promise<void>;

/** Jobs of a round as they come. The iteration ends when the round is closed. */
class Jobs implements AsyncIterable<Job<unknown, unknown, unknown>> {
  readonly #port: Port;
  readonly #waiting: Job<unknown, unknown, unknown>[] = [];
  readonly #closing = new AbortController();
  #wake: () => void = () => undefined;

  constructor(port: Port) {
    this.#port = port;
  }

  push(index: number, input: unknown): void {
    this.#waiting.push({
      input,
      signal: this.#closing.signal,
      report: (progress) => this.#port.post({ type: 'report', index, progress }),
      done: (answer) => this.#port.post({ type: 'done', index, answer }),
    });
    this.#wake();
  }

  close(): void {
    this.#closing.abort();
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Job<unknown, unknown, unknown>> {
    while (!this.#closing.signal.aborted) {
      const job = this.#waiting.shift();
      if (job !== undefined) yield job;
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  /** Resolves when the round is closed. */
  async closed(): Promise<void> {
    while (!this.#closing.signal.aborted) await new Promise<void>((resolve) => (this.#wake = resolve));
  }
}

/** Answers all questions for as long as the worker lives. */
export function serve(port: Port, kinds: Readonly<Record<string, Worker>>): void {
  let jobs: Jobs | null = null;
  const round = async (kind: string, shared: unknown, own: Jobs): Promise<void> => {
    try {
      if (!Object.hasOwn(kinds, kind))
        throw new SatnmfError('unsupported', `The worker knows no jobs called ${kind}`);
      await kinds[kind](shared, own);
    } catch (error) {
      port.post({ type: 'failed', error: plainError(error) });
    }
    await own.closed();
    jobs = null;
    port.post({ type: 'closed' });
  };
  port.listen((question) => {
    if (question.type === 'open') {
      jobs = new Jobs(port);
      void round(question.kind, question.shared, jobs);
    } else if (question.type === 'job') jobs?.push(question.index, question.input);
    else if (jobs !== null) jobs.close();
    // What its jobs would have shared could not be copied, so that the round never came.
    else port.post({ type: 'closed' });
  });
  port.post({ type: 'ready', version: __VERSION__ });
}
