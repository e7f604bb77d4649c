/**
 * Components in which two corpora differ little and vary much (docs/method.md §13):
 *
 *   min_W  Tr(Wᵀ K M K W) + mu |W|²   subject to   Wᵀ K Hc K W = I
 *
 * with the linear kernel K = Xᵀ X / κ (N x N, κ its mean diagonal), Hc = I − 11ᵀ / N and M = Σ_i a_i a_iᵀ, where each
 * a_i sums to 0. W are the r leading eigenvectors of (K M K + mu I)⁻¹ K Hc K, scaled to the constraint.
 *
 * @module
 */
import { aligned, type Core } from '../core/core.js';
import {
  mirror,
  multiply,
  multiplyBytes,
  transposed,
  type Wide,
  wide,
  wideBytes,
  wideValues,
} from '../core/dense.js';
import { generalizedEigen, generalizedEigenBytes } from '../core/eigen.js';
import {
  addGramBytes,
  combine,
  combineSliceBytes,
  featureMeans,
  type FeatureRows,
  gramOf,
} from '../core/feature-rows.js';
import { type CodedOptions, codedTrial } from './coded-trial.js';
import { type ProjectionCoder, projection } from './coders/projection.js';
import type { Learnt, Setting } from './procedure.js';

/** `mu` counts as at least this, with a kernel of mean diagonal 1: rounding must not decide (ours). */
const LEAST_MU = 1e-9;
/** Utterances whose mean square is below this are zeros (ours): else maps would be too large for others. */
const NOTHING = 1e-30;
/** Components whose eigenvalue is below this part of the largest are none (ours): it is the square of a variance. */
const RANK = 1e-10;

/** The centred kernel Hc K (N x N, in the arena), and the κ by which it was divided. */
export interface CentredKernel {
  readonly C: Wide;
  readonly kappa: number;
}

/** What an eigenproblem gave. */
export interface Components {
  /** Number of components found: at most as many as were asked for, 0 where nothing varies. */
  readonly r: number;
  /** N x r. */
  readonly W: Float64Array;
  /** Codes about their mean, Hc K W, N x r. */
  readonly codes: Float32Array;
  /** The objective. */
  readonly objective: number;
}

/** Bytes that the functions of this file take for `asked` components and so many differences a_i. */
export function componentsBytes(
  core: Core,
  N: number,
  d: number,
  asked: number,
  differences: number,
): number {
  const r = Math.min(asked, N - 1);
  const products = (R: number, K: number): number => multiplyBytes(core, R, K);
  const square = wideBytes(N, N);
  const problem = [
    2 * wideBytes(N, differences) + Math.max(products(differences, N), products(N, differences)),
    square + Math.max(products(N, N), generalizedEigenBytes(core, N, r)),
  ];
  const parts = [
    addGramBytes(core, d, N, false),
    square + Math.max(...problem),
    2 * wideBytes(N, r) + products(r, N),
    wideBytes(N, r) + combineSliceBytes(core, d, N, r),
  ];
  return square + Math.max(...parts.map(aligned));
}

/** Hc K of the linear kernel. A generator: pauses after some milliseconds of work; its matrix stays in the arena. */
export function* centredKernel(core: Core, X: FeatureRows): Generator<void, CentredKernel> {
  const { N } = X;
  const C = wide(core, N, N);
  yield* gramOf(core, C, X);
  mirror(core, C);
  const values = wideValues(core, C);
  let trace = 0;
  for (let i = 0; i < N; i++) trace += values[i * N + i];
  const kappa = trace / N;
  if (!(kappa > NOTHING)) {
    values.fill(0);
    return { C, kappa: 1 };
  }
  const means = new Float64Array(N);
  for (let i = 0; i < N; i++) for (let j = 0; j < N; j++) means[j] += values[i * N + j] /= kappa;
  for (let i = 0; i < N; i++) for (let j = 0; j < N; j++) values[i * N + j] -= means[j] / N;
  return { C, kappa };
}

