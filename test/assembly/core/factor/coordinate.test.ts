import { describe, expect, test } from 'vitest';
import { runCoordinateCodes, runCoordinateLabels, runCoordinateRows } from '../../../../js/core/exports.js';
import { type Dense, columnSquares, multiply, transpose } from '../../../reference/kernels/dense.js';
import { distance } from '../../../reference/golden.js';
import { heatGraph, toCsr } from '../../../reference/kernels/graph.js';
import { EPS0, sweepH, sweepU, sweepV } from '../../../reference/satnmf/hals.js';
import { objective, objectiveInvariant, regulariserRows } from '../../../reference/satnmf/objective.js';
import { BUILDS, coreOf } from '../cores.js';
import { type Memory, atTheEnd, expectBits, expectNear, guarded } from '../memory.js';
import { TINY, wideSum } from '../orders.js';
import { type Setting, SWITCHES, groupVectors, groupsOf, labelsOf, settingOf } from '../setting.js';
import { combinations, floats, integers, sparsely, upTo } from '../values.js';

type Floats = Float32Array<ArrayBuffer>;
type Doubles = Float64Array<ArrayBuffer>;
const f = Math.fround;

const RANKS = [...upTo(9), 16, 17];

function rounded(A: Dense): Floats {
  return Float32Array.from(A.data);
}

/** Its upper triangle follows the lower one. */
function symmetric(B: Floats, r: number): Floats {
  for (const [i, j] of combinations(upTo(r - 1), upTo(r - 1))) if (j < i) B[j * r + i] = B[i * r + j];
  return B;
}

/** One exact step as the kernels take it: returns the new entry, adding to `stats`. */
function move(old: number, gradient: number, curvature: number, floor: number, stats: Doubles): number {
  stats[2] += old * old;
  if (!(curvature > TINY)) return old;
  const step = gradient / curvature;
  const value = f(Math.max(floor, old - step));
  stats[0] += (value - old) ** 2;
  stats[1] += Math.min(old, step) ** 2;
  return value;
}

/**
 * The stats of a sweep, from the entries before and after: a step is as long as its residual, but for
 * the rounding of the new entry.
 *
 * @param rounding of the sums: f64, or f32 within a tile
 */
function expectStats(
  [change, residual, size]: Doubles,
  before: ArrayLike<number>,
  after: ArrayLike<number>,
  rounding = 1e-12,
): void {
  let [gap, old, now] = [0, 0, 0];
  for (let i = 0; i < before.length; i++) {
    gap += (after[i] - before[i]) ** 2;
    old += before[i] ** 2;
    now += after[i] ** 2;
  }
  expectNear([change, size], [gap, old], [rounding * gap, rounding * old], 'stat');
  expect(Math.abs(Math.sqrt(residual) - Math.sqrt(change))).toBeLessThanOrEqual(
    2 ** -24 * Math.sqrt(now) + rounding * Math.sqrt(change) + 1e-12,
  );
}

interface Rows {
  /** Most sweeps (default 1), and the part of its first at which a group is done. */
  limit?: number;
  enough?: number;
  x: Floats;
  num: Floats;
  B: Floats;
  rows: number;
  r: number;
  floor: number;
}

function coordinateRows(
  memory: Memory,
  { x, num, B, rows, r, floor, limit = 1, enough = 0.1 }: Rows,
): { x: Floats; before: Floats; stats: Doubles; most: number } {
  const { e } = memory;
  const out = memory.inout(x);
  const n = memory.inout(num);
  const stats = memory.output(Float64Array, 3);
  const scratch = memory.scratch(e.coordinateRowsBytes(r));
  const [b, inverse] = [B, inverses(B, r)].map((values) => memory.input(values).at);
  const [x1, num1] = [out.at, n.at];
  const sizes = { rows, r, floor, limit, enough };
  const most = runCoordinateRows(e, {
    x: x1,
    num: num1,
    B: b,
    inverse,
    ...sizes,
    stats: stats.at,
    scratch,
  });
  return { x: out.values, before: n.values, stats: stats.values, most };
}

