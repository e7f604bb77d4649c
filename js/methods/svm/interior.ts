/**
 * Hinge-loss SVM by a primal-dual interior point method: exact where coordinate steps have not converged.
 *
 *     min_a  ½ aᵀQa − Σ a_i,   0 ≤ a_i ≤ u_i,   and, for an unregularised bias, yᵀa = 0
 *
 * with Q_ij = y_i y_j x_i·x_j. Predictor and corrector as in Mehrotra (1992); each of its 15 to 60 steps solves
 * (Q + Θ) Δ = r with a positive diagonal Θ, through a factor of the full matrix (n³/3) or, from rows with fewer
 * columns than rows, of its low-rank form (n p²).
 *
 * @module
 */
import { cholesky, dot, solveCholesky } from './dense.js';
import { decisionsOf, weightsOf } from './dual-point.js';

/** The two things the method needs from K = A Aᵀ. */
export interface InnerProducts {
  /** K v. */
  multiply(v: Float64Array): Float64Array;
  /** Prepares (K + diag(theta))⁻¹ and returns what applies it in place. */
  factor(theta: Float64Array): (b: Float64Array) => void;
}

/** Inner products from their matrix (n x n). */
export function fromGram(gram: Float64Array, n: number): InnerProducts {
  return {
    multiply: (v) => decisionsOf(gram, v),
    factor(theta) {
      const M = gram.slice();
      for (let i = 0; i < n; i++) M[i * n + i] += theta[i];
      cholesky(M, n, theta);
      return (b) => solveCholesky(M, n, b);
    },
  };
}

/** Inner products from rows (n x p), p < n. */
export function fromRows(rows: Float64Array, n: number, p: number): InnerProducts {
  return {
    multiply(v) {
      const w = weightsOf(rows, p, v);
      return Float64Array.from({ length: n }, (_, i) => dot(rows, i * p, w, 0, p));
    },
    factor: (theta) => productForm(rows, n, p, theta),
  };
}

/**
 * diag(theta) + A Aᵀ = L_1 … L_p D L_pᵀ … L_1ᵀ, one column of A at a time (Fine & Scheinberg 2001, §3): n p² steps,
 * and as stable as the factor of the full matrix, which Id + Aᵀ diag(theta)⁻¹ A is not once theta spans many
 * powers of ten. L_k is unit lower triangular with entries v_i b_j below the diagonal.
 */
function productForm(
  rows: Float64Array,
  n: number,
  p: number,
  theta: Float64Array,
): (b: Float64Array) => void {
  const V = rows.slice();
  const B = new Float64Array(n * p);
  const D = theta.slice();
  const sums = new Float64Array(p);
  for (let k = 0; k < p; k++) {
    let t = 1;
    sums.fill(0);
    for (let i = 0; i < n; i++) {
      const v = V[i * p + k];
      const before = t;
      t += (v * v) / D[i];
      const beta = v / (D[i] * t);
      B[i * p + k] = beta;
      D[i] *= t / before;
      eliminate(V, i * p, sums, v, beta, k + 1, p);
    }
  }
  return (b) => {
    for (let k = 0; k < p; k++) {
      let sum = 0;
      for (let i = 0; i < n; i++) {
        b[i] -= V[i * p + k] * sum;
        sum += B[i * p + k] * b[i];
      }
    }
    for (let i = 0; i < n; i++) b[i] /= D[i];
    for (let k = p - 1; k >= 0; k--) {
      let sum = 0;
      for (let i = n - 1; i >= 0; i--) {
        b[i] -= B[i * p + k] * sum;
        sum += V[i * p + k] * b[i];
      }
    }
  };
}

/** Applies row i of L_k⁻¹ to the columns that are still to come. */
function eliminate(
  V: Float64Array,
  row: number,
  sums: Float64Array,
  v: number,
  beta: number,
  from: number,
  to: number,
): void {
  let c = from;
  for (; c + 3 < to; c += 4) {
    const at = (row + c) | 0;
    const x0 = V[at] - v * sums[c],
      x1 = V[at + 1] - v * sums[c + 1],
      x2 = V[at + 2] - v * sums[c + 2],
      x3 = V[at + 3] - v * sums[c + 3];
    sums[c] += beta * x0;
    sums[c + 1] += beta * x1;
    sums[c + 2] += beta * x2;
    sums[c + 3] += beta * x3;
    V[at] = x0;
    V[at + 1] = x1;
    V[at + 2] = x2;
    V[at + 3] = x3;
  }
  for (; c < to; c++) {
    const x = V[row + c] - v * sums[c];
    sums[c] += beta * x;
    V[row + c] = x;
  }
}

const STEPS = 200;
/** Error, as a share of the objective, at which it stops, and below which it may be at the floor of rounding. */
const SOLVED = 1e-16;
const NEAR = 1e-12;
/** Steps without halving the error after which it stops: near the floor, and elsewhere. */
const PATIENCE_NEAR = 4;
const PATIENCE = 12;
/** Share of the box within which a coefficient is on its bound, if the multiplier of the bound is not small too. */
const SNAP = 1e-9;

/** Longest step in (0, 1] that keeps v + step·change positive, times `share`. */
function longest(v: Float64Array, change: Float64Array, share: number): number {
  let step = 1;
  for (let i = 0; i < v.length; i++) if (change[i] < 0) step = Math.min(step, (-share * v[i]) / change[i]);
  return step;
}

/**
 * Solves one binary problem.
 *
 * @param y n labels ±1
 * @param costs n bounds u_i
 * @param balanced whether yᵀa = 0 is asked for
 * @returns n coefficients c_i = y_i a_i, the bias as the multiplier of yᵀa = 0 (0 without), and the steps taken
 */
