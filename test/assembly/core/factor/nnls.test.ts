import { describe, expect, test } from 'vitest';
import { project } from '../../../../js/learn/factor/project.js';
import { matrix } from '../../../../js/data/matrix.js';
import {
  type Dense,
  at,
  column,
  dense,
  fromRows,
  multiply,
  transpose,
} from '../../../reference/kernels/dense.js';
import { nnls, nnlsSlopes } from '../../../reference/kernels/nnls.js';
import { BUILDS, coreOf } from '../cores.js';
import { type Memory, atTheEnd, expectBits, guarded } from '../memory.js';
import { combinations, floats, integers, uniforms, upTo } from '../values.js';

type Floats = Float32Array<ArrayBuffer>;

/** A problem in whole numbers, so that its normal equations are exact in f32. */
interface Case {
  /** d x r. */
  U: Dense;
  /** d x rows. */
  X: Dense;
}

/** Small whole numbers with a zero column, an equal pair of columns or zero rows by chance. */
function wholeCase(seed: number, d: number, r: number, rows: number): Case {
  const next = uniforms(seed);
  const U = dense(d, r, integers(seed, d * r, 8));
  const X = dense(d, rows, integers(seed + 1, d * rows, 16));
  const overwrite = (A: Dense, j: number, entry: (i: number) => number): void => {
    for (let i = 0; i < d; i++) A.data[i * A.cols + j] = entry(i);
  };
  if (r > 1 && next() < 0.4) overwrite(U, r - 1, (i) => at(U, i, 0));
  if (r > 2 && next() < 0.4) overwrite(U, 1, () => 0);
  for (let j = 0; j < rows; j++) if (next() < 0.2) overwrite(X, j, () => 0);
  return { U, X };
}

/** The codes of every column of X, as rows, and how many did not converge. */
function solve(
  memory: Memory,
  { U, X }: Case,
  tolerance: number,
  sweeps: number,
): { codes: Floats; open: number } {
  const [rows, r] = [X.cols, U.cols];
  const Ut = transpose(U);
  const [P, G] = [multiply(transpose(X), U), multiply(Ut, U)].map(
    ({ data }) => memory.input(Float32Array.from(data)).at,
  );
  const codes = memory.output(Float32Array, rows * r);
  const scratch = memory.scratch(8 * (r * r + 2 * r));
  const open = memory.e.nonNegative(codes.at, P, G, rows, r, tolerance, sweeps, scratch);
  return { codes: codes.values, open };
}

/** |x − U v|². */
function misfit(U: Dense, x: Float64Array, v: ArrayLike<number>): number {
  return x.reduce((sum, value, i) => {
    for (let k = 0; k < U.cols; k++) value -= at(U, i, k) * v[k];
    return sum + value * value;
  }, 0);
}

/**
 * Checks one row of codes: non-negative, as good as those of the active-set twin, and stationary.
 * Tolerances are relative to |x|² and |u_k||x|.
 */
function expectSolved(U: Dense, x: Float64Array, v: Floats, good: number, stationary: number): void {
  const size = x.reduce((sum, value) => sum + value * value, 0);
  const best = misfit(U, x, nnls(U, x));
  const got = misfit(U, x, v);
  if (!(got <= best + good * size)) throw new Error(`misfit ${got}, the twin has ${best}, |x|² is ${size}`);
  nnlsSlopes(U, x, Float64Array.from(v)).forEach((slope, k) => {
    const length = Math.sqrt(column(U, k).reduce((sum, value) => sum + value * value, 0) * size);
    if (!(v[k] >= 0)) throw new Error(`code ${k} is ${v[k]}`);
    if (!((v[k] > 0 ? Math.abs(slope) : slope) <= stationary * length))
      throw new Error(`slope ${slope} at code ${k} = ${v[k]}, |u||x| is ${length}`);
    if (length === 0 && v[k] !== 0) throw new Error(`an idle code is ${v[k]}`);
  });
}

