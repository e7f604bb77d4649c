import { describe, expect, it } from 'vitest';
import {
  decide,
  type LinearSvm,
  predictClasses,
  type SvmScheme,
  trainLinearSvm,
  withWeights,
} from '../../../../js/learn/svm/index.js';
import type { SvmOptions } from '../../../../js/learn/svm/train.js';
import { decideGram } from '../../../../js/learn/svm/decide.js';
import { weightsFromRows } from '../../../../js/learn/svm/model.js';
import { rng } from '../../../reference/kernels/random.js';
import { type Rows, clouds, innerProducts, lowerBounds, objectives, shuffler } from './svm-problem.js';

const SCHEMES: readonly SvmScheme[] = ['ovr-l2', 'ovo'];

function onRows(data: Rows, options: SvmOptions, weights?: readonly number[]): LinearSvm {
  const { rows, p, labels, classes } = data;
  const problem = { rows, features: p, labels, classes, ...(weights === undefined ? {} : { weights }) };
  return trainLinearSvm(problem, options, shuffler());
}

function onGram(data: Rows, options: SvmOptions, weights?: readonly number[]): LinearSvm {
  const { n, rows, p, labels, classes } = data;
  const gram = innerProducts(rows, n, rows, n, p);
  return trainLinearSvm(
    { gram, labels, classes, ...(weights === undefined ? {} : { weights }) },
    options,
    shuffler(),
  );
}

/** Largest difference of two outputs. */
function off(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Array.from(a, (value, i) => Math.abs(value - b[i])).reduce((x, y) => Math.max(x, y), 0);
}

/** Shapes with fewer and with more columns than rows, from separable to hopeless. */
function* problems(count: number, purpose: number): Generator<{ data: Rows; C: number; weights?: number[] }> {
  const random = rng(20, purpose);
  for (let t = 0; t < count; t++) {
    const n = 6 + random.below(40);
    const p = 1 + random.below(t % 2 === 0 ? 8 : 2 * n);
    const classes = 2 + random.below(3);
    const data = clouds(random, n, p, classes, [0.3, 1, 2][t % 3]);
    for (let i = classes; i < n; i++) if (random.below(8) === 0) data.labels[i] = -1;
    const C = [0.01, 0.3, 1, 10][random.below(4)];
    if (t % 4 === 3)
      yield {
        data,
        C,
        weights: Array.from({ length: n }, (_, i) => (i < classes ? 1 : random.below(4) / 2)),
      };
    else yield { data, C };
  }
}

