/**
 * The multi-class SVM of Crammer & Singer (2001), by dual coordinate descent over rows (method.md, Several classes).
 *
 *     min_W  ½ Σ_m |w_m|² + Σ_i C_i max_m (e_i^m + (w_m − w_{y_i})·x_i),   e_i^m = 1 − [m = y_i]
 *
 * Dual variables a_i^m ≤ C_i [m = y_i] with Σ_m a_i^m = 0, and w_m = Σ_i a_i^m x_i. A step solves the c variables
 * of one row exactly (Keerthi et al. 2008). Rows are visited in random order; rows without any weight whose margin
 * is safe are set aside until the rest has converged.
 *
 * @module
 */
import { axpy, dot } from '../../core/dense/vectors.js';
import type { Prepared, Shuffler } from './problem.js';
import { type SvmReport, report } from './report.js';

/** Passes over the rows before it gives up: more where they are cheap, as no exact method can take over (ours). */
const EPOCHS = 1000;
const EPOCHS_MAX = 30000;
/** Multiplications that are always granted. */
const WORK = 1e9;

/** Decision values of single rows, kept up to date; from rows or from inner products. */
interface Scores {
  /** |x_i|² */
  readonly sizes: Float64Array;
  /** out[m] = w_m·x_i. */
  read(i: number, out: Float64Array): void;
  /** w_m += change·x_i. */
  add(i: number, m: number, change: number): void;
}

function scoresOfRows(rows: Float64Array, n: number, p: number, classes: number): Scores {
  const W = new Float64Array(classes * p);
  return {
    sizes: Float64Array.from({ length: n }, (_, i) => dot(rows, i * p, rows, i * p, p)),
    read(i, out) {
      for (let m = 0; m < classes; m++) out[m] = dot(rows, i * p, W, m * p, p);
    },
    add: (i, m, change) => axpy(change, rows, i * p, W, m * p, p),
  };
}

function scoresOfGram(gram: Float64Array, n: number, classes: number): Scores {
  const F = new Float64Array(classes * n);
  return {
    sizes: Float64Array.from({ length: n }, (_, i) => gram[i * n + i]),
    read(i, out) {
      for (let m = 0; m < classes; m++) out[m] = F[m * n + i];
    },
    add: (i, m, change) => axpy(change, gram, i * n, F, m * n, n),
  };
}

/** Solves for the c variables of one row: a^m = min(bound_m, (b − B_m)/A) with Σ a^m = 0. `D` is overwritten. */
function solveRow(
  a: Float64Array,
  B: Float64Array,
  D: Float64Array,
  A: number,
  cost: number,
  own: number,
): void {
  const c = B.length;
  // D in descending order, by insertion: c is small.
  for (let m = 0; m < c; m++) {
    const value = m === own ? B[m] + A * cost : B[m];
    let at = m;
    for (; at > 0 && D[at - 1] < value; at--) D[at] = D[at - 1];
    D[at] = value;
  }
  let b = D[0] - A * cost;
  let t = 1;
  for (; t < c && b < t * D[t]; t++) b += D[t];
  b /= t;
  for (let m = 0; m < c; m++) a[m] = Math.min(m === own ? cost : 0, (b - B[m]) / A);
}

/** How far the c variables of one row are from optimal; G_m = w_m·x + e^m. */
function violationOf(a: Float64Array, from: number, G: Float64Array, cost: number, own: number): number {
  let most = -Infinity,
    least = Infinity;
  for (let m = 0; m < G.length; m++) {
    if (G[m] > most) most = G[m];
    if (a[from + m] < (m === own ? cost : 0) && G[m] < least) least = G[m];
  }
  return least === Infinity ? 0 : most - least;
}

/**
 * Solves the joint problem.
 *
 * @param starts feasible coefficients to start from, one array of n a class; not changed
 * @returns coefficients a_i^m, one array of n a class
 */
