// The four lanes of an f32x4 hold four values of the same kind: the same bin of four consecutive frames, or the same
// row of four contours. Every sum of the specification runs along bins or rows, in its own order, inside one lane. So
// SIMD changes no bit.
//
// An array f32x4[n] holds element `k` of lane `l` at byte `16 k + 4 l`.

/** Lanes 0 and 1 as f64. */
@inline
export function low(four: v128): v128 {
  return f64x2.promote_low_f32x4(four);
}

/** Lanes 2 and 3 as f64. */
@inline
export function high(four: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<i64>(four, four, 1, 0));
}

/** Four f32 lanes from two pairs of f64, each rounded once. */
@inline
export function narrow(lo: v128, hi: v128): v128 {
  return v128.shuffle<i64>(f32x4.demote_f64x2_zero(lo), f32x4.demote_f64x2_zero(hi), 0, 2);
}
