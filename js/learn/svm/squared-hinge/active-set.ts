// L2-loss SVM on inner products in wasm memory: greedy steps, then Newton's method on the active rows.
//
//     min_c  ½ cᵀKc + Σ C_i [1 − y_i (Kc)_i]₊²
//
// With I = {i : y_i (Kc)_i < 1} a Newton step goes to (K_II + diag 1/(2C_I)) c_I = y_I, c = 0 elsewhere, with an
// exact line search (Chapelle 2007); once I no longer changes, that is the answer, at rounding precision. The
// systems are solved by conjugate gradients on the factor of an earlier one: the sets of neighbouring steps differ
// in few rows.
import { dot } from '../../../core/dense/index.js';
import { better, report, type SvmReport } from '../report.js';
import { judge } from './judge.js';
import { exactStep } from './line-search.js';
import type { Products } from './products.js';

/** Greedy steps a row before Newton's method (ours: about what one of its steps costs). */
const GREEDY = 8;
/** Violation at which greedy steps have done what they can in single precision (ours). */
const ROUGH = 1e-4;
/** Newton steps; it takes 3 to 12. */
const NEWTON = 60;
/** Conjugate gradient steps on one factor before a new one is made (ours: about what that costs). */
const CONJUGATE = 6;
/** Share of rows that may differ from those of the factor (ours). */
const CHANGED = 0.015;
/** Residual of a system, as a share of the tolerance, and of the mean margin that its answer leaves. */
const EXACT = 1e-3;
const INEXACT = 1e-2;
/** Residual that rounding leaves in any case (ours). */
const ROUNDING = 1e-12;

/** The factor that the Products hold: of which rows. */
interface Factored {
  rows: Int32Array | undefined;
}

/**
 * Solves one binary problem.
 * @param y n labels ±1
 * @param costs n costs C_i > 0
 * @returns n coefficients c_i = y_i a_i
 */
export function activeSet(
  products: Products,
  y: Float64Array,
  costs: Float64Array,
  tolerance: number,
): { c: Float64Array; report: SvmReport } {
  const { n } = products;
  const factored: Factored = { rows: undefined };
  const ridge = costs.map((cost) => 1 / (2 * cost));
  const judged = (solver: string, steps: number, c: Float64Array, f: Float64Array) => {
    const { objective, gap, violation } = judge(c, f, y, costs);
    return { c, f, report: report(solver, steps, objective, gap, violation, tolerance) };
  };
  let { c, steps } = products.greedy(y, ridge, Math.max(tolerance, ROUGH), GREEDY * n);
  let f = products.multiply(c);
  let best = judged('greedy', steps, c, f);
  const solver = best.report.violation > tolerance ? 'greedy+newton-gram' : 'greedy';
  for (let step = 0; step < NEWTON && best.report.violation > tolerance; step++) {
    steps++;
    const active = activeRows(y, f);
    if (active.length > products.room) break;
    // What is inside the margin shows only where the residual is well below the slack, however small that is.
    let slack = 0;
    for (const i of active) slack += ridge[i] * Math.abs(c[i]);
    const accuracy = Math.min(EXACT * tolerance, (INEXACT * slack) / Math.max(1, active.length)) + ROUNDING;
    const next = solveOn(products, active, y, ridge, c, accuracy, factored);
    if (next === undefined) break;
    const fNext = products.multiply(next);
    // A row whose coefficient has the wrong sign has none in the dual; at the answer there are no such rows.
    const clipped = next.map((value, i) => (y[i] * value > 0 ? value : 0));
    const same = clipped.every((value, i) => value === next[i]);
    const found = judged(solver, steps, clipped, same ? fNext : products.multiply(clipped));
    best = better(best, found);
    if (best.report.violation <= tolerance) break;
    const go = next.map((value, i) => value - c[i]);
    const q = fNext.map((value, i) => value - f[i]);
    const t = exactStep(dot(c, 0, q, 0, n), dot(go, 0, q, 0, n), y, f, q, costs);
    c = t === 1 ? next : c.map((value, i) => value + t * go[i]);
    f = t === 1 ? fNext : f.map((value, i) => value + t * q[i]);
  }
  return { c: best.c, report: { ...best.report, solver, iterations: steps } };
}