/**
 * Solves for the given differences. A generator as above; gives its memory back, but for what is in `kernel`.
 *
 * @param differences the a_i, N values each
 */
export function* transferComponents(
  core: Core,
  { C }: CentredKernel,
  differences: readonly Float64Array[],
  { r: asked, mu }: { readonly r: number; readonly mu: number },
): Generator<void, Components> {
  const N = C.rows;
  const mark = core.exports.mark();
  const B = wide(core, N, N);
  const between = core.exports.mark();
  // K a = K Hc a = Cᵀ a, since a sums to 0.
  const a = wide(core, N, differences.length);
  const sums = wide(core, N, differences.length);
  differences.forEach((one, k) => {
    const values = wideValues(core, a);
    for (let i = 0; i < N; i++) values[i * differences.length + k] = one[i];
  });
  multiply(core, sums, transposed(C), a);
  multiply(core, B, sums, transposed(sums), { lower: true });
  core.exports.release(between);
  const penalty = Math.max(mu, LEAST_MU);
  for (let i = 0; i < N; i++) wideValues(core, B)[i * N + i] += penalty;
  const spread = wide(core, N, N);
  multiply(core, spread, transposed(C), C, { lower: true });
  mirror(core, spread);
  yield;
  const { values, vectors } = generalizedEigen(core, spread, B, Math.min(asked, N - 1));
  yield;
  const r = values.filter((value) => value > 0 && value > RANK * values[0]).length;
  const rows = wideValues(core, vectors);
  const W = new Float64Array(N * r);
  let objective = 0;
  for (let k = 0; k < r; k++) {
    const root = Math.sqrt(values[k]);
    for (let i = 0; i < N; i++) W[i * r + k] = rows[k * N + i] / root;
    objective += 1 / values[k];
  }
  core.exports.release(mark);
  const codes = core.scoped(() => {
    const out = wide(core, N, r);
    multiply(core, out, C, wide(core, N, r, W));
    return Float32Array.from(wideValues(core, out));
  });
  return { r, W, codes, objective };
}

/** The map of scaled features to codes about the mean of all utterances: Wᵀ Xᵀ (x − x̄) / κ. */
export function componentCoder(
  core: Core,
  X: FeatureRows,
  { kappa }: CentredKernel,
  { r, W }: Components,
): ProjectionCoder {
  const P = core.scoped(() => combine(core, X, wide(core, X.N, r, W)));
  return projection(
    P.map((value) => value / kappa),
    r,
    { mean: featureMeans(X) },
  );
}

/** The difference of two means: 1 / n for the source utterances that count, −1 / m for those of the target; null: none counts on a side. */
export function meanDifference(N: number, n: number, counts: (j: number) => boolean): Float64Array | null {
  let [source, target] = [0, 0];
  for (let j = 0; j < N; j++)
    if (counts(j)) {
      if (j < n) source++;
      else target++;
    }
  if (source === 0 || target === 0) return null;
  return Float64Array.from({ length: N }, (_, j) => (counts(j) ? (j < n ? 1 / source : -1 / target) : 0));
}

/** What follows once the components are found: their coder, and the SVM on codes of a mean length of 1. */
export function learntFrom(
  setting: Setting<Omit<CodedOptions, 'codes'> & { readonly r: number }>,
  X: FeatureRows,
  kernel: CentredKernel,
  found: Components,
): Learnt {
  const { core, options, said } = setting;
  const told = `r = ${options.r} is above the ${found.r} components that there are`;
  if (found.r === 0) return { decisions: [said], warnings: [`${told}: the base SVM decides`] };
  const coder = componentCoder(core, X, kernel, found);
  const { trial, decisions } = codedTrial(
    { ...setting, options: { ...options, codes: 'unit-mean-norm' } },
    coder,
  );
  return {
    trials: [trial],
    decisions: [decisions],
    warnings: found.r < options.r ? [`${told}: all of them were used`] : [],
  };
}
