// What a point of the dual problem is worth.
//
//     min_a  ½ aᵀQa + Σ a_i² / (4 C_i) − Σ a_i,   a_i ≥ 0,   Q_ij = y_i y_j K_ij
//
// Solvers hold the point signed, as coefficients c_i = y_i a_i, so that w = Σ c_i x_i and the decision values of the
// training rows are f = K c (method.md, The binary problem).
import { dot } from '../../../core/dense/index.js';

/**
 * Primal objective, duality gap and largest optimality violation of coefficients `c` whose training decision
 * values are `f` and whose weights have the squared length cᵀf.
 */
export function judge(
  c: Float64Array,
  f: Float64Array,
  y: Float64Array,
  costs: Float64Array,
): { objective: number; gap: number; violation: number } {
  const n = c.length;
  const size = dot(c, 0, f, 0, n);
  let losses = 0,
    dual = 0,
    violation = 0;
  for (let i = 0; i < n; i++) {
    const a = y[i] * c[i];
    const z = Math.max(0, 1 - y[i] * f[i]);
    losses += costs[i] * z * z;
    dual += a - (a * a) / (4 * costs[i]);
    let gradient = y[i] * f[i] - 1 + a / (2 * costs[i]);
    if (a <= 0) gradient = Math.min(gradient, 0);
    violation = Math.max(violation, Math.abs(gradient));
  }
  return { objective: size / 2 + losses, gap: Math.max(0, size + losses - dual), violation };
}
