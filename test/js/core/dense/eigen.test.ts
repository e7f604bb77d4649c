import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { describe, expect, test } from 'vitest';
import type { Core } from '../../../../js/core/core.js';
import { type Wide, wide, wideBytes, wideValues } from '../../../../js/core/dense/f64-rows.js';
import {
  type End,
  eigenBytes,
  generalizedEigen,
  generalizedEigenBytes,
  symmetricEigen,
} from '../../../../js/core/dense/eigen.js';
import { SatnmfError } from '../../../../js/errors.js';
import { BUILDS, coreOf } from '../../../assembly/core/cores.js';
import { expectNear, guarded } from '../../../assembly/core/memory.js';
import { uniforms } from '../../../assembly/core/values.js';

type Entry = (i: number, j: number) => number;

function tabulated(n: number, entry: Entry): Matrix {
  return Matrix.from1DArray(
    n,
    n,
    Array.from({ length: n * n }, (_, at) => entry(Math.floor(at / n), at % n)),
  );
}

function symmetric(seed: number, n: number): Matrix {
  const next = uniforms(seed);
  const A = tabulated(n, () => 2 * next() - 1);
  return A.add(A.transpose());
}

/** Q diag(values) Qᵀ for a random orthogonal Q. */
function withSpectrum(seed: number, values: readonly number[]): Matrix {
  const n = values.length;
  let A = Matrix.diag([...values]);
  const next = uniforms(seed);
  for (let t = 0; t < 3; t++) {
    const v = Matrix.columnVector(Array.from({ length: n }, () => next() - 0.5));
    const H = Matrix.eye(n, n).sub(v.mmul(v.transpose()).mul(2 / v.dot(v)));
    A = H.mmul(A).mmul(H);
  }
  return A.add(A.transpose()).mul(0.5);
}

function solved(core: Core, A: Matrix, count: number, end: End): { values: Float64Array; Z: Matrix } {
  return core.scoped(() => {
    const n = A.rows;
    const { values, vectors } = symmetricEigen(core, wide(core, n, n, A.to1DArray()), count, end);
    return { values, Z: Matrix.from1DArray(count, n, Array.from(wideValues(core, vectors))) };
  });
}

function largest(A: Matrix): number {
  return Math.max(1e-300, ...A.to1DArray().map(Math.abs));
}

/** Residuals, orthonormality and signs of eigenpairs, as parts of the largest entry. */
function certify(A: Matrix, { values, Z }: { values: Float64Array; Z: Matrix }): void {
  const n = A.rows;
  const size = largest(A);
  const R = Z.mmul(A).sub(Matrix.diag([...values]).mmul(Z));
  expectNear(R.div(size).to1DArray(), new Float64Array(R.rows * n), 3e-15 * n);
  const identity = Matrix.eye(Z.rows, Z.rows).to1DArray();
  expectNear(Z.mmul(Z.transpose()).to1DArray(), identity, 1e-14 * Math.sqrt(n));
  for (const row of Z.to2DArray()) {
    const most = Math.max(...row.map(Math.abs));
    expect(row.find((value) => Math.abs(value) === most)).toBeGreaterThan(0);
  }
}

const SIZES = [1, 2, 3, 4, 5, 8, 15, 16, 17, 31, 32, 33, 34, 63, 64, 65, 97, 130];

