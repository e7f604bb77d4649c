// An SVM that was trained on inner products of combinations of utterances, by its weights on their features.
import { aligned, type Core } from '../../core/index.js';
import type { Wide } from '../../core/dense/index.js';
import { combineSlice, combineSliceBytes, type FeatureRows, slices } from '../../core/samples/index.js';
import { type LinearSvm, withWeights } from '../svm/index.js';

/** Bytes that {@link featureWeights} takes beside A, and A itself, for N utterances. */
export function featureWeightsBytes(core: Core, N: number, d: number, outputs: number): number {
  return aligned(8 * outputs * N) + combineSliceBytes(core, d, N, outputs);
}

/**
 * The SVM with weights on the features of `parts`, side by side: X A of each, an output a column.
 * @param A utterances x outputs, in the arena; fewer rows than a part has utterances take its first ones
 */
export function featureWeights(
  core: Core,
  svm: LinearSvm,
  parts: readonly FeatureRows[],
  A: Wide,
): LinearSvm {
  const { d } = parts[0];
  const k = svm.outputs;
  const width = parts.length * d;
  const weights = new Float64Array(k * width);
  if (k > 0)
    parts.forEach((part, l) => {
      for (const slice of slices(part))
        combineSlice(core, part, slice, A, (values, { first, count }) => {
          for (let f = 0; f < count; f++)
            for (let o = 0; o < k; o++) weights[o * width + l * d + first + f] = values[f * k + o];
        });
    });
  return withWeights(svm, weights, width);
}
