/**
 * Components in which two corpora differ little and vary much (docs/compared-methods.md, TCA and JDA):
 *
 *   min_W  Tr(Wᵀ K M K W) + mu |W|²   subject to   Wᵀ K Hc K W = I
 *
 * where K (N x N) is the linear kernel of the utterances about their mean, over its mean diagonal κ, Hc = I − 11ᵀ / N and
 * M = Σ_i a_i a_iᵀ. Since Hc K = K, W are the r leading eigenvectors of (K M K + mu I)⁻¹ K², scaled to the constraint.
 *
 * @module
 */
import { aligned, type Core } from '../../core/index.js';
import {
  centre,
  generalizedEigen,
  generalizedEigenBytes,
  mirror,
  multiply,
  multiplyBytes,
  transposed,
  type Wide,
  wide,
  wideBytes,
  wideValues,
} from '../../core/dense/index.js';
import {
  addGramBytes,
  combine,
  combineSliceBytes,
  featureGram,
  featureMeans,
  type FeatureRows,
} from '../../core/samples/index.js';
import { type CodesSvmOptions, type FitContext, type Learnt, trialOnCodes } from '../fit/index.js';
import { projection, type ProjectionCoder } from '../model/index.js';

/** `mu` counts as at least this, with a kernel of mean diagonal 1: rounding must not decide (ours). */
const LEAST_MU = 1e-9;
/** A mean square about the mean below this is none (ours): maps would be too large for other utterances. */
const NOTHING = 1e-30;
/** What is left of equal utterances when their mean is taken off: rounding (ours). */
const CENTRED = 1e-14;
/** Components whose eigenvalue is below this part of the largest are none (ours): it is the square of a variance. */
const RANK = 1e-10;

/** K (N x N, in the arena), and the κ by which it was divided. */
export interface Kernel {
  readonly K: Wide;
  readonly kappa: number;
}

/** What an eigenproblem gave. */
export interface Components {
  /** Number of components found: at most as many as were asked for, 0 where nothing varies. */
  readonly r: number;
  /** N x r. */
  readonly W: Float64Array;
  /** Codes K W, N x r. */
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

/** K. A generator: pauses after some milliseconds of work; its matrix stays in the arena. */
export function* centredKernel(core: Core, X: FeatureRows): Generator<void, Kernel> {
  const { N } = X;
  const K = wide(core, N, N);
  yield* featureGram(core, K, X);
  const values = wideValues(core, K);
  let square = 0;
  for (let i = 0; i < N; i++) square += values[i * N + i];
  centre(core, K);
  let spread = 0;
  for (let i = 0; i < N; i++) spread += values[i * N + i];
  const kappa = spread / N;
  if (!(kappa > NOTHING && spread > CENTRED * square)) {
    values.fill(0);
    return { K, kappa: 1 };
  }
  for (let i = 0; i < values.length; i++) values[i] /= kappa;
  return { K, kappa };
}

/**
 * Solves for the given differences. A generator as above; gives its memory back, but for what is in `kernel`.
 *
 * @param differences the a_i, N values each
 */
export function* transferComponents(
  core: Core,
  { K }: Kernel,
  differences: readonly Float64Array[],
  { r: asked, mu }: { readonly r: number; readonly mu: number },
): Generator<void, Components> {
  const N = K.rows;
  const mark = core.exports.mark();
  const B = wide(core, N, N);
  const between = core.exports.mark();
  const a = wide(core, N, differences.length);
  const sums = wide(core, N, differences.length);
  differences.forEach((one, k) => {
    const values = wideValues(core, a);
    for (let i = 0; i < N; i++) values[i * differences.length + k] = one[i];
  });
  multiply(core, sums, K, a);
  multiply(core, B, sums, transposed(sums), { lower: true });
  core.exports.release(between);
  const penalty = Math.max(mu, LEAST_MU);
  for (let i = 0; i < N; i++) wideValues(core, B)[i * N + i] += penalty;
  const spread = wide(core, N, N);
  multiply(core, spread, K, K, { lower: true });
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
    multiply(core, out, K, wide(core, N, r, W));
    return Float32Array.from(wideValues(core, out));
  });
  return { r, W, codes, objective };
}

/** The map of scaled features to codes about the mean of all utterances: Wᵀ Xᵀ (x − x̄) / κ. */
export function componentCoder(
  core: Core,
  X: FeatureRows,
  { kappa }: Kernel,
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
  context: FitContext<Omit<CodesSvmOptions, 'codes'> & { readonly r: number }>,
  X: FeatureRows,
  kernel: Kernel,
  found: Components,
): Learnt {
  const { core, options, said } = context;
  const told = `r = ${options.r} is above the ${found.r} components that there are`;
  if (found.r === 0) return { decisions: [said], warnings: [`${told}: the base SVM decides`] };
  const coder = componentCoder(core, X, kernel, found);
  const { trial, decisions } = trialOnCodes(
    { ...context, options: { ...options, codes: 'unit-mean-norm' } },
    coder,
  );
  return {
    trials: [trial],
    decisions: [decisions],
    warnings: found.r < options.r ? [`${told}: all of them were used`] : [],
  };
}
