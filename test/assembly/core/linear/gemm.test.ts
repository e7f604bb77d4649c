import { describe, expect, test } from 'vitest';
import { gemm } from '../../../../js/core/dense/gemm.js';
import { SMALL_COLUMNS, SMALL_PANELS, SMALL_ROWS } from '../../../../js/core/exports.js';
import { dense, transpose } from '../../../reference/kernels/dense.js';
import { gemmNT } from '../../../reference/kernels/gemm.js';
import { BUILDS, coreOf } from '../cores.js';
import { type Memory, POISON, atTheEnd, expectBits, expectNear, guarded } from '../memory.js';
import { KC, product } from '../orders.js';
import { combinations, floats, integers, upTo } from '../values.js';

type Floats = Float32Array<ArrayBuffer>;

const FORMS = [SMALL_ROWS, SMALL_COLUMNS, SMALL_PANELS];
/** 0 … 2·4 + 1, and both sides of one and of two blocks of the summation index. */
const DEPTHS = [...upTo(9), 255, 256, 257, 511, 512, 513];

/** rows x cols of values laid out with `ld` values a row, poison between the rows. */
function spread(values: Floats, rows: number, cols: number, ld: number): Floats {
  const out = new Float32Array(new Uint32Array(rows * ld).fill(POISON).buffer);
  for (let i = 0; i < rows; i++) out.set(values.subarray(i * cols, (i + 1) * cols), i * ld);
  return out;
}

/** The top left rows x cols of a matrix with `from` columns. */
function corner(values: Floats, from: number, rows: number, cols: number): Floats {
  const out = new Float32Array(rows * cols);
  for (let i = 0; i < rows; i++) out.set(values.subarray(i * from, i * from + cols), i * cols);
  return out;
}

function turned(values: Floats, rows: number, cols: number): Floats {
  const out = new Float32Array(rows * cols);
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) out[j * rows + i] = values[i * cols + j];
  return out;
}

/** Panels of an M x K operand as assembly/core/linear/gemm.ts describes them. */
function panelsOf(values: Floats, M: number, K: number): Floats {
  const out = new Float32Array(Math.ceil(M / 8) * K * 8);
  for (let m = 0; m < M; m++)
    for (let k = 0; k < K; k++) {
      const k0 = k - (k % KC);
      const panel = k0 * Math.ceil(M / 8) + Math.floor(m / 8) * Math.min(K - k0, KC);
      out[(panel + k - k0) * 8 + (m % 8)] = values[m * K + k];
    }
  return out;
}

interface Call {
  M: number;
  R: number;
  K: number;
  form: number;
  symmetric?: boolean;
  /** Words off the alignment, and values more than needed a row. */
  skew?: number;
  gap?: number;
}

/**
 * Runs A (M x K) times each of `Bs` (K x R) as one call of several parts, with gaps between rows and
 * parts; returns the products, after checking that nothing was written between their rows.
 */
function multiply(memory: Memory, A: Floats, Bs: readonly Floats[], call: Call): Floats[] {
  const { M, R, K, form, symmetric = false, skew = 0, gap = 0 } = call;
  const { e } = memory;
  const panels = memory.input(panelsOf(A, M, K)).at;
  const smallRows = form === SMALL_ROWS ? K : R;
  const smallCols = form === SMALL_ROWS ? R : K;
  const lds = smallCols + gap;
  const smalls = Bs.map((B) => {
    const small = form === SMALL_ROWS ? B : turned(B, K, R);
    return form === SMALL_PANELS ? panelsOf(small, R, K) : spread(small, smallRows, smallCols, lds);
  });
  // Parts lie apart by their length and five words more (16 bytes more for panels, which are aligned).
  const apart = smalls[0].length + (form === SMALL_PANELS ? 4 : 5);
  const joined = new Float32Array(new Uint32Array(apart * smalls.length).fill(POISON).buffer);
  smalls.forEach((small, part) => joined.set(small, part * apart));
  const small = memory.input(joined, form === SMALL_PANELS ? 0 : skew).at;
  const ldo = R + gap;
  const outPart = M * ldo + 3;
  const out = memory.inout(new Float32Array(new Uint32Array(outPart * Bs.length).fill(POISON).buffer), skew);
  const scratch = memory.scratch(e.splatBytes(R, K, Bs.length));
  const parts = { parts: Bs.length, outPart: outPart * 4, smallPart: apart * 4 };
  const sizes = { M, R, K, ldo, lds, form, symmetric: symmetric ? 1 : 0 };
  gemm(e, { out: out.at, panels, small, ...sizes, ...parts, scratch });
  const { values } = out;
  const words = new Uint32Array(values.buffer);
  return Bs.map((_, part) => {
    const at = part * outPart;
    for (let w = 0; w < outPart; w++)
      if (words[at + w] !== POISON && (w >= M * ldo || w % ldo >= R))
        throw new Error(`word ${w} of part ${part} is between the rows and was written`);
    return corner(values.subarray(at, at + M * ldo), ldo, M, R);
  });
}

