// Dense f64 matrices in wasm memory: products, Cholesky factors, triangular systems.
import { SatnmfError } from '../../errors.js';
import { aligned, type Core } from '../core.js';
import { type Pointer, runMultiply } from '../exports.js';
import { mirrorSquare } from './vectors.js';

/** `rows x cols` f64 values in the arena; entry (i, j) is value `i * rowStep + j * colStep` from `at`. */
export interface Wide {
  readonly at: Pointer;
  readonly rows: number;
  readonly cols: number;
  readonly rowStep: number;
  readonly colStep: number;
}

/** Rows that the blocked kernels of assembly/core/linear/cholesky.ts take at a time. */
const BLOCK = 64;

/** Bytes of a matrix in the arena. */
export function wideBytes(rows: number, cols: number): number {
  return aligned(rows * cols * 8);
}

/** A row-major matrix from the arena: `data` (rows * cols values), or undefined contents. */
export function wide(core: Core, rows: number, cols: number, data?: ArrayLike<number>): Wide {
  const at = core.alloc(rows * cols * 8);
  if (data !== undefined) core.f64(at, rows * cols).set(data);
  return { at, rows, cols, rowStep: cols, colStep: 1 };
}

/** The values of a row-major matrix; a view, valid until the memory grows. */
export function wideValues(core: Core, { at, rows, cols }: Wide): Float64Array {
  return core.f64(at, rows * cols);
}

/** Aᵀ, another view of the same values. */
export function transposed({ at, rows, cols, rowStep, colStep }: Wide): Wide {
  return { at, rows: cols, cols: rows, rowStep: colStep, colStep: rowStep };
}

/** Rows `first … first + count` of A, a view. */
export function wideRows(A: Wide, first: number, count: number): Wide {
  return { ...A, at: A.at + 8 * first * A.rowStep, rows: count };
}

/** `rows x cols` of A from row `top` and column `left` on, a view. */
export function wideBlock(A: Wide, top: number, rows: number, left: number, cols: number): Wide {
  return { ...A, at: A.at + 8 * (top * A.rowStep + left * A.colStep), rows, cols };
}

/** Bytes that {@link multiply} takes while it runs, for a product with R columns over K terms. */
export function multiplyBytes(core: Core, R: number, K: number): number {
  return aligned(core.exports.multiplyBytes(R, K));
}

/**
 * out = alpha · A B, added to out with `add`. out has its values in rows and may not overlap A or B.
 * @param lower only what is on and below the diagonal of out (square) is asked for; the rest is undefined
 */
export function multiply(
  core: Core,
  out: Wide,
  A: Wide,
  B: Wide,
  { alpha = 1, add = false, lower = false }: { alpha?: number; add?: boolean; lower?: boolean } = {},
): void {
  core.scoped(() => {
    const scratch = core.alloc(multiplyBytes(core, B.cols, A.cols));
    runMultiply(core.exports, {
      out: out.at,
      ldo: out.rowStep,
      A: A.at,
      aRow: A.rowStep,
      aCol: A.colStep,
      B: B.at,
      bRow: B.rowStep,
      bCol: B.colStep,
      M: A.rows,
      R: B.cols,
      K: A.cols,
      alpha,
      add: add ? 1 : 0,
      lower: lower ? 1 : 0,
      scratch,
    });
  });
}

/** Copies what is below the diagonal of a square matrix to where it belongs above. */
export function mirror(core: Core, A: Wide): void {
  mirrorSquare(wideValues(core, A), A.rows);
}

/** A ← Hc A Hc, Hc = I − 11ᵀ / n: both triangles of a symmetric matrix from the lower one. */
export function centre(core: Core, A: Wide): void {
  mirror(core, A);
  const { rows: n } = A;
  const values = wideValues(core, A);
  const means = new Float64Array(n);
  let mean = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) means[i] += values[i * n + j];
    means[i] /= n;
    mean += means[i] / n;
  }
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) values[i * n + j] += mean - means[i] - means[j];
}

/** A ← Aᵀ for a square matrix. */
export function transpose(core: Core, A: Wide): void {
  const { rows: n } = A;
  const values = wideValues(core, A);
  for (let i = 1; i < n; i++)
    for (let j = 0; j < i; j++) {
      const value = values[j * n + i];
      values[j * n + i] = values[i * n + j];
      values[i * n + j] = value;
    }
}

/** Bytes that {@link cholesky} takes while it runs. */
export function choleskyBytes(core: Core, n: number): number {
  return multiplyBytes(core, BLOCK, n);
}

/**
 * A = L Lᵀ: the lower triangle of A (n x n, read there only) becomes L; what is above is undefined then.
 * @param what the matrix, for the message
 * @throws {SatnmfError} `bad-argument`: A is not positive definite, or not finite; names the row of the pivot
 */
export function cholesky(core: Core, A: Wide, what = 'The matrix'): void {
  const pivot = core.scoped(() =>
    core.exports.cholesky(A.at, A.rows, core.alloc(choleskyBytes(core, A.rows))),
  );
  if (pivot < 0) return;
  throw new SatnmfError(
    'bad-argument',
    `${what} must be positive definite, its pivot in row ${pivot} of ${A.rows} is not a number above 0`,
    { row: pivot, expected: 'a positive definite matrix' },
  );
}

/** Bytes that {@link solveTriangle} takes while it runs, for R right-hand sides. */
export function solveBytes(core: Core, n: number, R: number): number {
  return multiplyBytes(core, R, n);
}

/** B ← L⁻¹ B, or L⁻ᵀ B; L: the lower triangle of a square matrix, B n x R, both with their values in rows. */
export function solveTriangle(core: Core, L: Wide, B: Wide, side: 'L' | 'Lᵀ'): void {
  core.scoped(() => {
    const scratch = core.alloc(solveBytes(core, L.rows, B.cols));
    core.exports.solveTriangle(B.at, B.rowStep, L.at, L.rows, B.cols, side === 'L' ? 0 : 1, scratch);
  });
}
