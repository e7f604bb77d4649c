// Rows from inner products: K = R Rᵀ with as few columns as K has rank.
import { dot } from '../../../core/dense/index.js';
import type { NewtonRows } from './newton.js';

/** Remaining diagonal, as a share of the largest of K, that counts as 0: rounding of a sum of that many terms. */
const NOTHING = 4e-16;
/** Mark of a row that was a pivot: it is exact, nothing is left of it. */
const DONE = -1;

/**
 * Pivoted Cholesky factor of a positive semidefinite K (n x n): R (n x k) with K ≈ R Rᵀ, always the row with the
 * largest remainder next, until nothing is left. Any problem that sees its rows through K only may be solved on
 * the rows of R instead. Cost n k².
 */
export function lowRankRows(gram: Float64Array, costs: Float64Array): NewtonRows {
  const n = costs.length;
  const rest = Float64Array.from({ length: n }, (_, i) => gram[i * n + i]);
  const least = NOTHING * n * rest.reduce((most, value) => Math.max(most, value), 0);
  const R = new Float64Array(n * n);
  let k = 0;
  for (; k < n; k++) {
    let pivot = 0;
    for (let i = 1; i < n; i++) if (rest[i] > rest[pivot]) pivot = i;
    if (!(rest[pivot] > least)) break;
    const root = Math.sqrt(rest[pivot]);
    for (let i = 0; i < n; i++) {
      if (rest[i] === DONE || i === pivot) continue;
      const value = (gram[i * n + pivot] - dot(R, i * n, R, pivot * n, k)) / root;
      R[i * n + k] = value;
      rest[i] = Math.max(0, rest[i] - value * value);
    }
    R[pivot * n + k] = root;
    rest[pivot] = DONE;
  }
  // A matrix of zeros has one column of zeros.
  const p = Math.max(1, k);
  const rows = new Float64Array(n * p);
  for (let i = 0; i < n; i++) rows.set(R.subarray(i * n, i * n + p), i * p);
  return { n, p, rows, costs };
}
