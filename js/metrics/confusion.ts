// Confusion matrix: what was said against what was heard.
import { classesOf, quote } from '../data/index.js';
import { SatnmfError } from '../errors.js';

/** Counts of utterances by true and by predicted emotion. */
export interface Confusion {
  /** Emotions, ascending by code unit unless given otherwise. */
  readonly classes: readonly string[];
  /** `classes x classes`, row-major: a row is the true emotion, a column the predicted one. */
  readonly counts: Int32Array;
}

/**
 * Counts the utterances of each pair of emotions. Utterances whose true emotion is not known (null) are left out.
 * @param classes rows and columns of the matrix. Default: every emotion that occurs, in class order
 * @throws {SatnmfError} `shape-mismatch` if the lists differ in length; `too-few-rows` if no true emotion is known;
 *   `unknown-class` for an emotion that is not in `classes`
 */
export function confusion(
  truth: readonly (string | null)[],
  predicted: readonly string[],
  classes: readonly string[] = classesOf([...truth, ...predicted.filter((_, i) => truth[i] !== null)]),
): Confusion {
  if (truth.length !== predicted.length)
    throw new SatnmfError(
      'shape-mismatch',
      `"predicted" must have ${truth.length} emotions, as many as "truth", got ${predicted.length}`,
      { argument: 'predicted', expected: String(truth.length), actual: String(predicted.length) },
    );
  const index = new Map<string, number>(classes.map((emotion, k) => [emotion, k]));
  const find = (argument: string, emotion: string, row: number): number => {
    const k = index.get(emotion);
    if (k !== undefined) return k;
    const expected = classes.join(', ');
    throw new SatnmfError(
      'unknown-class',
      `"${argument}", row ${row}: ${quote(emotion)} is none of ${expected}`,
      { argument, row, expected, actual: emotion },
    );
  };
  const counts = new Int32Array(classes.length * classes.length);
  let known = 0;
  truth.forEach((emotion, row) => {
    if (emotion === null) return;
    counts[find('truth', emotion, row) * classes.length + find('predicted', predicted[row], row)]++;
    known++;
  });
  if (known === 0) nothingKnown();
  return { classes, counts };
}

/** Number of utterances of each true emotion. */
export function support({ classes, counts }: Confusion): Int32Array {
  const sums = new Int32Array(classes.length);
  for (let k = 0; k < classes.length; k++)
    for (let l = 0; l < classes.length; l++) sums[k] += counts[k * classes.length + l];
  return sums;
}

/** An average over no utterance would be NaN. */
export function nothingKnown(): never {
  throw new SatnmfError('too-few-rows', `"truth" must name the emotion of at least one utterance`, {
    argument: 'truth',
    expected: 'at least one emotion',
    actual: 'none',
  });
}
