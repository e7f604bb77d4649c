/**
 * Matrices of the golden files as the core holds them.
 */

/** A matrix of test/golden: row-major. */
export interface Stored {
  readonly rows: number;
  readonly cols: number;
  readonly data: readonly number[];
}

/** The same order, float32. */
export function rowMajor({ data }: Stored): Float32Array {
  return Float32Array.from(data);
}

/** Rows become columns, float32. */
export function transposed({ rows, cols, data }: Stored): Float32Array {
  const out = new Float32Array(rows * cols);
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) out[j * rows + i] = data[i * cols + j];
  return out;
}
