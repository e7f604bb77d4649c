import { describe, expect, it } from 'vitest';
import { diagonal, frobenius, multiply, trace, transpose } from './dense.js';
import { type StoredMatrix, distance, matrixDistance, readGolden, stored } from '../golden.js';
import {
  type Mmd,
  mmdDiagonal,
  mmdDiagonalBound,
  mmdMatrix,
  mmdProducts,
  mmdRows,
  mmdTrace,
  splitSigns,
} from './mmd.js';
import { rng, uniformMatrix } from './random.js';

interface GoldenMmd {
  cases: {
    tag: string;
    ys: number[];
    yt: number[];
    c: number;
    alpha: number;
    M: StoredMatrix;
    V: StoredMatrix;
    VMp: StoredMatrix;
    VMm: StoredMatrix;
    trace: number;
    diagM: number[];
  }[];
}

/** A discrepancy with random sizes, unlabelled samples and missing classes among them. */
function randomMmd(seed: number): Mmd {
  const random = rng(seed, 7);
  const c = 1 + random.below(4);
  const labels = (size: number): number[] => Array.from({ length: size }, () => random.below(c + 1) - 1);
  return {
    ys: labels(1 + random.below(8)),
    yt: labels(1 + random.below(8)),
    c,
    alpha: 3 * random.uniform64(),
  };
}

describe('mmd', () => {
  const golden = readGolden<GoldenMmd>('mmd');

  it.each(golden.cases.map((c) => [c.tag, c] as const))(
    '%s: the explicit matrix is the stored one',
    (_, c) => {
      const M = mmdMatrix(c);
      const V = stored(c.V);
      const { plus, minus } = splitSigns(M);
      expect(matrixDistance(M, c.M)).toBeLessThanOrEqual(1e-12);
      expect(matrixDistance(multiply(V, plus), c.VMp)).toBeLessThanOrEqual(1e-12);
      expect(matrixDistance(multiply(V, minus), c.VMm)).toBeLessThanOrEqual(1e-12);
      expect(distance([trace(multiply(multiply(V, M), transpose(V)))], [c.trace])).toBeLessThanOrEqual(1e-12);
      expect(distance(diagonal(M), c.diagM)).toBeLessThanOrEqual(1e-12);
    },
  );

  it.each(golden.cases.map((c) => [c.tag, c] as const))(
    '%s: the class means give the stored numbers',
    (_, c) => {
      const V = stored(c.V);
      const { plus, minus } = mmdProducts(V, c);
      expect(matrixDistance(plus, c.VMp)).toBeLessThanOrEqual(1e-12);
      expect(matrixDistance(minus, c.VMm)).toBeLessThanOrEqual(1e-12);
      expect(distance([mmdTrace(V, c)], [c.trace])).toBeLessThanOrEqual(1e-12);
      expect(distance(mmdDiagonal(c), c.diagM)).toBeLessThanOrEqual(1e-12);
    },
  );

  it('computes by means what the matrix gives, on 300 random labellings', () => {
    for (let seed = 0; seed < 300; seed++) {
      const mmd = randomMmd(seed);
      const V = uniformMatrix(rng(seed, 23), 3, mmd.ys.length + mmd.yt.length);
      const M = mmdMatrix(mmd);
      const signs = splitSigns(M);
      const { plus, minus } = mmdProducts(V, mmd);
      expect(distance(plus.data, multiply(V, signs.plus).data)).toBeLessThanOrEqual(1e-13);
      expect(distance(minus.data, multiply(V, signs.minus).data)).toBeLessThanOrEqual(1e-13);
      expect(distance(mmdDiagonal(mmd), diagonal(M))).toBeLessThanOrEqual(1e-13);
      const rows = diagonal(multiply(multiply(V, M), transpose(V)));
      mmdRows(V, mmd).forEach((value, k) => {
        expect(value).toBeGreaterThanOrEqual(0);
        expect(Math.abs(value - rows[k])).toBeLessThanOrEqual(1e-13 * frobenius(M) * frobenius(V) ** 2);
      });
    }
  });

  it('bounds M by a diagonal: v M v^T <= v diag(m) v^T', () => {
    for (let seed = 0; seed < 300; seed++) {
      const mmd = randomMmd(seed);
      const N = mmd.ys.length + mmd.yt.length;
      const random = rng(seed, 39);
      const v = { rows: 1, cols: N, data: Float64Array.from({ length: N }, () => random.normal()) };
      const bound = mmdDiagonalBound(mmd).reduce((sum, m, j) => sum + m * v.data[j] ** 2, 0);
      expect(mmdTrace(v, mmd)).toBeLessThanOrEqual(bound * (1 + 1e-13));
    }
  });

  it('keeps unlabelled samples in the marginal part only', () => {
    const mmd: Mmd = { ys: [0, -1], yt: [0, 0], c: 1, alpha: 2 };
    expect([...mmdDiagonal(mmd)]).toEqual([1 / 4 + 2, 1 / 4, 1 / 4 + 2 / 4, 1 / 4 + 2 / 4]);
  });

  it('is zero when one corpus is empty', () => {
    const mmd: Mmd = { ys: [0, 1], yt: [], c: 2, alpha: 1 };
    expect([...mmdMatrix(mmd).data]).toEqual([0, 0, 0, 0]);
  });
});
