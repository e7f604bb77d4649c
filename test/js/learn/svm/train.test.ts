import { describe, expect, it } from 'vitest';
import {
  decide,
  type Decisions,
  type LinearSvm,
  predictClasses,
  type SvmScheme,
  trainLinearSvm,
  withWeights,
} from '../../../../js/learn/svm/index.js';
import type { SvmProblem } from '../../../../js/learn/svm/problem.js';
import { decideGram } from '../../../../js/learn/svm/decide.js';
import { weightsFromRows } from '../../../../js/learn/svm/model.js';
import { type StoredMatrix, readGolden } from '../../../reference/golden.js';
import { innerProducts, objectives, shuffler } from './svm-problem.js';

interface Stored {
  readonly W: StoredMatrix;
  readonly obj: number | readonly number[];
  readonly dec?: StoredMatrix;
  readonly pred?: readonly number[];
}
interface StoredPair {
  readonly i: number;
  readonly j: number;
  readonly w: readonly number[];
  readonly b: number;
  readonly dualObj: number;
}
interface Case {
  readonly C: number;
  readonly bias?: number;
  readonly l2_ovr?: Stored;
  readonly l2_ovr_weighted?: Stored;
  readonly ovo?: readonly StoredPair[];
  readonly ovo_pred?: readonly number[];
  readonly ovo_votes?: StoredMatrix;
}
interface Golden {
  readonly X: StoredMatrix;
  readonly y: readonly number[];
  readonly Xtest: StoredMatrix;
  readonly sampleWeight: readonly number[];
  readonly cases: readonly Case[];
  readonly binary: {
    y: readonly number[];
    C: number;
    bias: number;
    positiveClass: number;
    w: readonly number[];
  };
}

const golden = readGolden<Golden>('svm');
const { rows: n, cols: p } = golden.X;
const rows = Float64Array.from(golden.X.data);
const test = Float64Array.from(golden.Xtest.data);
const labels = Int32Array.from(golden.y);
const gram = innerProducts(rows, n, rows, n, p);
const cross = innerProducts(test, golden.Xtest.rows, rows, n, p);

/** Weights of the columns, and of the constant if there is one. */
function withBias(svm: LinearSvm): number[][] {
  return Array.from({ length: svm.outputs }, (_, k) => [
    ...svm.vectors.subarray(k * p, (k + 1) * p),
    ...(svm.bias > 0 ? [svm.intercepts[k] / svm.bias] : []),
  ]);
}

/** Largest difference of two lists of one length. */
function off(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(actual.length).toBe(expected.length);
  let most = 0;
  for (let i = 0; i < expected.length; i++) most = Math.max(most, Math.abs(actual[i] - expected[i]));
  return most;
}

/** Trains on rows or on the Gram, and gives weights and decisions for the test rows either way. */
function train(
  form: 'rows' | 'gram',
  settings: { scheme: SvmScheme; C: number; bias?: number; tolerance?: number },
  more: { labels?: Int32Array; classes?: number; weights?: readonly number[] } = {},
): { svm: LinearSvm; said: Decisions } {
  const common = { labels, classes: 3, ...more };
  const problem: SvmProblem = form === 'rows' ? { ...common, rows, features: p } : { ...common, gram };
  const trained = trainLinearSvm(problem, { tolerance: 1e-9, ...settings }, shuffler());
  expect(trained.converged).toBe(true);
  if (form === 'rows') return { svm: trained, said: decide(trained, test) };
  return {
    svm: withWeights(trained, weightsFromRows(trained, rows, p), p),
    said: decideGram(trained, cross),
  };
}

const AGAINST_REST = ['l2_ovr', 'l2_ovr_weighted'] as const;

describe.each(['rows', 'gram'] as const)('trainLinearSvm from %s', (form) => {
  for (const stored of golden.cases)
    for (const key of AGAINST_REST) {
      const expected = stored[key];
      if (expected === undefined) continue;
      it(`reaches the stored optimum of ${key}, C = ${stored.C}, bias ${stored.bias}`, () => {
        const weights = key === 'l2_ovr_weighted' ? golden.sampleWeight : undefined;
        const { svm, said } = train(
          form,
          { scheme: 'ovr-l2', C: stored.C, bias: stored.bias ?? -1 },
          weights === undefined ? {} : { weights },
        );
        expect(off(withBias(svm).flat(), expected.W.data)).toBeLessThan(1e-6);
        const reached = objectives(svm, { n, p, classes: 3, rows, labels }, weights);
        const best = [expected.obj].flat();
        expect(reached.length).toBe(best.length);
        reached.forEach((value, k) => {
          expect(value).toBeLessThanOrEqual(best[k] * (1 + 1e-6));
          // What the report says is what the weights give.
          expect(Math.abs(svm.reports[k].objective / value - 1)).toBeLessThan(1e-9);
        });
        if (expected.pred !== undefined) expect([...predictClasses(said)]).toEqual(expected.pred);
        if (expected.dec !== undefined) expect(off(said.margins, expected.dec.data)).toBeLessThan(1e-5);
      });
    }

  it.each(golden.cases.filter(({ ovo }) => ovo !== undefined))(
    'reaches the stored optimum of ovo, C = $C',
    (stored) => {
      const { svm, said } = train(form, { scheme: 'ovo', C: stored.C, tolerance: 1e-10 });
      const pairs = stored.ovo as readonly StoredPair[];
      expect(svm.outputs).toBe(pairs.length);
      pairs.forEach((pair, k) => {
        expect([svm.positive[k], svm.negative[k]]).toEqual([pair.i, pair.j]);
        expect(off(svm.vectors.subarray(k * p, (k + 1) * p), pair.w)).toBeLessThan(1e-3);
        expect(Math.abs(svm.intercepts[k] - pair.b)).toBeLessThan(1e-3);
        const { objective, gap } = svm.reports[k];
        expect(-(objective - gap)).toBeLessThanOrEqual(pair.dualObj + 1e-6 * Math.abs(pair.dualObj));
      });
      expect([...predictClasses(said)]).toEqual(stored.ovo_pred);
      expect([...(said.votes as Float64Array)]).toEqual(stored.ovo_votes?.data);
    },
  );

  it('solves two classes with one vector that speaks for the lower class', () => {
    const { y, C, bias, positiveClass, w } = golden.binary;
    const { svm, said } = train(
      form,
      { scheme: 'ovr-l2', C, bias },
      { labels: Int32Array.from(y), classes: 2 },
    );
    expect(svm.outputs).toBe(1);
    expect([svm.positive[0], svm.negative[0]]).toEqual([positiveClass, 1 - positiveClass]);
    expect(off(withBias(svm)[0], w)).toBeLessThan(1e-6);
    for (let i = 0; i < said.rows; i++) {
      expect(said.margins[2 * i]).toBe(said.values[i]);
      expect(said.margins[2 * i + 1]).toBe(-said.values[i]);
      expect(predictClasses(said)[i]).toBe(said.values[i] >= 0 ? 0 : 1);
    }
  });
});

it('every case of the golden file is covered', () => {
  const known = new Set(['C', 'bias', 'l2_ovr', 'l2_ovr_weighted', 'ovo', 'ovo_pred', 'ovo_votes']);
  // Schemes that this package no longer has.
  for (const key of ['l1_ovr', 'crammer_singer']) known.add(key);
  expect(golden.cases.length).toBe(9);
  for (const stored of golden.cases) for (const key of Object.keys(stored)) expect(known).toContain(key);
});
