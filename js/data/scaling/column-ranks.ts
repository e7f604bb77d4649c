// Ranks: x ← (rank − 1) / (rows − 1) within its column, per group of rows, ties sharing their mean rank.
import type { Values } from './column-ranges.js';
import type { SpeakerGroups } from './speaker-groups.js';

/**
 * The sorted columns of the corpus and of each group: group after group, in each of them column after
 * column, each with `counts[g]` ascending values.
 */
export interface SortedColumns {
  /** Rows of each group; entry 0 is the corpus. */
  readonly counts: Int32Array;
  readonly sorted: Float32Array | Float64Array;
}

/** Columns handled together: one pass over the rows fills a block that stays in the cache. */
const BLOCK = 8;

/** Where each group begins in `sorted`. */
function starts(counts: Int32Array, cols: number): number[] {
  const begin: number[] = [];
  let at = 0;
  for (const count of counts) {
    begin.push(at);
    at += count * cols;
  }
  return begin;
}

export function fitRanks(values: Values, groups: SpeakerGroups): SortedColumns {
  const { rows, cols, data } = values;
  const counts = new Int32Array(groups.names.length + 1);
  for (let i = 0; i < rows; i++) if (groups.of[i] > 0) counts[groups.of[i]]++;
  counts[0] = rows;
  const begin = starts(counts, cols);
  const total = counts.reduce((sum, count) => sum + count * cols, 0);
  const sorted = data instanceof Float32Array ? new Float32Array(total) : new Float64Array(total);
  const next = new Int32Array(counts.length);
  for (let block = 0; block < cols; block += BLOCK) {
    const end = Math.min(cols, block + BLOCK);
    next.fill(0);
    for (let i = 0; i < rows; i++) {
      const g = groups.of[i];
      for (let j = block; j < end; j++) {
        const value = data[i * cols + j];
        sorted[j * rows + i] = value;
        if (g > 0) sorted[begin[g] + j * counts[g] + next[g]] = value;
      }
      next[g]++;
    }
    for (let g = 0; g < counts.length; g++)
      for (let j = block; j < end; j++)
        sorted.subarray(begin[g] + j * counts[g], begin[g] + (j + 1) * counts[g]).sort();
  }
  return { counts, sorted };
}

/**
 * How many of the `count` ascending values from `begin` are below `value`. The step is computed instead
 * of branched on: which way a comparison goes is a coin toss that no processor predicts.
 */
function below(sorted: Float32Array | Float64Array, begin: number, count: number, value: number): number {
  let at = begin;
  for (let left = count; left > 1;) {
    const half = left >>> 1;
    at += half * +(sorted[at + half - 1] < value);
    left -= half;
  }
  return at - begin + +(sorted[at] < value);
}

/** How many of them are below or equal to `value`. */
function belowOrEqual(
  sorted: Float32Array | Float64Array,
  begin: number,
  count: number,
  value: number,
): number {
  let at = begin;
  for (let left = count; left > 1;) {
    const half = left >>> 1;
    at += half * +(sorted[at + half - 1] <= value);
    left -= half;
  }
  return at - begin + +(sorted[at] <= value);
}

/**
 * Rank of `value`, as a number in [0, 1], among the `count` ascending values from `begin` (not all
 * equal). Between two of them it is interpolated; below all of them it is 0, above all of them 1.
 */
function rank(sorted: Float32Array | Float64Array, begin: number, count: number, value: number): number {
  const at = below(sorted, begin, count, value);
  if (at === count) return 1;
  const above = sorted[begin + at];
  // Zero-based ranks at … past − 1 are shared by the ties of `above`.
  const tied = at + 1 < count && sorted[begin + at + 1] === above;
  const past = tied ? belowOrEqual(sorted, begin, count, above) : at + 1;
  const upper = (at + past - 1) / 2 / (count - 1);
  if (above === value) return upper;
  if (at === 0) return 0;
  const under = sorted[begin + at - 1];
  const ties = at > 1 && sorted[begin + at - 2] === under;
  const first = ties ? below(sorted, begin, count, under) : at - 1;
  const lower = (first + at - 1) / 2 / (count - 1);
  return lower + ((upper - lower) * (value - under)) / (above - under);
}

/**
 * At most `points` values of each sorted column, evenly spaced in rank, the ends among them: ranks of
 * new values move by less than 1 / (2·(points − 1)).
 */
export function thinRanks({ counts, sorted }: SortedColumns, cols: number, points: number): SortedColumns {
  const kept = counts.map((count) => Math.min(count, points));
  const out = new Float32Array(kept.reduce((sum, count) => sum + count * cols, 0));
  const begin = starts(counts, cols);
  let at = 0;
  counts.forEach((count, g) => {
    for (let j = 0; j < cols; j++)
      for (let i = 0; i < kept[g]; i++, at++)
        out[at] = sorted[begin[g] + j * count + Math.round((i * (count - 1)) / Math.max(kept[g] - 1, 1))];
  });
  return { counts: kept, sorted: out };
}

/**
 * Writes the ranks to `out` (`rows x cols`); `of[i]` is the group of row i. A column that is constant
 * within a group is ranked within the corpus; one that is constant there too becomes 0.
 */
export function applyRanks(
  columns: SortedColumns,
  values: Values,
  of: Int32Array,
  out: Float32Array | Float64Array,
): void {
  const { rows, cols, data } = values;
  const { counts, sorted } = columns;
  const begin = starts(counts, cols);
  const constant = (at: number, count: number): boolean => sorted[at] === sorted[at + count - 1];
  for (let block = 0; block < cols; block += BLOCK) {
    const end = Math.min(cols, block + BLOCK);
    for (let i = 0; i < rows; i++) {
      const own = of[i];
      for (let j = block; j < end; j++) {
        let count = counts[own];
        let at = begin[own] + j * count;
        if (own > 0 && constant(at, count)) {
          count = counts[0];
          at = j * count;
        }
        out[i * cols + j] = constant(at, count) ? 0 : rank(sorted, at, count, data[i * cols + j]);
      }
    }
  }
}
