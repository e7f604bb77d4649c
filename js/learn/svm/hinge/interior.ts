// Hinge-loss SVM by a primal-dual interior point method: exact where pair steps have not converged.
//
//     min_a  ½ aᵀQa − Σ a_i,   0 ≤ a_i ≤ u_i,   yᵀa = 0
//
// with Q_ij = y_i y_j K_ij. Predictor and corrector as in Mehrotra (1992); each of its 15 to 60 steps solves
// (Q + Θ) Δ = r with a positive diagonal Θ, through a factor of the full matrix (n³/3).
import { choleskyFactor, solveCholesky } from '../../../core/dense/index.js';
import { decisionsOf } from '../coefficients.js';

/** Steps; it takes 15 to 60. */
const STEPS = 200;
/** Error, as a share of the objective, at which it stops, and below which it may be at the floor of rounding. */
const SOLVED = 1e-16;
const NEAR = 1e-12;
/** Steps without halving the error after which it stops: near the floor, and elsewhere. */
const PATIENCE_NEAR = 4;
const PATIENCE = 12;
/** Factor within which two errors are level. */
const LEVEL = 10;
/** A coefficient is on its bound when moving it there changes no margin by more than this, nor it by this share of u. */
const SNAP = 1e-10;

/** A point strictly inside: a, its distance v = u − a to the bound, their multipliers s and t, and the bias b. */
interface Point {
  readonly a: Float64Array;
  readonly v: Float64Array;
  readonly s: Float64Array;
  readonly t: Float64Array;
  b: number;
}

/** Changes of a, s, t and b; v changes by −a. */
interface Direction {
  readonly a: Float64Array;
  readonly s: Float64Array;
  readonly t: Float64Array;
  readonly b: number;
}

/** The linear system of one step: what is left of both equations, and (K + Θ)⁻¹, signed. */
interface System {
  readonly y: Float64Array;
  /** n residuals of Qa − 1 + b y − s + t = 0, with the sign of a right-hand side. */
  readonly residual: Float64Array;
  /** yᵀa. */
  readonly imbalance: number;
  readonly solve: (b: Float64Array) => void;
  /** (K + Θ)⁻¹ 1. */
  readonly ones: Float64Array;
}

/** Q v = y∘K(y∘v): labels only at both ends. */
function signed(y: Float64Array, v: Float64Array): Float64Array {
  return v.map((value, i) => y[i] * value);
}

/** Newton's direction towards a∘s = v∘t = `aim`, corrected for the second-order term of `guess`. */
function direction({ a, v, s, t }: Point, system: System, aim: number, guess?: Direction): Direction {
  const n = a.length;
  const { y, residual, imbalance, solve, ones } = system;
  const go = { a: new Float64Array(n), s: new Float64Array(n), t: new Float64Array(n), b: 0 };
  const rhs = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    go.s[i] = (guess === undefined ? aim : aim - guess.a[i] * guess.s[i]) / a[i] - s[i];
    go.t[i] = (guess === undefined ? aim : aim + guess.a[i] * guess.t[i]) / v[i] - t[i];
    rhs[i] = y[i] * (residual[i] + go.s[i] - go.t[i]);
  }
  solve(rhs);
  // The step has to end at yᵀa = 0: Σ (rhs − b·ones) = −imbalance.
  let above = imbalance,
    below = 0;
  for (let i = 0; i < n; i++) {
    above += rhs[i];
    below += ones[i];
  }
  go.b = above / below;
  for (let i = 0; i < n; i++) rhs[i] -= go.b * ones[i];
  for (let i = 0; i < n; i++) {
    go.a[i] = y[i] * rhs[i];
    go.s[i] -= (s[i] / a[i]) * go.a[i];
    go.t[i] += (t[i] / v[i]) * go.a[i];
  }
  return go;
}

/** Longest step in (0, 1] that stays within `share` of the way to the nearest bound. */
function reach({ a, v, s, t }: Point, go: Direction, share: number): number {
  let step = 1;
  for (let i = 0; i < a.length; i++) {
    if (go.a[i] < 0) step = Math.min(step, (-share * a[i]) / go.a[i]);
    if (go.a[i] > 0) step = Math.min(step, (share * v[i]) / go.a[i]);
    if (go.s[i] < 0) step = Math.min(step, (-share * s[i]) / go.s[i]);
    if (go.t[i] < 0) step = Math.min(step, (-share * t[i]) / go.t[i]);
  }
  return step;
}

/** a∘s + v∘t after a step. */
function complementarity({ a, v, s, t }: Point, go: Direction, step: number): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++)
    sum +=
      (a[i] + step * go.a[i]) * (s[i] + step * go.s[i]) + (v[i] - step * go.a[i]) * (t[i] + step * go.t[i]);
  return sum;
}

