import { describe, expect, test } from 'vitest';
import { runAffinity } from '../../../../js/core/exports.js';
import { type Graph, type SigmaRule, buildGraph } from '../../../../js/core/samples/graph.js';
import { gram, gramColumns, gramOfColumns, gramParts, pack } from '../../../../js/core/samples/samples.js';
import { matrix } from '../../../../js/data/matrix.js';
import { type Dense, at, dense, fromRows, transpose } from '../../../reference/kernels/dense.js';
import { type StoredMatrix, distance, readGolden, stored } from '../../../reference/golden.js';
import * as twin from '../../../reference/kernels/graph.js';
import { BUILDS, coreOf } from '../cores.js';
import { type Memory, atTheEnd, expectBits, expectNear, guarded } from '../memory.js';
import { product, wideSum } from '../orders.js';
import { combinations, floats, integers, uniforms, upTo } from '../values.js';

type Floats = Float32Array<ArrayBuffer>;
const f = Math.fround;

interface Golden {
  X: StoredMatrix;
  cases: {
    k: number;
    sigmaRule: 'meanpair' | 'meanknn';
    sigma: number;
    neighbours: number[][];
    W: StoredMatrix;
  }[];
  constant: { X: StoredMatrix; k: number; sigma: number; W: StoredMatrix };
}
const golden = readGolden<Golden>('graph');

const RULES: Record<twin.SigmaRule, SigmaRule> = {
  meanpair: 'mean-pair',
  meanknn: 'mean-neighbour',
  local: 'local',
};

/** Rows (N x d) of a d x N matrix, rounded to f32. */
function rowsOf(X: Dense): Floats {
  return Float32Array.from(transpose(X).data);
}

/** X as the twin wants it, d x N, of f32 rows. */
function columnsOf(rows: Floats, N: number, d: number): Dense {
  return transpose(dense(N, d, rows));
}

function turned(values: Floats, rows: number, cols: number): Floats {
  const out = new Float32Array(rows * cols);
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) out[j * rows + i] = values[i * cols + j];
  return out;
}

/** `nearest` on N x d rows, on guarded memory. */
function nearest(
  memory: Memory,
  rows: Floats,
  N: number,
  d: number,
  k: number,
): { neighbours: number[][]; squares: Float64Array; index: Int32Array<ArrayBuffer>; pairSum: number } {
  const { e } = memory;
  const columns = memory.output(Float32Array, e.panelBytes(d, N) / 4);
  e.packColumns(columns.at, memory.input(rows).at, d, d, N, 0, N);
  const panels = memory.input(columns.values);
  const products = memory.input(product(rows, turned(rows, N, d), N, N, d));
  const index = memory.output(Int32Array, N * k);
  const squares = memory.output(Float64Array, N * k);
  const scratch = memory.scratch(e.nearestBytes(N, k));
  const pairSum = e.nearest(index.at, squares.at, products.at, panels.at, scratch, N, d, k);
  const list = index.values;
  return {
    neighbours: upTo(N - 1).map((i) => [...list.subarray(i * k, (i + 1) * k)]),
    squares: squares.values,
    index: list,
    pairSum,
  };
}

/** Checks `nearest` for every k against straight f64 differences. */
function expectNearest(
  core: ReturnType<typeof coreOf>,
  rows: Floats,
  N: number,
  d: number,
  ks: readonly number[],
): void {
  const X = columnsOf(rows, N, d);
  const S = twin.squaredDistances(X);
  const all = twin.nearestNeighbours(X, N - 1);
  for (const k of ks)
    guarded(core, (memory) => {
      const got = nearest(memory, rows, N, d, k);
      const what = `N ${N}, d ${d}, k ${k}`;
      const near = all.flatMap((list) => list.slice(0, k));
      expectBits(got.index, Int32Array.from(near), `${what}: neighbour`);
      const expected = all.flatMap((list, i) => list.slice(0, k).map((j) => at(S, i, j)));
      expectNear(
        got.squares,
        expected,
        expected.map((s) => s * 1e-13),
        what,
      );
    });
}

function graphOf(
  core: ReturnType<typeof coreOf>,
  rows: Floats,
  N: number,
  d: number,
  k: number,
  rule: SigmaRule,
): Graph {
  const n = Math.ceil(N / 2);
  return core.scoped(() => {
    const samples = pack(core, matrix(n, d, rows.slice(0, n * d)), matrix(N - n, d, rows.slice(n * d)));
    return buildGraph(samples, gram(samples), k, rule);
  });
}

