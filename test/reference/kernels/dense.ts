/**
 * Dense: a float64 matrix of the reference twins, and the plain loops over it.
 *
 * The twins keep the paper's orientation, in which a column is a sample: X is d x N, U is d x r, H is
 * c x r, V is r x N. (The host keeps utterances in rows; transpose at the border.)
 *
 * @module
 */

/** `rows x cols` float64 values, row-major: entry (i, j) is `data[i * cols + j]`. */
export interface Dense {
  readonly rows: number;
  readonly cols: number;
  readonly data: Float64Array;
}

/** Copies `data` (row-major, any numbers) into a `rows x cols` matrix; zeros without it. */
export function dense(rows: number, cols: number, data?: ArrayLike<number>): Dense {
  if (data !== undefined && data.length !== rows * cols)
    throw new RangeError(`"data" must hold ${rows} x ${cols} values, got ${data.length}`);
  return { rows, cols, data: data === undefined ? new Float64Array(rows * cols) : new Float64Array(data) };
}

/** The `rows x cols` matrix whose entry (i, j) is `entry(i, j)`, called row by row. */
export function tabulate(rows: number, cols: number, entry: (i: number, j: number) => number): Dense {
  const A = dense(rows, cols);
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) A.data[i * cols + j] = entry(i, j);
  return A;
}

/** A matrix from a list of equally long rows. */
export function fromRows(rows: readonly ArrayLike<number>[]): Dense {
  const cols = rows.length === 0 ? 0 : rows[0].length;
  for (const row of rows)
    if (row.length !== cols) throw new RangeError(`rows must hold ${cols} values each, got ${row.length}`);
  return tabulate(rows.length, cols, (i, j) => rows[i][j]);
}

/** Entry (i, j). */
export function at(A: Dense, i: number, j: number): number {
  return A.data[i * A.cols + j];
}

/** Overwrites entry (i, j). */
export function put(A: Dense, i: number, j: number, value: number): void {
  A.data[i * A.cols + j] = value;
}

export function copy(A: Dense): Dense {
  return dense(A.rows, A.cols, A.data);
}

/** Column j as a new vector. */
export function column(A: Dense, j: number): Float64Array {
  return Float64Array.from({ length: A.rows }, (_, i) => at(A, i, j));
}

/** The main diagonal of a square matrix. */
export function diagonal(A: Dense): Float64Array {
  return Float64Array.from({ length: A.rows }, (_, i) => at(A, i, i));
}

/** The square matrix with `values` on the diagonal and zeros elsewhere. */
export function diag(values: ArrayLike<number>): Dense {
  return tabulate(values.length, values.length, (i, j) => (i === j ? values[i] : 0));
}

/** A^T, `cols x rows`. */
export function transpose(A: Dense): Dense {
  return tabulate(A.cols, A.rows, (i, j) => at(A, j, i));
}

/** A B: (p x q)(q x s) -> p x s; each entry is summed over q in ascending order. */
export function multiply(A: Dense, B: Dense): Dense {
  if (A.cols !== B.rows)
    throw new RangeError(`cannot multiply ${A.rows} x ${A.cols} by ${B.rows} x ${B.cols}`);
  const C = dense(A.rows, B.cols);
  for (let i = 0; i < A.rows; i++)
    for (let j = 0; j < B.cols; j++) {
      let sum = 0;
      for (let k = 0; k < A.cols; k++) sum += A.data[i * A.cols + k] * B.data[k * B.cols + j];
      C.data[i * B.cols + j] = sum;
    }
  return C;
}

/** The entrywise combination of two matrices of one shape. */
export function zip(A: Dense, B: Dense, combine: (a: number, b: number) => number): Dense {
  sameShape(A, B);
  const C = dense(A.rows, A.cols);
  for (let i = 0; i < C.data.length; i++) C.data[i] = combine(A.data[i], B.data[i]);
  return C;
}

function sameShape(A: Dense, B: Dense): void {
  if (A.rows !== B.rows || A.cols !== B.cols)
    throw new RangeError(`shapes differ: ${A.rows} x ${A.cols} and ${B.rows} x ${B.cols}`);
}

export function add(A: Dense, B: Dense): Dense {
  return zip(A, B, (a, b) => a + b);
}

export function subtract(A: Dense, B: Dense): Dense {
  return zip(A, B, (a, b) => a - b);
}

/** A∘B, the entrywise product. */
export function hadamard(A: Dense, B: Dense): Dense {
  return zip(A, B, (a, b) => a * b);
}

/** s A for a number s. */
export function times(s: number, A: Dense): Dense {
  const B = copy(A);
  for (let i = 0; i < B.data.length; i++) B.data[i] *= s;
  return B;
}

/** A with column j multiplied by `s[j]`: A diag(s). */
export function timesColumns(A: Dense, s: ArrayLike<number>): Dense {
  return tabulate(A.rows, A.cols, (i, j) => at(A, i, j) * s[j]);
}

/** A with row i multiplied by `s[i]`: diag(s) A. */
export function timesRows(A: Dense, s: ArrayLike<number>): Dense {
  return tabulate(A.rows, A.cols, (i, j) => s[i] * at(A, i, j));
}

/** <A, B> = sum of A_ij B_ij. */
export function inner(A: Dense, B: Dense): number {
  sameShape(A, B);
  let sum = 0;
  for (let i = 0; i < A.data.length; i++) sum += A.data[i] * B.data[i];
  return sum;
}

/** |A|_F^2. */
export function sumOfSquares(A: Dense): number {
  return inner(A, A);
}

/** |A|_F. */
export function frobenius(A: Dense): number {
  return Math.sqrt(sumOfSquares(A));
}

/** Sum of the diagonal of a square matrix. */
export function trace(A: Dense): number {
  return diagonal(A).reduce((sum, x) => sum + x, 0);
}

/** |column j|_2^2 for every column. */
export function columnSquares(A: Dense): Float64Array {
  const squares = new Float64Array(A.cols);
  for (let i = 0; i < A.rows; i++) for (let j = 0; j < A.cols; j++) squares[j] += A.data[i * A.cols + j] ** 2;
  return squares;
}

/** |row i|_2^2 for every row. */
export function rowSquares(A: Dense): Float64Array {
  return columnSquares(transpose(A));
}
