import { describe, expect, test } from 'vitest';
import { type Matrix, matrix } from '../../../js/data/matrix.js';
import { adapt, balanced, standardised } from '../../../js/recogniser/adaptation.js';
import { contentOrder } from '../../../js/recogniser/content-order.js';
import { poolOf, scaleSource, scaleTarget } from '../../../js/recogniser/scaling.js';
import {
  decisionsOf,
  type LinearWeights,
  sampleWeights,
  trainWeights,
  weightedRows,
} from '../../../js/recogniser/training.js';
import { BUILDS, coreOf } from '../../assembly/core/cores.js';
import { readGolden } from '../../reference/golden.js';
import type { MaskedNumbers, RecogniserNumbers } from '../../reference/recogniser/stored.js';

/** As the reference takes it. */
const WHOLE = { rounds: 3, correction: 10, firmness: 2, observed: 0.75, cautious: false };

const numbers = {
  ...readGolden<RecogniserNumbers>('recogniser'),
  masked: readGolden<MaskedNumbers>('recogniser-masked'),
};
const { sources, target, normalised, pool, trained, decisions, classes: K } = numbers;

const TOLERANCE = 1e-4;

/** Every value within the tolerance of the largest value of the block. */
function expectClose(found: ArrayLike<number>, stored: unknown): void {
  const b = [stored].flat(3) as number[];
  expect(found.length).toBe(b.length);
  const largest = Math.max(...b.map(Math.abs));
  b.forEach((value, i) => expect(Math.abs(found[i] - value)).toBeLessThanOrEqual(TOLERANCE * largest));
}

const matrixOf = (rows: number[][]): Matrix =>
  matrix(rows.length, rows[0].length, Float32Array.from(rows.flat()));

/** The same choices, but where two values are equal to the tolerance. */
function expectSameAnswers(found: Float64Array, stored: number[][]): void {
  stored.forEach((row, i) => {
    const best = row.indexOf(Math.max(...row));
    const own = Array.from(found.subarray(i * K, (i + 1) * K));
    expect(own.indexOf(Math.max(...own)), `row ${i}`).toBe(best);
  });
}

function all<T>(steps: Generator<undefined, T>): T {
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}

const storedWeights: LinearWeights = {
  featureWeights: Float64Array.from(trained.featureWeights),
  scale: trained.scale,
  weights: Float32Array.from(trained.weights.flat()),
  bias: Float64Array.from(trained.bias),
};

describe('scaling, against the stored numbers', () => {
  test('training corpora, the pool and the target', () => {
    const scaled = sources.map(({ features, speaker }) =>
      scaleSource({ features: matrixOf(features), speaker }),
    );
    expectClose(scaled[0].rows.data, normalised.source0);
    expectClose(scaled[1].rows.data, normalised.source1);
    const found = poolOf(scaled.map(({ moments }) => moments));
    expectClose(found.mean, pool.mean);
    expectClose(found.variance, pool.variance);
    const features = matrixOf(target.features);
    expectClose(scaleTarget({ features, speaker: target.speaker }, found).rows.data, normalised.target);
    const four = matrixOf(target.features.slice(0, 4));
    const alone = scaleTarget({ features: four, speaker: [null, null, null, null] }, found);
    expectClose(alone.rows.data, normalised.first4rowsAlone);
    expect(alone.normalizer.speakers).toEqual([]);
  });
});

describe.each(BUILDS)('training and adaptation, against the stored numbers (%s build)', (build) => {
  const core = coreOf(build);
  const labelled = [normalised.source0, normalised.source1].map((rows, q) => ({
    rows: matrixOf(rows),
    labels: Int32Array.from(sources[q].labels),
  }));
  const rows = matrixOf(normalised.target);

  test('training on two sources', () => {
    expectClose(
      sampleWeights(labelled, K, 'negative'),
      numbers.sampleWeights.flatMap((weight) => new Array<number>(K).fill(weight)),
    );
    const found = core.scoped(() => all(trainWeights(core, labelled, K, 'negative')));
    expectClose(found.featureWeights, trained.featureWeights);
    expectClose([found.scale], trained.scale);
    expectClose(found.weights, trained.weights);
    expectClose(found.bias, trained.bias);
    expectClose(decisionsOf(core, found, rows), decisions.trained);
    expectSameAnswers(decisionsOf(core, found, rows), decisions.trained);
    expectClose(decisionsOf(core, found, matrixOf(normalised.first4rowsAlone)), decisions.first4rowsAlone);
  });

  test('training on two sources, one of which lacks a class', () => {
    const { masked } = numbers;
    const found = core.scoped(() => all(trainWeights(core, labelled, K)));
    expectClose(found.weights, masked.weights);
    expectClose(found.bias, masked.bias);
    expectClose(decisionsOf(core, found, rows), masked.decisions);
  });

  test('training on one source', () => {
    const found = core.scoped(() => all(trainWeights(core, labelled.slice(0, 1), K, 'negative')));
    expectClose(found.weights, numbers.oneSource.weights);
    expectClose(found.bias, numbers.oneSource.bias);
    expectClose(decisionsOf(core, found, rows), numbers.oneSource.decisions);
  });

  test('assignments', () => {
    const first = Float64Array.from(decisions.trained.flat());
    const S = balanced(core, standardised(first, K), Float64Array.from(numbers.assignedPrior), K, 2);
    expectClose(S, numbers.assigned);
  });

  test('adaptation, in the order of the rows and in the order of their content', () => {
    const A = weightedRows([rows], storedWeights.featureWeights);
    const first = decisionsOf(core, storedWeights, rows);
    const known = new Int32Array(rows.rows).fill(-1);
    const some = known.slice();
    decisions.labelledRows.forEach((row, i) => (some[row] = decisions.labelsGiven[i]));
    const beside = target.speaker;
    for (const order of [
      Int32Array.from(rows.data.keys()).subarray(0, rows.rows),
      contentOrder(rows, beside),
    ]) {
      const found = core.scoped(() =>
        all(adapt(core, storedWeights, { rows: A, first, order }, known, WHOLE)),
      );
      expectClose(found.decisions, decisions.adapted);
      expectSameAnswers(found.decisions, decisions.adapted);
      // The weights that it learnt say of the same rows what it said of them.
      const again = decisionsOf(core, { ...storedWeights, ...found.weights }, rows);
      expectClose(again, decisions.adapted);
      const labelled = core.scoped(() =>
        all(adapt(core, storedWeights, { rows: A, first, order }, some, WHOLE)),
      );
      expectClose(labelled.decisions, decisions.adaptedWithLabels);
      expectSameAnswers(labelled.decisions, decisions.adaptedWithLabels);
    }
  });
});
