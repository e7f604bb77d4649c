// A subspace with row-sparse projection by iterated reweighting (docs/compared-methods.md, FSTSL):
//
//   min_P  Tr(Pᵀ X K Xᵀ P) + delta Σ_i √(|p_i|² + eps²)   subject to   Pᵀ X Hc Xᵀ P = I
//
// where p_i is row i of P (d x r) and Hc = I − 11ᵀ / N. Each pass replaces the second term by the quadratic that
// touches it at the present P, so the objective never rises.
//
// With g_i = 2 √(|p_i|² + eps²), S = Xᵀ diag(g) X = R Rᵀ (N x N), RᵀKR + delta I = L Lᵀ and W = L⁻¹Rᵀ, a pass is
// W Hc Wᵀ y = ψ y for the r largest ψ, Q = R⁻ᵀ L⁻ᵀ y / √ψ and P = diag(g) X Q: nothing of size d x d. R is upper
// triangular and L lower, so that W is lower triangular, which halves what the gram matrix leaves to do.
import { aligned, type Core } from '../../core/index.js';
import {
  centre,
  cholesky,
  choleskyFromBelow,
  eigenBytes,
  lowerOfUpperTimes,
  reverse,
  solveBytes,
  solveForUpper,
  solveTriangle,
  squareOfLower,
  symmetricEigen,
  symmetricEigenvalues,
  timesUpper,
  triangularBytes,
  type Wide,
  wide,
  wideBytes,
  wideValues,
} from '../../core/dense/index.js';
import {
  addGramBytes,
  combineSlice,
  combineSliceBytes,
  featureGram,
  type FeatureRows,
  slices,
} from '../../core/samples/index.js';

export interface SparseSubspaceOptions {
  readonly r: number;
  /** Weight of sparsity, > 0. */
  readonly delta: number;
  /** What keeps the norm of a row smooth at 0. */
  readonly eps: number;
}

/** What a pass found. */
export interface SubspacePass {
  /** The objective of P. */
  readonly objective: number;
  /** d x r. */
  readonly P: Float64Array;
}

/** Part of the mean diagonal that is added to S: it is of lower rank where rows are equal, or few features are left. */
const JITTER = 1e-12;
/** `delta` counts as at least this part of the mean diagonal of RᵀKR: K has a null space, and rounding must not decide there (ours). */
const LEAST_DELTA = 1e-13;
/** Eigenvalues of the centred Gram matrix below this part of the largest are none (ours). */
const RANK = 1e-10;
/** What is left of equal utterances when their mean is taken off: rounding (ours). */
const CENTRED = 1e-14;

/** Bytes that {@link subspaceRank} and {@link sparseSubspace} take. */
export function subspaceBytes(core: Core, N: number, d: number, r: number): number {
  const map = 2 * wideBytes(r, N) + Math.max(combineSliceBytes(core, d, N, r), solveBytes(core, N, r));
  const parts = [addGramBytes(core, d, N), triangularBytes(core, N), eigenBytes(core, N, r), map];
  return 4 * wideBytes(N, N) + Math.max(...parts.map(aligned));
}

/** Rank of the centred features, as far as `most` + 1. A generator: pauses after some milliseconds of work. */
export function* subspaceRank(core: Core, X: FeatureRows, most: number): Generator<void, number> {
  const { N } = X;
  const S = wide(core, N, N);
  yield* featureGram(core, S, X);
  let trace = 0;
  for (let i = 0; i < N; i++) trace += wideValues(core, S)[i * N + i];
  centre(core, S);
  const found = symmetricEigenvalues(core, S, Math.min(most + 1, N));
  const least = Math.max(RANK * found[0], CENTRED * trace);
  return found.filter((value) => value > least).length;
}

/**
 * Passes without end, each the start of the next; the first has g = 1. Yields what a pass found, and undefined after
 * some milliseconds of work. r must be below the rank of the centred features.
 * @param K N x N, symmetric, positive semi-definite, K 1 = 0
 */
