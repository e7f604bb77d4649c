import { describe, expect, it } from 'vitest';
import { SatnmfError } from '../../../../js/errors.js';
import {
  decide,
  type LinearSvm,
  predictClasses,
  type SvmScheme,
  trainLinearSvm,
  withWeights,
} from '../../../../js/learn/svm/index.js';
import type { SvmOptions } from '../../../../js/learn/svm/train.js';
import type { SvmProblem } from '../../../../js/learn/svm/problem.js';
import { decideGram } from '../../../../js/learn/svm/decide.js';
import { weightsFromRows } from '../../../../js/learn/svm/model.js';
import { rng } from '../../../reference/kernels/random.js';
import { type Rows, clouds, innerProducts, shuffler } from './svm-problem.js';

const SCHEMES: readonly SvmScheme[] = ['ovr-l2', 'ovo'];

function both({ n, p, rows, labels, classes }: Rows, options: SvmOptions): LinearSvm[] {
  const direct = trainLinearSvm({ rows, features: p, labels, classes }, options, shuffler());
  const gram = innerProducts(rows, n, rows, n, p);
  const dual = trainLinearSvm({ gram, labels, classes }, options, shuffler());
  return [direct, withWeights(dual, weightsFromRows(dual, rows, p), p)];
}

function problem(rows: number[][], labels: number[], classes = Math.max(...labels) + 1): Rows {
  return {
    n: rows.length,
    p: rows[0].length,
    classes,
    rows: Float64Array.from(rows.flat()),
    labels: Int32Array.from(labels),
  };
}

function expectFinite(svm: LinearSvm, rows: Float64Array): void {
  const said = decide(svm, rows);
  for (const list of [svm.vectors, svm.intercepts, said.margins, said.values])
    expect(list.every((value) => Number.isFinite(value))).toBe(true);
  for (const { objective, gap, violation, iterations } of svm.reports)
    for (const value of [objective, gap, violation, iterations]) {
      expect(Number.isFinite(value)).toBe(true);
      expect(value).toBeGreaterThanOrEqual(0);
    }
}

