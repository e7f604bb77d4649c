// lanes — sums over the four lanes of a vector, added up in f64: what the stopping rules need to know of a step.

/** (0 + 1) + (2 + 3) of the lanes. */
// @ts-ignore: decorator
@inline
export function lanes(v: v128): f64 {
  return (
    <f64>f32x4.extract_lane(v, 0) +
    <f64>f32x4.extract_lane(v, 1) +
    (<f64>f32x4.extract_lane(v, 2) + <f64>f32x4.extract_lane(v, 3))
  );
}

/** Adds to stats: Σ (x' − x)², Σ R² and Σ x². */
// @ts-ignore: decorator
@inline
export function addStats(stats: usize, change: f64, residual: f64, size: f64): void {
  store<f64>(stats, load<f64>(stats) + change);
  store<f64>(stats, load<f64>(stats, 8) + residual, 8);
  store<f64>(stats, load<f64>(stats, 16) + size, 16);
}
