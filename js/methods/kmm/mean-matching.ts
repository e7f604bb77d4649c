// Kernel mean matching (Huang, Smola, Gretton, Borgwardt & Schölkopf 2006; compared-methods.md, KMM).
//
//     min_b  ½ bᵀK b − κᵀb,   0 ≤ b_i ≤ B,   |Σ b_i − n| ≤ n ε,   κ_i = (n / m) Σ_j k(s_i, t_j)
import { dot } from '../../core/dense/index.js';
import type { Table } from '../../learn/importance/index.js';
import { leastProduct, project, type Slab } from './slab.js';

/** Constraints and stopping rules. */
export interface MatchingOptions {
  /** B > 0, largest weight. */
  readonly bound: number;
  /** ε ≥ 0: how far the sum of the weights may be from n, as a part of n. */
  readonly slack: number;
  /** Stops once the gap is at most this part of the objective. Default 1e-9. */
  readonly tolerance?: number;
  /** Default {@link MOST_STEPS}. */
  readonly maxIterations?: number;
  /** Is told where it stands every {@link CHECK_EVERY} iterations, and waited for. */
  readonly onCheck?: (iteration: number, objective: number) => Promise<void> | void;
}

/** Most iterations of {@link matchMeans}, unless told otherwise. */
export const MOST_STEPS = 20000;

/** Weights of the source rows, and how good they are. */
export interface MatchedWeights {
  readonly weights: Float64Array;
  readonly objective: number;
  /** Upper bound of objective − optimum, from the conditional gradient. */
  readonly gap: number;
  readonly iterations: number;
}

/** ε of the article: (√n − 1) / √n. */
export function sumSlack(n: number): number {
  return (Math.sqrt(n) - 1) / Math.sqrt(n);
}

/** κ from the n x m kernel of source against target. */
export function meanMatch(cross: Table): Float64Array {
  const { rows: n, cols: m, data } = cross;
  return Float64Array.from({ length: n }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < m; j++) sum += data[i * m + j];
    return (n / m) * sum;
  });
}

/** Power steps towards the largest eigenvalue (ours); the bound they give holds after any number of them. */
const POWER_STEPS = 30;
/** Iterations between two looks at the gap (ours). */
const CHECK_EVERY = 40;

function multiply(K: Table, v: Float64Array, out: Float64Array): void {
  for (let i = 0; i < out.length; i++) out[i] = dot(K.data, i * K.cols, v, 0, K.cols);
}

/** An upper bound of the largest eigenvalue of a matrix with entries ≥ 0: max (K x)_i / x_i for any x > 0. */
function largestEigenvalue(K: Table): number {
  const n = K.rows;
  let x = new Float64Array(n).fill(1);
  let y = new Float64Array(n);
  let bound = Infinity;
  for (let step = 0; step < POWER_STEPS; step++) {
    multiply(K, x, y);
    let most = 0,
      size = 0;
    for (let i = 0; i < n; i++) {
      most = Math.max(most, y[i] / x[i]);
      size = Math.max(size, y[i]);
    }
    bound = Math.min(bound, most);
    // Entries that the products leave behind stay positive: the bound needs that.
    for (let i = 0; i < n; i++) y[i] = Math.max(y[i] / size, 1e-12);
    [x, y] = [y, x];
  }
  return bound;
}

/**
 * Solves it by accelerated projected gradient steps with restarts (Beck & Teboulle 2009; O'Donoghue & Candès 2015).
 * K may be singular, and is all but that for wide kernels: then weights differ where objectives do not.
 * @param K kernel of the source rows, n x n, diagonal 1
 * @param kappa n values ≥ 0
 */
export async function matchMeans(
  K: Table,
  kappa: Float64Array,
  options: MatchingOptions,
): Promise<MatchedWeights> {
  const { bound, slack, tolerance = 1e-9, maxIterations = MOST_STEPS, onCheck } = options;
  const n = K.rows;
  const slab: Slab = { bound, low: Math.min(n * (1 - slack), n * bound), high: n * (1 + slack) };
  const step = 1 / largestEigenvalue(K);
  let b = new Float64Array(n);
  project(new Float64Array(n).fill(1), slab, b);
  let next = new Float64Array(n);
  let Kb = new Float64Array(n),
    Knext = new Float64Array(n);
  multiply(K, b, Kb);
  const y = b.slice(),
    Ky = Kb.slice();
  let t = 1;
  const g = new Float64Array(n);
  const judge = (): { objective: number; gap: number } => {
    for (let i = 0; i < n; i++) g[i] = Kb[i] - kappa[i];
    const objective = dot(b, 0, Kb, 0, n) / 2 - dot(kappa, 0, b, 0, n);
    return { objective, gap: Math.max(0, dot(g, 0, b, 0, n) - leastProduct(g, slab)) };
  };
  for (let iteration = 1; ; iteration++) {
    for (let i = 0; i < n; i++) g[i] = y[i] - step * (Ky[i] - kappa[i]);
    project(g, slab, next);
    let against = 0;
    for (let i = 0; i < n; i++) against += (y[i] - next[i]) * (next[i] - b[i]);
    multiply(K, next, Knext);
    // Momentum that points uphill is dropped.
    const grown = against > 0 ? 1 : (1 + Math.sqrt(1 + 4 * t * t)) / 2;
    const momentum = against > 0 ? 0 : (t - 1) / grown;
    t = grown;
    for (let i = 0; i < n; i++) {
      y[i] = next[i] + momentum * (next[i] - b[i]);
      Ky[i] = Knext[i] + momentum * (Knext[i] - Kb[i]);
    }
    [b, next] = [next, b];
    [Kb, Knext] = [Knext, Kb];
    if (iteration % CHECK_EVERY !== 0 && iteration < maxIterations) continue;
    const { objective, gap } = judge();
    await onCheck?.(iteration, objective);
    if (gap <= tolerance * Math.abs(objective) || iteration >= maxIterations)
      return { weights: b, objective, gap, iterations: iteration };
  }
}