describe.each(SCHEMES)('trainLinearSvm, %s', (scheme) => {
  it('always predicts the only class that there is', () => {
    for (const labels of [
      [2, 2, 2],
      [-1, 2, -1],
    ]) {
      const data = problem(
        [
          [1, 2],
          [0, 0],
          [3, -1],
        ],
        labels,
        4,
      );
      for (const svm of both(data, { scheme })) {
        expect(svm.outputs).toBe(0);
        expect(svm.converged).toBe(true);
        expect([...predictClasses(decide(svm, data.rows))]).toEqual([2, 2, 2]);
        expect([...decide(svm, Float64Array.of(5, 5)).margins]).toEqual([0, 0, 1, 0]);
      }
    }
  });

  it('predicts the class of the only row', () => {
    for (const svm of both(problem([[0.5]], [1], 3), { scheme }))
      expect([...predictClasses(decide(svm, Float64Array.of(-7, 0, 7)))]).toEqual([1, 1, 1]);
  });

  it('separates two rows', () => {
    const data = problem(
      [
        [1, 0],
        [0, 1],
      ],
      [0, 1],
    );
    for (const svm of both(data, { scheme, C: 100 }))
      expect([...predictClasses(decide(svm, data.rows))]).toEqual([0, 1]);
  });

  it('never predicts a class that does not occur, nor does a mean of its margins', () => {
    const random = rng(3, 3);
    const data = clouds(random, 30, 4, 2, 1);
    const gaps = { ...data, classes: 5, labels: data.labels.map((label) => (label === 0 ? 1 : 3)) };
    const others = Float64Array.from({ length: 400 }, () => 100 * random.normal());
    const [dense] = both(data, { scheme });
    for (const svm of both(gaps, { scheme })) {
      expect([...svm.present]).toEqual([1, 3]);
      const said = decide(svm, others);
      const plain = predictClasses(decide(dense, others));
      expect([...predictClasses(said)]).toEqual(Array.from(plain, (k) => (k === 0 ? 1 : 3)));
      for (let i = 0; i < said.rows; i++) {
        const row = said.margins.subarray(5 * i, 5 * i + 5);
        for (const k of [0, 2, 4]) expect(row[k]).toBeLessThan(Math.min(row[1], row[3]));
      }
    }
  });

  it('takes rows that are all zero, with and without a constant', () => {
    const labels = [0, 1, 2, 0, 0];
    const data = problem(
      labels.map(() => [0, 0]),
      labels,
    );
    for (const bias of [-1, 0, 1])
      for (const svm of both(data, { scheme, bias })) {
        expectFinite(svm, data.rows);
        expect(svm.converged).toBe(true);
        expect([...svm.vectors].every((value) => value === 0)).toBe(true);
        // Without a constant every class says the same: the tie goes to the lowest class.
        if (bias <= 0 && scheme !== 'ovo')
          expect([...predictClasses(decide(svm, data.rows))]).toEqual([0, 0, 0, 0, 0]);
      }
  });

  it('takes some rows that are zero', () => {
    const data = clouds(rng(4, 4), 24, 5, 3, 1);
    data.rows.fill(0, 0, 4 * 5);
    for (const svm of both(data, { scheme, bias: -1 })) {
      expectFinite(svm, data.rows);
      expect(svm.converged).toBe(true);
    }
  });

  it('takes the same row in every class', () => {
    const rows = Array.from({ length: 12 }, () => [1, 2, 3]);
    const data = problem(
      rows,
      rows.map((_, i) => i % 3),
    );
    for (const svm of both(data, { scheme, C: 10 })) {
      expectFinite(svm, data.rows);
      expect(svm.converged).toBe(true);
    }
  });

  it.each([1e-30, 1e-6, 1e6])(
    'converges at C = %s, separable or not, with few and with many columns',
    (C) => {
      for (const [p, spread] of [
        [2, 0.2],
        [2, 2],
        [50, 0.5],
        [50, 3],
      ]) {
        const data = clouds(rng(6, p), 30, p, 3, spread);
        for (const svm of both(data, { scheme, C })) {
          expectFinite(svm, data.rows);
          expect(svm.converged).toBe(true);
        }
      }
    },
  );

  it('converges on rows of very different lengths', () => {
    const data = clouds(rng(7, 7), 30, 4, 3, 1);
    for (let i = 0; i < 30; i++) for (let j = 0; j < 4; j++) data.rows[4 * i + j] *= [1e-6, 1, 1e3][i % 3];
    for (const svm of both(data, { scheme })) {
      expectFinite(svm, data.rows);
      expect(svm.converged).toBe(true);
    }
  });

  it('leaves its input as it was', () => {
    const data = clouds(rng(8, 8), 20, 3, 3, 1);
    const gram = innerProducts(data.rows, 20, data.rows, 20, 3);
    const weights = Float64Array.from({ length: 20 }, (_, i) => 1 + (i % 2));
    const before = [data.rows.slice(), data.labels.slice(), gram.slice(), weights.slice()];
    const { labels, classes } = data;
    trainLinearSvm({ rows: data.rows, features: 3, labels, classes, weights }, { scheme }, shuffler());
    trainLinearSvm({ gram, labels, classes, weights }, { scheme, bias: -1 }, shuffler());
    expect([data.rows, data.labels, gram, weights]).toEqual(before);
  });
});

