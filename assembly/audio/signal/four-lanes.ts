// The four lanes of an f32x4 hold four values of the same kind: the same bin of four consecutive frames, or the same
// row of four contours. Every sum of the specification runs along bins or rows, in its own order, inside one lane. So
// SIMD changes no bit.
//
// An array f32x4[n] holds element `k` of lane `l` at byte `16 k + 4 l`.

/** Lanes 0 and 1 as f64. */
// @ts-ignore: decorator
@inline
export function low(four: v128): v128 {
  return f64x2.promote_low_f32x4(four);
}

/** Lanes 2 and 3 as f64. */
// @ts-ignore: decorator
@inline
export function high(four: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<i64>(four, four, 1, 0));
}

/** Four f32 lanes from two pairs of f64, each rounded once. */
// @ts-ignore: decorator
@inline
export function narrow(lo: v128, hi: v128): v128 {
  return v128.shuffle<i64>(f32x4.demote_f64x2_zero(lo), f32x4.demote_f64x2_zero(hi), 0, 2);
}

/** Four rows of four values (`stride` bytes apart) as f32x4[4] at `out`. */
// @ts-ignore: decorator
@inline
export function transpose4(out: usize, rows: usize, stride: usize): void {
  const a = v128.load(rows);
  const b = v128.load(rows + stride);
  const c = v128.load(rows + 2 * stride);
  const d = v128.load(rows + 3 * stride);
  const ab = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
  const cd = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
  const AB = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
  const CD = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
  v128.store(out, v128.shuffle<i64>(ab, cd, 0, 2));
  v128.store(out, v128.shuffle<i64>(ab, cd, 1, 3), 16);
  v128.store(out, v128.shuffle<i64>(AB, CD, 0, 2), 32);
  v128.store(out, v128.shuffle<i64>(AB, CD, 1, 3), 48);
}