/** 1 / B_kk, or 0 where that is no curvature. */
function inverses(B: Floats, r: number): Floats {
  return Float32Array.from({ length: r }, (_, k) => (B[k * r + k] > TINY ? 1 / B[k * r + k] : 0));
}

/** Rows whose columns are swept together, four at a time (assembly/core/factor/coordinate.ts). */
const GROUP = 32;

/** A sweep over rows top … end of coordinateRows in its own order: tiles of 8 rows and 4 columns, slopes first. */
function sweepTwin({ num, B, r, floor }: Rows, x: Floats, q: Floats, first: number, end: number): Doubles {
  const stats = new Float64Array(3);
  for (let k0 = 0; k0 < r; k0 += 4)
    for (let top = first; top < end; top += 8) {
      const sums = [0, 1, 2].map(() => [0, 0, 0, 0]);
      for (let i = top; i < Math.min(end, top + 8); i++) {
        const row = x.subarray(i * r, (i + 1) * r);
        const slope = upTo(Math.min(3, r - k0 - 1)).map((j) =>
          row.reduce((sum, value, l) => f(sum + f(value * B[l * r + k0 + j])), 0),
        );
        slope.forEach((_, j) => {
          const k = k0 + j;
          const old = row[k];
          const step = f(f(slope[j] - num[i * r + k]) * q[k]);
          row[k] = Math.max(q[k] > 0 ? f(floor) : 0, f(old - step));
          const delta = f(row[k] - old);
          [delta, Math.min(old, step), old].forEach((value, s) => {
            sums[s][i % 4] = f(sums[s][i % 4] + f(value * value));
          });
          for (let l = j + 1; l < slope.length; l++) slope[l] = f(slope[l] + f(B[k * r + k0 + l] * delta));
        });
      }
      sums.forEach(([a, b, c, d], s) => (stats[s] += a + b + (c + d)));
    }
  return stats;
}

/** coordinateRows: each group of rows is swept until it is done. */
function rowsTwin(given: Rows): { x: Floats; stats: Doubles; most: number } {
  const { rows, r, B, limit = 1, enough = 0.1 } = given;
  const [x, stats, q] = [given.x.slice(), new Float64Array(3), inverses(B, r)];
  let most = 0;
  for (let first = 0; first < rows; first += GROUP) {
    const sweep = (): Doubles => sweepTwin(given, x, q, first, Math.min(rows, first + GROUP));
    const begun = sweep();
    begun.forEach((value, s) => (stats[s] += value));
    let done = 1;
    while (done < limit) {
      done++;
      if (sweep()[0] < enough * enough * begun[0]) break;
    }
    most = Math.max(most, done);
  }
  return { x, stats, most };
}

interface Labels {
  H: Floats;
  C: Floats;
  group: Int32Array<ArrayBuffer>;
  n: number;
  r: number;
  c: number;
  own: number;
  other: number;
  floor: number;
}

/** The scores H V of n codes, in the order of the kernel. */
function scoresOf(H: Floats, C: Floats, n: number, r: number, c: number): Doubles {
  return Float64Array.from({ length: n * c }, (_, entry) =>
    wideSum(r, (k) => H[(entry % c) * r + k] * C[Math.floor(entry / c) * r + k]),
  );
}

function coordinateLabels(memory: Memory, q: Labels): [Floats, Doubles, Doubles] {
  const { e } = memory;
  const { n, r, c } = q;
  const H = memory.inout(q.H);
  const S = memory.inout(scoresOf(q.H, q.C, n, r, c));
  const stats = memory.output(Float64Array, 3);
  const [C, group] = [memory.input(q.C).at, memory.input(q.group).at];
  const { own, other, floor } = q;
  const at = { H: H.at, C, S: S.at, label: group, stats: stats.at };
  runCoordinateLabels(e, { ...at, n, r, c, own, other, floor });
  return [H.values, stats.values, S.values];
}

