import { describe, expect, test } from 'vitest';
import { runTransfer } from '../../../../js/core/exports.js';
import { rowGroups } from '../../../../js/learn/factor/corpus-class-groups.js';
import { type Dense, dense, transpose } from '../../../reference/kernels/dense.js';
import { type StoredMatrix, distance, readGolden, stored } from '../../../reference/golden.js';
import { type Mmd, mmdDiagonal, mmdProducts, mmdRows, mmdTrace } from '../../../reference/kernels/mmd.js';
import { BUILDS, coreOf } from '../cores.js';
import { type Memory, atTheEnd, expectBits, expectNear, guarded } from '../memory.js';
import { combinations, floats, integers, uniforms, upTo } from '../values.js';

type Floats = Float32Array<ArrayBuffer>;

interface GoldenCase extends Omit<Mmd, 'ys' | 'yt'> {
  tag: string;
  ys: number[];
  yt: number[];
  V: StoredMatrix;
  VMp: StoredMatrix;
  VMm: StoredMatrix;
  trace: number;
  diagM: number[];
  frobM: number;
}
const golden = readGolden<{ cases: GoldenCase[] }>('mmd');

/** What the kernels say about codes C (N x r), a row's vectors spread over the rows of its group. */
function moments(
  memory: Memory,
  C: Floats,
  r: number,
  { ys, yt, c, alpha }: Mmd,
  gamma: number,
): { plus: Dense; minus: Dense; diagonal: Float64Array; rows: Float64Array } {
  const { e } = memory;
  const [n, m] = [ys.length, yt.length];
  const G = 2 * c + 2;
  const groups = rowGroups(ys, yt, c).group as Int32Array<ArrayBuffer>;
  const sums = memory.output(Float64Array, G * r);
  const sizes = memory.output(Float64Array, G);
  e.groupSums(sums.at, sizes.at, memory.input(C).at, memory.input(groups).at, n + m, r, G);
  const pull = memory.output(Float32Array, G * r);
  const push = memory.output(Float32Array, G * r);
  const own = memory.output(Float32Array, G);
  const before = [sums.values, sizes.values];
  const at = { pull: pull.at, push: push.at, diagonal: own.at, sums: sums.at, sizes: sizes.at };
  runTransfer(e, { ...at, r, c, sources: 1, targets: 1, alpha, gamma });
  const rows = memory.output(Float64Array, r);
  e.discrepancy(rows.at, sums.at, sizes.at, r, c, 1, 1, alpha);
  expectBits(sums.values, before[0]);
  expectBits(sizes.values, before[1]);
  const spread = (values: Floats): Dense => {
    const byRow = dense(n + m, r);
    groups.forEach((g, j) => byRow.data.set(values.subarray(g * r, (g + 1) * r), j * r));
    return transpose(byRow);
  };
  const diagonal = own.values;
  return {
    plus: spread(push.values),
    minus: spread(pull.values),
    diagonal: Float64Array.from(groups, (g) => diagonal[g]),
    rows: rows.values,
  };
}

/** V (r x N) of codes C (N x r). */
function codesOf(C: Floats, N: number, r: number): Dense {
  return transpose(dense(N, r, C));
}

/** A labelling with unlabelled rows and classes that one side lacks. */
function labelling(seed: number, n: number, m: number, c: number): Mmd {
  const next = uniforms(seed);
  const labels = (size: number): number[] =>
    Array.from({ length: size }, () => Math.floor(next() * (c + 1)) - 1);
  return { ys: labels(n), yt: labels(m), c, alpha: [0, 0.3, 1, 50][seed % 4] };
}

