/**
 * Adaptation without labels: class-balanced self-training around given weights (Zou et al., ECCV 2018; adaptive SVM,
 * Yang, Yan & Hauptmann 2007; docs/recogniser.md, "Adaptation").
 *
 * @module
 */
import type { Core } from '../core/index.js';
import type { Matrix } from '../data/index.js';
import { rowProducts, rowProductsBytes, solveRidge } from './gram.js';
import { combined, type LinearWeights } from './training.js';

/** Rounds of pseudo labels, and of scaling rows and columns in each. */
export const ROUNDS = 3;
const BALANCING = 50;
/** λ of the correction around the given weights. */
const RIDGE = 10;
/** Sharpness of the assignments. */
const SHARPNESS = 2;
/** Share of the observed prior; the rest is uniform, so that no class dies out. */
const OBSERVED = 0.75;
/** Least weight of a row whose label is known; the mean weight is 1. */
const KNOWN = 20;

/** What adaptation found for the rows of a target. */
export interface Adapted {
  /** `m x K`, a row of the target a row. */
  readonly decisions: Float64Array;
  /** The given weights with what was learnt added: for new recordings. */
  readonly weights: Pick<LinearWeights, 'weights' | 'bias'>;
  /** Pseudo label of each row in each round, for what is said about the fit. */
  readonly pseudo: readonly Int32Array[];
}

/** Bytes of wasm memory that adapting to m rows takes. */
export function adaptationBytes(m: number, d: number, K: number): number {
  return rowProductsBytes(m, d).most + 16 * m * K;
}

/**
 * Adapts to m rows; whoever calls has the Core alone and gives back the memory.
 *
 * @param A the target's rows f∘z, m x d
 * @param first decisions of the given weights, m x K
 * @param order of rows, for sums
 * @param known class of each row whose label is known, −1 elsewhere
 */
export function* adapt(
  core: Core,
  given: LinearWeights,
  A: Matrix,
  first: Float64Array,
  order: Int32Array,
  known: Int32Array,
): Generator<undefined, Adapted> {
  const K = given.bias.length;
  const m = A.rows;
  const unchanged = { decisions: first, weights: given, pseudo: [] };
  // Everything below is in the order of the sums; answers go back to their rows at the end.
  const F = permuted(first, order, K);
  const labels = Int32Array.from(order, (row) => known[row]);
  if (isConstant(F, K) && labels.every((k) => k < 0)) return unchanged;
  const G = rowProducts(core, A, order, given.scale);
  yield;
  let H: Float64Array = F;
  let a: Float64Array = new Float64Array(m * K);
  const pseudo: Int32Array[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const { classes, weights } = pseudoLabels(core, H, labels, K);
    const target = Float64Array.from(F, (value, i) => (i % K === classes[(i / K) | 0] ? 1 : -1) - value);
    const each = Float64Array.from(F, (_, i) => weights[(i / K) | 0]);
    a = yield* solveRidge(G, each, RIDGE, target, K);
    // (G + 10 W⁻¹) a = y − F, so F + G a = y − 10 W⁻¹ a.
    H = Float64Array.from(F, (value, i) => value + target[i] - (RIDGE / each[i]) * a[i]);
    const inRows = new Int32Array(m);
    order.forEach((row, i) => (inRows[row] = classes[i]));
    pseudo.push(inRows);
    yield;
  }
  const learnt = combined(A, order, a, given.scale, K);
  const decisions = new Float64Array(m * K);
  order.forEach((row, i) => decisions.set(H.subarray(i * K, (i + 1) * K), row * K));
  return {
    decisions,
    weights: {
      weights: learnt.weights.map((value, i) => value + given.weights[i]),
      bias: learnt.bias.map((value, k) => value + given.bias[k]),
    },
    pseudo,
  };
}

const permuted = (values: Float64Array, order: Int32Array, K: number): Float64Array =>
  Float64Array.from(values, (_, i) => values[order[(i / K) | 0] * K + (i % K)]);

/** Whether all rows are one and the same constant. */
function isConstant(F: Float64Array, K: number): boolean {
  for (let i = 0; i < F.length; i++) if (F[i] !== F[0] || K === 1) return false;
  return true;
}

/** Pseudo label and weight of each row, mean weight 1. */
function pseudoLabels(
  core: Core,
  H: Float64Array,
  known: Int32Array,
  K: number,
): { classes: Int32Array; weights: Float64Array } {
  const m = known.length;
  const centred = standardised(H, K);
  const prior = new Float64Array(K).fill((1 - OBSERVED) / K);
  for (let i = 0; i < m; i++) prior[largest(centred, i, K)] += OBSERVED / m;
  const S = balanced(core, centred, prior, K);
  const classes = new Int32Array(m);
  const margins = new Float64Array(m);
  const sums = new Float64Array(K);
  for (let i = 0; i < m; i++) {
    if (known[i] >= 0) for (let k = 0; k < K; k++) S[i * K + k] = k === known[i] ? 1 : 0;
    const k = largest(S, i, K);
    let second = 0;
    for (let other = 0; other < K; other++) if (other !== k) second = Math.max(second, S[i * K + other]);
    classes[i] = k;
    margins[i] = S[i * K + k] - second + 1e-9;
    sums[k] += margins[i];
  }
  const weights = margins.map((margin, i) => margin / sums[classes[i]]);
  const mean = weights.reduce((a, b) => a + b, 0) / m;
  return {
    classes,
    weights: weights.map((weight, i) => (known[i] < 0 ? weight / mean : Math.max(weight / mean, KNOWN))),
  };
}

/** Rows less their means, divided by the root mean square of all values. */
export function standardised(H: Float64Array, K: number): Float64Array {
  const out = new Float64Array(H.length);
  let square = 0;
  for (let i = 0; i < H.length; i += K) {
    let mean = 0;
    for (let k = 0; k < K; k++) mean += H[i + k] / K;
    for (let k = 0; k < K; k++) {
      out[i + k] = H[i + k] - mean;
      square += out[i + k] * out[i + k];
    }
  }
  const size = Math.sqrt(square / H.length);
  return size === 0 ? out : out.map((value) => value / size);
}

/** The largest value of a row; ties go to the lowest class. */
function largest(values: Float64Array, row: number, K: number): number {
  let best = 0;
  for (let k = 1; k < K; k++) if (values[row * K + k] > values[row * K + best]) best = k;
  return best;
}

/** Assignments: rows sum to 1, and all rows together to m times the prior, as near as fifty rounds come to that. */
export function balanced(core: Core, centred: Float64Array, prior: Float64Array, K: number): Float64Array {
  const m = centred.length / K;
  const S = new Float64Array(centred.length);
  for (let i = 0; i < m; i++) {
    const most = centred[i * K + largest(centred, i, K)];
    for (let k = 0; k < K; k++)
      S[i * K + k] = core.exports.exponential(SHARPNESS * (centred[i * K + k] - most));
  }
  const rowsToOne = (): void => {
    for (let i = 0; i < S.length; i += K) {
      let sum = 0;
      for (let k = 0; k < K; k++) sum += S[i + k];
      for (let k = 0; k < K; k++) S[i + k] /= sum;
    }
  };
  for (let round = 0; round < BALANCING; round++) {
    rowsToOne();
    const sums = new Float64Array(K);
    for (let i = 0; i < S.length; i++) sums[i % K] += S[i];
    const factor = sums.map((sum, k) => (m * prior[k]) / Math.max(sum, 1e-12));
    for (let i = 0; i < S.length; i++) S[i] *= factor[i % K];
  }
  rowsToOne();
  return S;
}
