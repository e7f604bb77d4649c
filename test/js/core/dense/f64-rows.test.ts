import { Matrix } from 'ml-matrix';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runMultiply } from '../../../../js/core/exports.js';
import {
  cholesky,
  mirror,
  multiply,
  solveTriangle,
  transpose,
  transposed,
  type Wide,
  wide,
  wideRows,
  wideValues,
} from '../../../../js/core/dense/f64-rows.js';
import type { Core } from '../../../../js/core/core.js';
import { SatnmfError } from '../../../../js/errors.js';
import { BUILDS, coreOf } from '../../../assembly/core/cores.js';
import { expectBits, expectNear, guarded } from '../../../assembly/core/memory.js';
import { combinations, uniforms, upTo } from '../../../assembly/core/values.js';

/** `length` f64 values in [−1, 1). */
function wides(seed: number, length: number): Float64Array<ArrayBuffer> {
  const next = uniforms(seed);
  return Float64Array.from({ length }, () => 2 * next() - 1);
}

/** Entry (i, j) of a product summed as the kernel promises: in order within blocks of 256, blocks in order. */
function ordered(K: number, term: (k: number) => number): number {
  let total = 0;
  for (let k0 = 0; k0 < K; k0 += 256) {
    let sum = 0;
    for (let k = k0; k < Math.min(K, k0 + 256); k++) sum += term(k);
    total = k0 === 0 ? sum : total + sum;
  }
  return total;
}

function values(core: Core, A: Wide): number[] {
  return Array.from(wideValues(core, A));
}

/** B Bᵀ + n I. */
function definite(seed: number, n: number): Matrix {
  const B = Matrix.from1DArray(n, n, Array.from(wides(seed, n * n)));
  return B.mmul(B.transpose()).add(Matrix.eye(n, n).mul(n));
}

const SIZES = [...upTo(9).slice(1), 31, 32, 33, 63, 64, 65, 129, 200];