/** coordinateLabels in its own order. */
function labelsTwin({ H, C, group, n, r, c, own, other, floor }: Labels): [Floats, Doubles, Doubles] {
  const [out, stats, S] = [H.slice(), new Float64Array(3), scoresOf(H, C, n, r, c)];
  for (const [i, k] of combinations(upTo(c - 1), upTo(r - 1))) {
    let [gradient, curvature] = [0, 0];
    group.forEach((g, j) => {
      if (g >= c) return;
      const v = C[j * r + k];
      const w = (i === g ? f(own) : f(other)) * v;
      gradient += w * (S[j * c + i] - (i === g ? 1 : 0));
      curvature += w * v;
    });
    const old = out[i * r + k];
    out[i * r + k] = move(old, gradient, curvature, floor, stats);
    const delta = out[i * r + k] - old;
    if (delta !== 0) for (let j = 0; j < n; j++) S[j * c + i] += delta * C[j * r + k];
  }
  return [out, stats, S];
}

/** One sweep over the codes of a setting; what a weight of 0 leaves unread is poison. */
function coordinateCodes(
  memory: Memory,
  s: Setting,
  size: Floats,
  floor: number,
): { C: Floats; stats: Doubles } {
  const { e } = memory;
  const { p, factors, n, N, r, c } = s;
  const UtU = rounded(multiply(transpose(factors.U), factors.U));
  const vectors = groupVectors(memory, s, UtU, size);
  const W = toCsr({ ...heatGraph(p.X, 3), W: p.W });
  const C = memory.inout(s.C);
  const stats = memory.output(Float64Array, 3);
  const [P, B] = [rounded(multiply(transpose(p.X), factors.U)), UtU].map((x) => memory.input(x).at);
  const poison = memory.output(Float64Array, 8).at;
  const H = p.beta > 0 ? memory.input(s.H).at : poison;
  const S = p.beta > 0 ? memory.input(scoresOf(s.H, s.C, n, r, c)).at : poison;
  const graph = [W.start, W.indices, Float32Array.from(W.values), Float32Array.from(p.D)].map((x) =>
    p.lambda > 0 ? memory.input(x as Floats).at : poison,
  );
  const [start, column, weight, degree] = graph;
  const [group, label] = [groupsOf(s), labelsOf(s)].map((rows) => memory.input(rows).at);
  const sizes = p.gamma > 0 ? memory.input(vectors.sizes).at : poison;
  const [curve, share] = [vectors.curve, size].map((x) => memory.input(x).at);
  const { alpha, own, other } = s;
  const { beta, gamma, lambda } = p;
  const scratch = memory.scratch(e.coordinateCodesBytes(N, n, r, c, 1));
  runCoordinateCodes(e, {
    ...{ C: C.at, P, B, S, H, start, column, weight, degree, group, label, sizes, curve, size: share },
    ...{
      N,
      n,
      r,
      c,
      sources: 1,
      targets: 1,
      alpha,
      beta,
      gamma,
      lambda,
      own,
      other,
      floor,
      stats: stats.at,
      scratch,
    },
  });
  return { C: C.values, stats: stats.values };
}

