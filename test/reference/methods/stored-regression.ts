/**
 * The cases of the golden file of DoSL.
 *
 * @module
 */
import { type RowSparseTask, regression } from './dosl.js';
import { readGolden, stored, type StoredMatrix } from '../golden.js';

/** One case: its minimum, and what five iterations of the multipliers make of it. */
export interface StoredRegression {
  readonly lam: number;
  readonly mu: number;
  readonly C: StoredMatrix;
  readonly obj: number;
  readonly pred: readonly number[];
  readonly ialm5: {
    readonly kappa0: number;
    readonly rho: number;
    readonly kappaMax: number;
    readonly C: StoredMatrix;
    /** Objective and largest |C − Q| after each. */
    readonly trace: readonly (readonly [number, number])[];
  };
}

const file = readGolden<{
  Xs: StoredMatrix;
  Xt: StoredMatrix;
  ys: readonly number[];
  c: number;
  cases: readonly StoredRegression[];
}>('dosl');

/** Columns are utterances. */
export const GOLDEN_TARGET = stored(file.Xt);
export const GOLDEN_SOURCE = stored(file.Xs);
export const GOLDEN_LABELS = file.ys;

export const REGRESSIONS: readonly (readonly [number, RowSparseTask, StoredRegression])[] = file.cases.map(
  (one, t) => [t, regression(stored(file.Xs), GOLDEN_TARGET, file.ys, file.c, one.mu, one.lam), one],
);
