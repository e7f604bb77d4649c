/**
 * L2-loss SVM on inner products, by Newton's method: exact where the greedy steps have not converged.
 *
 * K = R Rᵀ is factored with as few columns as it has rank, and the problem solved on the rows of R. (Solving for
 * the coefficients instead, as in Chapelle 2007, loses them to rounding when C is large and K singular: they are
 * then as large as C, and cancel.)
 *
 * @module
 */
import { dot } from './dense.js';
import { decisionsOf, judge } from './dual-point.js';
import { type NewtonRows, newtonRows } from './newton.js';
import { type SvmReport, report } from './report.js';

/**
 * Solves one binary problem.
 *
 * @param factored rows R (n x p) with the Hessian that all classes share
 * @param gram the n x n inner products that R came from, by which the answer is judged
 * @returns n coefficients c_i = y_i a_i
 */
export function newtonGram(
  factored: NewtonRows,
  gram: Float64Array,
  y: Float64Array,
  tolerance: number,
): { c: Float64Array; report: SvmReport } {
  const { n, p, rows, costs } = factored;
  const solved = newtonRows(factored, y, tolerance);
  const c = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const z = 1 - y[i] * dot(rows, i * p, solved.w, 0, p);
    if (z > 0) c[i] = 2 * costs[i] * z * y[i];
  }
  const { objective, gap, violation } = judge('l2', c, decisionsOf(gram, c), y, costs);
  return { c, report: report('newton-gram', solved.report.iterations, objective, gap, violation, tolerance) };
}
