/**
 * What a fit spreads over workers: columns of its Gram matrix, then its trials. Each has the same bits wherever it is
 * computed, so no bit of the fit depends on the number of workers.
 *
 * @module
 */
import { type GramColumns, gramOfColumns, gramParts } from '../../core/samples/index.js';
import type { Matrix } from '../../data/index.js';
import {
  spreadProgress,
  type TrialOutcome,
  type TrialRows,
  type TrialsInput,
  type TrialsReport,
} from './trials.js';
import type { SpreadFit } from '../fit/index.js';
import type { Workers } from '../../contract/index.js';

/** A job of a fit. */
export type FitJob =
  { readonly columns: Pick<GramColumns, 'from' | 'to'> } | { readonly trials: TrialsInput };
/** … and its answer: the columns, or the trials. */
export type FitAnswer = Float32Array | TrialOutcome[];

/** Name of the jobs of a fit; what they do is in spread-work.ts, which only workers carry. */
export const FIT_JOBS = 'fit';

/** Jobs a worker that the Gram matrix is split into: they do not take quite the same time. */
const PARTS = 4;

/** A factorisation whose Gram matrix and trials workers compute. */
export interface SpreadTrials extends SpreadFit {
  trials(input: TrialsInput, report: (progress: TrialsReport) => void): Promise<TrialOutcome[]>;
}

/** Begins the round of a fit. @throws as `Workers.open` */
export async function spreadFit(
  workers: Workers,
  rows: TrialRows,
  signal: AbortSignal | undefined,
): Promise<SpreadTrials> {
  const kind = { name: FIT_JOBS };
  const round = await workers.open<TrialRows, FitJob, TrialsReport, FitAnswer>(kind, postedRows(rows), {
    signal,
  });
  return {
    async gram(samples) {
      const parts = gramParts(samples.N, PARTS * workers.count);
      const columns = (await round.all(parts.map((columns) => ({ columns })))) as Float32Array[];
      return gramOfColumns(
        samples,
        parts.map((part, i) => ({ ...part, data: columns[i] })),
      );
    },
    // A trial a job: they take different numbers of iterations, and whoever is free takes the next.
    async trials(input, report) {
      const inputs = Array.from({ length: input.count }, (_, t) => ({
        trials: { ...input, first: input.first + t, count: 1 },
      }));
      const progress = spreadProgress(input, workers.count, report);
      return ((await round.all(inputs, progress)) as TrialOutcome[][]).flat();
    },
    close: () => round.close(),
  };
}

/** The rows as they are posted: of a matrix that is part of a larger buffer, all of the buffer would be copied. */
function postedRows({ source, target, ...rest }: TrialRows): TrialRows {
  const whole = (rows: Matrix): Matrix =>
    rows.data.byteLength === rows.data.buffer.byteLength ? rows : { ...rows, data: rows.data.slice() };
  const { classes, labels, rowWeights, known } = rest;
  return { classes, labels, rowWeights, known, source: whole(source), target: whole(target) };
}
