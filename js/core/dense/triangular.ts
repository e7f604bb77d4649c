// Triangular matrices among each other, block by block: what is known to be 0 is not multiplied. Two factors of a
// symmetric matrix from opposite ends make such products triangular.
import { aligned, type Core } from '../core.js';
import {
  cholesky,
  choleskyBytes,
  mirror,
  multiply,
  multiplyBytes,
  solveBytes,
  solveTriangle,
  transposed,
  type Wide,
  wide,
  wideBlock,
  wideBytes,
  wideValues,
} from './f64-rows.js';

/** Rows and columns a block (ours: as many rows as the product of matrices packs at a time). */
const NB = 128;

/** Bytes that any function of this file takes while it runs, for n x n matrices. */
export function triangularBytes(core: Core, n: number): number {
  const block = wideBytes(NB, NB) + solveBytes(core, NB, n);
  return aligned(Math.max(choleskyBytes(core, n), multiplyBytes(core, n, n), block));
}

/** First row and number of rows of each block of n. */
function* blocks(n: number): Generator<readonly [first: number, count: number]> {
  for (let first = 0; first < n; first += NB) yield [first, Math.min(NB, n - first)];
}

/** A ← J A J, rows and columns in reverse; of n x r matrices too. */
export function reverse(core: Core, A: Wide): void {
  wideValues(core, A).reverse();
}

/** What is above the diagonal of a square matrix becomes 0. */
function clearAbove(core: Core, A: Wide): void {
  const values = wideValues(core, A);
  for (let i = 0; i < A.rows; i++) values.fill(0, i * A.rows + i + 1, (i + 1) * A.rows);
}

/**
 * A = R Rᵀ with R upper triangular: the lower triangle of A (n x n, read there only) becomes R, zeros below it. `reverse`
 * makes it the Cholesky factor of J A J, by which {@link solveTriangle} can solve.
 * @param what the matrix, for the message
 * @throws {SatnmfError} as `cholesky`
 */
export function choleskyFromBelow(core: Core, A: Wide, what: string): void {
  mirror(core, A);
  reverse(core, A);
  cholesky(core, A, what);
  clearAbove(core, A);
  reverse(core, A);
}

/** out = A R for R upper triangular; all n x n. Cost: n³ flops. */
export function timesUpper(core: Core, out: Wide, A: Wide, R: Wide): void {
  const n = R.rows;
  for (const [j, count] of blocks(n)) {
    const end = j + count;
    multiply(
      core,
      wideBlock(out, 0, n, j, count),
      wideBlock(A, 0, n, 0, end),
      wideBlock(R, 0, end, j, count),
    );
  }
}

/** The lower triangle of out = Rᵀ A for R upper triangular; all n x n. Cost: 2n³/3 flops. */
export function lowerOfUpperTimes(core: Core, out: Wide, R: Wide, A: Wide): void {
  for (const [i, count] of blocks(R.rows)) {
    const end = i + count;
    const left = transposed(wideBlock(R, 0, end, i, count));
    multiply(core, wideBlock(out, i, count, 0, end), left, wideBlock(A, 0, end, 0, end));
  }
}

/** out = L⁻¹ Rᵀ, which is lower triangular as L is and Rᵀ; zeros above. All n x n; L is read in its lower triangle. Cost: n³/3 flops. */
export function solveForUpper(core: Core, out: Wide, L: Wide, R: Wide): void {
  const n = L.rows;
  const [from, to] = [wideValues(core, R), wideValues(core, out)];
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) to[i * n + j] = j <= i ? from[j * n + i] : 0;
  for (const [i, count] of blocks(n)) {
    for (const [j, width] of blocks(i)) {
      const known = wideBlock(out, j, i - j, j, width);
      const left = wideBlock(L, i, count, j, i - j);
      multiply(core, wideBlock(out, i, count, j, width), left, known, { alpha: -1, add: true });
    }
    core.scoped(() => {
      const own = wide(core, count, count);
      const [diagonal, factor] = [wideValues(core, own), wideValues(core, L)];
      for (let r = 0; r < count; r++)
        diagonal.set(factor.subarray((i + r) * n + i, (i + r) * n + i + count), r * count);
      solveTriangle(core, own, wideBlock(out, i, count, 0, i + count), 'L');
    });
  }
}

/** The lower triangle of out = W Wᵀ for W lower triangular; both n x n. Cost: n³/3 flops. */
export function squareOfLower(core: Core, out: Wide, W: Wide): void {
  for (const [i, count] of blocks(W.rows))
    for (const [j, width] of blocks(i + count)) {
      const right = transposed(wideBlock(W, j, width, 0, j + width));
      multiply(core, wideBlock(out, i, count, j, width), wideBlock(W, i, count, 0, j + width), right);
    }
}
