// The Kullback–Leibler importance estimation procedure (Sugiyama, Nakajima, Kashima, von Bünau & Kawanabe 2008;
// compared-methods.md, KLIEP).
//
//     w(x) = Σ_l a_l k(x, c_l);   max_a (1/m) Σ_j log w(t_j)   subject to (1/n) Σ_i w(s_i) = 1, a ≥ 0
//
// With q_l = mean_i k(s_i, c_l), f_jl = k(t_j, c_l) / q_l and π_l = a_l q_l, π is a distribution over the centres
// and the objective is the log likelihood of a mixture with fixed components: the EM step for its proportions needs
// no step size, keeps the constraints and never lowers the objective.
import { axpy, dot } from '../../core/dense/index.js';
import { type Elementary, ratios, type Table } from '../../learn/importance/index.js';

/** How to climb, and when to stop. */
export interface LikelihoodOptions {
  /** Stops once the objective is certified to be this near to its largest value. Default 1e-8. */
  readonly tolerance?: number;
  /** Most passes over the target rows. Default 5000. */
  readonly maxIterations?: number;
  /** Extrapolates between EM steps; without it there is nothing but EM steps. Default true. */
  readonly extrapolate?: boolean;
  /** Target rows that count. Default: all. */
  readonly use?: ArrayLike<number>;
  /** Is told each objective on the way up. */
  readonly onStep?: (objective: number) => void;
}

/** The estimated ratio of densities. */
export interface FittedRatio {
  /** a_l ≥ 0 of each centre; 0 for one without any source row near. */
  readonly coefficients: Float64Array;
  /** w of the source rows; their mean is 1. */
  readonly weights: Float64Array;
  /** Mean log w of the target rows (those to which some centre is near). */
  readonly objective: number;
  /** The largest value is at most this much higher. */
  readonly gap: number;
  readonly iterations: number;
}

/** A centre with less source mass than this says nothing. */
const NO_MASS = 1e-300;

/** The mixture: row j of `f` for each target row that some centre reaches. */
interface Mixture {
  readonly rows: number;
  readonly centres: Int32Array;
  readonly masses: Float64Array;
  readonly f: Float64Array;
}

/** Components f_jl of the target rows `use`, without the centres and the rows that nothing reaches. */
function mixture(source: Table, target: Table, use: ArrayLike<number>): Mixture {
  const b = source.cols;
  const all = new Float64Array(b);
  for (let i = 0; i < source.rows; i++) axpy(1 / source.rows, source.data, i * b, all, 0, b);
  const centres = Int32Array.from(all.keys()).filter((l) => all[l] >= NO_MASS);
  const masses = Float64Array.from(centres, (l) => all[l]);
  const k = centres.length;
  const f = new Float64Array(use.length * k);
  let rows = 0;
  for (let u = 0; u < use.length; u++) {
    let most = 0;
    for (let l = 0; l < k; l++) {
      const value = target.data[use[u] * b + centres[l]] / masses[l];
      f[rows * k + l] = value;
      most = Math.max(most, value);
    }
    if (most > 0) rows++;
  }
  return { rows, centres, masses, f: f.subarray(0, rows * k) };
}

/** Smallest proportion, and largest logarithm by which an extrapolation may multiply one (ours). */
const LEAST = 1e-300;
const FARTHEST = 20;

/**
 * Maximises the likelihood of the target rows.
 *
 * EM is slow where centres are alike, as in wide kernels. Two of its steps give the first and second difference of
 * log π, from which π is extrapolated (the squared extrapolation of Varadhan & Roland 2008, of logarithms, so that
 * nothing turns negative); where that lowers the objective, the second EM step is kept instead. So the objective
 * never falls.
 * @param source kernel of the n source rows against the b centres
 * @param target kernel of the m target rows against them
 * @returns null if no centre has a source row near, or no target row a centre
 */
