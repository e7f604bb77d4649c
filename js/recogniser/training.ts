/**
 * Training of weights on the scaled rows of several labelled corpora: weights of rows and of features, and a ridge
 * regression of each class against the rest (docs/recogniser.md, "Training").
 *
 * @module
 */
import type { Core } from '../core/index.js';
import { mapRows } from '../core/samples/index.js';
import { type Matrix, matrix } from '../data/index.js';
import { inverseMeanSquare, rowProducts, solveRidge } from './gram.js';

/** Scaled rows of one corpus with the class of each. */
export interface LabelledRows {
  /** `rows x d`, scaled. */
  readonly rows: Matrix;
  /** Class of each row, 0 … K − 1. */
  readonly labels: Int32Array;
}

/** What training gives: decisions = (f∘z)·weights + bias. */
export interface LinearWeights {
  /** f, a weight a feature. */
  readonly featureWeights: Float64Array;
  /** κ: one over the mean square of a weighted row. */
  readonly scale: number;
  /** `d x K`, row-major; κ is in them, f is not. */
  readonly weights: Float32Array;
  readonly bias: Float64Array;
}

/** λ of the ridge. */
export const RIDGE = 3;
/** Classes with fewer rows in a corpus do not tell what the class does there. */
const FEW = 3;
/** Variance of effects over corpora that is taken as noise. */
const NOISE = 0.02;

const inPlace = (n: number): Int32Array => Int32Array.from({ length: n }, (_, i) => i);

/**
 * Weight of each row in the regression of each class, n x K. Every corpus that counts for the class weighs the same, and
 * within it every class that it has; the mean over the rows that count is 1.
 *
 * @param lacking rows of a corpus that lacks the class: `masked`, they count 0, since nobody looked for the class there;
 *   `negative`, they are none of the class
 */
export function sampleWeights(
  corpora: readonly LabelledRows[],
  K: number,
  lacking: 'masked' | 'negative',
): Float64Array {
  const n = corpora.reduce((sum, { labels }) => sum + labels.length, 0);
  const weights = new Float64Array(n * K);
  const [sums, rows] = [new Float64Array(K), new Float64Array(K)];
  let row = 0;
  for (const { labels } of corpora) {
    const counts = new Float64Array(K);
    for (const k of labels) counts[k]++;
    const classes = counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
    for (const own of labels) {
      for (let k = 0; k < K; k++) {
        if (counts[k] === 0 && lacking === 'masked') continue;
        weights[row * K + k] = 1 / (classes * counts[own]);
        sums[k] += weights[row * K + k];
        rows[k]++;
      }
      row++;
    }
  }
  return weights.map((weight, i) => (weight === 0 ? 0 : (weight * rows[i % K]) / sums[i % K]));
}

/**
 * Weight of each feature: larger where classes do the same in all corpora.
 *
 * The effect of class k in corpus q is e_qk = (c_qk − m_q) / (√w_q + 1e-6), with c_qk the mean over its rows (3 at
 * least), m_q and w_q the means over the classes of their means and variances. N: mean over all classes of the squared
 * mean effect; V: of the variance of the effects over the corpora. f = √(g / rms(g)), g = √(N / (V + 0.02)). One corpus: 1.
 */
export function featureWeights(corpora: readonly LabelledRows[], K: number): Float64Array {
  const d = corpora[0].rows.cols;
  if (corpora.length === 1) return new Float64Array(d).fill(1);
  const seen = new Float64Array(K);
  const sums = new Float64Array(K * d);
  const squares = new Float64Array(K * d);
  for (const corpus of corpora) {
    const { known, effects } = effectsIn(corpus, K);
    known.forEach((k, j) => {
      seen[k]++;
      for (let f = 0; f < d; f++) {
        const effect = effects[j * d + f];
        sums[k * d + f] += effect;
        squares[k * d + f] += effect * effect;
      }
    });
  }
  const g = new Float64Array(d);
  let square = 0;
  for (let f = 0; f < d; f++) {
    let N = 0;
    let V = 0;
    for (let k = 0; k < K; k++) {
      if (seen[k] === 0) continue;
      const mean = sums[k * d + f] / seen[k];
      N += (mean * mean) / K;
      V += Math.max(0, squares[k * d + f] / seen[k] - mean * mean) / K;
    }
    g[f] = Math.sqrt(N / (V + NOISE));
    square += (g[f] * g[f]) / d;
  }
  const size = Math.sqrt(square);
  return g.map((value) => (size === 0 ? 1 : Math.sqrt(value / size)));
}

