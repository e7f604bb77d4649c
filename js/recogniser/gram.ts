/**
 * Inner products of weighted rows in wasm memory, and the ridge regression on them that training and adaptation share.
 *
 * @module
 */
import { gemm } from '../core/dense/index.js';
import { aligned, type Core, type Pointer, SMALL_PANELS } from '../core/index.js';
import { splats } from '../core/samples/index.js';
import type { Matrix } from '../data/index.js';

/** G = κ X Xᵀ + 11ᵀ over n rows, as panels of its rows in the arena: X Xᵀ in f32, κ and the ones are added in products. */
export interface RowProducts {
  readonly core: Core;
  readonly n: number;
  readonly scale: number;
  readonly panels: Pointer;
  /** G V for V (n x K, row-major), in f32 products. */
  times(V: Float64Array, K: number): Float64Array;
}

const panelBytes = (M: number, K: number): number => aligned(Math.ceil(M / 8) * K * 32);

/** Bytes of wasm memory that {@link rowProducts} of n rows with d features takes, and {@link solveRidge} for K columns on them. */
export function ridgeBytes(n: number, d: number, K: number): number {
  const making = aligned(n * n * 4) + panelBytes(n, d) + aligned(8 * d * 4) + splats(n, d, 1);
  const solving = 2 * aligned(n * K * 4) + splats(K, n, 1);
  return panelBytes(n, n) + Math.max(making, solving);
}

/** X Xᵀ of the rows in the order given, left in the arena; the caller marks and releases. */
export function rowProducts(core: Core, X: Matrix, order: ArrayLike<number>, scale: number): RowProducts {
  const [n, d] = [order.length, X.cols];
  const e = core.exports;
  const panels = core.alloc(panelBytes(n, n));
  core.scoped(() => {
    const out = core.alloc(n * n * 4);
    const rows = core.alloc(panelBytes(n, d));
    const stage = core.alloc(8 * d * 4);
    for (let i = 0; i < n; i += 8) {
      const count = Math.min(8, n - i);
      const view = core.f32(stage, count * d);
      for (let j = 0; j < count; j++)
        view.set(X.data.subarray(order[i + j] * d, (order[i + j] + 1) * d), j * d);
      e.packSome(rows, stage, d, n, d, i, count);
    }
    const scratch = core.alloc(splats(n, d, 1));
    gemm(e, { out, panels: rows, small: rows, form: SMALL_PANELS, M: n, R: n, K: d, symmetric: 1, scratch });
    e.packRows(panels, out, n, n, n);
  });
  const G: RowProducts = { core, n, scale, panels, times: (V, K) => times(G, V, K) };
  return G;
}

/** κ: one over the mean square of a row. Rows are summed in the order given. */
export function inverseMeanSquare({ cols: d, data }: Matrix, order: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < order.length; i++) {
    let row = 0;
    for (let at = order[i] * d, end = at + d; at < end; at++) row += data[at] * data[at];
    sum += row;
  }
  // Rows of nothing but zeros have no size; their products are 0 whatever they are multiplied with.
  return sum === 0 ? 1 : order.length / sum;
}

/** Least λ: below it the equations have no one solution. */
export const LEAST_RIDGE = 1e-6;
/** Steps of conjugate gradients between two exact residuals, and how often those are taken, at most. */
const STEPS = 400;
const ROUNDS = 12;
/** A round of steps ends when the residual fell to this share; a tight solution, when it fell to that. */
const ROUND_TOLERANCE = 1e-4;
export const TIGHT = 1e-8;

/**
 * Solves (G + diag(lambda / weight_k)) a_k = y_k for each column k of Y (n x K, row-major). A row of weight 0 has no
 * part in a column: its a is 0.
 *
 * Conjugate gradients on (R G R + lambda I) x = R y, R = diag(√weight), a = R x: products with G run in f32, so they
 * start anew from a residual that is computed in f64, until that is small. A generator: pauses between steps.
 *
 * @param weight ≥ 0, n x K
 * @param tolerance residual at which a solution is good enough, as a share of the right-hand side
 * @returns a, n x K
 */
