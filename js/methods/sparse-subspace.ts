/**
 * A subspace with row-sparse projection by iterated reweighting (docs/method.md §9):
 *
 *   min_P  Tr(Pᵀ X K Xᵀ P) + delta Σ_i √(|p_i|² + eps²)   subject to   Pᵀ X Hc Xᵀ P = I
 *
 * where p_i is row i of P (d x r) and Hc = I − 11ᵀ / N. Each pass replaces the second term by the quadratic that
 * touches it at the present P, so the objective never rises.
 *
 * With g_i = 2 √(|p_i|² + eps²), S = Xᵀ diag(g) X = R Rᵀ (N x N), a pass is (RᵀHcR) y = ψ (RᵀKR + delta I) y for the
 * r largest ψ, Q = R⁻ᵀ y / √ψ and P = diag(g) X Q: nothing of size d x d.
 *
 * @module
 */
import { aligned, type Core } from '../core/core.js';
import {
  centre,
  cholesky,
  mirror,
  multiply,
  multiplyBytes,
  solveBytes,
  solveTriangle,
  transposed,
  type Wide,
  wide,
  wideBytes,
  wideValues,
} from '../core/dense.js';
import { eigenBytes, generalizedEigen, generalizedEigenBytes, symmetricEigenvalues } from '../core/eigen.js';
import {
  addGramBytes,
  combineSlice,
  combineSliceBytes,
  type FeatureRows,
  gramOf,
  slices,
} from '../core/feature-rows.js';

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
  const parts = [
    addGramBytes(core, d, N),
    multiplyBytes(core, N, N),
    generalizedEigenBytes(core, N, r),
    eigenBytes(core, N, 1),
    map,
  ];
  return 3 * wideBytes(N, N) + Math.max(...parts.map(aligned));
}

/** Rank of the centred features, as far as `most` + 1. A generator: pauses after some milliseconds of work. */
export function* subspaceRank(core: Core, X: FeatureRows, most: number): Generator<void, number> {
  const { N } = X;
  const S = wide(core, N, N);
  yield* gramOf(core, S, X);
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
 *
 * @param K N x N, symmetric, positive semi-definite, K 1 = 0
 */
export function* sparseSubspace(
  core: Core,
  X: FeatureRows,
  K: Float64Array,
  { r, delta, eps }: SparseSubspaceOptions,
): Generator<SubspacePass | undefined, never> {
  const { d, N } = X;
  const [R, left, right] = [wide(core, N, N), wide(core, N, N), wide(core, N, N)];
  let g = new Float64Array(d).fill(1);
  for (;;) {
    const mark = core.exports.mark();
    yield* gramOf(core, R, X, g);
    factor(core, R);
    // left = K R, right = Rᵀ K R + delta I, then left = Rᵀ Hc R.
    wideValues(core, right).set(K);
    multiply(core, left, right, R);
    yield;
    multiply(core, right, transposed(R), left, { lower: true });
    const sparsity = penalized(wideValues(core, right), N, delta);
    yield;
    multiply(core, left, transposed(R), R, { lower: true });
    centreBetween(core, left, R);
    yield;
    const { values, vectors } = generalizedEigen(core, left, right, r);
    yield;
    const rows = wideValues(core, vectors);
    let objective = 0;
    const Q = wide(core, N, r);
    const columns = wideValues(core, Q);
    for (let k = 0; k < r; k++) {
      let square = 0;
      const root = Math.sqrt(values[k]);
      for (let i = 0; i < N; i++) {
        const y = rows[k * N + i] / root;
        square += y * y;
        columns[i * r + k] = y;
      }
      objective += 1 / values[k] - sparsity * square;
    }
    solveTriangle(core, R, Q, 'Lᵀ');
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

/** S becomes R, with zeros above the diagonal. */
function factor(core: Core, S: Wide): void {
  const { rows: N } = S;
  const values = wideValues(core, S);
  let trace = 0;
  for (let i = 0; i < N; i++) trace += values[i * N + i];
  for (let i = 0; i < N; i++) values[i * N + i] += JITTER * (trace / N);
  cholesky(core, S, 'The Gram matrix of a subspace');
  const lower = wideValues(core, S);
  for (let i = 0; i < N; i++) lower.fill(0, i * N + i + 1, (i + 1) * N);
}

/** Adds delta, or what counts as it, to the diagonal of RᵀKR; returns what was added. */
function penalized(values: Float64Array, N: number, delta: number): number {
  let trace = 0;
  for (let i = 0; i < N; i++) trace += values[i * N + i];
  const added = Math.max(delta, (LEAST_DELTA * trace) / N);
  for (let i = 0; i < N; i++) values[i * N + i] += added;
  return added;
}

/** RᵀR becomes RᵀHcR, both triangles. */
function centreBetween(core: Core, product: Wide, R: Wide): void {
  mirror(core, product);
  const { rows: N } = R;
  const [values, factor] = [wideValues(core, product), wideValues(core, R)];
  const sums = new Float64Array(N);
  for (let i = 0; i < N; i++) for (let j = 0; j <= i; j++) sums[j] += factor[i * N + j];
  for (let i = 0; i < N; i++) for (let j = 0; j < N; j++) values[i * N + j] -= (sums[i] * sums[j]) / N;
}