describe.each(BUILDS)('moments (%s build)', (build) => {
  const core = coreOf(build);
  const { exports: e } = core;

  test.each(golden.cases.map((c) => [c.tag, c] as const))('%s: gives the stored numbers', (_, item) => {
    const r = item.V.rows;
    const C = Float32Array.from(transpose(stored(item.V)).data);
    const got = guarded(core, (memory) => moments(memory, C, r, item, 1));
    expect(distance(got.plus.data, item.VMp.data)).toBeLessThanOrEqual(1e-5);
    expect(distance(got.minus.data, item.VMm.data)).toBeLessThanOrEqual(1e-5);
    expect(distance(got.diagonal, item.diagM)).toBeLessThanOrEqual(1e-5);
    expect(distance([got.rows.reduce((a, b) => a + b)], [item.trace])).toBeLessThanOrEqual(1e-5);
  });

  test('several sources: the mean over them of what each does alone, and known rows of the target count as its own', () => {
    const [c, r] = [3, 5];
    const sizes = [7, 4, 9];
    const [n, m] = [20, 11];
    const { ys, yt, alpha } = labelling(5, n, m, c);
    const known = Int32Array.from(yt, (_, j) => (j % 3 === 0 ? j % c : -1));
    const said = Array.from(yt, (k, j) => (known[j] < 0 ? k : known[j]));
    const C = floats(9, (n + m) * r, 0, 1);
    const gamma = 0.7;
    const groups = rowGroups(ys, yt, c, { sizes, known });
    const G = (sizes.length + 2) * (c + 1);
    const many = guarded(core, (memory) => {
      const [sums, counts] = [memory.output(Float64Array, G * r), memory.output(Float64Array, G)];
      const group = memory.input(groups.group as Int32Array<ArrayBuffer>).at;
      e.groupSums(sums.at, counts.at, memory.input(C).at, group, n + m, r, G);
      const [pull, push] = [memory.output(Float32Array, G * r), memory.output(Float32Array, G * r)];
      const own = memory.output(Float32Array, G);
      const at = { pull: pull.at, push: push.at, diagonal: own.at, sums: sums.at, sizes: counts.at };
      runTransfer(e, { ...at, r, c, sources: 3, targets: 2, alpha, gamma });
      const rows = memory.output(Float64Array, r);
      e.discrepancy(rows.at, sums.at, counts.at, r, c, 3, 2, alpha);
      const of = (values: Floats) =>
        Float64Array.from(
          { length: (n + m) * r },
          (_, i) => values[groups.group[Math.floor(i / r)] * r + (i % r)],
        );
      const diagonal = Float64Array.from(groups.group, (g) => own.values[g]);
      return { plus: of(push.values), minus: of(pull.values), diagonal, rows: rows.values };
    });
    const expected = {
      plus: new Float64Array((n + m) * r),
      minus: new Float64Array((n + m) * r),
      diagonal: new Float64Array(n + m),
      rows: new Float64Array(r),
    };
    let first = 0;
    for (const size of sizes) {
      const rows = [...upTo(size - 1).map((i) => first + i), ...upTo(m - 1).map((j) => n + j)];
      const part = Float32Array.from(rows.flatMap((j) => [...C.subarray(j * r, (j + 1) * r)]));
      const mmd = { ys: ys.slice(first, first + size), yt: said, c, alpha };
      const alone = guarded(core, (memory) => moments(memory, part, r, mmd, gamma / sizes.length));
      const [plus, minus] = [transpose(alone.plus).data, transpose(alone.minus).data];
      rows.forEach((j, i) => {
        expected.diagonal[j] += alone.diagonal[i];
        for (let k = 0; k < r; k++) {
          expected.plus[j * r + k] += plus[i * r + k];
          expected.minus[j * r + k] += minus[i * r + k];
        }
      });
      alone.rows.forEach((value, k) => (expected.rows[k] += value / sizes.length));
      first += size;
    }
    for (const name of ['plus', 'minus', 'diagonal', 'rows'] as const)
      expect(distance(many[name], expected[name]), name).toBeLessThanOrEqual(1e-6);
  });

  test('groupSums adds the rows of a group in turn, for every shape, groups without rows included', () => {
    for (const [N, r, G] of combinations([...upTo(17), 300], [...upTo(9), 17], [1, 4, 8])) {
      const C = floats(N + 31 * r, N * r, -1, 1);
      const groups = integers(N + r, N, Math.max(1, G - 1));
      const sums = new Float64Array(G * r);
      const sizes = new Float64Array(G);
      groups.forEach((g, j) => {
        sizes[g]++;
        for (let k = 0; k < r; k++) sums[g * r + k] += C[j * r + k];
      });
      guarded(core, (memory) => {
        const [s, z] = [memory.output(Float64Array, G * r), memory.output(Float64Array, G)];
        e.groupSums(s.at, z.at, memory.input(C, N % 4).at, memory.input(groups).at, N, r, G);
        expectBits(s.values, sums, `${N} x ${r}: sum`);
        expectBits(z.values, sizes, `${N} x ${r}: size`);
      });
    }
  });

  test('transfer and discrepancy are those of the twin, with absent classes and unlabelled rows', () => {
    for (const [n, m, c] of combinations([1, 2, 5, 17], [1, 3, 9], [0, 1, 2, 4]))
      for (const r of upTo(9)) {
        const mmd = labelling(n * 100 + m * 10 + c + r, n, m, c);
        const C = floats(r + n, (n + m) * r);
        const gamma = [1, 0.01, 1000][r % 3];
        guarded(core, (memory) => {
          const got = moments(memory, C, r, mmd, gamma);
          const { plus, minus } = mmdProducts(codesOf(C, n + m, r), mmd);
          // f64 throughout, rounded once.
          const near = (a: ArrayLike<number>, b: Float64Array): void =>
            expectNear(
              a,
              b.map((x) => gamma * x),
              b.map((x) => gamma * x * 2 ** -23.9),
            );
          near(got.plus.data, plus.data);
          near(got.minus.data, minus.data);
          near(got.diagonal, mmdDiagonal(mmd));
          const rows = mmdRows(codesOf(C, n + m, r), mmd);
          expectNear(got.rows, rows, (1 + mmd.alpha) * 1e-14);
          expect(Math.min(0, ...got.rows)).toBe(0);
        });
      }
  });

  test('a small gap between large means keeps its digits', () => {
    const [n, m, r] = [40, 30, 5];
    const mmd: Mmd = { ys: upTo(n - 1).map((j) => j % 2), yt: upTo(m - 1).map((j) => j % 2), c: 2, alpha: 1 };
    const C = floats(1, (n + m) * r, 1000, 1001);
    const got = guarded(core, (memory) => moments(memory, C, r, mmd, 1));
    const V = codesOf(
      C.map((x) => x - 1000),
      n + m,
      r,
    );
    expect(distance(got.rows, mmdRows(V, mmd))).toBeLessThan(1e-9);
    expect(distance([got.rows.reduce((a, b) => a + b)], [mmdTrace(V, mmd)])).toBeLessThan(1e-9);
  });

  test('no operand is read past its end', () => {
    for (const r of [1, 2, 3, 8])
      atTheEnd(core, (memory) => {
        moments(memory, floats(1, 9 * r), r, labelling(5, 5, 4, 2), 1);
      });
  });
});