export function crammerSinger(
  data: Prepared,
  tolerance: number,
  random: Shuffler,
  starts?: readonly Float64Array[],
): { coefficients: Float64Array[]; report: SvmReport } {
  const { count: n, slots, costs } = data;
  const c = data.present.length;
  const scores =
    data.gram !== undefined
      ? scoresOfGram(data.gram, n, c)
      : scoresOfRows(data.rows as Float64Array, n, data.width, c);
  const a = new Float64Array(n * c);
  const G = new Float64Array(c);
  const B = new Float64Array(c);
  const D = new Float64Array(c);
  const next = new Float64Array(c);
  if (starts !== undefined)
    for (let m = 0; m < c; m++)
      for (let i = 0; i < n; i++) {
        a[i * c + m] = starts[m][i];
        if (a[i * c + m] !== 0) scores.add(i, m, a[i * c + m]);
      }
  // A row of length 0 moves no weight; its dual optimum is on the bound, and needs no steps.
  for (let i = 0; i < n; i++)
    if (scores.sizes[i] === 0) {
      a.fill(0, i * c, i * c + c);
      a[i * c + slots[i]] = costs[i];
      a[i * c + (slots[i] === 0 ? 1 : 0)] = -costs[i];
    }

  /** Primal objective, gap and violation of the point as it stands. */
  const judge = (): { objective: number; gap: number; violation: number } => {
    let size = 0,
      losses = 0,
      linear = 0,
      violation = 0;
    for (let i = 0; i < n; i++) {
      scores.read(i, G);
      for (let m = 0; m < c; m++) {
        size += a[i * c + m] * G[m];
        if (m !== slots[i]) {
          G[m] += 1;
          linear += a[i * c + m];
        }
      }
      let most = 0;
      for (let m = 0; m < c; m++) most = Math.max(most, G[m] - G[slots[i]]);
      losses += costs[i] * most;
      if (scores.sizes[i] > 0) violation = Math.max(violation, violationOf(a, i * c, G, costs[i], slots[i]));
    }
    // Dual objective: −½ Σ|w_m|² − Σ_i Σ_m e_i^m a_i^m.
    return { objective: size / 2 + losses, gap: Math.max(0, size + losses + linear), violation };
  };

  const order = Int32Array.from({ length: n }, (_, i) => i);
  let active = n,
    last = Infinity,
    target = tolerance,
    epochs = 0;
  const most = Math.min(EPOCHS_MAX, Math.max(EPOCHS, Math.floor(WORK / (n * c * (data.width || n)))));
  while (epochs < most) {
    epochs++;
    random.shuffle(order.subarray(0, active));
    let worst = 0;
    for (let s = 0; s < active; s++) {
      const i = order[s];
      const A = scores.sizes[i];
      const own = slots[i];
      if (A === 0) continue;
      scores.read(i, G);
      let zero = true,
        rival = -Infinity;
      for (let m = 0; m < c; m++) {
        if (m !== own) {
          G[m] += 1;
          rival = Math.max(rival, G[m]);
        }
        if (a[i * c + m] !== 0) zero = false;
      }
      if (zero && G[own] - rival > last) {
        order[s--] = order[--active];
        order[active] = i;
        continue;
      }
      const violation = violationOf(a, i * c, G, costs[i], own);
      worst = Math.max(worst, violation);
      if (violation <= 1e-12) continue;
      for (let m = 0; m < c; m++) B[m] = G[m] - A * a[i * c + m];
      solveRow(next, B, D, A, costs[i], own);
      for (let m = 0; m < c; m++) {
        const change = next[m] - a[i * c + m];
        if (change === 0) continue;
        a[i * c + m] = next[m];
        scores.add(i, m, change);
      }
    }
    if (worst > target) {
      last = worst;
      continue;
    }
    if (active === n && last === Infinity) {
      // The epoch looked at each row before its later steps; the last word is a look at all of them at once.
      if (judge().violation <= tolerance) break;
      target /= 4;
    }
    active = n;
    last = Infinity;
  }
  const { objective, gap, violation } = judge();
  return {
    coefficients: Array.from({ length: c }, (_, m) =>
      Float64Array.from({ length: n }, (_, i) => a[i * c + m]),
    ),
    report: report('crammer-singer', epochs, objective, gap, violation, tolerance),
  };
}
