// Hinge-loss SVM with an unregularised bias, by sequential minimal optimisation on inner products.
//
//     min_a  ½ aᵀQa − Σ a_i,   0 ≤ a_i ≤ C_i,   yᵀa = 0
//
// Working pairs by second-order information (Fan, Chen & Lin 2005), as LIBSVM chooses them (method.md, Several
// classes). In signed coefficients c_i = y_i a_i with errors e_i = y_i − f_i, f = K c, the labels leave the loops: a
// step moves c_i up and c_j down by the same amount, i where e is largest among those that may rise, j among those
// that may fall; at the optimum no e that may rise exceeds one that may fall.
import { decisionsOf } from '../coefficients.js';

/** Steps a row before it gives up (ours: about what the exact method costs). */
const STEPS_A_ROW = 500;
/** Least curvature along a pair, where two rows coincide (LIBSVM's). */
const FLAT = 1e-12;

/** Where the conditions of optimality stand. */
export interface Balance {
  /** Largest error that may rise minus smallest that may fall; at most 0 at the optimum. */
  readonly violation: number;
  /** Bias: the mean error of the coefficients strictly inside their box, else the middle of what is allowed. */
  readonly bias: number;
}

/** Violation and bias of signed coefficients `c` in [low, high] with training decision values `f`, without bias. */
export function balance(
  c: Float64Array,
  f: Float64Array,
  y: Float64Array,
  low: Float64Array,
  high: Float64Array,
): Balance {
  let up = -Infinity,
    down = Infinity,
    sum = 0,
    free = 0;
  for (let i = 0; i < c.length; i++) {
    const e = y[i] - f[i];
    if (c[i] < high[i] && e > up) up = e;
    if (c[i] > low[i] && e < down) down = e;
    if (c[i] < high[i] && c[i] > low[i]) {
      sum += e;
      free++;
    }
  }
  return { violation: Math.max(0, up - down), bias: free > 0 ? sum / free : (up + down) / 2 };
}

/**
 * Solves one binary problem. Both labels must occur.
 * @param gram n x n inner products, without bias
 * @param y n labels ±1
 * @param low n lower bounds of the signed coefficients: 0 or −C_i
 * @param high n upper bounds: C_i or 0
 * @param start n feasible coefficients to start from (0 if absent); not changed
 * @param most steps that it may take
 */
export function smo(
  gram: Float64Array,
  y: Float64Array,
  low: Float64Array,
  high: Float64Array,
  tolerance: number,
  start?: Float64Array,
  most = STEPS_A_ROW * y.length,
): { c: Float64Array; f: Float64Array; steps: number; balance: Balance } {
  const n = y.length;
  const c = start === undefined ? new Float64Array(n) : start.slice();
  const diagonal = Float64Array.from({ length: n }, (_, i) => gram[i * n + i]);
  let f = decisionsOf(gram, c);
  let steps = 0;
  let stand = balance(c, f, y, low, high);
  // Errors drift by rounding: what was found is checked on fresh ones, and taken up again if need be.
  for (let round = 0; round < 3 && stand.violation > tolerance && steps < most; round++) {
    const e = y.map((value, i) => value - f[i]);
    while (steps < most) {
      const i = highest(e, c, high);
      const j = i < 0 ? -1 : partner(gram, i, e, c, low, diagonal, tolerance);
      if (j < 0) break;
      steps++;
      const rise = high[i] - c[i];
      const fall = c[j] - low[j];
      const free = (e[i] - e[j]) / Math.max(diagonal[i] + diagonal[j] - 2 * gram[i * n + j], FLAT);
      const move = Math.min(free, rise, fall);
      c[i] = move === rise ? high[i] : c[i] + move;
      c[j] = move === fall ? low[j] : c[j] - move;
      shift(gram, i * n, j * n, move, e);
    }
    f = decisionsOf(gram, c);
    stand = balance(c, f, y, low, high);
  }
  return { c, f, steps, balance: stand };
}

/** The coefficient with the largest error among those that may rise. */
function highest(e: Float64Array, c: Float64Array, high: Float64Array): number {
  let best = -1,
    most = -Infinity;
  for (let t = 0; t < e.length; t++)
    if (e[t] > most && c[t] < high[t]) {
      best = t;
      most = e[t];
    }
  return best;
}

/** The coefficient that promises the largest fall together with `i`; −1 if none violates by more than `tolerance`. */
function partner(
  gram: Float64Array,
  i: number,
  e: Float64Array,
  c: Float64Array,
  low: Float64Array,
  diagonal: Float64Array,
  tolerance: number,
): number {
  const n = e.length;
  const row = i * n;
  let best = -1,
    most = 0,
    lowest = Infinity;
  for (let t = 0; t < n; t++) {
    if (c[t] <= low[t]) continue;
    if (e[t] < lowest) lowest = e[t];
    const gain = e[i] - e[t];
    if (gain <= 0) continue;
    const curve = diagonal[i] + diagonal[t] - 2 * gram[(row + t) | 0];
    const fall = (gain * gain) / (curve > FLAT ? curve : FLAT);
    if (fall > most) {
      best = t;
      most = fall;
    }
  }
  return e[i] - lowest > tolerance ? best : -1;
}

/** e −= move·(K_i − K_j). */
function shift(gram: Float64Array, i: number, j: number, move: number, e: Float64Array): void {
  for (let t = 0; t < e.length; t++) e[t] -= move * (gram[(i + t) | 0] - gram[(j + t) | 0]);
}