/** The symmetric result: the lower triangle, mirrored. */
function mirrored(values: Floats, n: number): Floats {
  return values.map((value, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    return j > i ? values[j * n + i] : value;
  });
}

describe.each(BUILDS)('gemm (%s build)', (build) => {
  const core = coreOf(build);
  const { exports: e } = core;

  test('packRows lays out every size with any row length and alignment, zeros past the last row', () => {
    for (const [M, K] of combinations(upTo(17), DEPTHS)) {
      const A = floats(M + 31 * K, M * K, -1, 1);
      const gap = (M + K) % 4;
      guarded(core, (memory) => {
        const source = memory.input(spread(A, M, K, K + gap), (M + 3 * K) % 4);
        const panels = memory.output(Float32Array, e.panelBytes(M, K) / 4);
        e.packRows(panels.at, source.at, K + gap, M, K);
        expectBits(panels.values, panelsOf(A, M, K), `packRows ${M} x ${K}: value`);
      });
    }
  });

  test('packSome lays out every size in pieces of whole panels', () => {
    for (const [M, K] of combinations(upTo(33), DEPTHS)) {
      const A = floats(M + 41 * K, M * K, -1, 1);
      const cuts = [...new Set([0, Math.min(8, M), Math.min(24, M), M])];
      guarded(core, (memory) => {
        const source = memory.input(A, (M + K) % 4);
        const panels = memory.output(Float32Array, e.panelBytes(M, K) / 4);
        for (let i = cuts.length - 2; i >= 0; i--)
          e.packSome(panels.at, source.at + cuts[i] * K * 4, K, M, K, cuts[i], cuts[i + 1] - cuts[i]);
        expectBits(panels.values, panelsOf(A, M, K), `packSome ${M} x ${K}: value`);
      });
    }
  });

  test('packColumns lays out every size, in pieces too, with any row length and alignment', () => {
    for (const [M, K] of combinations(upTo(17), DEPTHS)) {
      const B = floats(M + 37 * K, M * K, -1, 1);
      const gap = (M + K) % 4;
      const cuts = [...new Set([0, Math.min(1, K), Math.floor(K / 2), K])];
      guarded(core, (memory) => {
        const source = memory.input(spread(B, K, M, M + gap), (3 * M + K) % 4);
        const panels = memory.output(Float32Array, e.panelBytes(M, K) / 4);
        for (let i = cuts.length - 2; i >= 0; i--)
          e.packColumns(
            panels.at,
            source.at + cuts[i] * (M + gap) * 4,
            M + gap,
            M,
            K,
            cuts[i],
            cuts[i + 1] - cuts[i],
          );
        expectBits(panels.values, panelsOf(turned(B, K, M), M, K), `packColumns ${M} x ${K}: value`);
      });
    }
  });

  test('panelBytes and splatBytes are the sizes that their layouts take', () => {
    for (const [M, K] of combinations(upTo(17), DEPTHS)) {
      expect(e.panelBytes(M, K)).toBe(Math.ceil(M / 8) * K * 32);
      for (const parts of upTo(3))
        expect(e.splatBytes(M, K, parts)).toBe(parts * Math.ceil(M / 4) * Math.min(K, 256) * 64);
    }
  });

  test('an entry has the bits of its own sum, in a product of any size and operand form', () => {
    for (const K of DEPTHS) {
      const [A, B] = [floats(K, 17 * K, -1, 1), floats(K + 1, K * 9, -1, 1)];
      const whole = product(A, B, 17, 9, K);
      for (const [M, R, form] of combinations(upTo(17), upTo(9), FORMS))
        guarded(core, (memory) => {
          const gap = (M + R + K) % 4;
          const small = corner(B, 9, K, R);
          const call = { M, R, K, form, gap, skew: (M + 2 * R) % 4 };
          const [got] = multiply(memory, A.slice(0, M * K), [small], call);
          expectBits(got, corner(whole, 9, M, R), `${M} x ${R} x ${K}, form ${form}: entry`);
        });
    }
  });

  test('an entry has the same bits alone as in a product, and in any place of it', () => {
    const [M, R, K] = [21, 13, 300];
    const [A, B] = [floats(5, M * K, -1, 1), floats(6, K * R, -1, 1)];
    const [all] = guarded(core, (memory) => multiply(memory, A, [B], { M, R, K, form: SMALL_ROWS }));
    for (const [i, j] of combinations(upTo(M - 1), upTo(R - 1))) {
      const row = A.slice(i * K, (i + 1) * K);
      const column = Float32Array.from({ length: K }, (_, k) => B[k * R + j]);
      const [alone] = guarded(core, (memory) =>
        multiply(memory, row, [column], { M: 1, R: 1, K, form: SMALL_COLUMNS }),
      );
      expectBits(alone, all.slice(i * R + j, i * R + j + 1), `entry (${i}, ${j}) alone: value`);
    }
  });

  test('rows around the block of rows and many columns change no bit', () => {
    for (const [M, R, K] of [
      ...combinations([247, 255, 256, 257, 264, 511, 512, 513], [1, 5], [3, 257]),
      [9, 255, 7],
      [9, 256, 7],
      [9, 257, 7],
    ]) {
      const [A, B] = [floats(M, M * K, -1, 1), floats(R, K * R, -1, 1)];
      const expected = product(A, B, M, R, K);
      for (const form of FORMS)
        guarded(core, (memory) => {
          const [got] = multiply(memory, A, [B], { M, R, K, form, gap: 1 });
          expectBits(got, expected, `${M} x ${R} x ${K}, form ${form}: entry`);
        });
    }
  });

  test('wide mode changes no bit', () => {
    try {
      for (const [M, R, K] of combinations([8, 15, 16, 17, 24, 33, 257, 272], [3, 4, 9], [1, 5, 257])) {
        const [A, B] = [floats(M, M * K, -1, 1), floats(R, K * R, -1, 1)];
        const expected = product(A, B, M, R, K);
        e.widen(1);
        guarded(core, (memory) => {
          const [got] = multiply(memory, A, [B], { M, R, K, form: SMALL_ROWS, gap: 1, skew: 1 });
          expectBits(got, expected, `${M} x ${R} x ${K}: entry`);
        });
      }
      for (const n of [17, 33, 40]) {
        const A = floats(n, n * 260, -1, 1);
        const whole = mirrored(product(A, turned(A, n, 260), n, n, 260), n);
        const call = { M: n, R: n, K: 260, form: SMALL_PANELS, symmetric: true };
        guarded(core, (memory) => {
          expectBits(multiply(memory, A, [turned(A, n, 260)], call)[0], whole, `${n}: entry`);
        });
      }
    } finally {
      e.widen(0);
    }
  });

  test('several parts at their strides have the bits that each has alone', () => {
    for (const [M, R, K, parts, form] of combinations(
      [1, 8, 17],
      [1, 4, 9],
      [1, 256, 257, 513],
      [2, 3],
      FORMS,
    )) {
      const A = floats(M + K, M * K, -1, 1);
      const Bs = upTo(parts - 1).map((part) => floats(100 + part, K * R, -1, 1));
      guarded(core, (memory) => {
        const call = { M, R, K, form, gap: (M + K) % 3, skew: R % 4 };
        multiply(memory, A, Bs, call).forEach((got, part) => {
          expectBits(got, product(A, Bs[part], M, R, K), `${M} x ${R} x ${K}, part ${part}: entry`);
        });
      });
    }
  });

  test('no part at all writes nothing', () => {
    guarded(core, (memory) => {
      const panels = memory.input(panelsOf(floats(1, 80), 8, 10));
      const out = memory.output(Float32Array, 32);
      const product = { out: out.at, panels: panels.at, small: panels.at, form: SMALL_PANELS };
      gemm(e, { ...product, M: 8, R: 4, K: 10, parts: 0, scratch: memory.scratch(0) });
      expectBits(new Uint32Array(out.values.buffer) as never, new Uint32Array(32).fill(POISON) as never);
    });
  });

  test('a symmetric product is the lower triangle of the full one and its mirror image', () => {
    for (const K of DEPTHS) {
      const A = floats(K + 3, 17 * K, -1, 1);
      const gram = product(A, turned(A, 17, K), 17, 17, K);
      for (const [n, form] of combinations(upTo(17), FORMS))
        guarded(core, (memory) => {
          const half = A.slice(0, n * K);
          const call = { M: n, R: n, K, form, symmetric: true, gap: (n + K) % 4, skew: n % 4 };
          const [got] = multiply(memory, half, [turned(half, n, K)], call);
          expectBits(got, corner(gram, 17, n, n), `${n} x ${n} x ${K}, form ${form}: entry`);
        });
    }
  });

  test('with `symmetric` nothing above the diagonal is looked at', () => {
    for (const [n, K] of [...combinations([1, 7, 8, 9, 12, 17, 33], [5, 257]), [257, 5]]) {
      const A = floats(n, n * K, -1, 1);
      const Bs = [200, 201].map((seed) => floats(seed, K * n, -1, 1));
      const expected = Bs.map((B) => mirrored(product(A, B, n, n, K), n));
      for (const [parts, form] of combinations([1, 2], FORMS))
        guarded(core, (memory) => {
          const call = { M: n, R: n, K, form, symmetric: true };
          multiply(memory, A, Bs.slice(0, parts), call).forEach((got, part) => {
            expectBits(got, expected[part], `${n}, part ${part}: entry`);
          });
        });
    }
  });

  test('lies within K·2⁻²⁴·Σ|ab| of the f64 product', () => {
    const sizes = integers(17, 3 * 60, 1);
    sizes.set(integers(17, 60, 40), 0);
    sizes.set(integers(18, 60, 24), 60);
    sizes.set(integers(19, 60, 1200), 120);
    for (let i = 0; i < 60; i++) {
      const [M, R, K] = [sizes[i], sizes[60 + i], sizes[120 + i]];
      const [A, B] = [floats(i, M * K, -1, 1), floats(i + 500, K * R, -1, 1)];
      const Bt = turned(B, K, R);
      const exact = gemmNT(dense(M, K, A), dense(R, K, Bt));
      const size = gemmNT(dense(M, K, A.map(Math.abs)), dense(R, K, Bt.map(Math.abs)));
      const bound = size.data.map((sum) => K * 2 ** -24 * sum);
      guarded(core, (memory) => {
        const [got] = multiply(memory, A, [B], { M, R, K, form: FORMS[i % 3] });
        expectNear(got, exact.data, bound, `${M} x ${R} x ${K}: entry`);
      });
    }
  });

  test('a product of whole numbers is exact', () => {
    const [M, R, K] = [23, 11, 700];
    const A = Float32Array.from(integers(1, M * K, 64));
    const B = Float32Array.from(integers(2, K * R, 64));
    const exact = Float32Array.from(gemmNT(dense(M, K, A), transpose(dense(K, R, B))).data);
    for (const form of FORMS)
      guarded(core, (memory) => {
        expectBits(multiply(memory, A, [B], { M, R, K, form })[0], exact);
      });
  });

  test('an infinite or undefined value stays in its own row and column', () => {
    const [M, R, K] = [17, 9, 257];
    const [A, B] = [floats(1, M * K), floats(2, K * R)];
    const clean = product(A, B, M, R, K);
    A[3 * K + 256] = NaN;
    B[5 * R + 7] = Infinity;
    const [got] = guarded(core, (memory) => multiply(memory, A, [B], { M, R, K, form: SMALL_ROWS }));
    for (const [i, j] of combinations(upTo(M - 1), upTo(R - 1)))
      if (i === 3) expect(got[i * R + j]).toBeNaN();
      else expect(got[i * R + j]).toBe(j === 7 ? Infinity : clean[i * R + j]);
  });

  test('no operand is read past its end', () => {
    for (const [M, R, K, form] of combinations([1, 8, 9], [1, 4, 5], [1, 4, 5, 257], FORMS)) {
      const [A, B] = [floats(1, M * K), floats(2, K * R)];
      const call = { M, R, K, form };
      atTheEnd(core, (memory) => {
        expectBits(multiply(memory, A, [B], call)[0], product(A, B, M, R, K));
      });
      atTheEnd(core, (memory) => {
        const panels = memory.output(Float32Array, e.panelBytes(M, K) / 4);
        e.packRows(panels.at, memory.input(A).at, K, M, K);
        expectBits(panels.values, panelsOf(A, M, K));
      });
      atTheEnd(core, (memory) => {
        const panels = memory.output(Float32Array, e.panelBytes(R, K) / 4);
        e.packColumns(panels.at, memory.input(B).at, R, R, K, 0, K);
        expectBits(panels.values, panelsOf(turned(B, K, R), R, K));
      });
    }
  });
});
