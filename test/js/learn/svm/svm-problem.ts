/**
 * Seeded SVM problems, and what an SVM is worth computed the long way: from its weights and its rows alone.
 *
 * @module
 */
import type { LinearSvm } from '../../../../js/learn/svm/index.js';
import type { Shuffler } from '../../../../js/learn/svm/problem.js';
import { PURPOSE, type Rng, rng } from '../../../reference/kernels/random.js';

/** The order of the rows for trial 0 of a seed. */
export function shuffler(seed = 1): Shuffler {
  const random = rng(seed, PURPOSE.svm);
  return {
    shuffle(indices) {
      for (let i = 0; i < indices.length; i++) {
        const j = i + random.below(indices.length - i);
        [indices[i], indices[j]] = [indices[j], indices[i]];
      }
    },
  };
}

/** Rows with labels; every class 0 … classes − 1 occurs if there are rows enough. */
export interface Rows {
  readonly n: number;
  readonly p: number;
  readonly classes: number;
  readonly rows: Float64Array;
  readonly labels: Int32Array;
}

/** Gaussian clouds, `spread` times as wide as their centres are apart: 0.2 separable, 2 hopeless. */
export function clouds(random: Rng, n: number, p: number, classes: number, spread: number): Rows {
  const centres = Float64Array.from({ length: classes * p }, () => random.normal());
  const labels = Int32Array.from({ length: n }, (_, i) => i % classes);
  const rows = new Float64Array(n * p);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < p; j++) rows[i * p + j] = centres[labels[i] * p + j] + spread * random.normal();
  return { n, p, classes, rows, labels };
}

/** A Aᵀ by the definition. */
export function innerProducts(
  a: Float64Array,
  m: number,
  b: Float64Array,
  n: number,
  p: number,
): Float64Array {
  const K = new Float64Array(m * n);
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j++) for (let k = 0; k < p; k++) K[i * n + j] += a[i * p + k] * b[j * p + k];
  return K;
}

/** Outputs of an SVM with weights on one row. */
export function outputsOf(svm: LinearSvm, rows: Float64Array, i: number): number[] {
  return Array.from({ length: svm.outputs }, (_, k) => {
    let f = svm.intercepts[k];
    for (let j = 0; j < svm.inputs; j++) f += svm.vectors[k * svm.inputs + j] * rows[i * svm.inputs + j];
    return f;
  });
}

/** Squared length of output k's weights, the bias among them where it is regularised. */
function squaredLength(svm: LinearSvm, k: number): number {
  let size = 0;
  for (let j = 0; j < svm.inputs; j++)
    size += svm.vectors[k * svm.inputs + j] * svm.vectors[k * svm.inputs + j];
  if (svm.scheme !== 'ovo' && svm.bias > 0)
    size += (svm.intercepts[k] / svm.bias) * (svm.intercepts[k] / svm.bias);
  return size;
}

/** +1, −1, or 0 for a row that output k was not trained on. */
function sideOf(svm: LinearSvm, k: number, label: number): number {
  if (label < 0) return 0;
  if (label === svm.positive[k]) return 1;
  if (svm.negative[k] < 0 || label === svm.negative[k]) return -1;
  return 0;
}

/** Primal objective of each problem that was solved: one an output. */
export function objectives(svm: LinearSvm, { n, rows, labels }: Rows, weights?: ArrayLike<number>): number[] {
  const cost = (i: number): number => svm.C * (weights === undefined ? 1 : weights[i]);
  const lengths = Array.from({ length: svm.outputs }, (_, k) => squaredLength(svm, k) / 2);
  return lengths.map((half, k) => {
    let sum = half;
    for (let i = 0; i < n; i++) {
      const y = sideOf(svm, k, labels[i]);
      if (y === 0) continue;
      const z = Math.max(0, 1 - y * outputsOf(svm, rows, i)[k]);
      sum += cost(i) * (svm.scheme === 'ovr-l2' ? z * z : z);
    }
    return sum;
  });
}

/**
 * A lower bound of each primal objective, from a dual point: the margins' own for `ovr-l2`, for `ovo` the coefficients
 * of an SVM of the same problem, `outputs x n`. Throws where one of those is outside of its box.
 */
export function lowerBounds(
  svm: LinearSvm,
  coefficients: Float64Array,
  { n, p, rows, labels }: Rows,
  weights?: ArrayLike<number>,
): number[] {
  const B = svm.scheme === 'ovo' ? 0 : svm.bias;
  const cost = (i: number): number => svm.C * (weights === undefined ? 1 : weights[i]);
  const length = (c: ArrayLike<number>): number => {
    const w = new Float64Array(p + 1);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < p; j++) w[j] += c[i] * rows[i * p + j];
      w[p] += c[i] * B;
    }
    return w.reduce((sum, value) => sum + value * value, 0);
  };
  const within = (value: number, low: number, high: number): void => {
    if (!(value >= low * (1 + 1e-9) && value <= high * (1 + 1e-9)))
      throw new Error(`${value} is not in [${low}, ${high}]`);
  };
  return Array.from({ length: svm.outputs }, (_, k) => {
    const c = new Float64Array(n);
    let bound = 0,
      balance = 0;
    for (let i = 0; i < n; i++) {
      const y = sideOf(svm, k, labels[i]);
      if (y === 0) continue;
      if (svm.scheme === 'ovr-l2') {
        const a = 2 * cost(i) * Math.max(0, 1 - y * outputsOf(svm, rows, i)[k]);
        c[i] = y * a;
        if (a > 0) bound += a - (a * a) / (4 * cost(i));
      } else {
        c[i] = coefficients[k * n + i];
        within(y * c[i], 0, cost(i));
        bound += y * c[i];
        balance += c[i];
      }
    }
    if (svm.scheme === 'ovo') within(balance / (svm.C * n), -1e-9, 1e-9);
    return bound - length(c) / 2;
  });
}