/** Effects of the classes that a corpus knows well enough, `known.length x d`. */
function effectsIn({ rows, labels }: LabelledRows, K: number): { known: number[]; effects: Float64Array } {
  const { cols: d, data } = rows;
  const counts = new Float64Array(K);
  for (const k of labels) counts[k]++;
  const known = Array.from(counts.keys()).filter((k) => counts[k] >= FEW);
  const place = new Map(known.map((k, j) => [k, j]));
  const means = new Float64Array(known.length * d);
  const within = new Float64Array(d);
  const each = (use: (at: number, j: number, k: number) => void): void =>
    labels.forEach((k, i) => {
      const j = place.get(k);
      if (j !== undefined) use(i * d, j * d, k);
    });
  each((at, to, k) => {
    for (let f = 0; f < d; f++) means[to + f] += data[at + f] / counts[k];
  });
  each((at, to, k) => {
    for (let f = 0; f < d; f++) {
      const deviation = data[at + f] - means[to + f];
      within[f] += (deviation * deviation) / (counts[k] * known.length);
    }
  });
  for (let f = 0; f < d; f++) {
    let centre = 0;
    for (let j = 0; j < known.length; j++) centre += means[j * d + f] / known.length;
    const deviation = Math.sqrt(within[f]) + 1e-6;
    for (let j = 0; j < known.length; j++) means[j * d + f] = (means[j * d + f] - centre) / deviation;
  }
  return { known, effects: means };
}

/** All rows, one matrix after the other. */
export function concatenated(each: readonly Matrix[]): Matrix {
  const all = matrix(
    each.reduce((sum, { rows }) => sum + rows, 0),
    each[0].cols,
  );
  let to = 0;
  for (const { data } of each) {
    all.data.set(data, to);
    to += data.length;
  }
  return all;
}

/** f∘z of all rows, one corpus after the other. */
export function weightedRows(each: readonly Matrix[], featureWeights: Float64Array): Matrix {
  const all = concatenated(each);
  const d = featureWeights.length;
  for (let at = 0, f = 0; at < all.data.length; at++, f = f + 1 === d ? 0 : f + 1)
    all.data[at] *= featureWeights[f];
  return all;
}

/**
 * Trains weights; whoever calls has the Core alone and gives back the memory.
 *
 * A generator: pauses after some milliseconds of work, but for the inner products of all rows.
 */
export function* trainWeights(
  core: Core,
  corpora: readonly LabelledRows[],
  K: number,
  lacking: 'masked' | 'negative' = 'masked',
): Generator<undefined, LinearWeights> {
  const f = featureWeights(corpora, K);
  const X = weightedRows(
    corpora.map(({ rows }) => rows),
    f,
  );
  yield;
  const order = inPlace(X.rows);
  const scale = inverseMeanSquare(X, order);
  const G = rowProducts(core, X, order, scale);
  yield;
  const labels = corpora.flatMap((corpus) => [...corpus.labels]);
  const Y = Float64Array.from({ length: labels.length * K }, (_, i) =>
    i % K === labels[(i / K) | 0] ? 1 : -1,
  );
  const a = yield* solveRidge(G, sampleWeights(corpora, K, lacking), RIDGE, Y, K);
  return { featureWeights: f, scale, ...combined(X, order, a, scale, K) };
}

/** 1 where a row is of the class, −1 elsewhere; n x K. */
export function targetsOf(corpora: readonly LabelledRows[], K: number): Float64Array {
  const labels = corpora.flatMap((corpus) => [...corpus.labels]);
  return Float64Array.from({ length: labels.length * K }, (_, i) => (i % K === labels[(i / K) | 0] ? 1 : -1));
}

/** weights = κ Xᵀ a (d x K), bias = Σ a, summed over the rows in the order given. */
export function combined(
  X: Matrix,
  order: ArrayLike<number>,
  a: Float64Array,
  scale: number,
  K: number,
): Pick<LinearWeights, 'weights' | 'bias'> {
  const d = X.cols;
  const sums = new Float64Array(K * d);
  const bias = new Float64Array(K);
  for (let i = 0; i < order.length; i++)
    for (let k = 0; k < K; k++) {
      const value = a[i * K + k];
      bias[k] += value;
      for (let f = 0, from = order[i] * d, to = k * d; f < d; f++) sums[to + f] += value * X.data[from + f];
    }
  const weights = new Float32Array(d * K);
  for (let k = 0; k < K; k++) for (let f = 0; f < d; f++) weights[f * K + k] = scale * sums[k * d + f];
  return { weights, bias };
}

/** Decisions of scaled rows, `rows x K`. A row's bits do not depend on the rows beside it. */
export function decisionsOf(
  core: Core,
  { featureWeights: f, weights, bias }: LinearWeights,
  rows: Matrix,
): Float64Array {
  const K = bias.length;
  const products = mapRows(core, weightedRows([rows], f), weights, K);
  return Float64Array.from(products.data, (value, i) => value + bias[i % K]);
}
