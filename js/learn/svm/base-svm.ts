// The base SVM: a linear SVM on the scaled features, from one Gram matrix of both corpora. It gives
// the pseudo labels of the target, and is the method to beat.
import { type Core, type Pointer, PURPOSE, random } from '../../core/index.js';
import { combineRows, type Samples } from '../../core/samples/index.js';
import { type LinearSvm, withWeights } from './model.js';
import type { SvmScheme } from './problem.js';
import { normalBytes } from './squared-hinge/normal-rows.js';
import { storedBytes } from './squared-hinge/stored-gram.js';
import { trainLinearSvm } from './train.js';

/** How to train an SVM of a method. */
export interface SvmSettings {
  readonly svm: SvmScheme;
  readonly C: number;
  readonly bias: number;
  readonly seed: number;
}

/** Whether d features are so few that the weights are found sooner than the coefficients of n rows (as measured). */
function few(n: number, d: number): boolean {
  return 4 * (d + 1) <= n;
}

/**
 * Whether the base SVM is trained on the Gram matrix of its rows; otherwise on rows of d features themselves.
 * @param n source rows
 */
export function usesGram(scheme: SvmScheme, n: number, d: number): boolean {
  return scheme !== 'ovr-l2' || !few(n, d);
}

/** Bytes of wasm memory that training takes beside the Gram matrix of N rows, until the weights are made. */
export function baseSvmBytes(core: Core, N: number, d: number): number {
  return Math.max(storedBytes(core, N), few(N, d) ? normalBytes(core, N, d + 1) : 0);
}

/** The n source rows, out of their panels. */
function sourceRows({ core, n, d, rows }: Samples): Float32Array {
  const panels = core.f32(rows, Math.ceil(n / 8) * d * 8);
  const out = new Float32Array(n * d);
  for (let i = 0; i < n; i++) {
    const from = (i >> 3) * d * 8 + (i & 7);
    for (let j = 0; j < d; j++) out[i * d + j] = panels[from + 8 * j];
  }
  return out;
}

/**
 * Trains on the first n rows of the Gram matrix K = X Xᵀ (N x N, in the arena).
 * @param gram may be absent where it is not used ({@link usesGram})
 * @param labels n class indices, −1 for none
 * @param rowWeights n weights ≥ 0 of the rows: C_i = C·w_i. Default: 1 each
 * @returns an SVM for rows of d features
 */
export function trainBaseSvm(
  samples: Samples,
  gram: Pointer | undefined,
  labels: Int32Array,
  classes: number,
  { svm: scheme, C, bias, seed }: SvmSettings,
  rowWeights?: ArrayLike<number>,
): LinearSvm {
  const { core, n, N, d } = samples;
  const common = { labels, classes, ...(rowWeights && { weights: rowWeights }) };
  const order = random(core, seed, PURPOSE.svm);
  if (!usesGram(scheme, n, d)) {
    const rows = sourceRows(samples);
    return trainLinearSvm({ rows, features: d, ...common }, { scheme, C, bias, core }, order);
  }
  const stored = { core, at: gram as Pointer, ld: N };
  return onFeatures(samples, trainLinearSvm({ stored, ...common }, { scheme, C, bias }, order));
}

/** An SVM for rows of features from one for inner products with the source's rows. */
function onFeatures(samples: Samples, dual: LinearSvm): LinearSvm {
  const { n, N, d } = samples;
  const k = dual.outputs;
  const coefficients = { rows: N, cols: k, data: new Float32Array(N * k) };
  for (let o = 0; o < k; o++)
    for (let i = 0; i < n; i++) coefficients.data[i * k + o] = dual.vectors[o * n + i];
  const columns = combineRows(samples, coefficients);
  const weights = new Float64Array(k * d);
  for (let o = 0; o < k; o++) for (let f = 0; f < d; f++) weights[o * d + f] = columns[f * k + o];
  return withWeights(dual, weights, d);
}
