import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Core } from '../../../../js/core/core.js';
import { wideValues } from '../../../../js/core/dense/f64-rows.js';
import { corpus, matrix } from '../../../../js/entries/index.js';
import { coral, linearSvm, load } from '../../../../js/entries/methods.js';
import { align, alignBytes } from '../../../../js/methods/coral/alignment.js';
import { decide, trainLinearSvm } from '../../../../js/learn/svm/index.js';
import { BUILDS, coreOf } from '../../../assembly/core/cores.js';
import { floats } from '../../../assembly/core/values.js';
import {
  aligned,
  alignmentOf,
  covariance,
  meansOf,
  regularised,
  ridgeOf,
} from '../../../reference/methods/coral.js';
import { at, type Dense, dense, multiply, tabulate, transpose } from '../../../reference/kernels/dense.js';
import { distance } from '../../../reference/golden.js';

/** Source and target (d x n, d x m): the second with other means and another covariance. */
function pairOf(seed: number, d: number, n: number, m: number): [Dense, Dense] {
  const source = dense(d, n, floats(seed, d * n));
  const mix = dense(d, d, floats(seed + 1, d * d, -0.5, 0.5));
  const other = multiply(mix, dense(d, m, floats(seed + 2, d * m)));
  return [
    source,
    dense(
      d,
      m,
      Float32Array.from(other.data, (value, i) => value + (i % 3)),
    ),
  ];
}

/** What align makes of the source, d x n, and the inner products that it gives. */
function alignedBy(core: Core, source: Dense, target: Dense, lambda: number) {
  const [d, n, m] = [source.rows, source.cols, target.cols];
  const X = tabulate(d, n + m, (i, j) => (j < n ? at(source, i, j) : at(target, i, j - n)));
  return core.scoped(() => {
    const before = core.exports.mark() >>> 0;
    const steps = align(core, { d, N: n + m, data: Float32Array.from(X.data) }, n, lambda);
    let step = steps.next();
    while (step.done !== true) step = steps.next();
    expect((core.exports.mark() >>> 0) - before).toBeLessThanOrEqual(alignBytes(core, { d, n, N: n + m }));
    const P = dense(n, n + m, wideValues(core, step.value.P));
    const gram = dense(n, n, wideValues(core, step.value.gram));
    return { rows: multiply(X, transpose(P)), gram };
  });
}

describe.each(BUILDS)('correlation alignment in n x n form (%s build)', (build) => {
  const core = coreOf(build);

  test('is the d x d definition, for fewer and for more features than utterances', () => {
    for (const [d, n, m] of [
      [1, 5, 6],
      [4, 17, 13],
      [19, 6, 11],
      [12, 13, 12],
      [23, 9, 8],
    ])
      for (const lambda of [0.01, 1, 100]) {
        const [source, target] = pairOf(d + n, d, n, m);
        const { rows, gram } = alignedBy(core, source, target, lambda);
        const expected = aligned(source, target, lambda);
        expect(distance(rows.data, expected.data), `${d} features, λ = ${lambda}`).toBeLessThan(1e-9);
        expect(distance(gram.data, multiply(transpose(expected), expected).data)).toBeLessThan(1e-9);
      }
  });

  test('gives the source the means of the target, and its covariance up to the ridge', () => {
    const size = fc.integer({ min: 2, max: 7 });
    fc.assert(
      fc.property(fc.nat(1e6), size, fc.integer({ min: 12, max: 30 }), (seed, d, n) => {
        const [source, target] = pairOf(seed, d, n, n + 3);
        const { rows } = alignedBy(core, source, target, 1e-8);
        expect(distance(meansOf(rows), meansOf(target))).toBeLessThan(1e-9);
        expect(distance(covariance(rows).data, covariance(target).data)).toBeLessThan(1e-5);
      }),
      { numRuns: 30, seed: 3 },
    );
  });

  test('leaves a source that is like its target where it is', () => {
    const [source] = pairOf(5, 9, 14, 14);
    for (const lambda of [0.1, 1e3])
      expect(distance(alignedBy(core, source, source, lambda).rows.data, source.data)).toBeLessThan(1e-9);
  });

  test('moves by the means alone where nothing varies, or under a large ridge', () => {
    const [source, target] = pairOf(8, 6, 12, 9);
    const moved = tabulate(6, 12, (i, j) => at(source, i, j) - meansOf(source)[i] + meansOf(target)[i]);
    expect(distance(alignedBy(core, source, target, 1e12).rows.data, moved.data)).toBeLessThan(1e-9);
    const constant = tabulate(6, 12, (i) => i);
    const other = tabulate(6, 9, (i) => 3 - i);
    const { rows } = alignedBy(core, constant, other, 1);
    expect(distance(rows.data, tabulate(6, 12, (i) => 3 - i).data)).toBeLessThan(1e-12);
  });
});

test('the definition maps one regularised covariance to the other', () => {
  const [source, target] = pairOf(2, 5, 20, 15);
  const A = alignmentOf(source, target, 0.3);
  const ridge = ridgeOf(source, target, 0.3);
  const mapped = multiply(multiply(A, regularised(source, ridge)), transpose(A));
  expect(distance(mapped.data, regularised(target, ridge).data)).toBeLessThan(1e-12);
});

describe('coral', () => {
  let core: Core;
  beforeAll(async () => {
    core = await load();
  });

  const [d, n, m] = [9, 32, 28];
  const named = (name: string, X: Dense) =>
    corpus({
      name,
      features: matrix(X.cols, d, Float32Array.from(transpose(X).data)),
      columns: Array.from({ length: d }, (_, f) => `feature ${f}`),
      emotion: Array.from({ length: X.cols }, (_, j) => ['anger', 'fear', 'neutral'][j % 3]),
    });
  const classed = (X: Dense): Dense => tabulate(d, X.cols, (i, j) => at(X, i, j) + (i === j % 3 ? 1 : 0));

  test('decides as an SVM that was trained on the aligned rows themselves', async () => {
    const [source, target] = pairOf(11, d, n, m).map(classed);
    const task = { source: named('one', source), target: named('two', target) };
    const model = await coral({ lambda: 0.2, C: 0.5, normalize: 'none' }).fit(task, { core });
    const single = (X: Dense): Dense => dense(X.rows, X.cols, Float32Array.from(X.data));
    const rows = transpose(aligned(single(source), single(target), 0.2)).data;
    const labels = Int32Array.from({ length: n }, (_, j) => j % 3);
    const svm = trainLinearSvm(
      { rows, features: d, labels, classes: 3 },
      { scheme: 'ovr-l2', C: 0.5, bias: 1 },
      { shuffle: () => undefined },
    );
    const expected = decide(svm, Float64Array.from(task.target.features.data)).values;
    expect(distance(model.classify().margins, expected)).toBeLessThan(1e-5);
    expect(model.transform(task.target.features).data).toEqual(task.target.features.data);
  });

  test('is the SVM where the corpora are the same', async () => {
    const source = named('one', classed(pairOf(4, d, n, m)[0]));
    const task = { source, target: source };
    const [own, plain] = await Promise.all(
      [coral({ C: 0.1 }), linearSvm({ C: 0.1 })].map((method) => method.fit(task, { core })),
    );
    expect(distance(own.classify().margins, plain.classify().margins)).toBeLessThan(1e-4);
  });
});
