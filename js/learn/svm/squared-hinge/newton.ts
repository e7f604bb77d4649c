// L2-loss linear SVM in the primal, by Newton's method with an exact line search: few features, any C.
//
//     min_w  ½|w|² + Σ C_i [1 − y_i w·x_i]₊²
//
// Gradient g = w − 2 X_Iᵀ(C_I y_I z_I), Hessian Id + 2 X_Iᵀ diag(C_I) X_I over I = {i : z_i = 1 − y_i w·x_i > 0}
// (method.md, The binary problem; Keerthi & DeCoste 2005). The objective is piecewise quadratic and strictly convex,
// so the method ends after finitely many steps, at rounding precision. The duality gap is exactly ½|g|² for the dual
// point a = 2 C z. Cost of a step: p³/3 for the factor, p² a row that entered or left I, 4np for the rest.
import { addSymmetricProduct, axpy, choleskyFactor, dot, solveCholesky } from '../../../core/dense/index.js';
import { report, type SvmReport } from '../report.js';
import { exactStep } from './line-search.js';
import type { NormalRows } from './normal-rows.js';

/** The rows of a problem with what all of its classes share. */
export interface NewtonRows {
  readonly n: number;
  /** Columns, the bias among them. */
  readonly p: number;
  /** n x p */
  readonly rows: Float64Array;
  readonly costs: Float64Array;
  /** The same rows in wasm memory, where the work on them is done then, with the same bits but for the Hessian's. */
  readonly normal?: NormalRows;
  /** Hessian and factor at w = 0, where every row is active whatever the labels; made at first use. */
  start?: { hessian: Float64Array; factor: Float64Array };
}

/** Steps; it takes 5 to 20. */
const STEPS = 200;
/** Share of the objective at which the gap is called 0: |g| ≈ 1e-13 |w|. Rounding often ends the search earlier. */
const SOLVED = 1e-26;
/** Rows packed at a time for the Hessian. */
const PACK = 1024;

/** H += sign·2 Σ C_i x_i x_iᵀ over the named rows (lower triangle). */
function addRows(
  H: Float64Array,
  { p, rows, costs, normal }: NewtonRows,
  chosen: Int32Array,
  sign: number,
): void {
  if (normal !== undefined) return normal.addOuter(H, chosen, costs, 2 * sign);
  for (let from = 0; from < chosen.length; from += PACK) {
    const k = Math.min(PACK, chosen.length - from);
    const packed = new Float64Array(p * k);
    for (let s = 0; s < k; s++) {
      const i = chosen[from + s];
      const scale = Math.sqrt(2 * costs[i]);
      for (let j = 0; j < p; j++) packed[j * k + s] = scale * rows[i * p + j];
    }
    addSymmetricProduct(H, p, packed, k, sign);
  }
}

/** f = X w. */
function timesRows({ n, p, rows, normal }: NewtonRows, w: Float64Array, f: Float64Array): void {
  if (normal !== undefined) return normal.times(w, f);
  for (let i = 0; i < n; i++) f[i] = dot(rows, i * p, w, 0, p);
}

/** g += Xᵀ c; rows with a zero coefficient cost nothing. */
function addCombination({ n, p, rows, normal }: NewtonRows, g: Float64Array, c: Float64Array): void {
  if (normal !== undefined) return normal.addCombination(g, c);
  for (let i = 0; i < n; i++) if (c[i] !== 0) axpy(c[i], rows, i * p, g, 0, p);
}

/** The Cholesky factor of H in its lower triangle; H is not changed. */
function factorOf(H: Float64Array, { p, normal }: NewtonRows): Float64Array {
  const factor = H.slice();
  if (normal?.factor(factor) !== true) {
    factor.set(H);
    choleskyFactor(factor, p, 1);
  }
  return factor;
}

function identity(p: number): Float64Array {
  const H = new Float64Array(p * p);
  for (let j = 0; j < p; j++) H[j * p + j] = 1;
  return H;
}

/** The Hessian of an active set, kept up to date by the rows that enter and leave. */
class Hessian {
  private readonly active: Uint8Array;
  private H: Float64Array;
  private factor: Float64Array;

