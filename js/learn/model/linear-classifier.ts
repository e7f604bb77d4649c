// A linear classifier that no SVM solver made, in the form of one: what it says and how it is stored are the same.
import type { LinearSvm } from '../svm/index.js';

/**
 * The class with the largest w_k · x + b_k, ties to the lowest.
 * @param vectors classes x inputs, row-major
 * @param intercepts one a class
 */
export function linearClassifier(
  vectors: Float64Array,
  intercepts: Float64Array,
  classes: number,
): LinearSvm {
  const all = Int32Array.from({ length: classes }, (_, k) => k);
  return {
    // One vector for each class, compared with each other.
    scheme: 'cs',
    form: 'weights',
    C: 1,
    bias: 0,
    classes,
    present: all,
    inputs: vectors.length / classes,
    outputs: classes,
    vectors,
    intercepts,
    positive: all,
    negative: all.map(() => -1),
    reports: [],
    converged: true,
  };
}
