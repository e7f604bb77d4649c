/**
 * orders: the sums of the kernels written out in their own precision and order, so that results can
 * be compared bit by bit. (Products and sums of two f32 values rounded from f64 are the f32 ones.)
 *
 * @module
 */

const f = Math.fround;

/** Block of the summation index (assembly/core/linear/gemm.ts). */
export const KC = 256;
/** Guard of the denominators (assembly/core/factor/update.ts). */
export const TINY = f(1e-20);

/** A (M x K) · B (K x R), row-major, as `gemm` computes it: blocks of KC in turn, each summed in turn. */
export function product(
  A: Float32Array,
  B: Float32Array,
  M: number,
  R: number,
  K: number,
): Float32Array<ArrayBuffer> {
  const out = new Float32Array(M * R);
  for (let k0 = 0; k0 < K; k0 += KC)
    for (let i = 0; i < M; i++)
      for (let j = 0; j < R; j++) {
        let sum = 0;
        for (let k = k0; k < k0 + KC && k < K; k++) sum = f(sum + f(A[i * K + k] * B[k * R + j]));
        out[i * R + j] = k0 === 0 ? sum : out[i * R + j] + sum;
      }
  return out;
}

/** h · v in f32: four lanes in turn, (0 + 1) + (2 + 3), then the tail in turn. */
export function inner(h: ArrayLike<number>, v: ArrayLike<number>): number {
  const lanes = [0, 0, 0, 0];
  const whole = h.length - (h.length % 4);
  for (let k = 0; k < whole; k++) lanes[k % 4] = f(lanes[k % 4] + f(h[k] * v[k]));
  let sum = f(f(lanes[0] + lanes[1]) + f(lanes[2] + lanes[3]));
  for (let k = whole; k < h.length; k++) sum = f(sum + f(h[k] * v[k]));
  return sum;
}

/** Σ term(i) in the f64 order of assembly/core/linear/reduce.ts. */
export function wideSum(length: number, term: (i: number) => number): number {
  const lanes = [0, 0, 0, 0];
  const whole = length - (length % 4);
  for (let i = 0; i < whole; i++) lanes[i % 4] += term(i);
  let tail = 0;
  for (let i = whole; i < length; i++) tail += term(i);
  return lanes[0] + tail + lanes[2] + (lanes[1] + lanes[3]);
}

/** x ∘ num ⊘ max(den, tiny) for one row in f32, adding Σ (x' − x)², Σ R² and Σ x² to `stats`. */
export function ratioRow(
  x: ArrayLike<number>,
  num: ArrayLike<number>,
  den: ArrayLike<number>,
  inverse: ArrayLike<number>,
  stats: Float64Array,
): Float32Array<ArrayBuffer> {
  const sums = [0, 1, 2].map(() => [0, 0, 0, 0]);
  const out = new Float32Array(x.length);
  for (let k = 0; k < x.length; k++) {
    out[k] = f(f(x[k] * num[k]) / Math.max(den[k], TINY));
    const step = f(out[k] - x[k]);
    const residual = Math.min(x[k], f(f(den[k] - num[k]) * inverse[k]));
    [step, residual, x[k]].forEach((value, s) => {
      sums[s][k % 4] = f(sums[s][k % 4] + f(value * value));
    });
  }
  sums.forEach((lanes, s) => {
    stats[s] += lanes[0] + lanes[1] + (lanes[2] + lanes[3]);
  });
  return out;
}