describe('trainLinearSvm says what is wrong', () => {
  const good: SvmProblem = {
    rows: Float64Array.of(1, 2, 3, 4),
    features: 2,
    labels: Int32Array.of(0, 1),
    classes: 2,
  };
  const gram: SvmProblem = { gram: Float64Array.of(1, 0, 0, 1), labels: Int32Array.of(0, 1), classes: 2 };
  const cases: readonly [string, SvmProblem, SvmOptions, string, RegExp][] = [
    ['an unknown scheme', good, { scheme: 'svc' as never }, 'bad-argument', /"scheme" must be one of ovr-l2/],
    ['C = 0', good, { C: 0 }, 'bad-argument', /"C" must be a number in .* got 0/],
    ['C = NaN', good, { C: NaN }, 'bad-argument', /"C" must be .* got NaN/],
    ['C = Infinity', good, { C: Infinity }, 'bad-argument', /"C" must be .* got Infinity/],
    ['tolerance = 0', good, { tolerance: 0 }, 'bad-argument', /"tolerance" must be/],
    ['bias = NaN', good, { bias: NaN }, 'bad-argument', /"bias" must be/],
    ['no classes', { ...good, classes: 0 }, {}, 'bad-argument', /"classes" must be a whole number/],
    ['half a feature', { ...good, features: 0.5 }, {}, 'bad-argument', /"features" must be a whole number/],
    [
      'missing values',
      { ...good, features: 3 },
      {},
      'shape-mismatch',
      /"rows" must hold 2 x 3 = 6 values, got 4/,
    ],
    [
      'a Gram that is not square',
      { ...gram, gram: new Float64Array(6) },
      {},
      'shape-mismatch',
      /"gram" must hold 2 x 2/,
    ],
    [
      'a label that is no class',
      { ...good, labels: Int32Array.of(0, 2) },
      {},
      'unknown-class',
      /row 1 has 2/,
    ],
    ['a label below −1', { ...good, labels: Int32Array.of(-2, 1) }, {}, 'unknown-class', /row 0 has -2/],
    [
      'no labelled row',
      { ...good, labels: Int32Array.of(-1, -1) },
      {},
      'too-few-rows',
      /at least one labelled row/,
    ],
    [
      'no rows',
      { ...good, rows: new Float64Array(0), labels: new Int32Array(0) },
      {},
      'too-few-rows',
      /none of 0/,
    ],
    ['only weights of 0', { ...good, weights: [0, 0] }, {}, 'too-few-rows', /weight above 0/],
    [
      'a negative weight',
      { ...good, weights: [1, -1] },
      {},
      'bad-argument',
      /"weights" must be .* row 1 has -1/,
    ],
    [
      'a weight that is no number',
      { ...good, weights: [NaN, 1] },
      {},
      'bad-argument',
      /"weights" .* row 0 has NaN/,
    ],
    ['too few weights', { ...good, weights: [1] }, {}, 'shape-mismatch', /"weights" must have 2 entries/],
    [
      'NaN in a row',
      { ...good, rows: Float64Array.of(1, 2, NaN, 4) },
      {},
      'not-finite',
      /row 1, column 0 has NaN/,
    ],
    [
      'infinity in a Gram',
      { ...gram, gram: Float64Array.of(1, Infinity, 0, 1) },
      {},
      'not-finite',
      /row 0, column 1/,
    ],
    [
      'a Gram that no rows have',
      { ...gram, gram: Float64Array.of(1, 0, 0, -1) },
      {},
      'bad-argument',
      /diagonal ≥ 0, row 1/,
    ],
    [
      'rows beyond all bounds',
      { ...good, rows: Float64Array.of(1, 2, 3, 1e200) },
      {},
      'bad-argument',
      /scaled down: row 1/,
    ],
    [
      'more rows than a Gram may have',
      {
        ...good,
        rows: new Float64Array(12000).map((_, i) => i),
        features: 1,
        labels: new Int32Array(12000).map((_, i) => i % 2),
      },
      { scheme: 'ovo' },
      'too-large',
      /12000 rows/,
    ],
  ];
  it.each(cases)('%s', (_, given, options, code, sentence) => {
    let caught: unknown;
    try {
      trainLinearSvm(given, options, shuffler());
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(SatnmfError);
    expect((caught as SatnmfError).code).toBe(code);
    expect((caught as SatnmfError).message).toMatch(sentence);
  });

  it('decisions for the wrong width or form', () => {
    const svm = trainLinearSvm(good, {}, shuffler());
    expect(() => decide(svm, new Float64Array(3))).toThrow(
      /"rows" must hold a whole number of rows of 2 values, got 3/,
    );
    expect(() => decideGram(svm, new Float64Array(2))).toThrow(/"svm" must hold coefficients, got weights/);
    expect(() => withWeights(svm, new Float64Array(2), 2)).toThrow(/"svm" must hold coefficients/);
    const dual = trainLinearSvm(gram, {}, shuffler());
    expect(() => decide(dual, new Float64Array(2))).toThrow(/"svm" must hold weights, got coefficients/);
    expect(() => withWeights(dual, new Float64Array(3), 2)).toThrow(
      /"weights" must hold 1 x 2 values, got 3/,
    );
    expect(() => weightsFromRows(dual, new Float64Array(3), 2)).toThrow(
      /"rows" must hold the 2 training rows/,
    );
  });
});

it('margins of ovo are the mean of the signed values of a class’s pairs', () => {
  const data = clouds(rng(10, 10), 40, 3, 4, 1);
  const [svm] = both(data, { scheme: 'ovo' });
  const said = decide(svm, data.rows);
  for (let i = 0; i < 40; i++)
    for (let k = 0; k < 4; k++) {
      let sum = 0,
        wins = 0;
      for (let o = 0; o < svm.outputs; o++) {
        const value = said.values[i * svm.outputs + o];
        if (svm.positive[o] === k) sum += value;
        if (svm.negative[o] === k) sum -= value;
        if (svm.positive[o] === k && value >= 0) wins++;
        if (svm.negative[o] === k && value < 0) wins++;
      }
      expect(said.margins[4 * i + k]).toBeCloseTo(sum / 3, 12);
      expect(said.votes?.[4 * i + k]).toBe(wins);
    }
});
