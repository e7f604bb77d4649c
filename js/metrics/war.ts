// WAR: weighted average recall, which is the accuracy.
import { type Confusion, confusion, nothingKnown } from './confusion.js';

/**
 * Share of all utterances that were recognised, in [0, 1].
 * @throws {SatnmfError} as {@link confusion} does
 */
export function war(truth: readonly (string | null)[], predicted: readonly string[]): number;
export function war(matrix: Confusion): number;
export function war(
  first: Confusion | readonly (string | null)[],
  predicted: readonly string[] = [],
): number {
  const { classes, counts } = 'counts' in first ? first : confusion(first, predicted);
  let right = 0;
  let total = 0;
  counts.forEach((count, at) => {
    total += count;
    if (at % (classes.length + 1) === 0) right += count;
  });
  if (total === 0) nothingKnown();
  return right / total;
}
