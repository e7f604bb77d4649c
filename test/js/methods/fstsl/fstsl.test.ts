import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Core } from '../../../../js/core/core.js';
import type { FeatureRows } from '../../../../js/core/samples/feature-rows.js';
import type { Graph } from '../../../../js/core/samples/graph.js';
import { corpus, loadModel, matrix, SatnmfError } from '../../../../js/entries/index.js';
import { fstsl, load } from '../../../../js/entries/methods.js';
import {
  sparseSubspace,
  type SparseSubspaceOptions,
  subspaceRank,
} from '../../../../js/methods/fstsl/sparse-subspace.js';
import { transferMatrix } from '../../../../js/methods/fstsl/transfer-matrix.js';
import { BUILDS, coreOf } from '../../../assembly/core/cores.js';
import { uniforms } from '../../../assembly/core/values.js';
import { at, type Dense, dense, multiply, transpose } from '../../../reference/kernels/dense.js';
import {
  subspaceObjective,
  subspacePasses,
  type SubspaceProblem,
  transfer,
} from '../../../reference/methods/fstsl.js';
import { distance, stored } from '../../../reference/golden.js';
import { SUBSPACES } from '../../../reference/methods/stored-subspace.js';

function rowsOf(X: Dense): FeatureRows {
  return { d: X.rows, N: X.cols, data: Float32Array.from(X.data) };
}

/** W in compressed rows. */
function graphOf(W: Dense): Graph {
  const N = W.rows;
  const edges = Array.from({ length: N }, (_, i) =>
    Array.from({ length: N }, (_, j) => j).filter((j) => at(W, i, j) !== 0),
  );
  const start = Int32Array.from({ length: N + 1 }, (_, i) => edges.slice(0, i).flat().length);
  return {
    neighbours: 1,
    start,
    column: Int32Array.from(edges.flat()),
    weight: Float32Array.from(edges.flatMap((list, i) => list.map((j) => at(W, i, j)))),
    degree: new Float32Array(N),
    sigma: 1,
  };
}

/** P and the objective after each pass. */
function passesOf(
  core: Core,
  X: FeatureRows,
  K: Float64Array,
  options: SparseSubspaceOptions,
  count: number,
) {
  return core.scoped(() => {
    const found: { objective: number; P: Dense }[] = [];
    for (const pass of sparseSubspace(core, X, K, options)) {
      if (pass !== undefined) found.push({ objective: pass.objective, P: dense(X.d, options.r, pass.P) });
      if (found.length === count) break;
    }
    return found;
  });
}

const squared = (P: Dense): Float64Array => multiply(P, transpose(P)).data;

function randomProblem(seed: number, d: number, n: number, m: number, r: number): SubspaceProblem {
  const next = uniforms(seed);
  const N = n + m;
  const X = dense(d, N, Float32Array.from({ length: d * N }, next));
  const W = dense(N, N);
  for (let i = 0; i < N; i++)
    for (let j = 0; j < i; j++)
      W.data[i * N + j] = W.data[j * N + i] = next() < 0.3 ? Math.fround(next()) : 0;
  return { X, W, n, mu: 2 * next(), delta: 0.01 + next(), eps: 1e-8, r };
}

describe.each(BUILDS)('the subspace of FSTSL in N x N form (%s build)', (build) => {
  const core = coreOf(build);

  test.each(SUBSPACES)('reproduces case %i of the golden file', (_, problem, one) => {
    const K = transfer(problem);
    const passes = passesOf(core, rowsOf(problem.X), K.data, problem, 20);
    expect(distance(squared(passes[0].P), squared(stored(one.P1)))).toBeLessThan(1e-3);
    expect(distance(squared(passes[19].P), squared(stored(one.P20)))).toBeLessThan(1e-3);
    expect(
      distance(
        passes.map(({ objective }) => objective),
        one.trace,
      ),
    ).toBeLessThan(1e-5);
  });

  test.each(SUBSPACES)('builds the matrix of case %i from its graph and labels', (_, problem, one) => {
    const labels = Int32Array.from(one.ys);
    const K = transferMatrix(graphOf(problem.W), problem.n, problem.mu, one.supervised ? labels : null);
    expect(distance(K, transfer(problem).data)).toBeLessThan(1e-6);
  });

  test('is the d x d problem, for fewer and for more features than utterances', () => {
    for (const [d, n, m] of [
      [3, 8, 7],
      [12, 6, 5],
      [40, 9, 8],
      [9, 5, 5],
    ]) {
      const problem = randomProblem(d, d, n, m, 2);
      const expected = subspacePasses(problem, 4);
      const found = passesOf(core, rowsOf(problem.X), transfer(problem).data, problem, 4);
      found.forEach(({ objective, P }, t) => {
        expect(distance(squared(P), squared(expected[t])), `${d} features, pass ${t}`).toBeLessThan(1e-6);
        expect(objective / subspaceObjective(problem, P)).toBeCloseTo(1, 9);
      });
    }
  });

  test('never raises its objective, whatever the problem', () => {
    const size = fc.integer({ min: 4, max: 12 });
    fc.assert(
      fc.property(
        fc.nat(1e6),
        fc.integer({ min: 3, max: 30 }),
        size,
        size,
        fc.integer({ min: 1, max: 2 }),
        (seed, d, n, m, r) => {
          const problem = randomProblem(seed, d, n, m, r);
          const found = passesOf(core, rowsOf(problem.X), transfer(problem).data, problem, 8);
          for (let t = 1; t < found.length; t++)
            expect(found[t].objective).toBeLessThanOrEqual(found[t - 1].objective * (1 + 1e-9));
        },
      ),
      { numRuns: 30, seed: 5 },
    );
  });

  test('knows the rank of the centred features, as far as it is asked', () => {
    const next = uniforms(8);
    const rank = (d: number, N: number, most: number, entry: (f: number, j: number) => number): number =>
      core.scoped(() => {
        const data = Float32Array.from({ length: d * N }, (_, i) => entry(Math.floor(i / N), i % N));
        const steps = subspaceRank(core, { d, N, data }, most);
        let step = steps.next();
        while (step.done !== true) step = steps.next();
        return step.value;
      });
    expect(rank(20, 9, 30, next)).toBe(8);
    expect(rank(4, 30, 29, next)).toBe(4);
    expect(rank(20, 9, 3, next)).toBe(4);
    expect(rank(7, 9, 8, (f) => f)).toBe(0);
    expect(rank(7, 9, 8, (f, j) => f * (j % 2))).toBe(1);
    const pattern = [0, 1, 2].map(() => Array.from({ length: 12 }, next));
    expect(rank(30, 12, 11, (f, j) => pattern[f % 3][j])).toBe(3);
  });
});