  constructor(private readonly data: NewtonRows) {
    const { n, p } = data;
    if (data.start === undefined) {
      const hessian = identity(p);
      addRows(
        hessian,
        data,
        Int32Array.from({ length: n }, (_, i) => i),
        1,
      );
      data.start = { hessian, factor: factorOf(hessian, data) };
    }
    this.active = new Uint8Array(n).fill(1);
    this.H = data.start.hessian.slice();
    this.factor = data.start.factor;
  }

  /** Moves to the active set {i : margin[i] > 0}; whether it changed. */
  moveTo(margin: Float64Array): boolean {
    const { n } = this.data;
    const enter: number[] = [];
    const leave: number[] = [];
    let size = 0;
    for (let i = 0; i < n; i++) {
      const on = margin[i] > 0 ? 1 : 0;
      size += on;
      if (on > this.active[i]) enter.push(i);
      else if (on < this.active[i]) leave.push(i);
      this.active[i] = on;
    }
    if (enter.length + leave.length === 0) return false;
    if (enter.length + leave.length < size) {
      addRows(this.H, this.data, Int32Array.from(enter), 1);
      addRows(this.H, this.data, Int32Array.from(leave), -1);
    } else this.rebuild();
    this.factor = factorOf(this.H, this.data);
    return true;
  }

  /** Sums the Hessian anew, without the rounding that entering and leaving rows left in it. */
  rebuild(): void {
    const chosen: number[] = [];
    for (let i = 0; i < this.data.n; i++) if (this.active[i] === 1) chosen.push(i);
    this.H = identity(this.data.p);
    addRows(this.H, this.data, Int32Array.from(chosen), 1);
    this.factor = factorOf(this.H, this.data);
  }

  solve(b: Float64Array): void {
    solveCholesky(this.factor, this.data.p, b);
  }
}

/**
 * Solves one binary problem.
 * @param y n labels ±1
 * @returns the p weights
 */
export function newtonRows(
  data: NewtonRows,
  y: Float64Array,
  tolerance: number,
): { w: Float64Array; report: SvmReport } {
  const { n, p, costs } = data;
  const w = new Float64Array(p);
  const f = new Float64Array(n);
  const q = new Float64Array(n);
  const z = new Float64Array(n);
  const c = new Float64Array(n);
  const g = new Float64Array(p);
  const step = new Float64Array(p);
  const hessian = new Hessian(data);
  let objective = 0,
    gap = 0;

  /** Decision values, margins, objective, gradient and gap of w. */
  const look = (): void => {
    g.set(w);
    objective = dot(w, 0, w, 0, p) / 2;
    timesRows(data, w, f);
    for (let i = 0; i < n; i++) {
      z[i] = 1 - y[i] * f[i];
      c[i] = z[i] > 0 ? -2 * costs[i] * y[i] * z[i] : 0;
      if (z[i] > 0) objective += costs[i] * z[i] * z[i];
    }
    addCombination(data, g, c);
    gap = dot(g, 0, g, 0, p) / 2;
  };

  look();
  let best = w.slice(),
    bestGap = gap,
    stalled = 0,
    steps = 0;
  while (steps < STEPS && gap > SOLVED * objective) {
    steps++;
    hessian.moveTo(z);
    for (let j = 0; j < p; j++) step[j] = -g[j];
    hessian.solve(step);
    timesRows(data, step, q);
    const t = exactStep(dot(w, 0, step, 0, p), dot(step, 0, step, 0, p), y, f, q, costs);
    const before = objective;
    axpy(t, step, 0, w, 0, p);
    look();
    const progress = objective < before * (1 - 1e-14) || gap < bestGap / 2;
    if (gap < bestGap) {
      best = w.slice();
      bestGap = gap;
    }
    if (progress) continue;
    if (++stalled === 2) break;
    // Rows that came and went may have left the Hessian too coarse; the gradient never is.
    if (gap > 1e-16 * objective) hessian.rebuild();
  }
  w.set(best);
  look();
  // Dual gradient of a = 2 C z on the active rows; on the others it is that of the point's own weights w − g.
  let violation = 0;
  timesRows(data, g, q);
  for (let i = 0; i < n; i++) {
    const change = y[i] * q[i];
    violation = Math.max(violation, z[i] > 0 ? Math.abs(change) : Math.max(0, z[i] + change));
  }
  return { w, report: report('newton', steps, objective, gap, violation, tolerance) };
}