export function maximiseLikelihood(
  source: Table,
  target: Table,
  { exponential, logarithm }: Elementary,
  options: LikelihoodOptions = {},
): FittedRatio | null {
  const { tolerance = 1e-8, maxIterations = 5000, extrapolate = true, onStep } = options;
  const use = options.use ?? Int32Array.from({ length: target.rows }, (_, j) => j);
  const { rows, centres, masses, f } = mixture(source, target, use);
  const k = centres.length;
  if (k === 0 || rows === 0) return null;
  let iterations = 0;
  /** The objective at π; π becomes the next EM step's, `rise` the logarithm of what it was multiplied by. */
  const pass = (
    pi: Float64Array,
    rise: Float64Array,
  ): { objective: number; gap: number; from: Float64Array } => {
    iterations++;
    const from = pi.slice();
    let objective = 0;
    rise.fill(0);
    for (let j = 0; j < rows; j++) {
      const density = dot(f, j * k, pi, 0, k);
      objective += logarithm(density);
      axpy(1 / (rows * density), f, j * k, rise, 0, k);
    }
    // Concave, and the pull is its gradient: log Σ_l p_l pull_l bounds what any other π = p could gain.
    let most = 1,
      sum = 0;
    for (let l = 0; l < k; l++) {
      most = Math.max(most, rise[l]);
      sum += pi[l] *= rise[l];
      rise[l] = logarithm(Math.max(LEAST, rise[l]));
    }
    // The sum is 1 but for rounding.
    for (let l = 0; l < k; l++) pi[l] /= sum;
    return { objective: objective / rows, gap: logarithm(most), from };
  };
  let pi: Float64Array = new Float64Array(k).fill(1 / k);
  const [rise, again, other] = [new Float64Array(k), new Float64Array(k), new Float64Array(k)];
  // How far to extrapolate at most: less after a leap that missed, more after one that did not.
  let limit = 1e6;
  for (;;) {
    const first = pass(pi, rise);
    onStep?.(first.objective);
    if (first.gap <= tolerance || iterations >= maxIterations) {
      const coefficients = new Float64Array(source.cols);
      centres.forEach((l, at) => (coefficients[l] = first.from[at] / masses[at]));
      const { objective, gap } = first;
      return { coefficients, weights: ratios(source, coefficients), objective, gap, iterations };
    }
    if (!extrapolate) continue;
    const second = pass(pi, again);
    onStep?.(second.objective);
    const speed = Math.min(limit, speedOf(rise, again, pi));
    if (!(speed > 1)) {
      limit = 4 * limit;
      continue;
    }
    const further = extrapolated(first.from, rise, again, speed, exponential);
    const third = pass(further, other);
    if (!(third.objective >= second.objective)) {
      limit = Math.max(1, speed / 4);
      continue;
    }
    if (speed === limit) limit *= 4;
    onStep?.(third.objective);
    pi = further;
  }
}

/** |rise| / |again − rise|, both weighted by the masses that the two EM steps led to: how far they point ahead. */
function speedOf(rise: Float64Array, again: Float64Array, masses: Float64Array): number {
  let first = 0,
    second = 0;
  for (let l = 0; l < masses.length; l++) {
    const turn = again[l] - rise[l];
    first += masses[l] * rise[l] * rise[l];
    second += masses[l] * turn * turn;
  }
  return second > 0 ? Math.sqrt(first / second) : 1;
}

/** The distribution of logarithm log π + 2 s·rise + s² (again − rise), up to its sum. EM's two steps are s = 1. */
function extrapolated(
  pi: Float64Array,
  rise: Float64Array,
  again: Float64Array,
  s: number,
  exponential: Elementary['exponential'],
): Float64Array {
  const out = new Float64Array(pi.length);
  let sum = 0;
  for (let l = 0; l < pi.length; l++) {
    const exponent = 2 * s * rise[l] + s * s * (again[l] - rise[l]);
    sum += out[l] = Math.max(LEAST, pi[l] * exponential(Math.min(FARTHEST, exponent)));
  }
  for (let l = 0; l < out.length; l++) out[l] /= sum;
  return out;
}

/** Folds of the cross-validation (the article's). Fold of target row j: j mod 5. */
const FOLDS = 5;

/**
 * How well the ratio predicts target rows that it was not fitted to: the mean log w of each fold under the
 * coefficients of the other four, averaged over the folds. −Infinity where a row has no density at all.
 */
export function heldOutLikelihood(
  source: Table,
  target: Table,
  elementary: Elementary,
  options: LikelihoodOptions = {},
): number {
  const m = target.rows;
  let score = 0;
  const folds = Math.min(FOLDS, m);
  for (let fold = 0; fold < folds; fold++) {
    const index = Array.from({ length: m }, (_, j) => j);
    const use = index.filter((j) => j % folds !== fold);
    const fitted = maximiseLikelihood(source, target, elementary, { ...options, use });
    if (fitted === null) return -Infinity;
    const held = index.filter((j) => j % folds === fold);
    let sum = 0;
    for (const j of held) {
      const density = dot(target.data, j * target.cols, fitted.coefficients, 0, target.cols);
      if (!(density > 0)) return -Infinity;
      sum += elementary.logarithm(density);
    }
    score += sum / (held.length * folds);
  }
  return score;
}