describe.each(BUILDS)('coordinate (%s build)', (build) => {
  const core = coreOf(build);

  test('coordinateRows has the bits and stats of its order, for every size', () => {
    for (const [rows, r] of combinations([...upTo(9), 16, 17, 31, 32, 33, 65], RANKS)) {
      const seed = rows * 100 + r;
      const [x, num] = [floats(seed, rows * r), floats(seed + 1, rows * r, 0, r)];
      const B = symmetric(sparsely(seed, floats(seed + 2, r * r)), r);
      const q = { x, num, B, rows, r, floor: EPS0 };
      const expected = rowsTwin(q);
      guarded(core, (memory) => {
        const { before, ...got } = coordinateRows(memory, q);
        expectBits(got.x, expected.x, `${rows} x ${r}: value`);
        expectBits(before, x, `${rows} x ${r}: value before`);
        expectBits(got.stats, expected.stats, `${rows} x ${r}: stat`);
        expectStats(got.stats, x, got.x, 1e-6);
      });
    }
  });

  test('coordinateRows sweeps each group of rows until it is done or the limit is reached', () => {
    const mosts = new Set<number>();
    for (const [rows, r, limit, enough] of combinations([1, 33, 70], [1, 5, 12], [2, 7, 40], [0.01, 0.3])) {
      const [x, num] = [floats(rows, rows * r), floats(r, rows * r, 0, r)];
      const B = symmetric(floats(limit, r * r), r);
      for (let k = 0; k < r; k++) B[k * r + k] += 0.3 * r;
      const q = { x, num, B, rows, r, floor: 0, limit, enough };
      const expected = rowsTwin(q);
      guarded(core, (memory) => {
        const { before, ...got } = coordinateRows(memory, q);
        expect(got).toEqual(expected);
        expectBits(before, x);
      });
      expect(expected.most).toBeLessThanOrEqual(limit);
      mosts.add(expected.most);
    }
    expect(mosts.size).toBeGreaterThan(3);
  });

  test('goOn moves on by a part of the last move, never below the floor, and remembers, for every size', () => {
    for (const n of [...upTo(9), 100])
      guarded(core, (memory) => {
        const [now, old] = [floats(n, n), floats(n + 1, n)];
        const [x, before] = [memory.inout(now), memory.inout(old)];
        memory.e.goOn(x.at, before.at, n, f(0.7), f(EPS0));
        expectBits(before.values, now);
        expectBits(
          x.values,
          now.map((v, i) => Math.max(f(EPS0), f(v + f(f(0.7) * f(v - old[i]))))),
        );
      });
  });

  test('coordinateRows is the U sweep of the twin, for J and for the invariant objective', () => {
    for (let seed = 0; seed < 100; seed++) {
      const s = settingOf(seed, SWITCHES[seed % 8]);
      const { p, factors, d, r } = s;
      const invariant = seed % 2 === 1;
      const floor = invariant ? 0 : EPS0;
      const rho = invariant ? regulariserRows(p, factors.V) : new Float64Array(r);
      const Vt = transpose(factors.V);
      const B = multiply(factors.V, Vt);
      rho.forEach((x, k) => (B.data[k * r + k] += x));
      guarded(core, (memory) => {
        const num = rounded(multiply(p.X, Vt));
        const got = coordinateRows(memory, { x: s.U, num, B: rounded(B), rows: d, r, floor });
        expect(distance(got.x, sweepU(p, factors, { floor, rho }).data)).toBeLessThan(1e-5);
      });
    }
  });

  test('coordinateLabels has the bits, stats and scores of its order, for every size', () => {
    for (const [n, r, c] of combinations([...upTo(9), 17], RANKS, [0, 1, 2, 4])) {
      const seed = n * 1000 + r * 10 + c;
      const q = {
        H: floats(seed, c * r),
        C: sparsely(seed, floats(seed + 1, n * r)),
        group: integers(seed, n, c + 1),
        n,
        r,
        c,
        own: 0.001,
        other: 0.8,
        floor: EPS0,
      };
      guarded(core, (memory) => {
        const [H, stats, S] = coordinateLabels(memory, q);
        const [expected, sums, scores] = labelsTwin(q);
        expectBits(H, expected, `${n} x ${r}, ${c} classes: value`);
        expectBits(stats, sums, `${n} x ${r}, ${c} classes: stat`);
        expectBits(S, scores, `${n} x ${r}, ${c} classes: score`);
        expectStats(stats, q.H, H);
        expectNear(S, scoresOf(H, q.C, n, r, c), 1e-12, 'score');
      });
    }
  });

  test('coordinateLabels is the H sweep of the twin', () => {
    for (let seed = 0; seed < 100; seed++) {
      const s = settingOf(seed, [0, 1, 0]);
      const floor = seed % 2 === 1 ? 0 : EPS0;
      guarded(core, (memory) => {
        const [H] = coordinateLabels(memory, { ...s, group: groupsOf(s).slice(0, s.n), floor });
        expect(distance(H, sweepH(s.p, s.factors, { floor }).data)).toBeLessThan(1e-5);
      });
    }
  });

  test.each(SWITCHES)(
    'coordinateCodes with λ %d, β %d, γ %d is the V sweep of the twin, for both objectives',
    (...weights) => {
      for (let seed = 0; seed < 60; seed++) {
        const s = settingOf(seed, weights);
        const { p, factors, N, r } = s;
        const invariant = seed % 2 === 1;
        const floor = invariant ? 0 : EPS0;
        const size = invariant ? columnSquares(factors.U) : new Float64Array(r).fill(1);
        guarded(core, (memory) => {
          const got = coordinateCodes(memory, s, Float32Array.from(size), floor);
          const V = transpose({ rows: N, cols: r, data: Float64Array.from(got.C) });
          const expected = sweepV(p, factors, { floor, weights: size });
          expect(distance(V.data, expected.data), `seed ${seed}`).toBeLessThan(1e-5);
          expectStats(got.stats, s.C, got.C);
          const value = invariant ? objectiveInvariant : objective;
          const [before, after] = [value(p, factors), value(p, { ...factors, V })];
          expect(after, `seed ${seed}`).toBeLessThanOrEqual(before * (1 + 1e-6));
        });
      }
    },
  );

  test('an entry stays where the curvature is 0 but for rounding', () => {
    guarded(core, (memory) => {
      const x = Float32Array.of(0.5, 0.25, 0, 3);
      const num = Float32Array.of(1e-21, 1e-21, 1e-21, 2);
      const { x: got, stats } = coordinateRows(memory, {
        x,
        num,
        B: Float32Array.of(4e-42, 0, 0, 1),
        rows: 2,
        r: 2,
        floor: 0,
      });
      expectBits(got, Float32Array.of(0.5, 0, 0, 2));
      expect([...stats].every(Number.isFinite)).toBe(true);
      const C = new Float32Array(3).fill(1e-21);
      const labels = { H: x, C, group: new Int32Array(3), n: 3, r: 1, c: 4, own: 1, other: 1, floor: 0 };
      expectBits(coordinateLabels(memory, labels)[0], x);
    });
  });

  test('nothing to move is nothing moved', () => {
    guarded(core, (memory) => {
      const { e } = memory;
      const stats = memory.output(Float64Array, 3);
      const zeros = new Float64Array(3);
      const { at } = memory.input(new Float32Array(8));
      for (const [rows, r] of [
        [0, 3],
        [3, 0],
        [0, 0],
      ]) {
        const scratch = memory.scratch(e.coordinateRowsBytes(r));
        const out = memory.inout(new Float32Array(8)).at;
        const rest = { rows, r, floor: EPS0, limit: 1, enough: 0.1, stats: stats.at, scratch };
        runCoordinateRows(e, { x: out, num: out, B: at, inverse: at, ...rest });
        expectBits(stats.values, zeros);
        const sizes = { n: rows, r, c: 0, own: 1, other: 1, floor: EPS0, stats: stats.at };
        runCoordinateLabels(e, { H: at, C: at, S: at, label: at, ...sizes });
        expectBits(stats.values, zeros);
      }
    });
  });

  test('no operand is read past its end', () => {
    for (const r of upTo(9)) {
      const [x, num, B] = [floats(1, 3 * r), floats(2, 3 * r), symmetric(floats(3, r * r), r)];
      atTheEnd(core, (memory) => {
        coordinateRows(memory, { x, num, B, rows: 3, r, floor: 0 });
      });
      const group = integers(1, 3, 3);
      atTheEnd(core, (memory) => {
        coordinateLabels(memory, { H: num, C: x, group, n: 3, r, c: 3, own: 1, other: 1, floor: 0 });
      });
    }
    for (let seed = 0; seed < 8; seed++) {
      const s = settingOf(seed, [1, 1, 1]);
      const size = new Float32Array(s.r).fill(1);
      atTheEnd(core, (memory) => {
        coordinateCodes(memory, s, size, 0);
      });
    }
  });
});