/** Matrices that have broken eigensolvers: [name, matrix]. */
const HARD: readonly [string, Matrix][] = [
  ['zeros', Matrix.zeros(40, 40)],
  ['the identity', Matrix.eye(40, 40)],
  ['a diagonal with repeats', Matrix.diag(Array.from({ length: 41 }, (_, i) => i % 3))],
  ['all ones, one eigenvalue and 36 zeros', Matrix.ones(37, 37)],
  [
    'rank 3 of 50',
    withSpectrum(
      1,
      Array.from({ length: 50 }, (_, i) => (i < 3 ? 3 - i : 0)),
    ),
  ],
  [
    'a cluster of 20 within 1e-13',
    withSpectrum(
      2,
      Array.from({ length: 45 }, (_, i) => (i < 20 ? 1 + i * 5e-15 : 0.5)),
    ),
  ],
  [
    'two values, 30 each',
    withSpectrum(
      3,
      Array.from({ length: 60 }, (_, i) => (i < 30 ? 2 : -1)),
    ),
  ],
  [
    'a spectrum over 14 decades',
    withSpectrum(
      4,
      Array.from({ length: 43 }, (_, i) => 10 ** (-i / 3)),
    ),
  ],
  [
    "Wilkinson's, pairs that agree to the last bit",
    tabulated(41, (i, j) => (i === j ? Math.abs(i - 20) : Math.abs(i - j) === 1 ? 1 : 0)),
  ],
  ['two equal blocks', tabulated(48, (i, j) => (i < 24 === j < 24 ? 1 / (1 + (i % 24) + (j % 24)) : 0))],
  ['a graph Laplacian with five parts', tabulated(50, (i, j) => (i === j ? 9 : i % 5 === j % 5 ? -1 : 0))],
  [
    'couplings near the smallest number',
    tabulated(33, (i, j) => (i === j ? i % 4 : Math.abs(i - j) === 1 ? 1e-300 : 0)),
  ],
  [
    'a long chain of small couplings',
    tabulated(64, (i, j) => (i === j ? 1 + 1e-9 * i : Math.abs(i - j) === 1 ? 1e-14 : 0)),
  ],
  ['entries of 1e200', symmetric(5, 20).mul(1e200)],
  ['entries of 1e-200', symmetric(6, 20).mul(1e-200)],
];

