import { describe, expect, test } from 'vitest';
import type { Core } from '../../../../../js/core/core.js';
import { type LinearSvm, predictClasses, trainLinearSvm } from '../../../../../js/learn/svm/index.js';
import type { StoredGram } from '../../../../../js/learn/svm/problem.js';
import { decideGram } from '../../../../../js/learn/svm/decide.js';
import { coreOf } from '../../../../assembly/core/cores.js';
import { rng } from '../../../../reference/kernels/random.js';
import { type Rows, clouds, innerProducts, shuffler } from '../svm-problem.js';

/** The values that the paper searches. */
const CS = [0.1, 0.5, 1, 5, 10, 50, 100];

const core = coreOf('release');

/** A problem with its Gram in wasm memory, in the corner of one with more rows, and the same on the host. */
function stored<T>(
  { n, p, rows }: Rows,
  work: (stored: StoredGram, gram: Float32Array) => T,
  on: Core = core,
): T {
  const gram = Float32Array.from(innerProducts(rows, n, rows, n, p));
  return on.scoped(() => {
    const ld = n + 5;
    const at = on.alloc(ld * ld * 4);
    const view = on.f32(at, ld * ld).fill(NaN);
    for (let i = 0; i < n; i++) view.set(gram.subarray(i * n, (i + 1) * n), i * ld);
    return work({ core: on, at, ld }, gram);
  });
}

/** Rows of sixteenths: their inner products are exact in f32, and make a matrix without negative eigenvalues. */
function exact(problem: Rows): Rows {
  return { ...problem, rows: problem.rows.map((value) => Math.round(16 * value) / 16) };
}

/** Few features, many features, separable, hopeless; three classes and two. */
const PROBLEMS: Record<string, Rows> = {
  'many features, separable': exact(clouds(rng(1, 1), 90, 200, 4, 1)),
  'many features, hopeless': exact(clouds(rng(2, 1), 80, 150, 3, 8)),
  'few features': exact(clouds(rng(3, 1), 120, 6, 3, 0.8)),
  'two classes': exact(clouds(rng(4, 1), 70, 40, 2, 2)),
  'rows that look alike': exact(offset(clouds(rng(5, 1), 100, 60, 4, 1.5), 6)),
};

function offset(problem: Rows, by: number): Rows {
  return { ...problem, rows: problem.rows.map((value) => value + by) };
}

const objectives = (svm: LinearSvm): number[] => svm.reports.map(({ objective }) => objective);

/** ½|w|² and Σ ξ² of each output of an SVM that holds coefficients. */
function parts(svm: LinearSvm, gram: Float32Array, labels: Int32Array): { length: number; loss: number }[] {
  const n = labels.length;
  const { values } = decideGram(svm, gram);
  return Array.from({ length: svm.outputs }, (_, k) => {
    let [square, loss] = [0, 0];
    for (let i = 0; i < n; i++) {
      const f = values[i * svm.outputs + k];
      square += svm.vectors[k * n + i] * f;
      const z = 1 - (labels[i] === svm.positive[k] ? f : -f);
      if (z > 0) loss += z * z;
    }
    return { length: square / 2, loss };
  });
}

/** The same options on a Gram in wasm memory and on one on the host, the latter more exact. */
function pair(
  { labels, classes }: Rows,
  at: StoredGram,
  gram: Float32Array,
  C: number,
  weights?: Float64Array,
): [svm: LinearSvm, host: LinearSvm] {
  const common = { labels, classes, ...(weights && { weights }) };
  return [
    trainLinearSvm({ stored: at, ...common }, { C }, shuffler()),
    trainLinearSvm({ gram, ...common }, { C, tolerance: 1e-9 }, shuffler()),
  ];
}

function expectObjectives(svm: LinearSvm, host: LinearSvm): void {
  objectives(svm).forEach((value, k) =>
    expect(Math.abs(value - objectives(host)[k])).toBeLessThanOrEqual(1e-9 * value),
  );
}

