// Min–max: x ← (x − low) / (high − low), per column, per group of rows.
import { rowsOfGroups, type SpeakerGroups } from './speaker-groups.js';

/** Rows of numbers; a `Matrix` is one. Float64 is for the double-precision twins. */
export interface Values {
  readonly rows: number;
  readonly cols: number;
  /** `rows x cols`, row-major. */
  readonly data: Float32Array | Float64Array;
}

/** Smallest and largest value of each column, `groups x cols`; row 0 is the corpus, row g group g. */
export interface Ranges {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/**
 * Ranges of the corpus and of each group. A column that is constant within a group gets the corpus's
 * range there, so that a constant says where it lies in the corpus instead of vanishing.
 */
export function fitRanges(values: Values, groups: SpeakerGroups): Ranges {
  const { cols, data } = values;
  const members = rowsOfGroups(groups);
  const low = new Float64Array(members.length * cols).fill(Infinity);
  const high = new Float64Array(members.length * cols).fill(-Infinity);
  members.forEach((rows, g) => {
    for (const i of rows)
      for (let j = 0, at = i * cols, to = g * cols; j < cols; j++, at++, to++) {
        if (data[at] < low[to]) low[to] = data[at];
        if (data[at] > high[to]) high[to] = data[at];
      }
  });
  for (let at = cols; at < low.length; at++) {
    if (low[at] !== high[at]) continue;
    low[at] = low[at % cols];
    high[at] = high[at % cols];
  }
  return { low, high };
}

/** Position of `value` in [low, high] as a number in [0, 1], clipped; 0 where the range is a point. */
export function scale(value: number, low: number, high: number): number {
  if (low === high || value <= low) return 0;
  return value >= high ? 1 : (value - low) / (high - low);
}

/** Writes the scaled rows to `out` (`rows x cols`); `of[i]` is the group of row i. */
export function applyRanges(
  ranges: Ranges,
  values: Values,
  of: Int32Array,
  out: Float32Array | Float64Array,
): void {
  const { rows, cols, data } = values;
  const { low, high } = ranges;
  for (let i = 0; i < rows; i++) {
    const own = of[i] * cols;
    for (let j = 0, at = i * cols; j < cols; j++, at++)
      out[at] = scale(data[at], low[own + j], high[own + j]);
  }
}
