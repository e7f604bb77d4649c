// The Gaussian kernel of the weight estimators, k(a, b) = exp(−|a − b|² / 2σ²), from inner products.
import { dot } from '../../core/dense/index.js';

/** exp and log of the core: the host's differ between engines. `core.exports` is one. */
export interface Elementary {
  exponential(x: number): number;
  logarithm(x: number): number;
}

/** Dense f64 matrix, row-major. */
export interface Table {
  readonly rows: number;
  readonly cols: number;
  readonly data: Float64Array;
}

/**
 * |x_i − x_j|² for i of `rows` and j of `cols`, from the Gram matrix of all N utterances: |x_i|² + |x_j|² −
 * 2 x_i·x_j, not below 0. A float32 Gram leaves an error of some 1e-7 |x|², small beside the squared widths.
 */
export function squaredDistances(
  gram: Float32Array | Float64Array,
  N: number,
  rows: ArrayLike<number>,
  cols: ArrayLike<number>,
): Table {
  const data = new Float64Array(rows.length * cols.length);
  let at = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] * N;
    const own = gram[row + rows[i]];
    for (let j = 0; j < cols.length; j++, at++) {
      const other = cols[j];
      data[at] = rows[i] === other ? 0 : Math.max(0, own + gram[other * N + other] - 2 * gram[row + other]);
    }
  }
  return { rows: rows.length, cols: cols.length, data };
}

/** The median of the distances of all N (N − 1) / 2 pairs, the mean of the middle two where there are two; 0 for N < 2. */
export function medianDistance(gram: Float32Array | Float64Array, N: number): number {
  if (N < 2) return 0;
  const squares = new Float64Array((N * (N - 1)) / 2);
  let at = 0;
  for (let i = 1; i < N; i++)
    for (let j = 0; j < i; j++, at++)
      squares[at] = Math.max(0, gram[i * N + i] + gram[j * N + j] - 2 * gram[i * N + j]);
  squares.sort();
  const half = squares.length >> 1;
  return squares.length % 2 === 1
    ? Math.sqrt(squares[half])
    : (Math.sqrt(squares[half - 1]) + Math.sqrt(squares[half])) / 2;
}

/** k of squared distances; a width of 0 gives 1 where the distance is 0 and 0 elsewhere, its limit. */
export function gaussian(squares: Table, sigma: number, { exponential }: Elementary): Table {
  const scale = 2 * sigma * sigma;
  const data = squares.data.map((square) =>
    square === 0 ? 1 : scale > 0 ? exponential(-square / scale) : 0,
  );
  return { ...squares, data };
}

/** At most `count` of `total` rows, evenly spread over them in their order. */
export function evenlySpaced(total: number, count: number): Int32Array {
  const kept = Math.min(total, count);
  return Int32Array.from({ length: kept }, (_, l) => Math.floor((l * total) / kept));
}

/** w(x) = Σ_l a_l k(x, c_l) of rows, from their kernel against the centres c_l. */
export function ratios({ rows, cols, data }: Table, coefficients: Float64Array): Float64Array {
  return Float64Array.from({ length: rows }, (_, i) => dot(data, i * cols, coefficients, 0, cols));
}
