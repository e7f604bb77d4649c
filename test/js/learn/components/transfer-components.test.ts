import fc from 'fast-check';
import { EigenvalueDecomposition, inverse, Matrix } from 'ml-matrix';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Core } from '../../../../js/core/core.js';
import { corpus, loadModel, matrix } from '../../../../js/entries/index.js';
import { jda, load, tca } from '../../../../js/entries/methods.js';
import {
  centredKernel,
  componentsBytes,
  meanDifference,
  transferComponents,
} from '../../../../js/learn/components/transfer-components.js';
import { BUILDS, coreOf } from '../../../assembly/core/cores.js';
import { floats, integers } from '../../../assembly/core/values.js';
import { add, type Dense, dense, multiply, trace, transpose } from '../../../reference/kernels/dense.js';
import { distance } from '../../../reference/golden.js';
import { classwise, kernelOf, marginal, penalty, spread } from '../../../reference/methods/tca.js';

function run<T>(steps: Generator<unknown, T>): T {
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}

/** Components of X (d x N) on the wasm kernels. */
function componentsOf(core: Core, X: Dense, differences: Float64Array[], r: number, mu: number) {
  const [d, N] = [X.rows, X.cols];
  return core.scoped(() => {
    const kernel = run(centredKernel(core, { d, N, data: Float32Array.from(X.data) }));
    return run(transferComponents(core, kernel, differences, { r, mu }));
  });
}

/** Source and target a column an utterance, with classes of all; the target is moved. */
function problemOf(seed: number, d: number, n: number, m: number) {
  const N = n + m;
  const classes = [...integers(seed + 1, N, 3)];
  const X = dense(
    d,
    N,
    floats(seed, d * N).map(
      (x, at) => x + (at % N < n ? 0 : 0.4) + ((classes[at % N] + Math.floor(at / N)) % 3) / 4,
    ),
  );
  const counted = [
    meanDifference(N, n, () => true),
    ...[0, 1, 2].map((k) => meanDifference(N, n, (j) => classes[j] === k)),
  ];
  const M = [0, 1, 2].reduce((sum, k) => add(sum, classwise(classes, n, k)), marginal(N, n));
  return { X, N, n, M, K: kernelOf(X), differences: counted.filter((one) => one !== null) };
}

const objectiveOf = (B: Dense, W: Dense): number => trace(multiply(multiply(transpose(W), B), W));
const ml = (A: Dense): Matrix => Matrix.from1DArray(A.rows, A.cols, [...A.data]);

describe.each(BUILDS)('transfer components (%s build)', (build) => {
  const core = coreOf(build);

  test('are the leading eigenvectors that ml-matrix finds of the definition', () => {
    for (const [d, n, m] of [
      [3, 9, 8],
      [40, 7, 11],
      [15, 16, 15],
    ])
      for (const mu of [0.01, 3]) {
        const { X, N, M, K, differences } = problemOf(d, d, n, m);
        const r = 2;
        const found = componentsOf(core, X, differences, r, mu);
        const [B, S] = [penalty(K, M, mu), spread(K)];
        const eigen = new EigenvalueDecomposition(inverse(ml(B)).mmul(ml(S)));
        const order = [...eigen.realEigenvalues.keys()].sort(
          (a, b) => eigen.realEigenvalues[b] - eigen.realEigenvalues[a],
        );
        const expected = order.slice(0, r).reduce((sum, k) => sum + 1 / eigen.realEigenvalues[k], 0);
        expect(found.objective / expected).toBeCloseTo(1, 8);
        order.slice(0, r).forEach((k, t) => {
          const w = dense(N, 1, eigen.eigenvectorMatrix.getColumn(k));
          const size = Math.sqrt(objectiveOf(S, w));
          const own = Array.from({ length: N }, (_, i) => found.W[i * r + t]);
          const code = multiply(K, dense(N, 1, own));
          const other = multiply(K, w).data.map((value) => value / size);
          const sign = Math.sign(code.data.reduce((sum, value, i) => sum + value * other[i], 0));
          expect(
            distance(
              code.data,
              other.map((value) => sign * value),
            ),
          ).toBeLessThan(1e-6);
          expect(
            distance(
              found.codes.filter((_, i) => i % r === t),
              code.data,
            ),
          ).toBeLessThan(1e-6);
        });
      }
  });

  test('keep the variance, and no other components that do have a lower objective', () => {
    const size = fc.integer({ min: 4, max: 9 });
    fc.assert(
      fc.property(fc.nat(1e6), fc.integer({ min: 3, max: 20 }), size, size, (seed, d, n, m) => {
        const { X, N, M, K, differences } = problemOf(seed, d, n, m);
        const mu = 0.1;
        const { W, r, objective } = componentsOf(core, X, differences, 2, mu);
        expect(r).toBe(2);
        const [B, S, own] = [penalty(K, M, mu), spread(K), dense(N, 2, W)];
        const kept = multiply(multiply(transpose(own), S), own);
        expect(distance(kept.data, [1, 0, 0, 1])).toBeLessThan(1e-8);
        expect(objective / objectiveOf(B, own)).toBeCloseTo(1, 8);
        for (let t = 0; t < 5; t++) {
          const other = feasible(S, dense(N, 2, floats(seed + t, 2 * N, -1, 1)));
          expect(objectiveOf(B, other)).toBeGreaterThanOrEqual(objective * (1 - 1e-9));
        }
      }),
      { numRuns: 25, seed: 9 },
    );
  });

  test('of corpora that are the same are principal components, whatever the differences weigh', () => {
    const half = floats(3, 6 * 10);
    const X = dense(
      6,
      20,
      Float32Array.from({ length: 120 }, (_, at) => half[Math.floor(at / 20) * 10 + (at % 10)]),
    );
    const all = meanDifference(20, 10, () => true) as Float64Array;
    const found = componentsOf(core, X, [all], 3, 2);
    const { realEigenvalues } = new EigenvalueDecomposition(ml(kernelOf(X)), { assumeSymmetric: true });
    const leading = realEigenvalues.sort((a, b) => b - a).slice(0, 3);
    expect(found.objective / leading.reduce((sum, value) => sum + 2 / value ** 2, 0)).toBeCloseTo(1, 9);
    expect(distance(found.codes.slice(0, 30), found.codes.slice(30))).toBeLessThan(1e-6);
  });

  test('are as many as there are dimensions, none where nothing varies', () => {
    const { X, differences } = problemOf(1, 4, 9, 8);
    expect(componentsOf(core, X, differences, 12, 1).r).toBe(4);
    const wide = problemOf(2, 30, 6, 5);
    expect(componentsOf(core, wide.X, wide.differences, 64, 1).r).toBe(10);
    const constant = dense(
      5,
      17,
      Float32Array.from({ length: 85 }, (_, at) => Math.floor(at / 17) / 3),
    );
    const none = componentsOf(core, constant, differences, 3, 1);
    expect([none.r, none.objective, none.codes.length]).toEqual([0, 0, 0]);
  });

  test('take the memory that is said', () => {
    const { X, N, differences } = problemOf(4, 50, 30, 31);
    const own = coreOf(build);
    const bytes = componentsBytes(own, N, 50, 8, differences.length);
    const before = own.memoryBytes;
    own.reserve(bytes, 'This test');
    const held = own.memoryBytes;
    componentsOf(own, X, differences, 8, 1);
    expect(held).toBeGreaterThanOrEqual(before);
    expect(own.memoryBytes).toBe(held);
  });
});