export function* sparseSubspace(
  core: Core,
  X: FeatureRows,
  K: Float64Array,
  { r, delta, eps }: SparseSubspaceOptions,
): Generator<SubspacePass | undefined, never> {
  const { d, N } = X;
  const [R, L, W, product] = [wide(core, N, N), wide(core, N, N), wide(core, N, N), wide(core, N, N)];
  let g = new Float64Array(d).fill(1);
  for (;;) {
    const mark = core.exports.mark();
    yield* featureGram(core, R, X, g);
    jitter(wideValues(core, R), N);
    choleskyFromBelow(core, R, 'The Gram matrix of a subspace');
    yield;
    wideValues(core, L).set(K);
    timesUpper(core, product, L, R);
    yield;
    lowerOfUpperTimes(core, L, R, product);
    const sparsity = penalized(wideValues(core, L), N, delta);
    yield;
    cholesky(core, L, 'The right-hand matrix of an eigenproblem');
    solveForUpper(core, W, L, R);
    yield;
    squareOfLower(core, product, W);
    centreBetween(core, product, W);
    yield;
    const { values, vectors } = symmetricEigen(core, product, r);
    yield;
    const Q = wide(core, N, r);
    const columns = wideValues(core, Q);
    const rows = wideValues(core, vectors);
    for (let k = 0; k < r; k++)
      for (let i = 0; i < N; i++) columns[i * r + k] = rows[k * N + i] / Math.sqrt(values[k]);
    solveTriangle(core, L, Q, 'Lᵀ');
    let objective = 0;
    for (const value of values) objective += 1 / value;
    for (const value of columns) objective -= sparsity * value * value;
    // R is what `reverse` makes of the factor that can be solved with.
    reverse(core, R);
    reverse(core, Q);
    solveTriangle(core, R, Q, 'Lᵀ');
    reverse(core, Q);
    const P = new Float64Array(d * r);
    const next = new Float64Array(d);
    for (const slice of slices(X)) {
      combineSlice(core, X, slice, Q, (values, { first, count }) => {
        for (let f = 0; f < count; f++) {
          let square = eps * eps;
          for (let k = 0; k < r; k++) {
            const p = g[first + f] * values[f * r + k];
            P[(first + f) * r + k] = p;
            square += p * p;
          }
          next[first + f] = 2 * Math.sqrt(square);
          objective += 0.5 * delta * next[first + f];
        }
      });
      yield;
    }
    core.exports.release(mark);
    g = next;
    yield { objective, P };
  }
}

/** Adds a part of the mean diagonal to the diagonal. */
function jitter(values: Float64Array, N: number): void {
  let trace = 0;
  for (let i = 0; i < N; i++) trace += values[i * N + i];
  for (let i = 0; i < N; i++) values[i * N + i] += JITTER * (trace / N);
}

/** Adds delta, or what counts as it, to the diagonal of RᵀKR; returns what was added. */
function penalized(values: Float64Array, N: number, delta: number): number {
  let trace = 0;
  for (let i = 0; i < N; i++) trace += values[i * N + i];
  const added = Math.max(delta, (LEAST_DELTA * trace) / N);
  for (let i = 0; i < N; i++) values[i * N + i] += added;
  return added;
}

/** The lower triangle of W Wᵀ becomes that of W Hc Wᵀ. */
function centreBetween(core: Core, product: Wide, W: Wide): void {
  const { rows: N } = W;
  const [values, factor] = [wideValues(core, product), wideValues(core, W)];
  const sums = new Float64Array(N);
  for (let i = 0; i < N; i++) for (let j = 0; j <= i; j++) sums[i] += factor[i * N + j];
  for (let i = 0; i < N; i++) for (let j = 0; j <= i; j++) values[i * N + j] -= (sums[i] * sums[j]) / N;
}
