/**
 * The base SVM: a linear SVM on the scaled features, from one Gram matrix of both corpora. It gives
 * the pseudo labels of the target, and is the method to beat.
 *
 * @module
 */
import type { Pointer } from '../core/exports.js';
import { PURPOSE, random } from '../core/random.js';
import { combineRows, type Samples } from '../core/samples.js';
import { type LinearSvm, type SvmScheme, trainLinearSvm, withWeights } from './linear-svm.js';

/** How to train an SVM of a method. */
export interface SvmSettings {
  readonly svm: SvmScheme;
  readonly C: number;
  readonly bias: number;
  readonly seed: number;
}

/**
 * Trains on the first n rows of the Gram matrix K = X Xᵀ (N x N, in the arena).
 *
 * @param labels n class indices, −1 for none
 * @param rowWeights n weights ≥ 0 of the rows: C_i = C·w_i. Default: 1 each
 * @returns an SVM for rows of d features
 */
export function trainBaseSvm(
  samples: Samples,
  gram: Pointer,
  labels: Int32Array,
  classes: number,
  { svm, C, bias, seed }: SvmSettings,
  rowWeights?: ArrayLike<number>,
): LinearSvm {
  const { core, n, N, d } = samples;
  const kernel = new Float32Array(n * n);
  const all = core.f32(gram, n * N);
  for (let i = 0; i < n; i++) kernel.set(all.subarray(i * N, i * N + n), i * n);
  const shuffler = random(core, seed, PURPOSE.svm);
  const dual = trainLinearSvm(
    { gram: kernel, labels, classes, ...(rowWeights === undefined ? {} : { weights: rowWeights }) },
    { scheme: svm, C, bias },
    shuffler,
  );
  const k = dual.outputs;
  const coefficients = { rows: N, cols: k, data: new Float32Array(N * k) };
  for (let o = 0; o < k; o++)
    for (let i = 0; i < n; i++) coefficients.data[i * k + o] = dual.vectors[o * n + i];
  const columns = combineRows(samples, coefficients);
  const weights = new Float64Array(k * d);
  for (let o = 0; o < k; o++) for (let f = 0; f < d; f++) weights[o * d + f] = columns[f * k + o];
  return withWeights(dual, weights, d);
}
