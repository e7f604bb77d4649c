import { describe, expect, test } from 'vitest';
import { runCodesStep } from '../../../../js/core/exports.js';
import { type Dense, at, columnSquares, multiply, transpose } from '../../../reference/kernels/dense.js';
import { distance } from '../../../reference/golden.js';
import { kkt, kktInvariant } from '../../../reference/satnmf/kkt.js';
import { updateH, updateU, updateV } from '../../../reference/satnmf/multiplicative.js';
import { parts, regulariserRows } from '../../../reference/satnmf/objective.js';
import { BUILDS, coreOf } from '../cores.js';
import { type Memory, atTheEnd, expectBits, guarded } from '../memory.js';
import { TINY, inner, product, ratioRow, wideSum } from '../orders.js';
import { SWITCHES, groupsOf, groupVectors, settingOf } from '../setting.js';
import { combinations, floats, integers, sparsely, upTo } from '../values.js';

type Floats = Float32Array<ArrayBuffer>;
type Ints = Int32Array<ArrayBuffer>;
const f = Math.fround;

/** 0 … 2·4 + 1 columns and some more. */
const RANKS = [...upTo(9), 16, 17];
/** Both sides of one and of two blocks of rows. */
const ROWS = [...upTo(9), 16, 17, 255, 256, 257, 511, 512, 513];

/** A symmetric r x r matrix. */
function symmetric(seed: number, r: number): Floats {
  const B = floats(seed, r * r);
  for (let i = 0; i < r; i++) for (let j = 0; j < i; j++) B[i * r + j] = B[j * r + i];
  return B;
}

function rowsOf(values: Floats, r: number): Floats[] {
  return Array.from({ length: r === 0 ? 0 : values.length / r }, (_, i) =>
    values.subarray(i * r, (i + 1) * r),
  );
}

/** ratioStep in its own order. */
function ratioTwin(
  x: Floats,
  num: Floats,
  B: Floats,
  inverse: Floats,
  rows: number,
  r: number,
): [Floats, Float64Array<ArrayBuffer>] {
  const den = product(x, B, rows, r, r);
  const stats = new Float64Array(3);
  const out = new Float32Array(rows * r);
  for (let i = 0; i < rows; i++) {
    const row = (a: Floats): Floats => a.subarray(i * r, (i + 1) * r);
    out.set(ratioRow(row(x), row(num), row(den), inverse, stats), i * r);
  }
  return [out, stats];
}

interface Ratio {
  x: Floats;
  num: Floats;
  B: Floats;
  inverse: Floats;
  rows: number;
  r: number;
}

function ratioStep(
  memory: Memory,
  { x, num, B, inverse, rows, r }: Ratio,
): [Floats, Float64Array<ArrayBuffer>] {
  const { e } = memory;
  const out = memory.inout(x);
  const stats = memory.output(Float64Array, 3);
  const scratch = memory.scratch(e.ratioBytes(rows, r));
  const [n, b, q] = [num, B, inverse].map((values) => memory.input(values).at);
  e.ratioStep(out.at, n, b, q, rows, r, stats.at, scratch);
  return [out.values, stats.values];
}

function ratioCase(seed: number, rows: number, r: number): Ratio {
  return {
    x: sparsely(seed, floats(seed, rows * r)),
    num: floats(seed + 1, rows * r, 0, r),
    B: symmetric(seed + 2, r),
    // A third of the columns has no curvature.
    inverse: sparsely(seed + 3, floats(seed + 3, r, 0.1, 2)),
    rows,
    r,
  };
}

interface Codes {
  C: Floats;
  P: Floats;
  den: Floats;
  WC: Floats;
  degree: Floats;
  group: Ints;
  pull: Floats;
  push: Floats;
  curve: Floats;
  size: Floats;
  H: Floats;
  N: number;
  r: number;
  c: number;
  lambda: number;
  beta: number;
  own: number;
  other: number;
}

