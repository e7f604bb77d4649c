// One answer from several trials: by majority, or by mean decision values (method.md, Vote and confidence).
import { SatnmfError } from '../../errors.js';
import { highestColumns } from '../svm/index.js';

/** What the trials agreed on; entry or row i belongs to utterance i. */
export interface MajorityVote {
  /** Class index that most trials gave; ties go to the lowest. */
  readonly winners: Int32Array;
  /** `rows x classes`: share of the trials that gave each class; each row sums to 1. */
  readonly shares: Float64Array;
}

/** What the trials say on average. */
export interface MarginVote {
  /** Class index with the largest mean decision value; ties go to the lowest. */
  readonly winners: Int32Array;
  /** `rows x classes`: mean decision values. */
  readonly margins: Float64Array;
}

/** Rows of each trial, and that there is a trial. */
function rowsOf(argument: string, trials: readonly ArrayLike<number>[], columns: number): number {
  if (trials.length === 0)
    throw new SatnmfError('bad-argument', `"${argument}" must hold at least one trial, got none`, {
      argument,
      expected: 'at least 1',
      actual: '0',
    });
  const rows = trials[0].length / columns;
  trials.forEach((trial, t) => {
    if (trial.length !== rows * columns || !Number.isSafeInteger(rows))
      throw new SatnmfError(
        'shape-mismatch',
        `"${argument}" must have the same whole number of rows in each trial: trial 0 has ${trials[0].length} values, trial ${t} has ${trial.length}, at ${columns} a row`,
        { argument, expected: String(trials[0].length), actual: String(trial.length) },
      );
  });
  return rows;
}

/**
 * The class that most trials gave to each utterance.
 * @param labels one list a trial: a class index 0 … `classes` − 1 for each utterance
 * @throws {SatnmfError} `bad-argument` without trials, `shape-mismatch` for trials of different lengths,
 *   `unknown-class` for other labels
 */
export function majorityVote(labels: readonly ArrayLike<number>[], classes: number): MajorityVote {
  const rows = rowsOf('labels', labels, 1);
  const counts = new Float64Array(rows * classes);
  labels.forEach((trial, t) => {
    for (let i = 0; i < rows; i++) {
      if (!(Number.isInteger(trial[i]) && trial[i] >= 0 && trial[i] < classes))
        throw new SatnmfError(
          'unknown-class',
          `"labels" must hold class indices 0 … ${classes - 1}; trial ${t}, row ${i} has ${trial[i]}`,
          { argument: 'labels', row: i, expected: `0 … ${classes - 1}`, actual: String(trial[i]) },
        );
      counts[i * classes + trial[i]]++;
    }
  });
  const winners = highestColumns(counts, rows, classes);
  const shares = counts.map((count) => count / labels.length);
  return { winners, shares };
}

/**
 * The class with the largest decision value on average over the trials, for each utterance.
 * @param margins one array a trial: `rows x classes` decision values
 * @throws {SatnmfError} `bad-argument` without trials, `shape-mismatch` for trials of different lengths
 */
export function marginVote(margins: readonly Float64Array[], classes: number): MarginVote {
  const rows = rowsOf('margins', margins, classes);
  const mean = new Float64Array(rows * classes);
  for (const trial of margins) for (let i = 0; i < mean.length; i++) mean[i] += trial[i];
  for (let i = 0; i < mean.length; i++) mean[i] /= margins.length;
  return { winners: highestColumns(mean, rows, classes), margins: mean };
}
