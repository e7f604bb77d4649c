// Mean and standard deviation: z = (x − mean) / deviation, per column, per group of rows.
import type { Ranges, Values } from './column-ranges.js';
import { rowsOfGroups, type SpeakerGroups } from './speaker-groups.js';

const LARGEST_FLOAT32 = (2 - 2 ** -23) * 2 ** 127;

/** Mean and population standard deviation of each column, `groups x cols`; row 0 is the corpus. */
export interface Moments {
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
}

/**
 * Two passes over the rows, in their order: means, then mean squared distances from them. A column that
 * is constant within a group has deviation 0 there, exactly.
 */
export function fitMoments(values: Values, groups: SpeakerGroups): Moments {
  const { cols, data } = values;
  const members = rowsOfGroups(groups);
  const mean = new Float64Array(members.length * cols);
  const deviation = new Float64Array(members.length * cols);
  members.forEach((rows, g) => {
    const begin = g * cols;
    for (const i of rows) for (let j = 0; j < cols; j++) mean[begin + j] += data[i * cols + j];
    for (let j = 0; j < cols; j++) mean[begin + j] /= rows.length;
    const varies = new Uint8Array(cols);
    for (const i of rows)
      for (let j = 0; j < cols; j++) {
        const distance = data[i * cols + j] - mean[begin + j];
        deviation[begin + j] += distance * distance;
        if (data[i * cols + j] !== data[rows[0] * cols + j]) varies[j] = 1;
      }
    // A constant's mean may be one rounding off its value; that must not count as a deviation.
    for (let j = 0; j < cols; j++)
      deviation[begin + j] = varies[j] === 1 ? Math.sqrt(deviation[begin + j] / rows.length) : 0;
  });
  return { mean, deviation };
}

/** z of one value; 0, the mean itself, where the deviation is 0. */
const standardize = (value: number, mean: number, deviation: number): number =>
  deviation === 0 ? 0 : (value - mean) / deviation;

/** z of every value (`rows x cols`, float64); `of[i]` is the group of row i. */
export function applyMoments(moments: Moments, values: Values, of: Int32Array): Float64Array {
  const { rows, cols, data } = values;
  const { mean, deviation } = moments;
  const z = new Float64Array(rows * cols);
  for (let i = 0; i < rows; i++) {
    const own = of[i] * cols;
    for (let j = 0, at = i * cols; j < cols; j++, at++)
      z[at] = standardize(data[at], mean[own + j], deviation[own + j]);
  }
  return z;
}

/**
 * Ranges of mean ± `kept` deviations, rounded to float32, of the corpus and of each group. A column that is constant
 * within a group gets the corpus's range there, as in `fitRanges`.
 */
export function fitClippedRanges(values: Values, groups: SpeakerGroups, kept: number): Ranges {
  const { cols } = values;
  const { mean, deviation } = fitMoments(values, groups);
  // Where a deviation is 0, row 0 of its column stands in.
  const at = (i: number): number => (deviation[i] === 0 ? i % cols : i);
  const bound = (side: number): Float64Array =>
    mean.map((_, i) => {
      const edge = mean[at(i)] + side * kept * deviation[at(i)];
      return Math.fround(Math.max(-LARGEST_FLOAT32, Math.min(LARGEST_FLOAT32, edge)));
    });
  return { low: bound(-1), high: bound(1) };
}

/**
 * Writes (x − mean) / deviation, clipped to ± `most` and rounded to the type of `out`; 0 where the deviation is 0.
 * `of[i]` is the group of row i.
 */
export function applyClipped(
  { mean, deviation }: Moments,
  { rows, cols, data }: Values,
  of: Int32Array,
  most: number,
  out: Float32Array | Float64Array,
): void {
  const factor = deviation.map((value) => (value === 0 ? 0 : 1 / value));
  for (let i = 0; i < rows; i++) {
    const own = of[i] * cols;
    for (let j = 0, at = i * cols; j < cols; j++, at++)
      out[at] = Math.max(-most, Math.min(most, (data[at] - mean[own + j]) * factor[own + j]));
  }
}