/** W times what makes Wᵀ S W = I, for two columns. */
function feasible(S: Dense, W: Dense): Dense {
  const [a, b, , c] = multiply(multiply(transpose(W), S), W).data;
  const first = 1 / Math.sqrt(a);
  const rest = Math.sqrt(c - (b * b) / a);
  return multiply(W, dense(2, 2, [first, -b / a / rest, 0, 1 / rest]));
}

describe('tca and jda', () => {
  let core: Core;
  beforeAll(async () => {
    core = await load();
  });

  const EMOTIONS = ['anger', 'fear', 'neutral'];
  const make = (name: string, seed: number, rows: number, moved: number, d = 12) =>
    corpus({
      name,
      features: matrix(
        rows,
        d,
        floats(seed, rows * d).map(
          (x, at) => x + moved * ((at % d) / d) + (at % d === Math.floor(at / d) % 3 ? 1 : 0),
        ),
      ),
      columns: Array.from({ length: d }, (_, f) => `feature ${f}`),
      emotion: Array.from({ length: rows }, (_, i) => EMOTIONS[i % 3]),
    });
  const task = { source: make('one', 1, 33, 0), target: make('two', 2, 30, 2) };

  test('the first pass of jda is tca', async () => {
    const first = await jda({ r: 5, lambda: 0.3, maxIterations: 1 }).fit(task, { core });
    const plain = await tca({ r: 5, mu: 0.3 }).fit(task, { core });
    expect(first.classify()).toEqual(plain.classify());
    expect(first.iterations).toEqual([1]);
  });

  test('tell three classes apart, before and after a round trip', async () => {
    for (const method of [tca({ r: 4 }), jda({ r: 4 })]) {
      const model = await method.fit(task, { core });
      const right = model.predict().filter((emotion, i) => emotion === task.target.emotion[i]);
      expect(right.length, method.name).toBeGreaterThanOrEqual(27);
      expect(model.transform(task.target.features).cols).toBe(4);
      const loaded = await loadModel(model.toBytes(), { core });
      expect(loaded.classify(task.source.features)).toEqual(model.classify(task.source.features));
    }
  });

  test('jda stops once its pseudo labels stay, and further passes would change nothing', async () => {
    const model = await jda({ r: 4, lambda: 0.01, maxIterations: 30 }).fit(task, { core });
    const [passes] = model.iterations;
    expect(passes).toBeLessThan(30);
    const longer = await jda({ r: 4, lambda: 0.01, maxIterations: passes }).fit(task, { core });
    expect(longer.classify()).toEqual(model.classify());
  });

  test('use the components that there are, and say so', async () => {
    for (const method of [tca({ r: 40 }), jda({ r: 40 })]) {
      const model = await method.fit(task, { core });
      expect(model.warnings.join()).toBe(
        'r = 40 is above the 12 components that there are: all of them were used',
      );
      const exact = await method.with({ r: 12 }).fit(task, { core });
      expect(exact.warnings).toEqual([]);
      expect(exact.classify()).toEqual(model.classify());
      const constant = (given: typeof task.source) =>
        corpus({ ...given, features: matrix(given.features.rows, 12) });
      const none = await method.fit(
        { source: constant(task.source), target: constant(task.target) },
        { core },
      );
      expect(none.warnings.join()).toMatch('above the 0 components that there are: the base SVM decides');
    }
  });
});
