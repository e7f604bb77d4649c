// L2-loss SVM on inner products, by Newton's method: exact where the greedy steps have not converged.
//
// K = R Rᵀ is factored with as few columns as it has rank, and the problem solved on the rows of R. Coefficients
// come from the margins z, as a = 2 C z, or from (K_II + diag(1/(2C_I))) c_I = y_I over the active rows (Chapelle
// 2007). With large C the first loses the margins of separable problems to rounding, the second the coefficients
// of the others, which are as large as C and cancel: the better of the two is the answer.
import { choleskyFactor, dot, solveCholesky } from '../../../core/dense/index.js';
import { decisionsOf } from '../coefficients.js';
import { better, report, type SvmReport } from '../report.js';
import { judge } from './judge.js';
import { type NewtonRows, newtonRows } from './newton.js';

/**
 * Solves one binary problem.
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
  const active: number[] = [];
  for (let i = 0; i < n; i++) {
    const z = 1 - y[i] * dot(rows, i * p, solved.w, 0, p);
    if (z <= 0) continue;
    active.push(i);
    c[i] = 2 * costs[i] * z * y[i];
  }
  const [first, second] = [c, solveActive(gram, y, costs, active)].map((coefficients) => {
    const { objective, gap, violation } = judge(coefficients, decisionsOf(gram, coefficients), y, costs);
    const steps = solved.report.iterations;
    return { c: coefficients, report: report('newton-gram', steps, objective, gap, violation, tolerance) };
  });
  return better(first, second);
}

/** Solves for the coefficients of the active rows; the others have none, and none has the wrong sign. */
function solveActive(
  gram: Float64Array,
  y: Float64Array,
  costs: Float64Array,
  active: readonly number[],
): Float64Array {
  const n = y.length;
  const k = active.length;
  const M = new Float64Array(k * k);
  for (let r = 0; r < k; r++) {
    for (let s = 0; s < k; s++) M[r * k + s] = gram[active[r] * n + active[s]];
    M[r * k + r] += 1 / (2 * costs[active[r]]);
  }
  const L = M.slice();
  choleskyFactor(
    L,
    k,
    Float64Array.from(active, (i) => 1 / (2 * costs[i])),
  );
  const b = new Float64Array(k);
  // Twice more for what rounding left over.
  for (let round = 0; round < 3; round++) {
    const rest = Float64Array.from({ length: k }, (_, r) => y[active[r]] - dot(M, r * k, b, 0, k));
    solveCholesky(L, k, rest);
    for (let r = 0; r < k; r++) b[r] += rest[r];
  }
  const c = new Float64Array(n);
  for (let r = 0; r < k; r++) c[active[r]] = y[active[r]] * Math.max(0, y[active[r]] * b[r]);
  return c;
}
