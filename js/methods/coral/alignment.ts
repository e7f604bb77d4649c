/**
 * Correlation alignment (Sun, Feng & Saenko 2016; docs/compared-methods.md, CORAL): the source whitened and given the
 * colours of the target,
 *
 *   x' = A (x − x̄_s) + x̄_t,   A = (C_t + λI)^½ (C_s + λI)^−½
 *
 * with the covariances C of the two corpora (d x d). Neither they nor A are formed: x' is a combination of the
 * utterances. Let K be the inner products of all of them, centred by corpus, with eigenpairs K_ss = V diag(σ) Vᵀ and
 * K_tt = Z diag(τ) Zᵀ. Then, an utterance a row,
 *
 *   X'_s = B X_s + B K_st F X_t + 1 x̄_tᵀ,   B = I + V diag(√(λ / (σ/(n−1) + λ)) − 1) Vᵀ,
 *   F = Z diag(e) Zᵀ,   e = 1 / ((m−1) λ (√(1 + τ/((m−1) λ)) + 1)),   X_s, X_t centred,
 *
 * since (C_s + λI)^−½ = (I + U D Uᵀ) / √λ with U = X_sᵀ V σ^−½, and the root of C_t + λI alike.
 *
 * @module
 */
import { aligned, type Core } from '../../core/index.js';
import {
  centre,
  eigenBytes,
  mirror,
  multiply,
  multiplyBytes,
  symmetricEigen,
  transposed,
  type Wide,
  wide,
  wideBlock,
  wideBytes,
  wideValues,
} from '../../core/dense/index.js';
import { addGramBytes, featureGram, type FeatureRows } from '../../core/samples/index.js';

/** λ counts as at least this part of the mean variance: what does not vary cannot be whitened (ours). */
const LEAST = 1e-9;

/** The transformed source as combinations of all utterances. */
export interface Alignment {
  /** n x N: row i says what x'_i is made of. */
  readonly P: Wide;
  /** Inner products of the x'_i, n x n. */
  readonly gram: Wide;
}

/** Bytes that {@link align} takes. */
export function alignBytes(core: Core, { n, N, d }: { n: number; N: number; d: number }): number {
  const m = N - n;
  const square = (rows: number): number => wideBytes(rows, rows);
  const root = (rows: number): number => {
    const product = square(rows) + multiplyBytes(core, rows, rows);
    return 2 * square(rows) + Math.max(eigenBytes(core, rows, rows), product);
  };
  const parts = [
    addGramBytes(core, d, N, false) - wideBytes(n, N),
    root(n),
    2 * wideBytes(n, m) + Math.max(multiplyBytes(core, m, n), root(m), square(m) + multiplyBytes(core, m, m)),
    square(n) + wideBytes(n, N) + Math.max(multiplyBytes(core, N, N), multiplyBytes(core, n, N)),
  ];
  return square(N) + wideBytes(n, N) + Math.max(...parts.map(aligned));
}

/**
 * Aligns the first n utterances of X with the others. A generator: pauses after some milliseconds of work; what it
 * gives lies in the arena, which the caller marks and releases.
 *
 * @param lambda λ ≥ 0 as a multiple of the mean variance of a feature, over features and corpora
 */
