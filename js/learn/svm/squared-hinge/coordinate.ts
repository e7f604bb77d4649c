// Dual coordinate descent on explicit rows, in random order, with shrinking (Hsieh et al. 2008).
//
// Solves the dual of `judge.ts` while keeping w = Σ y_i a_i x_i, so a step costs 4p. Rows that sit at a bound
// with a gradient beyond everything seen in the last epoch are set aside; once the rest has converged they come
// back, and the answer is accepted only if it holds for all rows (method.md, The binary problem).
import { axpy, dot } from '../../../core/dense/index.js';
import { weightsOf } from '../coefficients.js';
import type { Shuffler } from '../problem.js';
import { report, type SvmReport } from '../report.js';
import { judge } from './judge.js';

/** Passes over the rows before it gives up, at least and a column (ours: about what the exact method costs). */
const EPOCHS = 1000;
const EPOCHS_A_COLUMN = 30;

/**
 * Solves one binary problem.
 * @param rows n x p, the bias among the columns
 * @param y n labels ±1
 * @returns n coefficients c_i = y_i a_i
 */
export function coordinateDescent(
  rows: Float64Array,
  p: number,
  y: Float64Array,
  costs: Float64Array,
  tolerance: number,
  random: Shuffler,
): { c: Float64Array; report: SvmReport } {
  const n = y.length;
  const a = new Float64Array(n);
  const d = new Float64Array(n);
  const curve = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    d[i] = 1 / (2 * costs[i]);
    curve[i] = dot(rows, i * p, rows, i * p, p) + d[i];
  }
  const w = new Float64Array(p);
  const order = Int32Array.from({ length: n }, (_, i) => i);
  let active = n,
    epochs = 0,
    target = tolerance,
    upper = Infinity,
    fresh = true;
  const most = Math.max(EPOCHS, EPOCHS_A_COLUMN * p);
  while (epochs < most) {
    epochs++;
    random.shuffle(order.subarray(0, active));
    let top = -Infinity,
      bottom = Infinity;
    for (let s = 0; s < active; s++) {
      const i = order[s];
      const gradient = y[i] * dot(rows, i * p, w, 0, p) - 1 + d[i] * a[i];
      let projected = gradient;
      if (a[i] <= 0) {
        if (gradient > upper) {
          order[s--] = order[--active];
          order[active] = i;
          continue;
        }
        projected = Math.min(gradient, 0);
      }
      top = Math.max(top, projected);
      bottom = Math.min(bottom, projected);
      if (Math.abs(projected) > 1e-12) {
        const before = a[i];
        a[i] = Math.max(0, before - gradient / curve[i]);
        axpy(y[i] * (a[i] - before), rows, i * p, w, 0, p);
      }
    }
    if (active === 0 || (top - bottom <= target && Math.max(top, -bottom) <= target)) {
      if (active === n && fresh) {
        // The epoch looked at each row before its later steps; the last word is a look at all of them at once.
        if (judgeRows(rows, p, signed(y, a), y, costs).violation <= tolerance) break;
        target /= 4;
      }
      active = n;
      upper = Infinity;
      fresh = true;
      continue;
    }
    upper = top <= 0 ? Infinity : top;
    fresh = false;
  }
  const c = signed(y, a);
  const { objective, gap, violation } = judgeRows(rows, p, c, y, costs);
  return { c, report: report('coordinate', epochs, objective, gap, violation, tolerance) };
}

/** c_i = y_i a_i. */
function signed(y: Float64Array, a: Float64Array): Float64Array {
  return a.map((value, i) => y[i] * value);
}

/** {@link judge} for coefficients of explicit rows. */
function judgeRows(
  rows: Float64Array,
  p: number,
  c: Float64Array,
  y: Float64Array,
  costs: Float64Array,
): { objective: number; gap: number; violation: number } {
  const w = weightsOf(rows, p, c);
  return judge(
    c,
    Float64Array.from(c, (_, i) => dot(rows, i * p, w, 0, p)),
    y,
    costs,
  );
}