describe.each(BUILDS)('dense (%s build)', (build) => {
  const core = coreOf(build);
  const { exports: e } = core;

  test('a product sums each entry in its order, at every edge, for every pair of orientations', () => {
    const shapes = [...combinations([1, 3, 4, 5, 8, 9], [1, 2, 4, 7, 8], [0, 1, 2, 255, 256, 257, 600])];
    shapes.push([127, 5, 3], [128, 5, 3], [129, 5, 300], [261, 9, 3]);
    for (const [M, R, K] of shapes) {
      const [a, b] = [wides(M + K, M * K), wides(R + K + 1, K * R)];
      const expected = new Float64Array(M * R);
      for (let i = 0; i < M; i++)
        for (let j = 0; j < R; j++) expected[i * R + j] = ordered(K, (k) => a[i * K + k] * b[k * R + j]);
      for (const [turnA, turnB] of combinations([0, 1], [0, 1]))
        guarded(core, (memory) => {
          const put = (x: Float64Array, rows: number, cols: number, turn: number) =>
            memory.input(
              turn === 0
                ? Float64Array.from(x)
                : Float64Array.from(x, (_, at) => x[(at % rows) * cols + Math.floor(at / rows)]),
              2,
            ).at;
          const out = memory.output(Float64Array, M * R, 2);
          const scratch = memory.scratch(e.multiplyBytes(R, K));
          const [A, B] = [put(a, M, K, turnA), put(b, K, R, turnB)];
          const strides = (cols: number, rows: number, turn: number): [number, number] =>
            turn === 0 ? [cols, 1] : [1, rows];
          const [aRow, aCol] = strides(K, M, turnA);
          const [bRow, bCol] = strides(R, K, turnB);
          const sizes = { M, R, K, alpha: 1, add: 0, lower: 0, scratch };
          runMultiply(e, { out: out.at, ldo: R, A, aRow, aCol, B, bRow, bCol, ...sizes });
          expectBits(out.values, expected, `${M} x ${R}, K = ${K}, ${turnA}${turnB}: entry`);
        });
    }
  });

  test('a product is added with its factor, block after block', () => {
    for (const [M, R, K] of combinations([4, 6], [4, 5], [0, 3, 300])) {
      const [a, b, before] = [wides(1, M * K), wides(2, K * R), wides(3, M * R)];
      guarded(core, (memory) => {
        const out = memory.inout(before);
        const scratch = memory.scratch(e.multiplyBytes(R, K));
        const [A, B] = [memory.input(a).at, memory.input(b).at];
        const sizes = { M, R, K, alpha: -0.5, add: 1, lower: 0, scratch };
        runMultiply(e, { out: out.at, ldo: R, A, aRow: K, aCol: 1, B, bRow: R, bCol: 1, ...sizes });
        const expected = before.map((start, at) => {
          const [i, j] = [Math.floor(at / R), at % R];
          for (let k0 = 0; k0 < K; k0 += 256)
            start += -0.5 * ordered(Math.min(256, K - k0), (k) => a[i * K + k0 + k] * b[(k0 + k) * R + j]);
          return start;
        });
        expectBits(out.values, expected, `${M} x ${R}, K = ${K}: entry`);
      });
    }
  });

  test('the lower half of a symmetric product, mirrored, is the product', () => {
    for (const n of SIZES)
      core.scoped(() => {
        const A = wide(core, n, 40, wides(n, n * 40));
        const [full, half] = [wide(core, n, n), wide(core, n, n)];
        multiply(core, full, A, transposed(A));
        multiply(core, half, A, transposed(A), { lower: true });
        mirror(core, half);
        expect(values(core, half)).toEqual(values(core, full));
        transpose(core, half);
        expect(values(core, half)).toEqual(values(core, full));
      });
  });

  test('a product has the same bits alone and as rows of a larger one', () => {
    core.scoped(() => {
      const [A, B] = [wide(core, 150, 70, wides(1, 150 * 70)), wide(core, 70, 33, wides(2, 70 * 33))];
      const all = wide(core, 150, 33);
      multiply(core, all, A, B);
      for (const [first, count] of [
        [0, 1],
        [3, 5],
        [149, 1],
        [100, 50],
      ]) {
        const part = wide(core, count, 33);
        multiply(core, part, wideRows(A, first, count), B);
        expect(values(core, part)).toEqual(values(core, wideRows(all, first, count)));
      }
    });
  });

  test('agrees with ml-matrix: Cholesky factors and solutions, at every edge of the blocks', () => {
    for (const n of SIZES)
      core.scoped(() => {
        const given = definite(n, n);
        const A = wide(core, n, n, given.to1DArray());
        // What is above the diagonal is not read.
        for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) wideValues(core, A)[i * n + j] = NaN;
        cholesky(core, A);
        const L = Matrix.from1DArray(n, n, values(core, A));
        for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) L.set(i, j, 0);
        expectNear(L.mmul(L.transpose()).to1DArray(), given.to1DArray(), 1e-15 * n * given.max());
        for (const R of [1, 2, 5, 70]) {
          const b = Matrix.from1DArray(n, R, Array.from(wides(R, n * R)));
          const X = wide(core, n, R, b.to1DArray());
          solveTriangle(core, A, X, 'L');
          expectNear(L.mmul(Matrix.from1DArray(n, R, values(core, X))).to1DArray(), b.to1DArray(), 1e-13);
          solveTriangle(core, A, X, 'Lᵀ');
          expectNear(given.mmul(Matrix.from1DArray(n, R, values(core, X))).to1DArray(), b.to1DArray(), 1e-13);
        }
      });
  });

  test('a matrix that is not positive definite is refused, with the row that shows it', () => {
    const refused = (n: number, change: (A: Matrix) => void): SatnmfError => {
      const given = definite(3, n);
      change(given);
      return core.scoped(() => {
        try {
          cholesky(core, wide(core, n, n, given.to1DArray()), 'This one');
        } catch (error) {
          return error as SatnmfError;
        }
        throw new Error('it was not refused');
      });
    };
    for (const [n, row] of [
      [1, 0],
      [5, 4],
      [64, 63],
      [65, 64],
      [130, 70],
    ]) {
      for (const pivot of [-1, -1e9, NaN, Infinity]) {
        const error = refused(n, (A) => A.set(row, row, pivot));
        expect(error).toBeInstanceOf(SatnmfError);
        expect(error).toMatchObject({ code: 'bad-argument', row });
        expect(error.message).toMatch(`This one must be positive definite, its pivot in row ${row} of ${n}`);
      }
      expect(refused(n, (A) => A.mul(0))).toMatchObject({ row: 0 });
    }
  });

  test('the guards of Cholesky and of the solves stay whole', () => {
    for (const n of [1, 5, 63, 64, 65, 130])
      guarded(core, (memory) => {
        const A = memory.inout(Float64Array.from(definite(1, n).to1DArray()));
        const B = memory.inout(wides(2, n * 3));
        expect(e.cholesky(A.at, n, memory.scratch(e.multiplyBytes(64, n)))).toBe(-1);
        for (const side of [0, 1])
          e.solveTriangle(B.at, 3, A.at, n, 3, side, memory.scratch(e.multiplyBytes(3, n)));
      });
  });

  test('solving undoes multiplying, for any well-conditioned triangle', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 90 }),
        fc.integer({ min: 1, max: 9 }),
        fc.nat(1000),
        (n, R, seed) =>
          core.scoped(() => {
            const x = wides(seed, n * R);
            const entries = wides(seed + 1, n * n).map((v, at) => {
              const [i, j] = [Math.floor(at / n), at % n];
              return i === j ? 2 + v : j < i ? v / n : 0;
            });
            const L = wide(core, n, n, entries);
            for (const side of ['L', 'Lᵀ'] as const) {
              const B = wide(core, n, R);
              multiply(core, B, side === 'L' ? L : transposed(L), wide(core, n, R, x));
              solveTriangle(core, L, B, side);
              expectNear(values(core, B), x, 1e-13);
            }
          }),
      ),
      { numRuns: 60, seed: 7 },
    );
  });
});