export function* align(core: Core, X: FeatureRows, n: number, lambda: number): Generator<void, Alignment> {
  const { d, N } = X;
  const m = N - n;
  const K = wide(core, N, N);
  yield* featureGram(core, K, X);
  mirror(core, K);
  const P = wide(core, n, N);
  const mark = core.exports.mark();
  const within = { source: varianceOf(core, K, 0, n), target: varianceOf(core, K, n, m) };
  const ridge = (Math.max(lambda, LEAST) * (within.source + within.target)) / (2 * d);
  // Corpora without any variance are aligned by their means.
  const B = yield* symmetricFunction(core, K, 0, n, (sigma) =>
    ridge > 0 ? Math.sqrt(ridge / (sigma / (n - 1) + ridge)) : 1,
  );
  const left = centredRows(core, B);
  place(core, P, 0, left);
  core.exports.release(mark);
  yield;
  const across = wide(core, n, m);
  const coloured = wide(core, n, m);
  wideValues(core, across).set(crossProducts(core, K, n));
  multiply(core, coloured, wideBlock(P, 0, n, 0, n), across);
  yield;
  const F = yield* symmetricFunction(core, K, n, m, (tau) =>
    ridge > 0 ? 1 / ((m - 1) * ridge * (Math.sqrt(1 + tau / ((m - 1) * ridge)) + 1)) : 0,
  );
  multiply(core, across, coloured, F);
  const right = centredRows(core, across);
  for (let i = 0; i < right.length; i++) right[i] += 1 / m;
  place(core, P, n, right);
  core.exports.release(mark);
  yield;
  const gram = wide(core, n, n);
  const products = wide(core, n, N);
  multiply(core, products, P, K);
  yield;
  multiply(core, gram, products, transposed(P), { lower: true });
  mirror(core, gram);
  return { P, gram };
}

/** Sum of the variances of all features over some utterances, from their inner products. */
function varianceOf(core: Core, K: Wide, first: number, count: number): number {
  const values = wideValues(core, K);
  const N = K.cols;
  let own = 0;
  let sum = 0;
  for (let i = first; i < first + count; i++) {
    own += values[i * N + i];
    for (let j = first; j < first + count; j++) sum += values[i * N + j];
  }
  return Math.max(0, own - sum / count) / (count - 1);
}

/** V diag(f(σ)) Vᵀ for the centred inner products V diag(σ) Vᵀ of some utterances; the last matrix in the arena. */
function* symmetricFunction(
  core: Core,
  K: Wide,
  first: number,
  count: number,
  f: (sigma: number) => number,
): Generator<void, Wide> {
  const out = wide(core, count, count);
  const mark = core.exports.mark();
  const own = wide(core, count, count);
  const from = wideValues(core, K);
  const to = wideValues(core, own);
  for (let i = 0; i < count; i++) {
    const at = (first + i) * K.cols + first;
    to.set(from.subarray(at, at + count), i * count);
  }
  centre(core, own);
  const { values, vectors } = symmetricEigen(core, own, count);
  yield;
  const rows = wideValues(core, vectors);
  const scaled = wideValues(core, own);
  for (let k = 0; k < count; k++) {
    const factor = f(Math.max(0, values[k]));
    for (let i = 0; i < count; i++) scaled[k * count + i] = factor * rows[k * count + i];
  }
  multiply(core, out, transposed(vectors), own, { lower: true });
  mirror(core, out);
  core.exports.release(mark);
  return out;
}

/** The values of A, of each row its mean taken off. */
function centredRows(core: Core, A: Wide): Float64Array {
  const { rows, cols } = A;
  const values = wideValues(core, A).slice();
  for (let i = 0; i < rows; i++) {
    const row = values.subarray(i * cols, (i + 1) * cols);
    let mean = 0;
    for (const value of row) mean += value;
    mean /= cols;
    for (let j = 0; j < cols; j++) row[j] -= mean;
  }
  return values;
}

/** Writes n x cols values into the columns from `first` on. */
function place(core: Core, P: Wide, first: number, values: Float64Array): void {
  const to = wideValues(core, P);
  const cols = values.length / P.rows;
  for (let i = 0; i < P.rows; i++) to.set(values.subarray(i * cols, (i + 1) * cols), i * P.cols + first);
}

/** Inner products of the source's utterances with the target's, n x m, both about their means. */
function crossProducts(core: Core, K: Wide, n: number): Float64Array {
  const values = wideValues(core, K);
  const N = K.cols;
  const m = N - n;
  const out = new Float64Array(n * m);
  const columns = new Float64Array(m);
  for (let i = 0; i < n; i++) {
    const row = values.subarray(i * N + n, (i + 1) * N);
    let mean = 0;
    for (const value of row) mean += value;
    mean /= m;
    for (let j = 0; j < m; j++) columns[j] += (out[i * m + j] = row[j] - mean) / n;
  }
  for (let i = 0; i < n; i++) for (let j = 0; j < m; j++) out[i * m + j] -= columns[j];
  return out;
}
