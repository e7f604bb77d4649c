import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Dense, column, columnSquares, dense, fromRows, multiply, put } from './dense.js';
import { nnls, nnlsColumns, nnlsSlopes } from './nnls.js';
import { rng, uniformMatrix } from './random.js';

const squares = (x: Float64Array): number => x.reduce((sum, value) => sum + value * value, 0);

/** A random U (d x r) and x (d): entries of both signs, sparse, duplicated or zero columns among them. */
function draw(seed: number, d: number, r: number): { U: Dense; x: Float64Array } {
  const random = rng(seed, 7);
  const signed = random.below(2) === 0;
  const U = uniformMatrix(random, d, r);
  const x = Float64Array.from({ length: d }, () => random.uniform64());
  if (signed) {
    U.data.forEach((value, i) => (U.data[i] = value - 0.5));
    x.forEach((value, i) => (x[i] = value - 0.3));
  }
  if (random.below(3) === 0) U.data.forEach((value, i) => (U.data[i] = random.below(2) === 0 ? 0 : value));
  if (r > 1 && random.below(3) === 0) for (let i = 0; i < d; i++) put(U, i, 1, 2 * U.data[i * r]);
  if (random.below(5) === 0) for (let i = 0; i < d; i++) put(U, i, 0, 0);
  return { U, x };
}

describe('nnls', () => {
  it('satisfies the optimality conditions on 1500 random problems, wide and dependent ones among them', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e9 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 8 }),
        (seed, d, r) => {
          const { U, x } = draw(seed, d, r);
          const v = nnls(U, x);
          const slopes = nnlsSlopes(U, x, v);
          const lengths = columnSquares(U).map((s) => Math.sqrt(s * squares(x)));
          for (let k = 0; k < r; k++) {
            expect(v[k]).toBeGreaterThanOrEqual(0);
            expect(slopes[k]).toBeLessThanOrEqual(1e-12 * lengths[k]);
            if (v[k] > 0) expect(Math.abs(slopes[k])).toBeLessThanOrEqual(1e-12 * lengths[k]);
          }
        },
      ),
      { numRuns: 1500, seed: 20190501 },
    );
  });

  it('projects exactly on orthogonal columns', () => {
    const U = fromRows([
      [2, 0],
      [0, 1],
      [0, 0],
    ]);
    expect([...nnls(U, Float64Array.of(3, -1, 5))]).toEqual([1.5, 0]);
  });

  it('finds the codes of points that lie in the cone', () => {
    const random = rng(8, 7);
    const U = uniformMatrix(random, 9, 4);
    const V = uniformMatrix(random, 4, 6);
    put(V, 2, 3, 0);
    const found = nnlsColumns(U, multiply(U, V));
    found.data.forEach((value, i) => expect(value).toBeCloseTo(V.data[i], 12));
    expect(column(found, 3)[2]).toBeLessThan(1e-12);
  });

  it('gives zeros for a zero sample and a zero dictionary', () => {
    expect([...nnls(uniformMatrix(rng(1, 7), 5, 3), new Float64Array(5))]).toEqual([0, 0, 0]);
    expect([...nnls(dense(5, 3), new Float64Array(5).fill(1))]).toEqual([0, 0, 0]);
  });
});