describe.each(SCHEMES)('trainLinearSvm, %s', (scheme) => {
  const tolerance = 1e-8;

  it('is within the tolerance of a lower bound of the optimum, on 60 random problems, from rows and from a Gram', () => {
    for (const { data, C, weights } of problems(60, 1)) {
      const options = { scheme, C, tolerance };
      const direct = onRows(data, options, weights);
      const dual = onGram(data, options, weights);
      const costs = Array.from(data.labels, (label, i) => (label < 0 ? 0 : C * (weights?.[i] ?? 1)));
      const allowed = 2 * tolerance * costs.reduce((a, b) => a + b, 0);
      for (const svm of [direct, withWeights(dual, weightsFromRows(dual, data.rows, data.p), data.p)]) {
        expect(svm.converged).toBe(true);
        const reached = objectives(svm, data, weights);
        const bounds = lowerBounds(svm, dual.vectors, data, weights);
        expect(bounds.length).toBe(svm.reports.length);
        reached.forEach((value, k) => {
          expect(value - bounds[k]).toBeLessThanOrEqual(allowed + 1e-8 * value);
          expect(value - bounds[k]).toBeGreaterThanOrEqual(-1e-9 * value);
          expect(Math.abs(svm.reports[k].objective - value)).toBeLessThanOrEqual(1e-9 * value);
        });
      }
    }
  });

  it('decides alike from rows and from a Gram', () => {
    for (const { data, C, weights } of problems(24, 2)) {
      const options = { scheme, C, tolerance: 1e-10 };
      const random = rng(21, 2);
      const others = Float64Array.from({ length: 20 * data.p }, () => random.normal());
      const [direct, dual] = [onRows(data, options, weights), onGram(data, options, weights)];
      const said = decide(direct, others);
      const fromGram = decideGram(dual, innerProducts(others, 20, data.rows, data.n, data.p));
      for (const { reports } of [direct, dual])
        for (const { violation } of reports) expect(violation).toBeLessThanOrEqual(1e-8);
      for (let i = 0; i < 20; i++) {
        const [a, b] = [said, fromGram].map(({ margins, classes }) =>
          margins.subarray(i * classes, (i + 1) * classes),
        );
        expect(off(a, b)).toBeLessThan(1e-6);
        const [first, second] = Array.from(
          said.votes?.subarray(i * data.classes, (i + 1) * data.classes) ?? a,
        ).sort((x, y) => y - x);
        if (first - second > 2e-6) expect(predictClasses(said)[i]).toBe(predictClasses(fromGram)[i]);
      }
    }
  });

  it('gives the same bits for the same seed', () => {
    for (const { data, C, weights } of problems(8, 3))
      for (const train of [onRows, onGram])
        expect(train(data, { scheme, C }, weights)).toEqual(train(data, { scheme, C }, weights));
  });

  it('gives the same answer for another seed', () => {
    for (const { data, C } of problems(12, 4)) {
      const { rows, p, labels, classes } = data;
      const [a, b] = [1, 2].map((seed) =>
        trainLinearSvm(
          { rows, features: p, labels, classes },
          { scheme, C, tolerance: 1e-11 },
          shuffler(seed),
        ),
      );
      expect(off(a.vectors, b.vectors)).toBeLessThan(1e-6);
      expect(off(a.intercepts, b.intercepts)).toBeLessThan(1e-6);
    }
  });

  it('counts a row of weight 2 as two rows, and one of weight 0 or without a label as none', () => {
    for (const { data, C } of problems(12, 5)) {
      const random = rng(22, 5);
      const labels = data.labels.map((label, i) => (label < 0 ? i % data.classes : label));
      const weights = Array.from(labels, (_, i) => (i < data.classes ? 1 : random.below(3)));
      const options = { scheme, C, tolerance: 1e-11 };
      const whole = { ...data, labels };
      const chosen = weights.flatMap((weight, i) => new Array<number>(weight).fill(i));
      const repeated = {
        ...data,
        n: chosen.length,
        labels: Int32Array.from(chosen, (i) => labels[i]),
        rows: Float64Array.from(chosen.flatMap((i) => [...data.rows.subarray(i * data.p, (i + 1) * data.p)])),
      };
      const unlabelled = { ...data, labels: labels.map((label, i) => (weights[i] === 0 ? -1 : label)) };
      const weighted = onRows(whole, options, weights);
      expect(off(weighted.vectors, onRows(repeated, options).vectors)).toBeLessThan(1e-6);
      expect(off(weighted.intercepts, onRows(repeated, options).intercepts)).toBeLessThan(1e-6);
      const same = onRows(
        unlabelled,
        options,
        weights.map((weight) => weight || 5),
      );
      expect(same.vectors).toEqual(weighted.vectors);
      const dual = onGram(unlabelled, options, weights);
      data.labels.forEach((_, i) => {
        if (weights[i] === 0)
          for (let k = 0; k < dual.outputs; k++) expect(dual.vectors[k * dual.inputs + i]).toBe(0);
      });
    }
  });

  it('takes float32 rows and Grams as the float64 numbers that they are', () => {
    for (const { data, C } of problems(6, 6)) {
      const single = Float32Array.from(data.rows);
      const rounded = { ...data, rows: Float64Array.from(single) };
      const { labels, classes, p, n } = data;
      expect(
        trainLinearSvm({ rows: single, features: p, labels, classes }, { scheme, C }, shuffler()),
      ).toEqual(onRows(rounded, { scheme, C }));
      const gram = Float32Array.from(innerProducts(single as never, n, single as never, n, p));
      expect(trainLinearSvm({ gram, labels, classes }, { scheme, C }, shuffler())).toEqual(
        trainLinearSvm({ gram: Float64Array.from(gram), labels, classes }, { scheme, C }, shuffler()),
      );
    }
  });
});

it('solves problems with one column to the minimum that a search along the line finds', () => {
  const random = rng(9, 9);
  for (let t = 0; t < 20; t++) {
    const data = clouds(random, 12, 1, 2, 1 + random.below(2));
    const svm = onRows(data, { C: [0.01, 1, 30][t % 3], bias: -1, tolerance: 1e-10 });
    const at = (w: number): number => objectives({ ...svm, vectors: Float64Array.of(w) }, data)[0];
    let [low, high] = [-100, 100];
    for (let step = 0; step < 120; step++) {
      const [a, b] = [low + (high - low) / 3, high - (high - low) / 3];
      if (at(a) < at(b)) high = b;
      else low = a;
    }
    expect(objectives(svm, data)[0]).toBeLessThanOrEqual(at((low + high) / 2) * (1 + 1e-9) + 1e-12);
  }
});
