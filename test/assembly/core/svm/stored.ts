/**
 * Matrices of the golden files as the core holds them.
 */

/** A row-major matrix. */
export interface RowMajor {
  readonly rows: number;
  readonly cols: number;
  readonly data: ArrayLike<number>;
}

/** One of test/golden. */
export interface Stored extends RowMajor {
  readonly data: readonly number[];
}

/** The same order, float32. */
export function rowMajor({ data }: Stored): Float32Array {
  return Float32Array.from(data);
}

/** Rows become columns, float32. */
export function transposed({ rows, cols, data }: RowMajor): Float32Array {
  const out = new Float32Array(rows * cols);
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) out[j * rows + i] = data[i * cols + j];
  return out;
}