describe.each(Object.entries(PROBLEMS))('a Gram in wasm memory, %s', (_, problem) => {
  const { labels, classes } = problem;

  test('reaches the objectives of training on the host, certified', () =>
    stored(problem, (at, gram) => {
      for (const C of CS) {
        const [svm, host] = pair(problem, at, gram, C);
        expect(svm.C).toBe(C);
        expect(svm.converged).toBe(true);
        expectObjectives(svm, host);
        for (const { violation, gap, objective } of svm.reports) {
          expect(violation).toBeLessThanOrEqual(1e-6);
          expect(gap).toBeLessThanOrEqual(1e-5 * objective);
        }
        expect(predictClasses(decideGram(svm, gram))).toEqual(predictClasses(decideGram(host, gram)));
      }
    }));

  test('trades length for loss as C grows', () =>
    stored(problem, (at, gram) => {
      const path = CS.map((C) => trainLinearSvm({ stored: at, labels, classes }, { C }, shuffler()));
      const all = path.map((svm) => parts(svm, gram, labels));
      path.forEach((svm, c) =>
        objectives(svm).forEach((value, k) => {
          const { length, loss } = all[c][k];
          expect(Math.abs(length + CS[c] * loss - value)).toBeLessThanOrEqual(1e-9 * value);
          if (c === 0) return;
          expect(length).toBeGreaterThanOrEqual(all[c - 1][k].length * (1 - 1e-7));
          expect(loss).toBeLessThanOrEqual(all[c - 1][k].loss * (1 + 1e-7));
        }),
      );
    }));

  test('repeats its bits', () =>
    stored(problem, (at) => {
      const train = () => trainLinearSvm({ stored: at, labels, classes }, { C: 10 }, shuffler());
      expect(train()).toEqual(train());
    }));
});

test('rows without a label and rows of weight 0 count for nothing, weights scale C', () => {
  const all = PROBLEMS['many features, hopeless'];
  const labels = all.labels.map((label, i) => (i % 7 === 3 ? -1 : label));
  const weights = Float64Array.from(labels, (_, i) => (i % 11 === 5 ? 0 : 0.5 + (i % 3)));
  const problem = { ...all, labels };
  stored(problem, (at, gram) => {
    for (const C of [0.1, 10]) {
      const [svm, host] = pair(problem, at, gram, C, weights);
      expectObjectives(svm, host);
      for (let k = 0; k < svm.outputs; k++)
        labels.forEach((label, i) => {
          if (label < 0 || weights[i] === 0) expect(svm.vectors[k * labels.length + i]).toBe(0);
        });
    }
  });
});

test('a C beyond all reason, either way, is answered by a certified SVM', () => {
  const problem = PROBLEMS['rows that look alike'];
  const { labels, classes } = problem;
  stored(problem, (at, gram) => {
    for (const C of [1e-12, 1e-6, 1e5, 1e9]) {
      const svm = trainLinearSvm({ stored: at, labels, classes }, { C }, shuffler());
      const host = trainLinearSvm({ gram, labels, classes }, { C }, shuffler());
      expect(svm.converged).toBe(true);
      objectives(svm).forEach((value, k) =>
        expect(value).toBeLessThanOrEqual(objectives(host)[k] * (1 + 1e-6)),
      );
    }
  });
});

test('ovo trains on a Gram in wasm memory as on the same one on the host', () => {
  const problem = PROBLEMS['many features, hopeless'];
  const { labels, classes } = problem;
  stored(problem, (at, gram) => {
    const host = trainLinearSvm({ gram, labels, classes }, { scheme: 'ovo' }, shuffler());
    expect(trainLinearSvm({ stored: at, labels, classes }, { scheme: 'ovo' }, shuffler())).toEqual(host);
  });
});

test('one class in training needs no solver', () => {
  const problem = PROBLEMS['two classes'];
  stored(problem, (at) => {
    const labels = new Int32Array(problem.n).fill(1);
    const { outputs, present } = trainLinearSvm({ stored: at, labels, classes: 3 }, {}, shuffler());
    expect([outputs, ...present]).toEqual([0, 1]);
  });
});
