/**
 * How large a table may be. Beyond these sizes it is a mistake or an attack, and a sentence is better
 * than a process without memory.
 *
 * @module
 */
import { SatnmfError } from '../errors.js';

/** Most columns of a table. The widest feature sets in use have some 10⁴. */
export const MAX_COLUMNS = 100_000;

/** Most rows of a table. */
export const MAX_ROWS = 1_000_000;

/** Most feature values of a table: 1 GiB of float32. */
export const MAX_VALUES = 2 ** 28;

/** Most bytes of a text table; strings of JavaScript engines end a little above. */
export const MAX_TEXT_BYTES = 500_000_000;

/** @throws {SatnmfError} `too-large`, naming the file, what there is too much of, and the limit */
export function checkLimit(file: string, what: string, count: number, limit: number): void {
  if (count > limit)
    throw new SatnmfError('too-large', `${file}: has ${count} ${what}, at most ${limit} are read`, {
      file,
      expected: `at most ${limit} ${what}`,
      actual: String(count),
    });
}

/** Sizes of a table of features. */
export function checkSize(file: string, rows: number, cols: number): void {
  checkLimit(file, 'columns', cols, MAX_COLUMNS);
  checkLimit(file, 'rows', rows, MAX_ROWS);
  checkLimit(file, 'values', rows * cols, MAX_VALUES);
}
