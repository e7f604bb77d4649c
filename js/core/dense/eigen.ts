// Some eigenpairs of a symmetric matrix, largest or smallest first.
import { checkWhole } from '../../data/index.js';
import { SatnmfError } from '../../errors.js';
import { aligned, type Core } from '../core.js';
import {
  cholesky,
  choleskyBytes,
  solveBytes,
  solveTriangle,
  transpose,
  type Wide,
  wide,
  wideValues,
} from './f64-rows.js';

/** Which eigenvalues: the largest in descending order, or the smallest in ascending order. */
export type End = 'largest' | 'smallest';

/** Eigenvalues, and their vectors as rows (count x n, in the arena until the caller releases it). */
export interface Eigenpairs {
  readonly values: Float64Array;
  readonly vectors: Wide;
}

/** Largest |T z − λ z| beside |T| that passes: thousands of times what is reached (ours). */
const RESIDUAL = 1e-11;

/** Bytes that {@link symmetricEigen} takes: the vectors stay, the rest is given back. */
export function eigenBytes(core: Core, n: number, count: number): number {
  const { tridiagonalBytes, vectorBytes } = core.exports;
  const rest = 3 * aligned(8 * n) + aligned(8 * count);
  return aligned(8 * n * count) + rest + aligned(Math.max(tridiagonalBytes(n), vectorBytes(n)));
}

/** Bytes that {@link generalizedEigen} takes. */
export function generalizedEigenBytes(core: Core, n: number, count: number): number {
  const back = 2 * aligned(8 * n * count) + solveBytes(core, n, count);
  return Math.max(eigenBytes(core, n, count), choleskyBytes(core, n), solveBytes(core, n, n), back);
}

/**
 * The `count` largest (or smallest) eigenvalues of a symmetric matrix, and orthonormal eigenvectors, the entry of
 * largest size positive. Of equal eigenvalues only the space of the vectors is defined.
 *
 * Householder tridiagonalisation, bisection, inverse iteration with full orthogonalisation: 4n³/3 flops for the
 * first, about 6·n·count² + 2·n²·count for the rest. Eigenvalues to about n·2⁻⁵³ of the largest, residuals alike.
 * @param A n x n, read in its lower triangle; its contents are lost
 * @throws {SatnmfError} `bad-argument` (count not in 1 … n), `not-finite` (A), `internal` (no convergence)
 */
export function symmetricEigen(core: Core, A: Wide, count: number, end: End = 'largest'): Eigenpairs {
  const n = A.rows;
  checkWhole('count', count, 1, n);
  const vectors = wide(core, count, n);
  const scale = normalized(core, A);
  return core.scoped(() => {
    const e = core.exports;
    const [diagonal, off, tau] = [core.alloc(8 * n), core.alloc(8 * n), core.alloc(8 * n)];
    const found = core.alloc(8 * count);
    const scratch = core.alloc(Math.max(e.tridiagonalBytes(n), e.vectorBytes(n)));
    e.tridiagonalize(A.at, n, diagonal, off, tau, scratch);
    e.tridiagonalValues(found, count, end === 'smallest' ? 1 : 0, diagonal, off, n);
    const residual = e.tridiagonalVectors(vectors.at, found, count, diagonal, off, n, scratch);
    if (!(residual <= RESIDUAL))
      throw new SatnmfError(
        'internal',
        `The eigenvectors did not converge (residual ${residual}); please report this.`,
      );
    e.reflect(vectors.at, count, A.at, n, tau);
    orient(core, vectors);
    return { values: core.f64(found, count).map((value) => value * scale), vectors };
  });
}

/**
 * The `count` largest (or smallest) eigenvalues of a symmetric matrix, without vectors; takes less memory.
 * @param A as for {@link symmetricEigen}, whose errors it has
 */
export function symmetricEigenvalues(core: Core, A: Wide, count: number, end: End = 'largest'): Float64Array {
  const n = A.rows;
  checkWhole('count', count, 1, n);
  const scale = normalized(core, A);
  return core.scoped(() => {
    const { tridiagonalize, tridiagonalBytes, tridiagonalValues } = core.exports;
    const [diagonal, off, tau] = [core.alloc(8 * n), core.alloc(8 * n), core.alloc(8 * n)];
    const found = core.alloc(8 * count);
    tridiagonalize(A.at, n, diagonal, off, tau, core.alloc(tridiagonalBytes(n)));
    tridiagonalValues(found, count, end === 'smallest' ? 1 : 0, diagonal, off, n);
    return core.f64(found, count).map((value) => value * scale);
  });
}

/**
 * The `count` largest (or smallest) λ of A x = λ B x, A symmetric, B symmetric positive definite, and vectors with
 * xᵀ B x = 1, the entry of largest size positive. Cost: that of {@link symmetricEigen} and 7n³/3 flops.
 * @param A n x n, both triangles; its contents are lost
 * @param B n x n, read in its lower triangle, which becomes its Cholesky factor
 * @throws {SatnmfError} as {@link symmetricEigen}, and `bad-argument` for B
 */
export function generalizedEigen(
  core: Core,
  A: Wide,
  B: Wide,
  count: number,
  end: End = 'largest',
): Eigenpairs {
  cholesky(core, B, 'The right-hand matrix of an eigenproblem');
  // L⁻¹ A L⁻ᵀ = L⁻¹ (L⁻¹ A)ᵀ, since A is its own transpose.
  solveTriangle(core, B, A, 'L');
  transpose(core, A);
  solveTriangle(core, B, A, 'L');
  const { values, vectors } = symmetricEigen(core, A, count, end);
  core.scoped(() => {
    const columns = wide(core, A.rows, count);
    const [rows, turned] = [wideValues(core, vectors), wideValues(core, columns)];
    for (let k = 0; k < count; k++)
      for (let i = 0; i < A.rows; i++) turned[i * count + k] = rows[k * A.rows + i];
    solveTriangle(core, B, columns, 'Lᵀ');
    const [back, solved] = [wideValues(core, vectors), wideValues(core, columns)];
    for (let k = 0; k < count; k++)
      for (let i = 0; i < A.rows; i++) back[k * A.rows + i] = solved[i * count + k];
  });
  orient(core, vectors);
  return { values, vectors };
}

/** Divides A by a power of two, so that its largest entry is in [1, 2); returns that power. No bit is lost. */
function normalized(core: Core, A: Wide): number {
  const values = wideValues(core, A);
  let largest = 0;
  for (let i = 0; i < A.rows; i++)
    for (let j = 0; j <= i; j++) {
      const size = Math.abs(values[i * A.rows + j]);
      if (!(size < Infinity))
        throw new SatnmfError('not-finite', `The matrix of an eigenproblem is not finite in row ${i}`, {
          row: i,
          column: j,
        });
      largest = Math.max(largest, size);
    }
  let power = 1;
  while (largest / power >= 2) power *= 2;
  while (largest > 0 && largest / power < 1) power /= 2;
  if (power !== 1) for (let i = 0; i < values.length; i++) values[i] /= power;
  return power;
}

/** Turns each row so that its entry of largest size, the first of them, is positive. */
function orient(core: Core, vectors: Wide): void {
  const values = wideValues(core, vectors);
  const n = vectors.cols;
  for (let k = 0; k < vectors.rows; k++) {
    const row = values.subarray(k * n, (k + 1) * n);
    let most = 0;
    for (let i = 1; i < n; i++) if (Math.abs(row[i]) > Math.abs(row[most])) most = i;
    if (row[most] < 0) for (let i = 0; i < n; i++) row[i] = -row[i];
  }
}
