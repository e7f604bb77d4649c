/**
 * What a fit spreads over workers: columns of its Gram matrix, then its trials. Each has the same bits wherever it is
 * computed, so no bit of the fit depends on the number of workers.
 *
 * @module
 */
import type { Pointer } from '../core/exports.js';
import { type GramColumns, gramOf, gramParts, type Samples } from '../core/samples.js';
import type { Matrix } from '../data/matrix.js';
import {
  spreadProgress,
  type TrialOutcome,
  type TrialRows,
  type TrialsInput,
  type TrialsReport,
} from './nmf-trials.js';
import type { Round, Workers } from './workers.js';

/** A job of a fit. */
export type FitJob =
  { readonly columns: Pick<GramColumns, 'from' | 'to'> } | { readonly trials: TrialsInput };
/** … and its answer: the columns, or the trials. */
export type FitAnswer = Float32Array | TrialOutcome[];

/** Name of the jobs of a fit; what they do is in spread-work.ts, which only workers carry. */
export const FIT_JOBS = 'fit';

/** Jobs a worker that the Gram matrix is split into: they do not take quite the same time. */
const PARTS = 4;

/** Workers that have the rows of a fit. */
export class Spread {
  readonly #round: Round<FitJob, TrialsReport, FitAnswer>;
  readonly #workers: number;

  private constructor(round: Round<FitJob, TrialsReport, FitAnswer>, workers: number) {
    this.#round = round;
    this.#workers = workers;
  }

  /** They pack the rows while the caller goes on. @throws as `Workers.open` */
  static async over(workers: Workers, rows: TrialRows, signal: AbortSignal | undefined): Promise<Spread> {
    return new Spread(
      await workers.open<TrialRows, FitJob, TrialsReport, FitAnswer>({ name: FIT_JOBS }, postedRows(rows), {
        signal,
      }),
      workers.count,
    );
  }

  /** K = X Xᵀ, left in the arena as `gram` leaves it. */
  async gram(samples: Samples): Promise<Pointer> {
    const parts = gramParts(samples.N, PARTS * this.#workers);
    const columns = (await this.#round.all(parts.map((columns) => ({ columns })))) as Float32Array[];
    return gramOf(
      samples,
      parts.map((part, i) => ({ ...part, data: columns[i] })),
    );
  }

  /** A trial a job: they take different numbers of iterations, and whoever is free takes the next. */
  async trials(input: TrialsInput, report: (progress: TrialsReport) => void): Promise<TrialOutcome[]> {
    const inputs = Array.from({ length: input.count }, (_, t) => ({
      trials: { ...input, first: input.first + t, count: 1 },
    }));
    return (
      (await this.#round.all(inputs, spreadProgress(input, this.#workers, report))) as TrialOutcome[][]
    ).flat();
  }

  /** Ends what is under way; the workers give back what they hold. */
  close(): void {
    this.#round.close();
  }
}

/** The rows as they are posted: of a matrix that is part of a larger buffer, all of the buffer would be copied. */
function postedRows({ classes, labels, source, target }: TrialRows): TrialRows {
  const whole = (rows: Matrix): Matrix =>
    rows.data.byteLength === rows.data.buffer.byteLength ? rows : { ...rows, data: rows.data.slice() };
  return { classes, labels, source: whole(source), target: whole(target) };
}
