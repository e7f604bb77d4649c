/**
 * A point of the dual problem and what it is worth.
 *
 *     min_a  ½ aᵀQa + ½ Σ d_i a_i² − Σ a_i,   0 ≤ a_i ≤ u_i,   Q_ij = y_i y_j K_ij
 *
 * with u_i = C_i, d_i = 0 for the hinge loss (L1) and u_i = ∞, d_i = 1/(2 C_i) for its square (L2); method.md,
 * The binary problem. Solvers hold it signed, as coefficients c_i = y_i a_i, so that w = Σ c_i x_i and the decision
 * values of the training rows are f = K c.
 *
 * @module
 */
import { axpy, dot } from '../../core/dense/vectors.js';

/** The hinge loss or its square. */
export type Loss = 'l1' | 'l2';

/** f = K c; rows with a zero coefficient cost nothing. */
export function decisionsOf(gram: Float64Array, c: Float64Array): Float64Array {
  const n = c.length;
  const f = new Float64Array(n);
  for (let i = 0; i < n; i++) if (c[i] !== 0) axpy(c[i], gram, i * n, f, 0, n);
  return f;
}

/** w = Σ c_i x_i of n rows of p values. */
export function weightsOf(rows: Float64Array, p: number, c: Float64Array): Float64Array {
  const w = new Float64Array(p);
  for (let i = 0; i < c.length; i++) if (c[i] !== 0) axpy(c[i], rows, i * p, w, 0, p);
  return w;
}

/**
 * Primal objective, duality gap and largest optimality violation of coefficients `c` whose training decision
 * values are `f` and whose weights have the squared length cᵀf.
 */
export function judge(
  loss: Loss,
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
    let gradient = y[i] * f[i] - 1;
    if (loss === 'l1') {
      losses += costs[i] * z;
      dual += a;
    } else {
      losses += costs[i] * z * z;
      dual += a - (a * a) / (4 * costs[i]);
      gradient += a / (2 * costs[i]);
    }
    if (a <= 0) gradient = Math.min(gradient, 0);
    else if (loss === 'l1' && a >= costs[i]) gradient = Math.max(gradient, 0);
    violation = Math.max(violation, Math.abs(gradient));
  }
  return { objective: size / 2 + losses, gap: Math.max(0, size + losses - dual), violation };
}