/** W of a graph, N x N. */
function denseOf({ start, column, weight }: Graph): Dense {
  const N = start.length - 1;
  const W = dense(N, N);
  for (let i = 0; i < N; i++)
    for (let entry = start[i]; entry < start[i + 1]; entry++) W.data[i * N + column[entry]] = weight[entry];
  return W;
}

/** Checks a graph against the twin on the same f32 rows, and that it hangs together. */
function expectGraph(got: Graph, rows: Floats, N: number, d: number, k: number, rule: twin.SigmaRule): void {
  const X = columnsOf(rows, N, d);
  const expected = twin.heatGraph(X, k, rule);
  const sparse = twin.toCsr(expected);
  expect([...got.start]).toEqual([...sparse.start]);
  expect([...got.column]).toEqual([...sparse.indices]);
  expectNear(got.weight, sparse.values, 1e-5, `${rule}, weight`);
  const degrees = upTo(N - 1).map((i) => {
    let sum = 0;
    for (let entry = got.start[i]; entry < got.start[i + 1]; entry++) sum += got.weight[entry];
    return f(sum);
  });
  expect([...got.degree]).toEqual(degrees);
  const W = denseOf(got);
  expect([...transpose(W).data]).toEqual([...W.data]);
  expect(distance([got.sigma], [expected.widths.reduce((a, b) => a + b, 0) / N])).toBeLessThanOrEqual(1e-5);
}