/** The middle of the part of the box where yᵀa = 0, with multipliers that leave no residual. */
function middle(gram: Float64Array, y: Float64Array, costs: Float64Array): Point {
  const n = y.length;
  const a = costs.map((u) => u / 2);
  let plus = 0,
    minus = 0;
  for (let i = 0; i < n; i++)
    if (y[i] > 0) plus += a[i];
    else minus += a[i];
  for (let i = 0; i < n; i++) a[i] *= Math.min(plus, minus) / (y[i] > 0 ? plus : minus);
  const gradient = signed(y, decisionsOf(gram, signed(y, a))).map((value) => value - 1);
  const mean = gradient.reduce((sum, value) => sum + Math.abs(value), 0) / n;
  const room = Math.max(1, mean);
  return {
    a,
    v: costs.map((u, i) => u - a[i]),
    s: gradient.map((value) => Math.max(value, 0) + room),
    t: gradient.map((value) => Math.max(-value, 0) + room),
    b: 0,
  };
}

/** Signed coefficients, those put on their bound that are there but for rounding; `size` is the largest K_ii. */
function snapped({ a, v }: Point, costs: Float64Array, y: Float64Array, size: number): Float64Array {
  return a.map((value, i) => {
    const near = SNAP * Math.min(costs[i], 1 / size);
    return y[i] * (value < near ? 0 : v[i] < near ? costs[i] : value);
  });
}

/** Prepares (K + diag(theta))⁻¹ and returns what applies it in place. */
function inverse(gram: Float64Array, theta: Float64Array): (b: Float64Array) => void {
  const n = theta.length;
  const M = gram.slice();
  for (let i = 0; i < n; i++) M[i * n + i] += theta[i];
  choleskyFactor(M, n, theta);
  return (b) => solveCholesky(M, n, b);
}

/**
 * Solves one binary problem.
 * @param gram n x n inner products
 * @param y n labels ±1
 * @param costs n bounds u_i
 * @returns n coefficients c_i = y_i a_i, the bias as the multiplier of yᵀa = 0, and the steps taken
 */
export function interiorPoint(
  gram: Float64Array,
  y: Float64Array,
  costs: Float64Array,
): { c: Float64Array; bias: number; steps: number } {
  const n = y.length;
  let largest = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, gram[i * n + i]);
  const point = middle(gram, y, costs);
  const { a, v, s, t } = point;
  let best = { c: signed(y, a), bias: 0 };
  let bestError = Infinity,
    stalled = 0,
    steps = 0;
  while (steps < STEPS) {
    const Qa = signed(y, decisionsOf(gram, signed(y, a)));
    const residual = new Float64Array(n);
    let products = 0,
      left = 0,
      imbalance = 0,
      size = 0;
    for (let i = 0; i < n; i++) {
      residual[i] = -(Qa[i] - 1 + point.b * y[i] - s[i] + t[i]);
      products += a[i] * s[i] + v[i] * t[i];
      left += Math.abs(residual[i]) * costs[i];
      imbalance += y[i] * a[i];
      size += a[i] + Math.abs(a[i] * Qa[i]);
    }
    // Everything that separates the primal from the dual objective, in one number.
    const error = products + left + Math.abs(imbalance * point.b);
    stalled = error < bestError / 2 ? 0 : stalled + 1;
    // At the floor of rounding the later of two is the better: its products are nearer to 0, its bounds clearer.
    if (error < LEVEL * bestError) {
      bestError = Math.min(error, bestError);
      best = { c: snapped(point, costs, y, largest), bias: point.b };
    }
    if (error <= SOLVED * size || stalled >= (error <= NEAR * size ? PATIENCE_NEAR : PATIENCE)) break;

    steps++;
    const solve = inverse(
      gram,
      a.map((value, i) => s[i] / value + t[i] / v[i]),
    );
    const ones = new Float64Array(n).fill(1);
    solve(ones);
    const system: System = { y, residual, imbalance, solve, ones };
    const guess = direction(point, system, 0);
    const ratio = complementarity(point, guess, reach(point, guess, 1)) / products;
    const go = direction(point, system, (ratio * ratio * ratio * products) / (2 * n), guess);
    const step = reach(point, go, 0.995);
    for (let i = 0; i < n; i++) {
      a[i] += step * go.a[i];
      v[i] -= step * go.a[i];
      s[i] += step * go.s[i];
      t[i] += step * go.t[i];
    }
    point.b += step * go.b;
  }
  return { ...best, steps };
}
