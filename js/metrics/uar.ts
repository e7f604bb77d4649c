// UAR: unweighted average recall.
import { type Confusion, confusion, nothingKnown, support } from './confusion.js';

/**
 * Recall of each class, in [0, 1]: the share of its utterances that were recognised. Null for a class
 * that does not occur in the truth.
 */
export function recalls(matrix: Confusion): (number | null)[] {
  const { classes, counts } = matrix;
  return Array.from(support(matrix), (total, k) =>
    total === 0 ? null : counts[k * classes.length + k] / total,
  );
}

/**
 * Mean of the recalls of the classes that occur in the truth, in [0, 1]; chance is 1 / classes. A class
 * absent from the predictions counts as 0, one absent from the truth does not count.
 *
 * @example
 * uar(['anger', 'anger', 'fear'], ['anger', 'fear', 'fear']); // (1/2 + 1) / 2 = 0.75
 * @throws {SatnmfError} as {@link confusion} does
 */
export function uar(truth: readonly (string | null)[], predicted: readonly string[]): number;
export function uar(matrix: Confusion): number;
export function uar(
  first: Confusion | readonly (string | null)[],
  predicted: readonly string[] = [],
): number {
  const matrix = 'counts' in first ? first : confusion(first, predicted);
  let sum = 0;
  let present = 0;
  for (const recall of recalls(matrix)) {
    if (recall === null) continue;
    sum += recall;
    present++;
  }
  if (present === 0) nothingKnown();
  return sum / present;
}
