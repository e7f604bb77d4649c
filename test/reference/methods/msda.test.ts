import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dense, tabulate } from '../kernels/dense.js';
import { matrixDistance, readGolden, stored, type StoredMatrix } from '../golden.js';
import { averageLoss, denoisingMap, stacked } from './msda.js';

interface Case {
  readonly X: StoredMatrix;
  readonly p: number;
  readonly ridge: number;
  readonly W: StoredMatrix;
  readonly layers2: StoredMatrix;
}

const { cases } = readGolden<{ cases: readonly Case[] }>('msda');

describe('the twin of mSDA', () => {
  test.each(cases.map((one, t) => [t, one] as const))('reproduces case %i of the golden file', (_, one) => {
    const X = stored(one.X);
    expect(matrixDistance(denoisingMap(X, one.p, one.ridge), one.W)).toBeLessThan(1e-10);
    expect(matrixDistance(stacked(X, one.p, one.ridge, 2), one.layers2)).toBeLessThan(1e-10);
  });

  test('is the minimum of the loss averaged over all corruptions, counted one by one', () => {
    const values = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 6 }),
        fc.double({ min: 0.05, max: 0.95, noNaN: true }),
        fc.array(values, { minLength: 60, maxLength: 60 }),
        (d, N, p, pool) => {
          const ridge = 1e-3;
          const X = dense(d, N, pool.slice(0, d * N));
          const W = denoisingMap(X, p, ridge);
          const least = averageLoss(X, W, p, ridge);
          for (let t = 0; t < 4; t++) {
            const other = tabulate(
              d,
              d + 1,
              (i, j) => W.data[i * (d + 1) + j] + 1e-3 * (pool[(7 * t + 5 * i + j) % 60] - 0.5),
            );
            expect(averageLoss(X, other, p, ridge)).toBeGreaterThanOrEqual(least - 1e-12);
          }
        },
      ),
      { numRuns: 60, seed: 3 },
    );
  });
});
