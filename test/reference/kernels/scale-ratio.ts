/**
 * scaleRatio: the entrywise heart of every multiplicative update.
 *
 * @module
 */
import { type Dense, tabulate, at } from './dense.js';

/** The guard of a denominator in float64 (method.md, Notation, `tiny`). */
export const TINY = 1e-30;

/**
 * x∘num ⊘ max(den, floor), all of one shape. 0·0/floor is 0, so a dead entry stays dead and nothing
 * becomes NaN.
 */
export function scaleRatio(x: Dense, num: Dense, den: Dense, floor = TINY): Dense {
  for (const A of [num, den])
    if (A.rows !== x.rows || A.cols !== x.cols)
      throw new RangeError(`shapes differ: ${x.rows} x ${x.cols} and ${A.rows} x ${A.cols}`);
  return tabulate(x.rows, x.cols, (i, j) => (at(x, i, j) * at(num, i, j)) / Math.max(at(den, i, j), floor));
}
