/**
 * Workers as a fit sees them: they do jobs of a kind, plain data in, plain data out. What starts them is handed in
 * (`satnmf/worker`), so that nothing here knows a runtime.
 *
 * @module
 */
import type { Core } from '../core/index.js';

/** A job on the worker's side. */
export interface Job<J, R, A> {
  readonly input: J;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
  report(progress: R): void;
  done(answer: A): void;
}

/**
 * A kind of job. The answer to an input does not depend on the worker, nor on the jobs before it.
 *
 * `S`: what all jobs of a round share; `J`: input, `R`: report, `A`: answer of one job. All four are plain data, which
 * structured clone copies.
 */
export interface JobKind<S, J, R, A> {
  readonly name: string;
  /** Does jobs one after the other until there are no more; runs on a worker with a Core of its own. */
  work(core: Core, shared: S, jobs: AsyncIterable<Job<J, R, A>>): Promise<void>;
}

/** Hears of jobs by their index, in the order in which that happens. What it throws fails the round. */
export interface JobListener<R, A = unknown> {
  report?(index: number, progress: R): void;
  done?(index: number, answer: A): void;
  /** Asked before a job is given out; once it says no, only those under way are finished. Default: always yes. */
  goesOn?(): boolean;
}

/** Workers that have been given what the jobs share. */
export interface Round<J, R, A> {
  /**
   * Has all jobs done, each by the first worker that is free.
   *
   * @returns the answers in the order of the inputs; none for those that were not given out (`goesOn`)
   * @throws the signal's reason; the first error of a job, as the SatnmfError it was; `internal` if a worker dies
   */
  all(inputs: readonly J[], listener?: JobListener<R, A>): Promise<A[]>;
  /** Ends the round: a job that is under way is cancelled, the workers give back what they hold. */
  close(): void;
}

/** Workers, each with a Core of its own. */
export interface Workers {
  /** How many there are. */
  readonly count: number;
  /** Begins a round, as soon as the one before it is closed. Of the kind it needs the name. */
  open<S, J, R, A>(
    kind: JobKind<S, J, R, A> | { readonly name: string },
    shared: S,
    options?: { readonly signal?: AbortSignal | undefined },
  ): Promise<Round<J, R, A>>;
}
