// Exact line search for the squared hinge loss.
//
// Along w + t·p the objective φ(t) = ½|w + t p|² + Σ C_i [1 − y_i (f_i + t q_i)]₊² is convex and piecewise
// quadratic, so φ' is piecewise linear and never falls; Newton's method on φ' inside a bracket ends in finitely
// many steps (Keerthi & DeCoste 2005, §5).

/**
 * The t > 0 where φ'(t) = 0, for a descent direction.
 * @param wp w·p
 * @param pp p·p
 * @param y n labels ±1
 * @param f n decision values of w
 * @param q n decision values of p
 * @param costs n costs C_i
 */
export function exactStep(
  wp: number,
  pp: number,
  y: Float64Array,
  f: Float64Array,
  q: Float64Array,
  costs: Float64Array,
): number {
  const n = y.length;
  let low = 0,
    high = Infinity,
    t = 1,
    scale = 0;
  for (let step = 0; step < 60; step++) {
    let slope = wp + t * pp,
      curve = pp,
      size = Math.abs(wp) + t * pp;
    for (let i = 0; i < n; i++) {
      const yq = y[i] * q[i];
      const z = 1 - y[i] * f[i] - t * yq;
      if (z > 0) {
        const cq = 2 * costs[i] * yq;
        slope -= cq * z;
        curve += cq * yq;
        size += Math.abs(cq) * z;
      }
    }
    scale = Math.max(scale, size);
    // The unit step of Newton's method is kept whenever it is the answer up to rounding.
    if (Math.abs(slope) <= 1e-13 * scale) return t;
    if (slope < 0) low = t;
    else high = t;
    let next = t - slope / curve;
    if (!(next > low && next < high)) next = high === Infinity ? 2 * t : (low + high) / 2;
    if (Math.abs(next - t) <= 1e-15 * t) return next;
    t = next;
  }
  return t;
}
