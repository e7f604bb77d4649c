/**
 * K = A Aᵀ as the interior point method sees it: products with K, and inverses of K plus a diagonal.
 *
 * @module
 */
import { cholesky, dot, solveCholesky } from '../../core/dense/vectors.js';
import { decisionsOf, weightsOf } from './dual-point.js';

/** The things the method needs from K = A Aᵀ. */
export interface InnerProducts {
  /** Largest K_ii. */
  readonly size: number;
  /** K v. */
  multiply(v: Float64Array): Float64Array;
  /** Prepares (K + diag(theta))⁻¹ and returns what applies it in place. */
  factor(theta: Float64Array): (b: Float64Array) => void;
}

/** Inner products from their matrix (n x n). */
export function fromGram(gram: Float64Array, n: number): InnerProducts {
  let size = 0;
  for (let i = 0; i < n; i++) size = Math.max(size, gram[i * n + i]);
  return {
    size,
    multiply: (v) => decisionsOf(gram, v),
    factor(theta) {
      const M = gram.slice();
      for (let i = 0; i < n; i++) M[i * n + i] += theta[i];
      cholesky(M, n, theta);
      return (b) => solveCholesky(M, n, b);
    },
  };
}

/** Inner products from rows (n x p), p < n. */
export function fromRows(rows: Float64Array, n: number, p: number): InnerProducts {
  let size = 0;
  for (let i = 0; i < n; i++) size = Math.max(size, dot(rows, i * p, rows, i * p, p));
  return {
    size,
    multiply(v) {
      const w = weightsOf(rows, p, v);
      return Float64Array.from({ length: n }, (_, i) => dot(rows, i * p, w, 0, p));
    },
    factor: (theta) => productForm(rows, n, p, theta),
  };
}

/**
 * diag(theta) + A Aᵀ = L_1 … L_p D L_pᵀ … L_1ᵀ, one column of A at a time (Fine & Scheinberg 2001, §3): n p² steps,
 * and as stable as the factor of the full matrix, which Id + Aᵀ diag(theta)⁻¹ A is not once theta spans many
 * powers of ten. L_k is unit lower triangular with entries v_i b_j below the diagonal.
 */
function productForm(
  rows: Float64Array,
  n: number,
  p: number,
  theta: Float64Array,
): (b: Float64Array) => void {
  const V = rows.slice();
  const B = new Float64Array(n * p);
  const D = theta.slice();
  const sums = new Float64Array(p);
  for (let k = 0; k < p; k++) {
    let t = 1;
    sums.fill(0);
    for (let i = 0; i < n; i++) {
      const v = V[i * p + k];
      const before = t;
      t += (v * v) / D[i];
      const beta = v / (D[i] * t);
      B[i * p + k] = beta;
      D[i] *= t / before;
      eliminate(V, i * p, sums, v, beta, k + 1, p);
    }
  }
  return (b) => {
    for (let k = 0; k < p; k++) {
      let sum = 0;
      for (let i = 0; i < n; i++) {
        b[i] -= V[i * p + k] * sum;
        sum += B[i * p + k] * b[i];
      }
    }
    for (let i = 0; i < n; i++) b[i] /= D[i];
    for (let k = p - 1; k >= 0; k--) {
      let sum = 0;
      for (let i = n - 1; i >= 0; i--) {
        b[i] -= B[i * p + k] * sum;
        sum += V[i * p + k] * b[i];
      }
    }
  };
}

/** Applies row i of L_k⁻¹ to the columns that are still to come. */
function eliminate(
  V: Float64Array,
  row: number,
  sums: Float64Array,
  v: number,
  beta: number,
  from: number,
  to: number,
): void {
  let c = from;
  for (; c + 3 < to; c += 4) {
    const at = (row + c) | 0;
    const x0 = V[at] - v * sums[c],
      x1 = V[at + 1] - v * sums[c + 1],
      x2 = V[at + 2] - v * sums[c + 2],
      x3 = V[at + 3] - v * sums[c + 3];
    sums[c] += beta * x0;
    sums[c + 1] += beta * x1;
    sums[c + 2] += beta * x2;
    sums[c + 3] += beta * x3;
    V[at] = x0;
    V[at + 1] = x1;
    V[at + 2] = x2;
    V[at + 3] = x3;
  }
  for (; c < to; c++) {
    const x = V[row + c] - v * sums[c];
    sums[c] += beta * x;
    V[row + c] = x;
  }
}
