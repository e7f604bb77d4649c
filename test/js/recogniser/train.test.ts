import { describe, expect, test } from 'vitest';
import type { Corpus } from '../../../js/data/corpus.js';
import type { SatnmfError } from '../../../js/errors.js';
import { countKnown, fingerprintsOf } from '../../../js/recogniser/weights/fingerprint.js';
import { trainOn } from '../../../js/recogniser/train.js';
import { decisionsOf } from '../../../js/recogniser/training.js';
import { scaleTarget } from '../../../js/recogniser/scaling.js';
import type { WeightsParts } from '../../../js/recogniser/weights/parts.js';
import { coreOf } from '../../assembly/core/cores.js';
import { emotional } from './emotional.js';

const core = coreOf('debug');

function all<T>(steps: Generator<unknown, T>): T {
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}

const trained = (corpora: readonly Corpus[]): WeightsParts =>
  core.scoped(() =>
    all(
      trainOn(
        core,
        corpora.map((one) => ({ corpus: one, licence: 'CC0' })),
        'own',
      ),
    ),
  );

const A = emotional('a', 1, ['anger', 'fear', 'sadness'], 60);
const B = emotional('b', 2, ['anger', 'happiness', 'sadness'], 45);

/** Share of the rows of a corpus that the weights name rightly. */
function accuracy(weights: WeightsParts, target: Corpus): number {
  const { rows } = scaleTarget(target, weights.pool);
  const K = weights.classes.length;
  const decisions = decisionsOf(core, weights.linear, rows);
  const right = target.emotion.filter((emotion, i) => {
    const own = Array.from(decisions.subarray(i * K, (i + 1) * K));
    return weights.classes[own.indexOf(Math.max(...own))] === emotion;
  });
  return right.length / target.emotion.length;
}

describe('weights of two corpora with different emotions', () => {
  const weights = trained([A, B]);

  test('know the emotions of both, and carry over to a third corpus', () => {
    expect(weights.classes).toEqual(['anger', 'fear', 'happiness', 'sadness']);
    const C = emotional('c', 3, ['anger', 'fear', 'happiness', 'sadness'], 80);
    expect(accuracy(weights, C)).toBeGreaterThan(0.9);
  });

  test('say what they were trained on, and know those rows again', () => {
    expect(weights.corpora).toEqual([
      { name: 'a', rows: 60, licence: 'CC0', credit: '' },
      { name: 'b', rows: 45, licence: 'CC0', credit: '' },
    ]);
    expect(countKnown(fingerprintsOf(A.features, weights.pool), weights.prints)).toBe(60);
  });
});

test('one corpus is enough, and its sharpness is the default', () => {
  const weights = trained([A]);
  expect(weights.linear.featureWeights.every((f) => f === 1)).toBe(true);
  expect(weights.sharpness).toEqual({ trained: 2, adapted: 1.5 });
});

test('rows without an emotion are left out', () => {
  const half = { ...A, emotion: A.emotion.map((emotion, i) => (i < 30 ? emotion : null)) };
  expect(trained([half]).corpora[0].rows).toBe(30);
});

test('what cannot be learnt from is said', () => {
  const code = (corpora: readonly Corpus[]): string => {
    try {
      trained(corpora);
    } catch (error) {
      return (error as SatnmfError).code;
    }
    return 'none';
  };
  expect(code([])).toBe('bad-argument');
  expect(code([{ ...A, emotion: A.emotion.map(() => 'anger') }])).toBe('one-class');
  expect(code([A, emotional('c', 3, ['anger', 'fear'], 20, 39)])).toBe('shape-mismatch');
  expect(code([A, { ...B, emotion: B.emotion.map(() => null) }])).toBe('too-few-rows');
});