describe.each(BUILDS)('eigen (%s build)', (build) => {
  const core = coreOf(build);

  test.each(['largest', 'smallest'] as const)('agrees with ml-matrix at every size: the %s', (end) => {
    for (const n of SIZES) {
      const A = symmetric(n, n);
      const all = new EigenvalueDecomposition(A, { assumeSymmetric: true }).realEigenvalues;
      all.sort((a, b) => (end === 'largest' ? b - a : a - b));
      for (const count of new Set([1, Math.ceil(n / 3), n])) {
        const found = solved(core, A, count, end);
        expectNear(found.values, all.slice(0, count), 1e-14 * n);
        certify(A, found);
      }
    }
  });

  test.each(HARD)('is certain of %s', (_, A) => {
    const size = largest(A);
    const ordinary = Matrix.mul(A, 1 / size);
    const all = new EigenvalueDecomposition(ordinary, { assumeSymmetric: true }).realEigenvalues;
    for (const end of ['largest', 'smallest'] as const) {
      all.sort((a, b) => (end === 'largest' ? b - a : a - b));
      for (const count of [1, 7, A.rows]) {
        const found = solved(core, A, count, end);
        certify(A, found);
        expectNear(
          found.values.map((v) => v / size),
          all.slice(0, count),
          1e-13,
        );
      }
    }
  });

  test('fewer of the same: the first pairs do not depend on how many are asked for', () => {
    const A = symmetric(9, 50);
    const [few, many] = [solved(core, A, 5, 'largest'), solved(core, A, 20, 'largest')];
    expect(Array.from(few.values)).toEqual(Array.from(many.values.subarray(0, 5)));
    expect(few.Z.to1DArray()).toEqual(many.Z.subMatrix(0, 4, 0, 49).to1DArray());
  });

  test('what is above the diagonal is not read', () => {
    const A = symmetric(4, 37);
    const marred = A.clone();
    for (let i = 0; i < 37; i++) for (let j = i + 1; j < 37; j++) marred.set(i, j, NaN);
    expect(solved(core, marred, 5, 'largest')).toEqual(solved(core, A, 5, 'largest'));
  });

  test('the generalised problem: residuals, B-orthonormal vectors, the quotients of Rayleigh', () => {
    for (const n of [1, 2, 5, 33, 65, 100]) {
      const A = symmetric(n, n);
      const root = symmetric(n + 1, n);
      const B = root.mmul(root).add(Matrix.eye(n, n));
      for (const end of ['largest', 'smallest'] as const)
        for (const count of new Set([1, Math.min(3, n), n]))
          core.scoped(() => {
            const [a, b] = [wide(core, n, n, A.to1DArray()), wide(core, n, n, B.to1DArray())];
            const { values, vectors } = generalizedEigen(core, a, b, count, end);
            const X = Matrix.from1DArray(count, n, Array.from(wideValues(core, vectors)));
            const R = X.mmul(A).sub(
              Matrix.diag([...values])
                .mmul(X)
                .mmul(B),
            );
            expectNear(R.to1DArray(), new Float64Array(count * n), 1e-12 * n);
            const identity = Matrix.eye(count, count).to1DArray();
            expectNear(X.mmul(B).mmul(X.transpose()).to1DArray(), identity, 1e-12);
            const sign = end === 'largest' ? 1 : -1;
            for (let k = 1; k < count; k++)
              expect(sign * (values[k - 1] - values[k])).toBeGreaterThanOrEqual(0);
          });
    }
  });

  test('takes the memory that was computed beforehand, and leaves the vectors only', () => {
    for (const [n, count] of [
      [1, 1],
      [40, 7],
      [64, 64],
      [100, 90],
    ]) {
      const eye = Matrix.eye(n, n).to1DArray();
      const left = (tight: Core, work: (A: Wide, B: Wide) => void): number =>
        tight.scoped(() => {
          const [A, B] = [wide(tight, n, n, eye), wide(tight, n, n, eye)];
          const before = tight.exports.mark();
          work(A, B);
          return tight.exports.mark() - before;
        });
      const cases: [number, (on: Core, A: Wide, B: Wide) => void][] = [
        [eigenBytes(core, n, count), (on, A) => symmetricEigen(on, A, count)],
        [generalizedEigenBytes(core, n, count), (on, A, B) => generalizedEigen(on, A, B, count)],
      ];
      for (const [bytes, work] of cases) {
        const held = core.exports.mark() + 2 * wideBytes(n, n);
        const tight = coreOf(build, held + bytes);
        expect(left(tight, (A, B) => work(tight, A, B))).toBe(wideBytes(n, count));
      }
    }
  });

  test('the guards of every step stay whole', () => {
    for (const n of [1, 2, 31, 32, 33, 65])
      guarded(core, (memory) => {
        const { e } = memory;
        const A = memory.inout(Float64Array.from(symmetric(n, n).to1DArray()));
        const [d, off, tau] = [0, 1, 2].map(() => memory.output(Float64Array, n));
        e.tridiagonalize(A.at, n, d.at, off.at, tau.at, memory.scratch(e.tridiagonalBytes(n)));
        const count = Math.ceil(n / 2);
        const values = memory.output(Float64Array, count);
        e.tridiagonalValues(values.at, count, 0, d.at, off.at, n);
        const Z = memory.output(Float64Array, count * n);
        const scratch = memory.scratch(e.vectorBytes(n));
        expect(e.tridiagonalVectors(Z.at, values.at, count, d.at, off.at, n, scratch)).toBeLessThan(1e-14);
        e.reflect(Z.at, count, A.at, n, tau.at);
      });
  });

  test('refuses counts out of range, entries that are no numbers and an indefinite right-hand matrix', () => {
    const attempt = (change: (A: Matrix, B: Matrix) => void, count = 2): unknown => {
      const [A, B] = [symmetric(1, 6), Matrix.eye(6, 6)];
      change(A, B);
      return core.scoped(() => {
        try {
          const [a, b] = [wide(core, 6, 6, A.to1DArray()), wide(core, 6, 6, B.to1DArray())];
          return generalizedEigen(core, a, b, count);
        } catch (error) {
          expect(error).toBeInstanceOf(SatnmfError);
          return error;
        }
      });
    };
    expect(attempt((A) => A.set(4, 2, NaN))).toMatchObject({ code: 'not-finite' });
    expect(attempt((A) => A.set(4, 2, Infinity))).toMatchObject({ code: 'not-finite' });
    expect(attempt((_, B) => B.set(3, 3, -1))).toMatchObject({ code: 'bad-argument', row: 3 });
    for (const count of [0, 7, 1.5, NaN])
      expect(attempt(() => undefined, count)).toMatchObject({ code: 'bad-argument', argument: 'count' });
  });
});