function codesCase(
  seed: number,
  N: number,
  r: number,
  c: number,
  [lambda, beta, gamma]: readonly number[],
): Codes {
  const G = 2 * c + 2;
  const values = (offset: number, length: number): Floats => floats(seed + offset, length);
  return {
    C: sparsely(seed, values(0, N * r)),
    P: values(1, N * r),
    den: values(2, N * r),
    WC: values(3, N * r),
    degree: sparsely(seed, values(4, N)),
    group: integers(seed + 5, N, G),
    pull: gamma > 0 ? values(6, G * r) : new Float32Array(G * r),
    push: gamma > 0 ? values(7, G * r) : new Float32Array(G * r),
    curve: sparsely(seed, values(8, G * r)),
    size: values(9, r),
    H: values(10, c * r),
    N,
    r,
    c,
    lambda: f(lambda),
    beta: f(beta),
    own: f(0.001),
    other: f(0.7),
  };
}

/** codesStep in its own order. */
function codesTwin(q: Codes): [Floats, Float64Array<ArrayBuffer>] {
  const { r, c, lambda, beta } = q;
  const out = new Float32Array(q.N * r);
  const stats = new Float64Array(3);
  for (let j = 0; j < q.N; j++) {
    const g = q.group[j];
    const [num, den, inverse] = [new Float32Array(r), new Float32Array(r), new Float32Array(r)];
    const row = q.C.subarray(j * r, (j + 1) * r);
    for (let k = 0; k < r; k++) {
      num[k] = q.P[j * r + k] + q.pull[g * r + k];
      let b = q.push[g * r + k];
      let curvature = q.curve[g * r + k];
      if (lambda > 0) {
        const ds = f(f(lambda * q.degree[j]) * q.size[k]);
        num[k] += f(f(lambda * q.size[k]) * q.WC[j * r + k]);
        b = f(f(ds * row[k]) + b);
        curvature = f(curvature + ds);
      }
      den[k] = q.den[j * r + k] + b;
      inverse[k] = curvature > TINY ? 1 / curvature : 0;
    }
    if (beta > 0 && g < c)
      for (let i = 0; i < c; i++) {
        const h = q.H.subarray(i * r, (i + 1) * r);
        const a = f(beta * f((i === g ? q.own : q.other) * inner(h, row)));
        for (let k = 0; k < r; k++) den[k] += f(a * h[k]);
      }
    out.set(ratioRow(row, num, den, inverse, stats), j * r);
  }
  return [out, stats];
}

/** codesStep on guarded memory; what a weight of 0 leaves unread is poison. */
function codesStep(memory: Memory, q: Codes): [Floats, Float64Array<ArrayBuffer>] {
  const { e } = memory;
  const { N, r, c, lambda, beta } = q;
  const out = memory.output(Float32Array, N * r);
  const den = memory.inout(q.den);
  const stats = memory.output(Float64Array, 3);
  const scratch = memory.scratch(8 * r);
  const read = (values: Floats, used: boolean): number =>
    (used ? memory.input(values) : memory.output(Float32Array, values.length)).at;
  const [C, P, pull, push, curve] = [q.C, q.P, q.pull, q.push, q.curve].map((x) => memory.input(x).at);
  const group = memory.input(q.group).at;
  const { own, other } = q;
  const [WC, degree, size] = [q.WC, q.degree, q.size].map((values) => read(values, lambda > 0));
  const H = read(q.H, beta > 0);
  runCodesStep(e, {
    ...{ out: out.at, C, P, den: den.at, WC, degree, group, pull, push, curve, size, H, label: group },
    ...{ N, r, c, lambda, beta, own, other, stats: stats.at, scratch },
  });
  return [out.values, stats.values];
}

/** labelStep in its own order. */
function labelTwin(
  H: Floats,
  C: Floats,
  group: Ints,
  r: number,
  c: number,
  own: number,
  other: number,
): [Floats, Float64Array<ArrayBuffer>] {
  const zeros = (): Floats[] => upTo(c - 1).map(() => new Float32Array(r));
  const [num, den, curve] = [zeros(), zeros(), zeros()];
  const rows = rowsOf(H, r);
  group.forEach((g, j) => {
    if (g >= c) return;
    const v = C.subarray(j * r, (j + 1) * r);
    for (let k = 0; k < r; k++) num[g][k] += f(own * v[k]);
    for (let i = 0; i < c; i++) {
      const w = i === g ? own : other;
      const a = f(w * inner(H.subarray(i * r, (i + 1) * r), v));
      for (let k = 0; k < r; k++) {
        den[i][k] += f(a * v[k]);
        curve[i][k] += f(w * f(v[k] * v[k]));
      }
    }
  });
  const stats = new Float64Array(3);
  const out = new Float32Array(c * r);
  rows.forEach((h, i) => {
    const inverse = curve[i].map((q) => (q > TINY ? 1 / q : 0));
    out.set(ratioRow(h, num[i], den[i], inverse, stats), i * r);
  });
  return [out, stats];
}

