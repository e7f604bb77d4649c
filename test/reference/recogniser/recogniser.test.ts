import { describe, expect, test } from 'vitest';
import { readGolden } from '../golden.js';
import {
  adapt,
  assign,
  decide,
  poolOf,
  sampleWeights,
  scaleSource,
  scaleTarget,
  train,
  type Trained,
} from './recogniser.js';
import { type MaskedNumbers, type RecogniserNumbers, trainingOf } from './stored.js';

const numbers = readGolden<RecogniserNumbers>('recogniser');
const { sources, target, normalised, pool, trained, decisions } = numbers;

const TOLERANCE = 1e-9;

/** Every value within the tolerance of the largest value of the block. */
function expectClose(found: unknown, stored: unknown): void {
  const [a, b] = [[found].flat(3) as number[], [stored].flat(3) as number[]];
  expect(a.length).toBe(b.length);
  const largest = Math.max(...b.map(Math.abs));
  a.forEach((value, i) => expect(Math.abs(value - b[i])).toBeLessThanOrEqual(TOLERANCE * largest));
}

describe('the recogniser in float64, against the stored numbers', () => {
  test('scaling', () => {
    expectClose(scaleSource(sources[0].features, sources[0].speaker), normalised.source0);
    expectClose(scaleSource(sources[1].features, sources[1].speaker), normalised.source1);
    const found = poolOf(sources.map(({ features }) => features));
    expectClose(found.mean, pool.mean);
    expectClose(found.variance, pool.variance);
    expectClose(scaleTarget(target.features, target.speaker, pool), normalised.target);
    expectClose(scaleTarget(target.features.slice(0, 4), null, pool), normalised.first4rowsAlone);
  });

  test('training on both sources', () => {
    const task = trainingOf(numbers);
    expectClose(sampleWeights(task), numbers.sampleWeights);
    const found = train(task);
    expectClose(found.featureWeights, trained.featureWeights);
    expectClose(found.scale, trained.scale);
    expectClose(found.weights, trained.weights);
    expectClose(found.bias, trained.bias);
    expectClose(decide(found, normalised.target), decisions.trained);
    expectClose(decide(found, normalised.first4rowsAlone), decisions.first4rowsAlone);
  });

  test('training on both sources, one of which lacks a class', () => {
    const masked = readGolden<MaskedNumbers>('recogniser-masked');
    const found = train(trainingOf(numbers), 'masked');
    expectClose(found.weights, masked.weights);
    expectClose(found.bias, masked.bias);
    expectClose(decide(found, normalised.target), masked.decisions);
  });

  test('training on one source', () => {
    const found = train(trainingOf(numbers, 1));
    expectClose(found.weights, numbers.oneSource.weights);
    expectClose(found.bias, numbers.oneSource.bias);
    expectClose(found.scale, numbers.oneSource.scale);
    expectClose(decide(found, normalised.target), numbers.oneSource.decisions);
  });

  test('adaptation, without labels and with some', () => {
    const weights: Trained = trained;
    expectClose(assign(decisions.trained, numbers.assignedPrior), numbers.assigned);
    expectClose(adapt(weights, normalised.target, decisions.trained), decisions.adapted);
    const known = target.features.map(() => -1);
    decisions.labelledRows.forEach((row, i) => (known[row] = decisions.labelsGiven[i]));
    expectClose(adapt(weights, normalised.target, decisions.trained, known), decisions.adaptedWithLabels);
  });
});
