// Decision values of a trained SVM, and classes from them.
import { SatnmfError } from '../../errors.js';
import { dot } from '../../core/dense/index.js';
import type { LinearSvm } from './model.js';
import type { Floats } from './problem.js';

/** What an SVM says about m rows. */
export interface Decisions {
  readonly rows: number;
  readonly classes: number;
  /**
   * `rows x classes`, finite; larger is likelier.
   * - `ovr-l2`, `cs`: the decision value of each class; with two classes +f and −f of the single vector of `ovr-l2`.
   * - `ovo`: the mean over the pairs that a class is in of the pair's decision value, signed towards the class.
   * - one class in training: 1 for it (and 1 vote), 0 for the others.
   *
   * A class that did not occur in training is below the lowest of the row's others, by 1 or by that value's size,
   * whichever is more; so it is never predicted, from these numbers or from any mean of them.
   */
  readonly margins: Float64Array;
  /** `rows x classes`, `ovo` only: pairs won. A decision value of exactly 0 is a win of the lower class. */
  readonly votes?: Float64Array;
  /** `rows x outputs`: what the vectors gave, before classes were made of it. */
  readonly values: Float64Array;
}

/** values (m x outputs) = inputs · vectorsᵀ + intercepts. */
function valuesOf(svm: LinearSvm, inputs: Floats, argument: string): { rows: number; values: Float64Array } {
  const { inputs: width, outputs, vectors, intercepts } = svm;
  const rows = inputs.length / width;
  if (!Number.isSafeInteger(rows))
    throw new SatnmfError(
      'shape-mismatch',
      `"${argument}" must hold a whole number of rows of ${width} values, got ${inputs.length} values`,
      { argument, expected: `a multiple of ${width}`, actual: String(inputs.length) },
    );
  const values = new Float64Array(rows * outputs);
  const row = new Float64Array(width);
  for (let i = 0; i < rows; i++) {
    row.set(inputs.subarray(i * width, (i + 1) * width));
    for (let k = 0; k < outputs; k++)
      values[i * outputs + k] = dot(row, 0, vectors, k * width, width) + intercepts[k];
  }
  return { rows, values };
}

function decisions(svm: LinearSvm, inputs: Floats, argument: string): Decisions {
  const { classes, present, outputs, positive, negative } = svm;
  const { rows, values } = valuesOf(svm, inputs, argument);
  const margins = new Float64Array(rows * classes);
  const votes = svm.scheme === 'ovo' ? new Float64Array(rows * classes) : undefined;
  for (let i = 0; i < rows; i++) {
    const at = i * classes;
    for (let k = 0; k < outputs; k++) {
      const value = values[i * outputs + k];
      if (negative[k] < 0) margins[at + positive[k]] = value;
      else {
        // A pair: each class is in (number of classes − 1) of them.
        margins[at + positive[k]] += value / (present.length - 1);
        margins[at + negative[k]] -= value / (present.length - 1);
        if (votes !== undefined) votes[at + (value >= 0 ? positive[k] : negative[k])]++;
      }
    }
    if (outputs === 0) {
      margins[at + present[0]] = 1;
      if (votes !== undefined) votes[at + present[0]] = 1;
    }
    if (present.length === classes) continue;
    let low = Infinity;
    for (const k of present) low = Math.min(low, margins[at + k]);
    for (let k = 0; k < classes; k++)
      if (!present.includes(k)) margins[at + k] = low - Math.max(1, Math.abs(low));
  }
  return { rows, classes, margins, values, ...(votes === undefined ? {} : { votes }) };
}

function checkForm(svm: LinearSvm, form: LinearSvm['form'], advice: string): void {
  if (svm.form !== form)
    throw new SatnmfError('bad-argument', `"svm" must hold ${form}, got ${svm.form}: ${advice}`, {
      argument: 'svm',
      expected: form,
      actual: svm.form,
    });
}

/**
 * Decisions for explicit rows.
 * @param rows m x p, p the number of features that it was trained on
 * @throws {SatnmfError} `bad-argument` for an SVM that holds coefficients, `shape-mismatch` for other widths
 */
export function decide(svm: LinearSvm, rows: Floats): Decisions {
  checkForm(svm, 'weights', 'use decideGram, or withWeights first');
  return decisions(svm, rows, 'rows');
}

/**
 * Decisions from inner products.
 * @param crossGram m x n: of m rows with all n rows of the training problem, without bias
 * @throws {SatnmfError} `bad-argument` for an SVM that holds weights, `shape-mismatch` for other widths
 */
export function decideGram(svm: LinearSvm, crossGram: Floats): Decisions {
  checkForm(svm, 'coefficients', 'use decide');
  return decisions(svm, crossGram, 'crossGram');
}

/** Column of the largest value of each row of `values` (`rows x columns`); ties go to the lowest column. */
export function highestColumns(values: Float64Array, rows: number, columns: number): Int32Array {
  return Int32Array.from({ length: rows }, (_, i) => {
    let best = 0;
    for (let k = 1; k < columns; k++) if (values[i * columns + k] > values[i * columns + best]) best = k;
    return best;
  });
}

/** Class index of each row: by votes where there are any, else by margins; ties go to the lowest index. */
export function predictClasses(said: Decisions): Int32Array {
  return highestColumns(said.votes ?? said.margins, said.rows, said.classes);
}