describe('fstsl', () => {
  let core: Core;
  beforeAll(async () => {
    core = await load();
  });

  const pair = (d = 12) => {
    const next = uniforms(4);
    const make = (name: string, rows: number) =>
      corpus({
        name,
        features: matrix(
          rows,
          d,
          Float32Array.from(
            { length: rows * d },
            (_, at) => next() + (at % d < 4 ? Math.floor(at / d) % 2 : 0),
          ),
        ),
        columns: Array.from({ length: d }, (_, f) => `feature ${f}`),
        emotion: Array.from({ length: rows }, (_, i) => ['anger', 'neutral'][i % 2]),
      });
    return { source: make('one', 26), target: make('two', 24) };
  };

  test.each([0, -1, 1e-7, NaN, Infinity])(
    'refuses delta = %s by its name: nothing would be left to solve',
    (delta) => {
      expect(() => fstsl({ delta })).toThrow(SatnmfError);
      expect(() => fstsl({ delta })).toThrow(/"delta" must be a finite number ≥ 0.000001/);
    },
  );

  test('lowers an r that is not below the rank of the features, and says so', async () => {
    const task = pair();
    const high = await fstsl({ r: 64 }).fit(task, { core });
    expect(high.warnings.join()).toBe('r = 64 is not below the rank 12 of the features: r = 11 was used');
    const full = await fstsl({ r: 11 }).fit(task, { core });
    expect(full.warnings).toEqual([]);
    expect(high.classify()).toEqual(full.classify());
    const narrow = await fstsl().fit(pair(1), { core });
    expect(narrow.warnings.join()).toMatch('not below the rank 1 of the features: the base SVM decides');
  });

  test('separates two classes, on the features and on their principal components', async () => {
    const task = pair();
    for (const pca of [0, 5]) {
      const model = await fstsl({ r: 1, pca, delta: 0.1 }).fit(task, { core });
      const right = model.predict().filter((emotion, i) => emotion === task.target.emotion[i]);
      expect(right.length, `pca ${pca}`).toBeGreaterThanOrEqual(21);
      expect(model.transform(task.target.features).cols).toBe(1);
      const loaded = await loadModel(model.toBytes(), { core });
      expect(loaded.classify(task.source.features)).toEqual(model.classify(task.source.features));
    }
  });

  test('on all principal components and without sparsity to speak of spans what it spans on the features', async () => {
    const task = pair();
    const plain = {
      r: 2,
      delta: 1e-4,
      mu: 10,
      unitNorm: false,
      maxIterations: 1,
      normalize: 'none',
    } as const;
    const [features, components] = await Promise.all(
      [0, 49].map((pca) => fstsl({ ...plain, pca }).fit(task, { core })),
    );
    const inner = (codes: Float32Array, i: number, j: number): number =>
      codes[2 * i] * codes[2 * j] + codes[2 * i + 1] * codes[2 * j + 1];
    const [a, b] = [features, components].map((model) => model.transform(task.target.features).data);
    const pairs = (codes: Float32Array): number[] =>
      Array.from({ length: 24 * 24 }, (_, at) => inner(codes, Math.floor(at / 24), at % 24));
    expect(distance(pairs(b), pairs(a))).toBeLessThan(1e-3);
  });

  test('reports an objective that never rises, and counts its passes', async () => {
    const seen: number[] = [];
    const model = await fstsl({ r: 4, delta: 0.1 }).fit(pair(), {
      core,
      onProgress: ({ phase, objective }) => phase === 'subspace' && seen.push(objective as number),
    });
    expect(model.iterations).toEqual([seen.length]);
    expect(seen.length).toBeGreaterThan(2);
    for (let t = 1; t < seen.length; t++) expect(seen[t]).toBeLessThanOrEqual(seen[t - 1] * (1 + 1e-9));
  });
});
