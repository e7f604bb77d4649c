import { describe, expect, test } from 'vitest';
import { BUILDS, coreOf } from '../cores.js';
import { atTheEnd, expectBits, expectNear, guarded } from '../memory.js';
import { wideSum } from '../orders.js';
import { combinations, floats, upTo } from '../values.js';

const LENGTHS = [...upTo(17), 63, 64, 65, 1000, 4097];

describe.each(BUILDS)('reduce (%s build)', (build) => {
  const core = coreOf(build);
  const { exports: e } = core;

  test('dot and squaredDistance sum in their order, at every length and alignment', () => {
    for (const [n, skewX, skewY] of combinations(LENGTHS, upTo(3), upTo(3))) {
      const [x, y] = [floats(n, n, -1, 1), floats(n + 1, n, -1, 1)];
      guarded(core, (memory) => {
        const [a, b] = [memory.input(x, skewX).at, memory.input(y, skewY).at];
        expect(e.dot(a, b, n)).toBe(wideSum(n, (i) => x[i] * y[i]));
        expect(e.squaredDistance(a, b, n)).toBe(wideSum(n, (i) => (x[i] - y[i]) * (x[i] - y[i])));
      });
    }
  });

  test('a value may be its own partner', () => {
    for (const n of LENGTHS) {
      const x = floats(n, n, -1, 1);
      guarded(core, (memory) => {
        const { at } = memory.input(x);
        expect(e.dot(at, at, n)).toBe(wideSum(n, (i) => x[i] * x[i]));
        expect(e.squaredDistance(at, at, n)).toBe(0);
      });
    }
  });

  test('sums are in f64: a small term beside a large one is kept', () => {
    guarded(core, (memory) => {
      const x = memory.input(Float32Array.of(2 ** 20, 1, 2 ** -5, 0, 2 ** -6)).at;
      const ones = memory.input(Float32Array.of(2 ** 20, 1, 1, 1, 1)).at;
      expect(e.dot(x, ones, 5)).toBe(2 ** 40 + 1 + 2 ** -5 + 2 ** -6);
    });
  });

  test('columnSquares adds rows in turn, for every shape', () => {
    for (const [rows, r] of [
      ...combinations(upTo(9), upTo(9)),
      ...combinations([0, 16, 17, 300], [16, 17]),
    ]) {
      const x = floats(rows + 31 * r, rows * r, -1, 1);
      const norms = new Float64Array(r);
      for (let i = 0; i < rows; i++) for (let k = 0; k < r; k++) norms[k] += x[i * r + k] * x[i * r + k];
      guarded(core, (memory) => {
        const out = memory.output(Float64Array, r);
        e.columnSquares(out.at, memory.input(x, (rows + r) % 4).at, rows, r);
        expectBits(out.values, norms, `${rows} x ${r}: column`);
      });
    }
  });

  test('scaleColumns multiplies every column by its own factor, for every shape', () => {
    for (const [rows, r] of [
      ...combinations(upTo(9), upTo(9)),
      ...combinations([0, 16, 17, 300], [16, 17]),
    ]) {
      const x = floats(rows + 31 * r, rows * r, -1, 1);
      const scale = floats(r, r, 0, 3);
      guarded(core, (memory) => {
        const out = memory.inout(x, (rows + r) % 4);
        e.scaleColumns(out.at, memory.input(scale, r % 4).at, rows, r);
        expectBits(
          out.values,
          x.map((value, at) => value * scale[at % r]),
          `${rows} x ${r}: value`,
        );
      });
    }
  });

  test('agrees with plain f64 sums', () => {
    for (let seed = 0; seed < 50; seed++) {
      const n = 37 * seed;
      const [x, y] = [floats(seed, n, -1, 1), floats(seed + 99, n, -1, 1)];
      const sum = (term: (i: number) => number): number => upTo(n - 1).reduce((s, i) => s + term(i), 0);
      guarded(core, (memory) => {
        const [a, b] = [memory.input(x).at, memory.input(y).at];
        const got = [e.dot(a, b, n), e.squaredDistance(a, b, n)];
        const plain = [sum((i) => x[i] * y[i]), sum((i) => (x[i] - y[i]) ** 2)];
        expectNear(got, plain, n * n * 2 ** -53);
      });
    }
  });

  test('no operand is read past its end', () => {
    for (const n of upTo(9))
      atTheEnd(core, (memory) => {
        const [x, y] = [memory.input(floats(1, n)).at, memory.input(floats(2, n)).at];
        e.dot(x, y, n);
        e.squaredDistance(x, y, n);
      });
    for (const [rows, r] of combinations([1, 2], upTo(9)))
      atTheEnd(core, (memory) => {
        const x = memory.inout(floats(1, rows * r)).at;
        e.columnSquares(memory.output(Float64Array, r).at, x, rows, r);
        e.scaleColumns(x, memory.input(floats(2, r)).at, rows, r);
      });
  });
});
