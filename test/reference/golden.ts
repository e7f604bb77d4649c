/**
 * golden: reads the stored numbers of `test/golden/` and measures the distance to them.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { type Dense, dense } from './kernels/dense.js';

/** A matrix as the golden files store it. */
export interface StoredMatrix {
  readonly rows: number;
  readonly cols: number;
  readonly data: readonly number[];
}

/** Parses `test/golden/<name>.json`. */
export function readGolden<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../golden/${name}.json`, import.meta.url), 'utf8')) as T;
}

export function stored({ rows, cols, data }: StoredMatrix): Dense {
  return dense(rows, cols, data);
}

/** max |actual - expected| / max |expected| over two equally long lists; 0 for equal lists of zeros. */
export function distance(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length)
    throw new RangeError(`lengths differ: ${actual.length} and ${expected.length}`);
  let far = 0;
  let size = 0;
  for (let i = 0; i < expected.length; i++) {
    const gap = Math.abs(actual[i] - expected[i]);
    if (Number.isNaN(gap)) return Infinity;
    far = Math.max(far, gap);
    size = Math.max(size, Math.abs(expected[i]));
  }
  return far === 0 ? 0 : far / size;
}

/** The distance of a matrix to a stored one, whose shape it must have. */
export function matrixDistance(actual: Dense, expected: StoredMatrix): number {
  if (actual.rows !== expected.rows || actual.cols !== expected.cols)
    throw new RangeError(
      `shapes differ: ${actual.rows} x ${actual.cols} and ${expected.rows} x ${expected.cols}`,
    );
  return distance(actual.data, expected.data);
}

/** What a factor may be off after so many iterations in float64 (method.md, Tolerances of the tests). */
export function factorTolerance(iterations: number): number {
  return iterations <= 1 ? 1e-12 : iterations <= 10 ? 1e-10 : 1e-7;
}