export function interiorPoint(
  K: InnerProducts,
  y: Float64Array,
  costs: Float64Array,
  balanced: boolean,
): { c: Float64Array; bias: number; steps: number } {
  const n = y.length;
  // Q v = y∘K(y∘v), and the same for the inverse: both work on signed vectors, so only the ends are signed.
  const signed = (v: Float64Array): Float64Array => v.map((value, i) => y[i] * value);
  const a = costs.map((u) => u / 2);
  // Signed a has to balance too, or the first steps are spent on that: each side gets the smaller side's sum.
  if (balanced) {
    let plus = 0,
      minus = 0;
    for (let i = 0; i < n; i++)
      if (y[i] > 0) plus += a[i];
      else minus += a[i];
    for (let i = 0; i < n; i++) a[i] *= Math.min(plus, minus) / (y[i] > 0 ? plus : minus);
  }
  const v = costs.map((u, i) => u - a[i]);
  let Qa = signed(K.multiply(signed(a)));
  let b = 0;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += Math.abs(Qa[i] - 1) / n;
  const s = Qa.map((value) => Math.max(value - 1, 0) + Math.max(1, mean));
  const t = Qa.map((value) => Math.max(1 - value, 0) + Math.max(1, mean));
  const theta = new Float64Array(n);
  let best = { c: signed(a), bias: 0, steps: 0 };
  let bestError = Infinity;
  let stalled = 0;
  for (let steps = 1; steps <= STEPS; steps++) {
    let complementarity = 0,
      residual = 0,
      imbalance = 0,
      size = 0;
    const r = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      r[i] = -(Qa[i] - 1 + b * y[i] - s[i] + t[i]);
      complementarity += a[i] * s[i] + v[i] * t[i];
      residual += Math.abs(r[i]) * costs[i];
      imbalance += y[i] * a[i];
      size += a[i] + Math.abs(a[i] * Qa[i]);
    }
    // Everything that separates the primal from the dual objective, in one number.
    const error = complementarity + residual + (balanced ? Math.abs(imbalance * b) : 0);
    stalled = error < bestError / 2 ? 0 : stalled + 1;
    if (error < bestError) {
      bestError = error;
      best = { c: snapped(a, v, s, t, costs, y), bias: b, steps };
    }
    if (error <= SOLVED * size || stalled >= (error <= NEAR * size ? PATIENCE_NEAR : PATIENCE)) break;

    for (let i = 0; i < n; i++) theta[i] = s[i] / a[i] + t[i] / v[i];
    const solve = K.factor(theta);
    const ones = new Float64Array(n).fill(1);
    if (balanced) solve(ones);
    const direction = (aim: number, da?: Float64Array, ds?: Float64Array, dt?: Float64Array) => {
      const toS = new Float64Array(n);
      const toT = new Float64Array(n);
      const rhs = new Float64Array(n);
      for (let i = 0; i < n; i++) {
        const bend =
          da === undefined || ds === undefined || dt === undefined ? [0, 0] : [da[i] * ds[i], da[i] * dt[i]];
        toS[i] = (aim - bend[0]) / a[i] - s[i];
        toT[i] = (aim + bend[1]) / v[i] - t[i];
        rhs[i] = y[i] * (r[i] + toS[i] - toT[i]);
      }
      solve(rhs);
      let db = 0;
      if (balanced) {
        // Σ y a must end at 0: Σ (rhs − db·ones) = −imbalance, both already inverted and signed.
        let above = imbalance,
          below = 0;
        for (let i = 0; i < n; i++) {
          above += rhs[i];
          below += ones[i];
        }
        db = above / below;
      }
      const stepA = new Float64Array(n);
      const stepS = new Float64Array(n);
      const stepT = new Float64Array(n);
      for (let i = 0; i < n; i++) {
        stepA[i] = y[i] * (rhs[i] - db * ones[i]);
        stepS[i] = toS[i] - (s[i] / a[i]) * stepA[i];
        stepT[i] = toT[i] + (t[i] / v[i]) * stepA[i];
      }
      return { stepA, stepS, stepT, db };
    };
    const reach = (
      go: { stepA: Float64Array; stepS: Float64Array; stepT: Float64Array },
      share: number,
    ): number =>
      Math.min(
        longest(a, go.stepA, share),
        longest(
          v,
          go.stepA.map((x) => -x),
          share,
        ),
        longest(s, go.stepS, share),
        longest(t, go.stepT, share),
      );
    const guess = direction(0);
    const far = reach(guess, 1);
    let after = 0;
    for (let i = 0; i < n; i++)
      after +=
        (a[i] + far * guess.stepA[i]) * (s[i] + far * guess.stepS[i]) +
        (v[i] - far * guess.stepA[i]) * (t[i] + far * guess.stepT[i]);
    const ratio = after / complementarity;
    const go = direction(
      (ratio * ratio * ratio * complementarity) / (2 * n),
      guess.stepA,
      guess.stepS,
      guess.stepT,
    );
    const step = reach(go, 0.995);
    for (let i = 0; i < n; i++) {
      a[i] += step * go.stepA[i];
      v[i] -= step * go.stepA[i];
      s[i] += step * go.stepS[i];
      t[i] += step * go.stepT[i];
    }
    b += step * go.db;
    Qa = signed(K.multiply(signed(a)));
  }
  return best;
}

/** Signed coefficients, those put on their bound whose multiplier says that they belong there. */
function snapped(
  a: Float64Array,
  v: Float64Array,
  s: Float64Array,
  t: Float64Array,
  costs: Float64Array,
  y: Float64Array,
): Float64Array {
  return a.map((value, i) => {
    const u = costs[i];
    if (value < SNAP * u * Math.min(1, s[i])) return 0;
    if (v[i] < SNAP * u * Math.min(1, t[i])) return y[i] * u;
    return y[i] * value;
  });
}