describe.each(BUILDS)('nnls (%s build)', (build) => {
  const core = coreOf(build);

  test('is as good as the active-set twin and stationary, for every size', () => {
    let unsolved = 0;
    for (const [d, r, rows] of combinations([1, 2, 3, 5, 8, 12], upTo(9), [0, 1, 2, 9]))
      for (const round of [0, 1, 2]) {
        const item = wholeCase(d * 1000 + r * 100 + rows * 10 + round, d, r, rows);
        guarded(core, (memory) => {
          const { codes, open } = solve(memory, item, 1e-9, 100_000);
          unsolved += open;
          for (let j = 0; j < rows; j++)
            expectSolved(item.U, column(item.X, j), codes.slice(j * r, (j + 1) * r), 1e-6, 1e-5);
        });
      }
    expect(unsolved).toBe(0);
  });

  test('finds the one solution where the columns are independent', () => {
    for (let seed = 0; seed < 100; seed++) {
      const [d, r] = [12, 1 + (seed % 6)];
      const { U, X } = {
        U: dense(d, r, integers(seed, d * r, 8)),
        X: dense(d, 4, integers(seed + 7, d * 4, 16)),
      };
      guarded(core, (memory) => {
        const { codes, open } = solve(memory, { U, X }, 1e-10, 100_000);
        expect(open).toBe(0);
        for (let j = 0; j < 4; j++) {
          const expected = nnls(U, column(X, j));
          const largest = expected.reduce((a, b) => Math.max(a, b), 0);
          expected.forEach((value, k) =>
            expect(Math.abs(codes[j * r + k] - value)).toBeLessThanOrEqual(1e-6 * largest),
          );
        }
      });
    }
  });

  test('a column of zeros gets the code 0, equal columns share, a row of zeros has zero codes', () => {
    const U = fromRows([
      [1, 0, 1, 0],
      [2, 0, 2, 1],
      [0, 0, 0, 3],
    ]);
    const X = fromRows([
      [3, 0],
      [7, 0],
      [3, 0],
    ]);
    guarded(core, (memory) => {
      const { codes, open } = solve(memory, { U, X }, 1e-9, 1000);
      expect(open).toBe(0);
      expect(codes[1]).toBe(0);
      expect(codes[0] + codes[2]).toBeCloseTo(3, 5);
      expect(codes[3]).toBeCloseTo(1, 5);
      expect([...codes.slice(4)]).toEqual([0, 0, 0, 0]);
    });
  });

  test('a dictionary of zeros gives zero codes', () => {
    guarded(core, (memory) => {
      const { codes, open } = solve(memory, { U: dense(3, 5), X: dense(3, 2, [1, 2, 3, 4, 5, 6]) }, 1e-6, 10);
      expect(open).toBe(0);
      expectBits(codes, new Float32Array(10));
    });
  });

  test('counts the rows that the sweeps did not bring to an end', () => {
    const item = wholeCase(4, 8, 5, 9);
    guarded(core, (memory) => {
      expect(solve(memory, item, 1e-9, 0).open).toBe(9);
      const opens = [1, 3, 10, 100_000].map((sweeps) => solve(memory, item, 1e-9, sweeps).open);
      expect([...opens].sort((a, b) => b - a)).toEqual(opens);
      expect(opens[0]).toBeGreaterThan(0);
      expect(opens[3]).toBe(0);
    });
  });

  test('a row has the same bits alone as in a batch', () => {
    for (const r of upTo(9)) {
      const item = wholeCase(r, 10, r, 9);
      const all = guarded(core, (memory) => solve(memory, item, 1e-9, 50).codes);
      for (let j = 0; j < 9; j++) {
        const alone = { U: item.U, X: dense(10, 1, column(item.X, j)) };
        const { codes } = guarded(core, (memory) => solve(memory, alone, 1e-9, 50));
        expectBits(codes, all.slice(j * r, (j + 1) * r));
      }
    }
  });

  test('no operand is read past its end', () => {
    for (const r of upTo(9))
      atTheEnd(core, (memory) => {
        solve(memory, wholeCase(r, 4, r, 3), 1e-6, 20);
      });
  });

  test('project solves the features’ own problem, the same alone and across chunks', () => {
    const [d, r] = [40, 7];
    const U = floats(1, d * r);
    const features = floats(2, 513 * d);
    const { codes, open } = project(core, matrix(513, d, features), U, r);
    expect(open).toBe(0);
    for (const rows of [0, 1, 255, 256, 257]) {
      const part = project(core, matrix(rows, d, features.slice(0, rows * d)), U, r);
      expectBits(part.codes.data as Floats, codes.data.slice(0, rows * r));
    }
    for (const i of [0, 255, 256, 511, 512]) {
      const x = features.slice(i * d, (i + 1) * d);
      const v = codes.data.slice(i * r, (i + 1) * r);
      expectBits(project(core, matrix(1, d, x), U, r).codes.data as Floats, v);
      expectSolved(dense(d, r, U), Float64Array.from(x), v, 1e-6, 1e-5);
    }
  });

  test('project says which rows a nearly dependent dictionary leaves open, and stays close there', () => {
    const [d, r] = [60, 8];
    const base = floats(3, d);
    const noise = floats(4, d * r);
    let left = 0;
    for (const spread of [1, 0.1, 0.01, 1e-3, 1e-5, 0]) {
      const U = noise.map((x, entry) => base[Math.floor(entry / r)] + spread * x);
      const wide = dense(d, r, U);
      for (let seed = 100; seed < 120; seed++) {
        const features = floats(seed, d);
        const { codes, open } = project(core, matrix(1, d, features), U, r);
        expect(codes.data.every((value) => value >= 0 && value < Infinity)).toBe(true);
        const x = Float64Array.from(features);
        const size = x.reduce((sum, value) => sum + value * value, 0);
        const excess = misfit(wide, x, codes.data) - misfit(wide, x, nnls(wide, x));
        // Measured: 1.3e-6 where done (products are rounded to f32), 2e-4 where the sweeps ran out.
        expect(excess).toBeLessThan((open > 0 ? 3e-4 : 2e-6) * size);
        left += open;
      }
    }
    expect(left).toBeGreaterThan(0);
  });
});
