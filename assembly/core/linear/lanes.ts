// lanes — the four lanes of an f32 vector in f64: their sums, of which the stopping rules are made.

/** (0 + 1) + (2 + 3) of the lanes. */
@inline
export function lanes(v: v128): f64 {
  return (
    <f64>f32x4.extract_lane(v, 0) +
    <f64>f32x4.extract_lane(v, 1) +
    (<f64>f32x4.extract_lane(v, 2) + <f64>f32x4.extract_lane(v, 3))
  );
}

/** Adds to stats: Σ (x' − x)², Σ R² and Σ x². */
@inline
export function addStats(stats: usize, change: f64, residual: f64, size: f64): void {
  store<f64>(stats, load<f64>(stats) + change);
  store<f64>(stats, load<f64>(stats, 8) + residual, 8);
  store<f64>(stats, load<f64>(stats, 16) + size, 16);
}

/** Lanes 2 and 3 as f64. */
@inline
export function high(v: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<f64>(v, v, 1, 1));
}
