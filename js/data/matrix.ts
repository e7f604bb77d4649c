// Matrix: a dense row-major table of float32. A row is an utterance everywhere in the host.
import { SatnmfError } from '../errors.js';

/** `rows x cols` float32 values, row-major: entry (i, j) is `data[i * cols + j]`. */
export interface Matrix {
  readonly rows: number;
  readonly cols: number;
  readonly data: Float32Array;
}

/**
 * Wraps `data` (not copied) as a matrix, or makes a matrix of zeros.
 * @throws {SatnmfError} `bad-argument` if a size is not a whole number ≥ 0, `shape-mismatch` if
 *   `data.length` is not `rows * cols`
 */
export function matrix(rows: number, cols: number, data?: Float32Array): Matrix {
  for (const [argument, value] of [
    ['rows', rows],
    ['cols', cols],
  ] as const)
    if (!Number.isSafeInteger(value) || value < 0)
      throw new SatnmfError(
        'bad-argument',
        `"${argument}" must be a whole number ≥ 0, got ${String(value)}`,
        { argument, expected: 'a whole number ≥ 0', actual: String(value) },
      );
  if (data !== undefined && data.length !== rows * cols)
    throw new SatnmfError(
      'shape-mismatch',
      `"data" must hold ${rows} x ${cols} = ${rows * cols} values, got ${data.length}`,
      { argument: 'data', expected: String(rows * cols), actual: String(data.length) },
    );
  return { rows, cols, data: data ?? new Float32Array(rows * cols) };
}

/** A new matrix of the named rows, in the given order. Rows are copied. */
export function selectRows(source: Matrix, rows: ArrayLike<number>): Matrix {
  const { cols } = source;
  const data = new Float32Array(rows.length * cols);
  for (let i = 0; i < rows.length; i++)
    data.set(source.data.subarray(rows[i] * cols, (rows[i] + 1) * cols), i * cols);
  return { rows: rows.length, cols, data };
}