/** The rows inside the margin. */
function activeRows(y: Float64Array, f: Float64Array): Int32Array {
  const rows: number[] = [];
  for (let i = 0; i < f.length; i++) if (y[i] * f[i] < 1) rows.push(i);
  return Int32Array.from(rows);
}

/** How many of two ascending lists are in one of them only. */
function differing(a: Int32Array, b: Int32Array): number {
  let i = 0,
    j = 0,
    both = 0;
  while (i < a.length && j < b.length)
    if (a[i] === b[j]) {
      both++;
      i++;
      j++;
    } else if (a[i] < b[j]) i++;
    else j++;
  return a.length + b.length - 2 * both;
}

/**
 * Solves (K_II + diag ridge_I) c_I = y_I by conjugate gradients, starting from the entries of `c`.
 * @returns n coefficients, 0 outside of I; undefined if there is no factor to solve with
 */
function solveOn(
  products: Products,
  active: Int32Array,
  y: Float64Array,
  ridge: Float64Array,
  c: Float64Array,
  accuracy: number,
  factored: Factored,
): Float64Array | undefined {
  const { n } = products;
  const x = new Float64Array(n);
  for (const i of active) x[i] = c[i];
  const { rows } = factored;
  if (rows === undefined || differing(rows, active) > CHANGED * active.length)
    if (!refactor(products, active, ridge, factored)) return undefined;
  // The second round, on a factor of its own, ends after a step or two.
  for (let round = 0; round < 3; round++) {
    if (conjugateGradients(products, active, y, ridge, x, accuracy, factored)) return x;
    if (!refactor(products, active, ridge, factored)) return undefined;
  }
  return x;
}

function refactor(products: Products, rows: Int32Array, ridge: Float64Array, factored: Factored): boolean {
  factored.rows = products.factor(rows, ridge) ? rows : undefined;
  return factored.rows !== undefined;
}

/** Improves x, which is 0 outside of the active rows, until no residual is above `accuracy`; whether it got there. */
function conjugateGradients(
  products: Products,
  active: Int32Array,
  y: Float64Array,
  ridge: Float64Array,
  x: Float64Array,
  accuracy: number,
  factored: Factored,
): boolean {
  const { n } = products;
  const residual = new Float64Array(n);
  const direction = new Float64Array(n);
  const Kx = products.multiply(x);
  let most = 0;
  for (const i of active) {
    residual[i] = y[i] - Kx[i] - ridge[i] * x[i];
    most = Math.max(most, Math.abs(residual[i]));
  }
  let before = 0;
  for (let step = 0; step < CONJUGATE && most > accuracy; step++) {
    const z = precondition(products, active, residual, ridge, factored);
    const now = dot(residual, 0, z, 0, n);
    const keep = step === 0 ? 0 : now / before;
    before = now;
    for (const i of active) direction[i] = z[i] + keep * direction[i];
    const q = products.multiply(direction);
    let curve = 0;
    for (const i of active) {
      q[i] += ridge[i] * direction[i];
      curve += q[i] * direction[i];
    }
    const move = now / curve;
    most = 0;
    for (const i of active) {
      x[i] += move * direction[i];
      residual[i] -= move * q[i];
      most = Math.max(most, Math.abs(residual[i]));
    }
  }
  return most <= accuracy;
}

/** The residual through the factor where its rows are active, through the diagonal elsewhere. */
function precondition(
  products: Products,
  active: Int32Array,
  residual: Float64Array,
  ridge: Float64Array,
  { rows = new Int32Array(0) }: Factored,
): Float64Array {
  const z = new Float64Array(residual.length);
  for (const i of active) z[i] = residual[i] / (products.diagonal[i] + ridge[i]);
  const b = Float64Array.from(rows, (i) => residual[i]);
  products.solve(b);
  const isActive = new Uint8Array(residual.length);
  for (const i of active) isActive[i] = 1;
  rows.forEach((i, at) => {
    if (isActive[i] === 1) z[i] = b[at];
  });
  return z;
}