/** √(Σ R² / Σ x²) and √(Σ (x' − x)² / Σ x²) against the twin's. */
function expectStats(
  [change, residual, size]: Float64Array,
  before: Dense,
  after: Dense,
  kktResidual: number,
): void {
  const gap = Math.sqrt(after.data.reduce((sum, x, i) => sum + (x - before.data[i]) ** 2, 0));
  const norm = Math.sqrt(before.data.reduce((sum, x) => sum + x * x, 0));
  expect(distance([Math.sqrt(size)], [norm])).toBeLessThan(1e-6);
  expect(Math.abs(Math.sqrt(change) - gap)).toBeLessThan(1e-5 * Math.max(norm, gap));
  expect(Math.abs(Math.sqrt(residual / size) - kktResidual)).toBeLessThan(1e-5);
}

/** The kernels' inputs of a setting: products formed in f64 and rounded once. */
function rounded(A: Dense): Floats {
  return Float32Array.from(A.data);
}

describe.each(BUILDS)('update (%s build)', (build) => {
  const core = coreOf(build);
  const { exports: e } = core;

  test('ratioStep has the bits and stats of its order of summation, for every size', () => {
    for (const [rows, r] of [...combinations(ROWS, RANKS), [9, 255], [9, 257], [257, 33]]) {
      const q = ratioCase(rows * 100 + r, rows, r);
      guarded(core, (memory) => {
        const [x, stats] = ratioStep(memory, q);
        const [out, sums] = ratioTwin(q.x, q.num, q.B, q.inverse, rows, r);
        expectBits(x, out, `${rows} x ${r}: value`);
        expectBits(stats, sums, `${rows} x ${r}: stat`);
      });
    }
  });

  test('ratioStep is the U rule and its KKT residual, for J and for the invariant objective', () => {
    for (let seed = 0; seed < 60; seed++) {
      const s = settingOf(seed, SWITCHES[seed % 8]);
      const invariant = seed % 2 === 1;
      const { p, factors, d, r } = s;
      const Vt = transpose(factors.V);
      const rho = invariant ? regulariserRows(p, factors.V) : new Float64Array(r);
      const B = multiply(factors.V, Vt);
      rho.forEach((x, k) => (B.data[k * r + k] += x));
      const expected = updateU(p, factors, rho);
      guarded(core, (memory) => {
        const inverse = Float32Array.from({ length: r }, (_, k) => (at(B, k, k) > 0 ? 1 / at(B, k, k) : 0));
        const num = rounded(multiply(p.X, Vt));
        const [x, stats] = ratioStep(memory, { x: s.U, num, B: rounded(B), inverse, rows: d, r });
        expect(distance(x, expected.data)).toBeLessThan(2e-6);
        expectStats(stats, factors.U, expected, (invariant ? kktInvariant : kkt)(p, factors).U);
      });
    }
  });

  test('a zero entry stays zero and 0 / 0 is 0', () => {
    guarded(core, (memory) => {
      const zeros = new Float32Array(18);
      const q = { x: zeros, num: zeros, B: new Float32Array(9), inverse: new Float32Array(3), rows: 6, r: 3 };
      expect(ratioStep(memory, q)).toEqual([zeros, new Float64Array(3)]);
      const some = Float32Array.from(upTo(17));
      const [x, stats] = ratioStep(memory, { ...q, x: some });
      expect(x).toEqual(zeros);
      expect(stats[0]).toBe(stats[2]);
    });
  });

  test('a curvature that is 0 but for rounding counts as none: the stats stay finite', () => {
    guarded(core, (memory) => {
      const q = codesCase(1, 5, 9, 2, [0, 0, 0]);
      q.curve.fill(1e-42);
      const [out, stats] = codesStep(memory, q);
      expect(stats[1]).toBe(0);
      expect([...out, ...stats].every(Number.isFinite)).toBe(true);
      // Codes of 1e-21 give the label term the curvature 5e-42.
      const C = new Float32Array(45).fill(1e-21);
      const [H, sums] = [memory.inout(floats(1, 18)), memory.output(Float64Array, 3)];
      const [v, group] = [memory.input(C).at, memory.input(new Int32Array(5)).at];
      e.labelStep(H.at, v, group, 5, 9, 2, 1, 1, sums.at, memory.scratch(216));
      expect(sums.values[1]).toBe(0);
      expect([...H.values, ...sums.values].every(Number.isFinite)).toBe(true);
    });
  });

  test('labelVectors adds to pull and curve what its formula says, for every size', () => {
    for (const [r, c] of combinations(RANKS, upTo(4))) {
      const G = 2 * c + 2;
      const [pull, curve, H] = [floats(r, G * r), floats(r + 1, G * r), floats(r + 2, c * r)];
      const [beta, own, other] = [f(10.3), f(0.001), f(0.9)];
      const expected = [pull.slice(), curve.slice()];
      for (const [g, k] of combinations(upTo(c - 1), upTo(r - 1))) {
        expected[0][g * r + k] += f(f(beta * own) * H[g * r + k]);
        let q = 0;
        for (let i = 0; i < c; i++) q = f(q + f((i === g ? own : other) * f(H[i * r + k] * H[i * r + k])));
        expected[1][g * r + k] += f(beta * q);
      }
      guarded(core, (memory) => {
        const [a, b] = [memory.inout(pull, r % 4), memory.inout(curve, c % 4)];
        e.labelVectors(a.at, b.at, memory.input(H).at, c, r, beta, own, other);
        expectBits(a.values, expected[0], `${c} x ${r}: pull`);
        expectBits(b.values, expected[1], `${c} x ${r}: curve`);
      });
    }
  });

  test.each(SWITCHES)(
    'codesStep with λ %d, β %d, γ %d has the bits and stats of its order of summation, for every size',
    (...weights) => {
      for (const [N, r, c] of combinations([...upTo(9), 17], RANKS, [1, 3])) {
        const q = codesCase(N * 1000 + r * 10 + c, N, r, c, weights);
        guarded(core, (memory) => {
          const [out, stats] = codesStep(memory, q);
          const [codes, sums] = codesTwin(q);
          expectBits(out, codes, `${N} x ${r}, ${c} classes: value`);
          expectBits(stats, sums, `${N} x ${r}, ${c} classes: stat`);
        });
      }
    },
  );

  test.each(SWITCHES)(
    'codesStep with λ %d, β %d, γ %d is the V rule and its KKT residual, for both objectives',
    (...weights) => {
      for (let seed = 0; seed < 40; seed++) {
        const s = settingOf(seed, weights);
        const invariant = seed % 2 === 1;
        const { p, factors, N, r, c } = s;
        const size = invariant ? columnSquares(factors.U) : new Float64Array(r).fill(1);
        const UtU = multiply(transpose(factors.U), factors.U);
        const expected = updateV(p, factors, size);
        guarded(core, (memory) => {
          const { pull, push, curve } = groupVectors(memory, s, rounded(UtU), Float32Array.from(size));
          const [out, stats] = codesStep(memory, {
            C: s.C,
            P: rounded(multiply(transpose(p.X), factors.U)),
            den: rounded(multiply(transpose(factors.V), UtU)),
            WC: rounded(transpose(multiply(factors.V, p.W))),
            degree: Float32Array.from(p.D),
            group: groupsOf(s),
            pull,
            push,
            curve,
            size: Float32Array.from(size),
            H: s.H,
            N,
            r,
            c,
            lambda: p.lambda,
            beta: p.beta,
            own: s.own,
            other: s.other,
          });
          expect(distance(out, transpose(expected).data)).toBeLessThan(2e-6);
          expectStats(stats, factors.V, expected, (invariant ? kktInvariant : kkt)(p, factors).V);
        });
      }
    },
  );

  test('labelStep has the bits and stats of its order of summation, for every size', () => {
    for (const [n, r, c] of combinations([...upTo(9), 17], RANKS, [1, 2, 4])) {
      const seed = n * 1000 + r * 10 + c;
      const [H, C] = [floats(seed, c * r), sparsely(seed, floats(seed + 1, n * r))];
      // Unlabelled rows among them, and often an absent class.
      const group = integers(seed, n, c + 1);
      const [own, other] = [f(0.001), f(0.8)];
      guarded(core, (memory) => {
        const out = memory.inout(H, r % 4);
        const stats = memory.output(Float64Array, 3);
        const scratch = memory.scratch(12 * c * r);
        const [v, g] = [memory.input(C).at, memory.input(group).at];
        e.labelStep(out.at, v, g, n, r, c, own, other, stats.at, scratch);
        const [expected, sums] = labelTwin(H, C, group, r, c, own, other);
        expectBits(out.values, expected, `${n} x ${r}, ${c} classes: value`);
        expectBits(stats.values, sums, `${n} x ${r}, ${c} classes: stat`);
      });
    }
  });

  test('labelStep is the H rule and its KKT residual', () => {
    for (let seed = 0; seed < 60; seed++) {
      const s = settingOf(seed, [0, 1, 0]);
      const expected = updateH(s.p, s.factors);
      guarded(core, (memory) => {
        const out = memory.inout(s.H);
        const stats = memory.output(Float64Array, 3);
        const scratch = memory.scratch(12 * s.c * s.r);
        const [C, group] = [memory.input(s.C).at, memory.input(groupsOf(s)).at];
        e.labelStep(out.at, C, group, s.n, s.r, s.c, s.own, s.other, stats.at, scratch);
        expect(distance(out.values, expected.data)).toBeLessThan(2e-6);
        expectStats(stats.values, s.factors.H, expected, kkt(s.p, s.factors).H);
      });
    }
  });

  test('scores and labelLoss are f64 sums over f32 factors, for every size', () => {
    for (const [n, r, c] of combinations([...upTo(9), 17], RANKS, [1, 2, 4])) {
      const [H, C, group] = [floats(r, c * r), floats(n, n * r), integers(n + r, n, c + 1)];
      guarded(core, (memory) => {
        const S = memory.output(Float64Array, n * c);
        e.scores(S.at, memory.input(C, n % 4).at, memory.input(H, r % 4).at, n, r, c);
        const expected = Float64Array.from({ length: n * c }, (_, entry) =>
          wideSum(r, (k) => H[(entry % c) * r + k] * C[Math.floor(entry / c) * r + k]),
        );
        expectBits(S.values, expected, `${n} x ${r}, ${c} classes: score`);
        let loss = 0;
        for (let j = 0; j < n; j++)
          for (let i = 0; i < c && group[j] < c; i++) {
            const t = (i === group[j] ? 1 : 0) - expected[j * c + i];
            loss += (i === group[j] ? 0.001 : 0.7) * (t * t);
          }
        expect(e.labelLoss(S.at, memory.input(group).at, n, c, 0.001, 0.7)).toBe(loss);
      });
    }
  });

  test('labelLoss is the label term of the objective', () => {
    for (let seed = 0; seed < 60; seed++) {
      const s = settingOf(seed, [0, 1, 0]);
      guarded(core, (memory) => {
        const S = memory.output(Float64Array, s.n * s.c).at;
        e.scores(S, memory.input(s.C).at, memory.input(s.H).at, s.n, s.r, s.c);
        const loss = e.labelLoss(S, memory.input(groupsOf(s)).at, s.n, s.c, s.own, s.other);
        expect(distance([loss], [parts(s.p, s.factors).label])).toBeLessThan(1e-12);
      });
    }
  });

  test('no operand is read past its end', () => {
    for (const [rows, r] of combinations([1, 9], upTo(9)))
      atTheEnd(core, (memory) => {
        ratioStep(memory, ratioCase(1, rows, r));
      });
    for (const r of upTo(9)) {
      atTheEnd(core, (memory) => {
        codesStep(memory, codesCase(1, 5, r, 2, [1, 1, 1]));
      });
      atTheEnd(core, (memory) => {
        const [H, C] = [memory.inout(floats(1, 2 * r)).at, memory.input(floats(2, 5 * r)).at];
        const group = memory.input(integers(1, 5, 3)).at;
        const S = memory.output(Float64Array, 10).at;
        e.scores(S, C, H, 5, r, 2);
        e.labelLoss(S, group, 5, 2, 1, 1);
        const G = memory.inout(floats(3, 6 * r)).at;
        e.labelVectors(G, memory.inout(floats(4, 6 * r)).at, H, 2, r, 1, 1, 1);
        e.labelStep(H, C, group, 5, r, 2, 1, 1, memory.output(Float64Array, 3).at, memory.scratch(24 * r));
      });
    }
  });
});