export function* solveRidge(
  G: RowProducts,
  weight: Float64Array,
  lambda: number,
  Y: Float64Array,
  K: number,
  tolerance = TIGHT,
): Generator<undefined, Float64Array> {
  const { n } = G;
  const R = weight.map(Math.sqrt);
  const size = n * K;
  const right = Float64Array.from({ length: size }, (_, i) => R[i] * Y[i]);
  const x = new Float64Array(size);
  let residual: Float64Array = right.slice();
  const first = squares(right, K);
  const fall = Math.max(ROUND_TOLERANCE, tolerance);
  for (let round = 0; round < ROUNDS; round++) {
    const before = squares(residual, K);
    if (before.every((square, k) => square <= tolerance * tolerance * first[k])) break;
    const p = residual.slice();
    const r = residual;
    let rr = before;
    for (let step = 0; step < STEPS; step++) {
      const q = scaledProduct(G, R, p, K, lambda, false);
      const pq = products(p, q, K);
      const alpha = rr.map((square, k) => (pq[k] > 0 ? square / pq[k] : 0));
      for (let i = 0, k = 0; i < size; i++, k = k + 1 === K ? 0 : k + 1) {
        x[i] += alpha[k] * p[i];
        r[i] -= alpha[k] * q[i];
      }
      const next = squares(r, K);
      if (next.every((square, k) => square <= fall * fall * before[k])) break;
      const beta = next.map((square, k) => (rr[k] > 0 ? square / rr[k] : 0));
      for (let i = 0, k = 0; i < size; i++, k = k + 1 === K ? 0 : k + 1) p[i] = r[i] + beta[k] * p[i];
      rr = next;
      yield;
    }
    if (tolerance >= ROUND_TOLERANCE) break;
    residual = scaledProduct(G, R, x, K, lambda, true);
    for (let i = 0; i < size; i++) residual[i] = right[i] - residual[i];
    yield;
  }
  for (let i = 0; i < size; i++) x[i] *= R[i];
  return x;
}

function products(a: Float64Array, b: Float64Array, K: number): Float64Array {
  const sums = new Float64Array(K);
  for (let i = 0, k = 0; i < a.length; i++, k = k + 1 === K ? 0 : k + 1) sums[k] += a[i] * b[i];
  return sums;
}

const squares = (a: Float64Array, K: number): Float64Array => products(a, a, K);

/** (R G R + lambda I) p, in f32 products or exactly. */
function scaledProduct(
  G: RowProducts,
  R: Float64Array,
  p: Float64Array,
  K: number,
  lambda: number,
  exact: boolean,
): Float64Array {
  const scaled = Float64Array.from(p, (value, i) => R[i] * value);
  const out = exact ? exactTimes(G, scaled, K) : times(G, scaled, K);
  for (let i = 0; i < out.length; i++) out[i] = R[i] * out[i] + lambda * p[i];
  return out;
}

/** Adds 11ᵀ V to κ times X Xᵀ V. */
function withOnes({ n, scale }: RowProducts, V: Float64Array, out: Float64Array, K: number): Float64Array {
  const ones = new Float64Array(K);
  for (let i = 0; i < n; i++) for (let k = 0; k < K; k++) ones[k] += V[i * K + k];
  for (let i = 0; i < n; i++) for (let k = 0; k < K; k++) out[i * K + k] = scale * out[i * K + k] + ones[k];
  return out;
}

/** G V for V (n x K), by f32 products. */
function times(G: RowProducts, V: Float64Array, K: number): Float64Array {
  const { core, n, panels } = G;
  const out = core.scoped(() => {
    const small = core.alloc(n * K * 4);
    core.f32(small, n * K).set(V);
    const at = core.alloc(n * K * 4);
    const scratch = core.alloc(splats(K, n, 1));
    gemm(core.exports, { out: at, panels, small, M: n, R: K, K: n, scratch });
    return Float64Array.from(core.f32(at, n * K));
  });
  return withOnes(G, V, out, K);
}

/** Columns of a panel in one piece: panels are blocked along K (assembly/core/linear/gemm.ts). */
const BLOCK = 256;

/** G V for V (n x K): f32 products of rows, summed with V in f64. */
function exactTimes(G: RowProducts, V: Float64Array, K: number): Float64Array {
  const { core, n, panels } = G;
  const out = new Float64Array(n * K);
  const sums = new Float64Array(8);
  const stripes = Math.ceil(n / 8);
  for (let from = 0; from < n; from += BLOCK) {
    const count = Math.min(BLOCK, n - from);
    const block = core.f32(panels + from * stripes * 32, stripes * 8 * count);
    for (let stripe = 0; stripe < stripes; stripe++)
      for (let k = 0; k < K; k++) {
        sums.fill(0);
        for (let j = 0, at = stripe * 8 * count; j < count; j++, at += 8) {
          const v = V[(from + j) * K + k];
          for (let row = 0; row < 8; row++) sums[row] += block[at + row] * v;
        }
        for (let row = 0; row < 8 && 8 * stripe + row < n; row++)
          out[(8 * stripe + row) * K + k] += sums[row];
      }
  }
  return withOnes(G, V, out, K);
}
