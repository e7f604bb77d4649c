// A trained linear SVM as plain data.
import { SatnmfError } from '../../errors.js';
import { weightsOf } from './coefficients.js';
import type { Floats, SvmScheme } from './problem.js';
import type { SvmReport } from './report.js';

/**
 * Vectors and intercepts: output k of an input row v is `vectors_k · v + intercepts[k]`. Numbers, strings and typed
 * arrays only, so it can be stored or posted as it is.
 */
export interface LinearSvm {
  /** `cs` is no scheme of training: one vector a class, the largest value wins (`linearClassifier`; formats.md). */
  readonly scheme: SvmScheme | 'cs';
  /**
   * `weights`: inputs are rows of features. `coefficients`: inputs are inner products with the n training rows
   * (unlabelled rows and rows of weight 0 have coefficient 0).
   */
  readonly form: 'weights' | 'coefficients';
  readonly C: number;
  /** Constant that training appended to each row; its weight is already in {@link intercepts}. 0: none. */
  readonly bias: number;
  /** Number of classes of the problem. */
  readonly classes: number;
  /** Class indices that occurred in training, ascending; no other is ever predicted. */
  readonly present: Int32Array;
  /** p features or n training rows. */
  readonly inputs: number;
  /** Number of vectors: classes that occurred (`ovr-l2`, `cs`; 1 of two for `ovr-l2`), pairs of them (`ovo`), 0 for one class. */
  readonly outputs: number;
  /** `outputs x inputs`, row-major. */
  readonly vectors: Float64Array;
  readonly intercepts: Float64Array;
  /** Class index that a positive value of each output speaks for … */
  readonly positive: Int32Array;
  /** … and the one that a negative value speaks for; −1: all others. */
  readonly negative: Int32Array;
  /** One for each problem that was solved: each output. */
  readonly reports: readonly SvmReport[];
  /** Whether each of them converged. */
  readonly converged: boolean;
}

/**
 * The same SVM for rows of features, given its weights: W (`outputs x features`) = vectors · A, where A (n x
 * features) are the training rows; intercepts stay as they are.
 * @throws {SatnmfError} `bad-argument` if it holds weights already, `shape-mismatch`
 */
export function withWeights(svm: LinearSvm, weights: Float64Array, features: number): LinearSvm {
  if (svm.form !== 'coefficients')
    throw new SatnmfError('bad-argument', `"svm" must hold coefficients, got ${svm.form}`, {
      argument: 'svm',
      expected: 'coefficients',
      actual: svm.form,
    });
  if (weights.length !== svm.outputs * features)
    throw new SatnmfError(
      'shape-mismatch',
      `"weights" must hold ${svm.outputs} x ${features} values, got ${weights.length}`,
      { argument: 'weights', expected: String(svm.outputs * features), actual: String(weights.length) },
    );
  return { ...svm, form: 'weights', inputs: features, vectors: weights };
}

/** vectors · A in f64, for {@link withWeights}: `rows` are the n x `features` training rows. */
export function weightsFromRows(svm: LinearSvm, rows: Floats, features: number): Float64Array {
  if (rows.length !== svm.inputs * features)
    throw new SatnmfError(
      'shape-mismatch',
      `"rows" must hold the ${svm.inputs} training rows of ${features} features, got ${rows.length} values`,
      { argument: 'rows', expected: String(svm.inputs * features), actual: String(rows.length) },
    );
  const exact = rows instanceof Float64Array ? rows : Float64Array.from(rows);
  const weights = new Float64Array(svm.outputs * features);
  for (let k = 0; k < svm.outputs; k++)
    weights.set(
      weightsOf(exact, features, svm.vectors.subarray(k * svm.inputs, (k + 1) * svm.inputs)),
      k * features,
    );
  return weights;
}
