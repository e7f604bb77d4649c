import { Matrix } from 'ml-matrix';
import { describe, expect, test } from 'vitest';
import type { Core } from '../../../../js/core/core.js';
import { type Wide, wide, wideBytes, wideValues } from '../../../../js/core/dense/f64-rows.js';
import {
  choleskyFromBelow,
  lowerOfUpperTimes,
  reverse,
  solveForUpper,
  squareOfLower,
  timesUpper,
  triangularBytes,
} from '../../../../js/core/dense/triangular.js';
import { SatnmfError } from '../../../../js/errors.js';
import { BUILDS, coreOf } from '../../../assembly/core/cores.js';
import { uniforms } from '../../../assembly/core/values.js';

/** Around one block and two. */
const SIZES = [1, 2, 5, 128, 129, 260];

function tabulated(n: number, entry: (i: number, j: number) => number): Matrix {
  return Matrix.from1DArray(
    n,
    n,
    Array.from({ length: n * n }, (_, at) => entry(Math.floor(at / n), at % n)),
  );
}

function random(seed: number, n: number): Matrix {
  const next = uniforms(seed);
  return tabulated(n, () => 2 * next() - 1);
}

/** Upper triangular, with a diagonal that does not make its inverse large. */
function upper(seed: number, n: number): Matrix {
  const A = random(seed, n);
  return tabulated(n, (i, j) => (j < i ? 0 : j === i ? 2 + A.get(i, i) : A.get(i, j) / n));
}

const lowerOf = (A: Matrix): Matrix => tabulated(A.rows, (i, j) => (j <= i ? A.get(i, j) : 0));

const put = (core: Core, A: Matrix): Wide => wide(core, A.rows, A.columns, A.to1DArray());

function taken(core: Core, A: Wide): Matrix {
  return Matrix.from1DArray(A.rows, A.cols, Array.from(wideValues(core, A)));
}

/** Largest difference as a part of the largest entry. */
function apart(found: Matrix, expected: Matrix): number {
  const size = Math.max(...expected.to1DArray().map(Math.abs));
  return Math.max(...Matrix.sub(found, expected).to1DArray().map(Math.abs)) / size;
}

describe.each(BUILDS)('triangular matrices (%s build)', (build) => {
  const core = coreOf(build);

  test.each(SIZES)('are factors from below: A = R Rᵀ, and reversed those of Cholesky, n = %i', (n) => {
    core.scoped(() => {
      const R = upper(n, n);
      const A = R.mmul(R.transpose());
      const found = put(
        core,
        tabulated(n, (i, j) => (j <= i ? A.get(i, j) : NaN)),
      );
      choleskyFromBelow(core, found, 'A');
      expect(apart(taken(core, found), R)).toBeLessThan(1e-12);
      reverse(core, found);
      expect(
        apart(
          taken(core, found),
          tabulated(n, (i, j) => R.get(n - 1 - i, n - 1 - j)),
        ),
      ).toBeLessThan(1e-12);
    });
  });

  test.each(SIZES)('are multiplied and solved for as full ones are, n = %i', (n) => {
    core.scoped(() => {
      const [A, R, L] = [random(1, n), upper(2, n), upper(3, n).transpose()];
      const [given, right, left] = [put(core, A), put(core, R), put(core, L)];
      const out = wide(core, n, n, new Array<number>(n * n).fill(NaN));
      timesUpper(core, out, given, right);
      expect(apart(taken(core, out), A.mmul(R))).toBeLessThan(1e-13);
      lowerOfUpperTimes(core, out, right, given);
      expect(apart(lowerOf(taken(core, out)), lowerOf(R.transpose().mmul(A)))).toBeLessThan(1e-13);
      solveForUpper(core, out, left, right);
      const W = taken(core, out);
      expect(W).toEqual(lowerOf(W));
      expect(apart(L.mmul(W), R.transpose())).toBeLessThan(1e-13);
      const square = wide(core, n, n, new Array<number>(n * n).fill(NaN));
      squareOfLower(core, square, out);
      expect(apart(lowerOf(taken(core, square)), lowerOf(W.mmul(W.transpose())))).toBeLessThan(1e-13);
    });
  });

  test('take no more memory than is said', () => {
    const own = coreOf(build);
    const n = 300;
    own.reserve(3 * wideBytes(n, n) + triangularBytes(own, n), 'This test');
    const held = own.memoryBytes;
    own.scoped(() => {
      const [A, R, out] = [put(own, upper(4, n).transpose()), put(own, Matrix.eye(n, n)), wide(own, n, n)];
      choleskyFromBelow(own, R, 'I');
      timesUpper(own, out, A, R);
      lowerOfUpperTimes(own, out, R, A);
      solveForUpper(own, out, A, R);
      squareOfLower(own, R, out);
    });
    expect(own.memoryBytes).toBe(held);
  });

  test('do not come from a matrix that is not positive definite', () => {
    const indefinite = Matrix.diag([1, -1, 1]);
    expect(() => core.scoped(() => choleskyFromBelow(core, put(core, indefinite), 'This one'))).toThrow(
      SatnmfError,
    );
  });
});