describe.each(BUILDS)('graph (%s build)', (build) => {
  const core = coreOf(build);
  const { exports: e } = core;

  test.each(golden.cases.map((c) => [c.k, c.sigmaRule, c] as const))(
    'k = %i with %s: the stored neighbours, sigma and weights',
    (k, rule, expected) => {
      const X = stored(golden.X);
      const rows = rowsOf(X);
      const [d, N] = [X.rows, X.cols];
      const graph = graphOf(core, rows, N, d, k, RULES[rule]);
      expect(distance([graph.sigma], [expected.sigma])).toBeLessThanOrEqual(1e-5);
      expect(distance(denseOf(graph).data, expected.W.data)).toBeLessThanOrEqual(1e-5);
      const clamped = Math.min(k, N - 1);
      expect(graph.neighbours).toBe(clamped);
      const { neighbours } = guarded(core, (memory) => nearest(memory, rows, N, d, clamped));
      expect(neighbours).toEqual(expected.neighbours);
    },
  );

  test.each(['mean-pair', 'mean-neighbour', 'local'] as const)(
    'equal points are joined with weight 1 when every distance is 0 (%s)',
    (rule) => {
      const { X, k, sigma, W } = golden.constant;
      const graph = graphOf(core, rowsOf(stored(X)), X.cols, X.rows, k, rule);
      expect(graph.sigma).toBe(sigma);
      expect([...denseOf(graph).data]).toEqual(W.data);
    },
  );

  test('gram is X Xᵀ to the bit, for sizes around the tiles', () => {
    for (const [N, d] of [...combinations([1, 2, 7, 8, 9, 17], [1, 3, 8, 17, 256, 257]), [1033, 3]]) {
      const rows = floats(N + d, N * d, -1, 1);
      core.scoped(() => {
        const n = Math.floor(N / 2);
        const samples = pack(core, matrix(n, d, rows.slice(0, n * d)), matrix(N - n, d, rows.slice(n * d)));
        expectBits(core.f32(gram(samples), N * N).slice(), product(rows, turned(rows, N, d), N, N, d));
        let square = 0;
        for (let i = 0; i < N; i += 8) {
          const block = rows.subarray(i * d, Math.min(N, i + 8) * d);
          square += wideSum(block.length, (j) => block[j] * block[j]);
        }
        expect(samples.square).toBe(square);
        const whole = core.f32(gram(samples), N * N).slice();
        for (const [parts, wide] of combinations([1, 2, 5], [0, 1])) {
          core.exports.widen(wide);
          const split = gramParts(N, parts);
          expect(split.length).toBeLessThanOrEqual(parts);
          const columns = split.map((part) => ({ ...part, data: gramColumns(samples, part) }));
          core.exports.widen(0);
          expectBits(core.f32(gramOfColumns(samples, columns), N * N).slice(), whole);
        }
      });
    }
  });

  test('neighbours and their distances are the exact ones, for every size', () => {
    for (const [N, d] of combinations(upTo(17).slice(2), [...upTo(17).slice(1), 255, 256, 257, 513]))
      expectNearest(core, floats(31 * N + d, N * d), N, d, [1, Math.ceil(N / 2), N - 1]);
  });

  test('ties go to the lowest index: points on a small lattice', () => {
    for (const [N, d] of combinations([2, 5, 17, 40], [1, 2, 3, 9])) {
      const rows = Float32Array.from(integers(N + d, N * d, 3));
      expectNearest(
        core,
        rows,
        N,
        d,
        [1, 3, 7, N - 1].filter((k) => k < N),
      );
    }
  });

  test('sixty equal rows among a hundred are each other’s neighbours, lowest index first', () => {
    const [N, d] = [100, 13];
    const rows = floats(3, N * d);
    const equal = upTo(N - 1).filter((i) => i % 5 < 3);
    for (const i of equal) rows.copyWithin(i * d, 0, d);
    expect(equal).toHaveLength(60);
    expectNearest(core, rows, N, d, [1, 5, 59, 60, 99]);
    const { neighbours, squares } = guarded(core, (memory) => nearest(memory, rows, N, d, 5));
    expect(neighbours[50]).toEqual(equal.slice(0, 5));
    expect(neighbours[0]).toEqual(equal.slice(1, 6));
    expect([...squares.slice(0, 5)]).toEqual([0, 0, 0, 0, 0]);
    for (const [k, rule] of [
      [5, 'meanpair'],
      [5, 'meanknn'],
      [5, 'local'],
      [70, 'meanpair'],
    ] as const)
      expectGraph(graphOf(core, rows, N, d, k, RULES[rule]), rows, N, d, k, rule);
  });

  test('more doubtful pairs than are measured together find their places all the same', () => {
    // 135 · 134 / 2 pairs, all equal, are more than one list of them holds.
    const [N, d] = [135, 9];
    const rows = floats(8, N * d);
    for (let i = 1; i < N; i++) rows.copyWithin(i * d, 0, d);
    expectNearest(core, rows, N, d, [1, 5, 134]);
    const { pairSum } = guarded(core, (memory) => nearest(memory, rows, N, d, 5));
    expect(pairSum).toBe(0);
  });

  test.each([
    [100, 12],
    [1000, 300],
    [10_000, 30],
  ])('an offset of %d cancels in the Gram matrix and moves no neighbour', (offset, d) => {
    const N = 40;
    const rows = floats(offset, N * d, offset, offset + 1);
    // The case is worth having only if the Gram matrix alone would get it wrong.
    const G = product(rows, turned(rows, N, d), N, N, d);
    const S = twin.squaredDistances(columnsOf(rows, N, d));
    const byGram = (i: number, j: number): number => G[i * N + i] + G[j * N + j] - 2 * G[i * N + j];
    const closest = (i: number, of: (i: number, j: number) => number): number =>
      upTo(N - 1)
        .filter((j) => j !== i)
        .sort((a, b) => of(i, a) - of(i, b) || a - b)[0];
    expect(upTo(N - 1).some((i) => closest(i, byGram) !== closest(i, (a, b) => at(S, a, b)))).toBe(true);
    expectNearest(core, rows, N, d, [1, 5, 39]);
    for (const rule of ['meanpair', 'meanknn', 'local'] as const)
      expectGraph(graphOf(core, rows, N, d, 5, RULES[rule]), rows, N, d, 5, rule);
  });

  test('neighbours survive the worst rounding that a Gram sum can have', () => {
    // After a first entry of 1 every further product is below half a unit of the sum and is lost.
    const [N, d] = [30, 256];
    const next = uniforms(9);
    const rows = Float32Array.from({ length: N * d }, (_, at) => (at % d === 0 ? 1 : next() * 2 ** -12.01));
    const G = product(rows, turned(rows, N, d), N, N, d);
    expect(new Set(G)).toEqual(new Set([1]));
    expectNearest(core, rows, N, d, [1, 4, 29]);
  });

  test('rows of very different lengths have exact neighbours', () => {
    const [N, d] = [35, 70];
    const rows = floats(4, N * d).map((x, at) => x * 10 ** ((Math.floor(at / d) % 7) - 3));
    expectNearest(core, rows, N, d, [1, 6, 34]);
  });

  test('the mean distance of all pairs is that of exact arithmetic', () => {
    for (const [N, d, offset] of combinations([2, 9, 33], [1, 8, 257, 1000], [0, 0.6, 1, 8.5, 10, 100])) {
      const rows = floats(N + d, N * d, offset, offset + 1);
      const { pairSum } = guarded(core, (memory) => nearest(memory, rows, N, d, 1));
      const exact = twin.meanPairDistance(columnsOf(rows, N, d));
      const mean = pairSum / ((N * (N - 1)) / 2);
      if (!(distance([mean], [exact]) <= 1e-5))
        throw new Error(
          `N ${N}, d ${d}, offset ${offset}: ${mean} instead of ${exact}, ${distance([mean], [exact])}`,
        );
    }
  });

  test('the affinity is that of the twin, for every rule and size', () => {
    for (const [N, k] of combinations([2, 3, 8, 9, 17, 40], [1, 2, 5, 16, 100]))
      for (const rule of ['meanpair', 'meanknn', 'local'] as const) {
        const d = 1 + ((N + k) % 12);
        const rows = floats(N + k, N * d);
        const graph = graphOf(core, rows, N, d, k, RULES[rule]);
        expect(graph.neighbours).toBe(Math.min(k, N - 1));
        expectGraph(graph, rows, N, d, k, rule);
      }
  });

  test('a single row has an empty graph', () => {
    for (const rule of ['mean-pair', 'mean-neighbour', 'local'] as const) {
      const graph = graphOf(core, floats(1, 5), 1, 5, 3, rule);
      expect(graph).toEqual({
        neighbours: 0,
        start: new Int32Array(2),
        column: new Int32Array(0),
        weight: new Float32Array(0),
        degree: new Float32Array(1),
        sigma: 0,
      });
    }
  });

  test('with local widths a point apart from nine equal ones is not joined to them', () => {
    // Its neighbours have width 0: the weight is the limit 0, while equal points keep 1.
    const rows = Float32Array.from([0, 0, 0, 0, 0, 0, 0, 0, 0, 5]);
    expectGraph(graphOf(core, rows, 10, 1, 3, 'local'), rows, 10, 1, 3, 'local');
    const W = denseOf(graphOf(core, rows, 10, 1, 3, 'local'));
    expect(at(W, 9, 0)).toBe(0);
    expect(at(W, 0, 1)).toBe(1);
  });

  test('affinity stays within its blocks, also with more neighbours stored than used', () => {
    for (const [N, ld] of combinations([2, 5, 9, 17], [1, 4, 7, 16]))
      for (const k of upTo(ld).slice(1)) {
        if (ld >= N) continue;
        const rows = floats(N + ld, N * 3);
        guarded(core, (memory) => {
          const found = nearest(memory, rows, N, 3, ld);
          const index = memory.input(found.index);
          const square = memory.input(Float64Array.from(found.squares));
          const start = memory.output(Int32Array, N + 1);
          const column = memory.output(Int32Array, 2 * N * k);
          const weight = memory.output(Float32Array, 2 * N * k);
          const degree = memory.output(Float32Array, N);
          const end = memory.scratch(N * 4);
          const entries = runAffinity(e, {
            ...{ start: start.at, column: column.at, weight: weight.at, degree: degree.at, end },
            ...{ index: index.at, square: square.at, N, ld, k, scale: 0.5, local: 0 },
          });
          const neighbours = twin.nearestNeighbours(columnsOf(rows, N, 3), k);
          const S = twin.squaredDistances(columnsOf(rows, N, 3));
          const joined = (i: number, j: number): boolean =>
            neighbours[i].includes(j) || neighbours[j].includes(i);
          const pairs = combinations(upTo(N - 1), upTo(N - 1));
          const edges = [...pairs].filter(([i, j]) => i !== j && joined(i, j));
          expect(entries).toBe(edges.length);
          expect([...column.values.slice(0, entries)]).toEqual(edges.map(([, j]) => j));
          const weights = edges.map(([i, j]) => Math.exp(-at(S, i, j) / 0.5));
          expectNear(weight.values.slice(0, entries), weights, 1e-7);
          expect([...start.values]).toEqual(upTo(N).map((i) => edges.filter(([row]) => row < i).length));
        });
      }
  });

  test('affinityProduct adds the entries of a row in turn, for every shape', () => {
    for (const [N, r] of combinations([...upTo(9), 17], [...upTo(9), 17])) {
      const graph = sparse(N);
      const C = floats(N + 31 * r, N * r);
      const expected = new Float32Array(N * r);
      for (let i = 0; i < N; i++)
        for (let entry = graph.start[i]; entry < graph.start[i + 1]; entry++)
          for (let k = 0; k < r; k++) {
            const c = C[graph.column[entry] * r + k];
            expected[i * r + k] = f(expected[i * r + k] + f(graph.weight[entry] * c));
          }
      guarded(core, (memory) => {
        const out = memory.output(Float32Array, N * r, N % 4);
        const [start, column, weight] = [graph.start, graph.column, graph.weight].map(
          (x) => memory.input(x).at,
        );
        e.affinityProduct(out.at, memory.input(C, r % 4).at, start, column, weight, N, r);
        expectBits(out.values, expected, `${N} x ${r}: value`);
      });
    }
  });

  test('roughness sums the edges in f64, for every shape', () => {
    for (const [N, r] of combinations([...upTo(9), 17], [...upTo(9), 17])) {
      const { start, column, weight } = sparse(N);
      const C = floats(N + 31 * r, N * r, 100, 101);
      const expected = new Float64Array(r);
      for (let i = 0; i < N; i++)
        for (let entry = start[i]; entry < start[i + 1]; entry++)
          for (let k = 0; k < r && column[entry] > i; k++) {
            const gap = C[i * r + k] - C[column[entry] * r + k];
            expected[k] += weight[entry] * (gap * gap);
          }
      guarded(core, (memory) => {
        const out = memory.output(Float64Array, r);
        const [s, j, w] = [start, column, weight].map((x) => memory.input(x).at);
        e.roughness(out.at, memory.input(C, r % 4).at, s, j, w, N, r);
        expectBits(out.values, expected, `${N} x ${r}: value`);
        const W = dense(N, N);
        for (let i = 0; i < N; i++)
          for (let entry = start[i]; entry < start[i + 1]; entry++)
            W.data[i * N + column[entry]] = weight[entry];
        const rows = twin.laplacianRows(transpose(dense(N, r, C)), W);
        expectNear(
          out.values,
          rows,
          rows.map((x) => x * 1e-13),
        );
      });
    }
  });

  test('no operand is read past its end', () => {
    for (const [N, d, k] of combinations([5, 8], [1, 8, 9], [1, 3]))
      atTheEnd(core, (memory) => {
        nearest(memory, floats(N, N * d), N, d, k);
      });
    for (const r of upTo(9)) {
      const { start, column, weight } = sparse(7);
      atTheEnd(core, (memory) => {
        const C = memory.input(floats(r, 7 * r)).at;
        const [s, j, w] = [start, column, weight].map((x) => memory.input(x).at);
        e.affinityProduct(memory.output(Float32Array, 7 * r).at, C, s, j, w, 7, r);
        e.roughness(memory.output(Float64Array, r).at, C, s, j, w, 7, r);
      });
    }
  });
});

/** A symmetric graph over N rows in f32, some of them without an edge. */
function sparse(N: number): {
  start: Int32Array<ArrayBuffer>;
  column: Int32Array<ArrayBuffer>;
  weight: Floats;
} {
  const next = uniforms(N);
  const W = fromRows(upTo(N - 1).map(() => new Float64Array(N)));
  for (const [i, j] of combinations(upTo(N - 1), upTo(N - 1)))
    if (j > i && next() < 0.4) W.data[i * N + j] = W.data[j * N + i] = f(next());
  const start = new Int32Array(N + 1);
  const column: number[] = [];
  for (let i = 0; i < N; i++) {
    for (let j = 0; j < N; j++) if (at(W, i, j) > 0) column.push(j);
    start[i + 1] = column.length;
  }
  const weight = new Float32Array(column.length);
  for (let i = 0; i < N; i++)
    for (let entry = start[i]; entry < start[i + 1]; entry++) weight[entry] = at(W, i, column[entry]);
  return { start, column: Int32Array.from(column), weight };
}
