/**
 * L2-loss SVM on inner products, by Newton's method: exact where the greedy steps have not converged.
 *
 * With w = Σ b_i x_i the full Newton step over I = {i : 1 − y_i f_i > 0} goes to the b that solves
 * (K_II + diag(1/(2C_I))) b_I = y_I and is 0 elsewhere (Chapelle 2007, §3); an exact line search makes it end.
 * Cost of a step: |I|³/3 + 3n².
 *
 * @module
 */
import { cholesky, dot, solveCholesky } from './dense.js';
import { decisionsOf, judge } from './dual-point.js';
import { exactStep } from './line-search.js';
import { type SvmReport, report } from './report.js';

/** Steps; it takes 3 to 20. */
const STEPS = 50;

/** b that solves the system of an active set, 0 elsewhere. */
function solveActive(
  gram: Float64Array,
  y: Float64Array,
  costs: Float64Array,
  active: readonly number[],
): Float64Array {
  const n = y.length;
  const k = active.length;
  const M = new Float64Array(k * k);
  const floor = new Float64Array(k);
  const b = new Float64Array(k);
  for (let r = 0; r < k; r++) {
    const row = active[r] * n;
    for (let s = 0; s <= r; s++) M[r * k + s] = gram[row + active[s]];
    floor[r] = 1 / (2 * costs[active[r]]);
    M[r * k + r] += floor[r];
    b[r] = y[active[r]];
  }
  cholesky(M, k, floor);
  solveCholesky(M, k, b);
  const full = new Float64Array(n);
  for (let r = 0; r < k; r++) full[active[r]] = b[r];
  return full;
}

/**
 * Solves one binary problem.
 *
 * @param gram n x n inner products, the bias among them
 * @param start n coefficients to start from; not changed
 * @returns n coefficients c_i = y_i a_i
 */
export function newtonGram(
  gram: Float64Array,
  y: Float64Array,
  costs: Float64Array,
  tolerance: number,
  start: Float64Array,
): { c: Float64Array; report: SvmReport } {
  const n = y.length;
  let c = start.slice();
  let best = c,
    bestGap = Infinity,
    last = Infinity,
    stalled = 0,
    steps = 0;
  for (;;) {
    const f = decisionsOf(gram, c);
    const active: number[] = [];
    let objective = dot(c, 0, f, 0, n) / 2;
    // The dual point a = 2 C z of the same margins: the gap is half the squared length of the gradient.
    const g = c.slice();
    for (let i = 0; i < n; i++) {
      const z = 1 - y[i] * f[i];
      if (z <= 0) continue;
      active.push(i);
      objective += costs[i] * z * z;
      g[i] -= 2 * costs[i] * z * y[i];
    }
    const gap = Math.max(0, dot(g, 0, decisionsOf(gram, g), 0, n) / 2);
    const progress = objective < last * (1 - 1e-14) || gap < bestGap / 2;
    if (gap < bestGap) {
      best = c;
      bestGap = gap;
    }
    if (gap <= 1e-20 * objective || steps === STEPS || (!progress && ++stalled === 3)) break;
    last = objective;
    steps++;
    const d = solveActive(gram, y, costs, active);
    for (let i = 0; i < n; i++) d[i] -= c[i];
    const q = decisionsOf(gram, d);
    const t = exactStep(dot(c, 0, q, 0, n), dot(d, 0, q, 0, n), y, f, q, costs);
    c = c.map((value, i) => value + t * d[i]);
  }
  // What is left of inactive rows is rounding; the dual allows no negative a.
  c = best.map((value, i) => (y[i] * value > 0 ? value : 0));
  const { objective, gap, violation } = judge('l2', c, decisionsOf(gram, c), y, costs);
  return { c, report: report('newton-gram', steps, objective, gap, violation, tolerance) };
}
