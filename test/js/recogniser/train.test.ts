import { describe, expect, test } from 'vitest';
import { corpus, type Corpus } from '../../../js/data/corpus.js';
import { matrix } from '../../../js/data/matrix.js';
import { SatnmfError } from '../../../js/errors.js';
import {
  countKnown,
  fingerprintsOf,
  packPrints,
  unpackPrints,
} from '../../../js/recogniser/weights/fingerprint.js';
import { trainOn } from '../../../js/recogniser/train.js';
import { decisionsOf } from '../../../js/recogniser/training.js';
import { scaleTarget } from '../../../js/recogniser/scaling.js';
import type { WeightsParts } from '../../../js/recogniser/weights/parts.js';
import { readWeights, weightsBytes } from '../../../js/recogniser/weights/file.js';
import { coreOf } from '../../assembly/core/cores.js';
import { floats } from '../../assembly/core/values.js';

const core = coreOf('debug');

/** A corpus of two or more emotions, each a shift of its own features; with another size and place for each corpus. */
function emotional(name: string, seed: number, emotions: readonly string[], rows: number, d = 40): Corpus {
  const noise = floats(seed, rows * d, -1, 1);
  const emotion = Array.from({ length: rows }, (_, i) => emotions[i % emotions.length]);
  const all = ['anger', 'fear', 'happiness', 'sadness'];
  return corpus({
    name,
    features: matrix(
      rows,
      d,
      noise.map((value, at) => {
        const [i, f] = [Math.floor(at / d), at % d];
        return (1 + seed) * (value + (f % all.length === all.indexOf(emotion[i]) ? 1 : 0)) + 10 * seed;
      }),
    ),
    emotion,
  });
}

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

  test('come back from their bytes with the same bits', () => {
    const back = readWeights(weightsBytes(weights));
    expect(back).toEqual({ ...weights, prints: weights.prints.slice().sort() });
    expect(weightsBytes(back)).toEqual(weightsBytes(weights));
  });

  test('refuse what is cut off, changed or no weights', () => {
    const bytes = weightsBytes(weights);
    expect(() => readWeights(bytes.subarray(0, 100))).toThrow(SatnmfError);
    const changed = bytes.slice();
    changed[bytes.length - 3] ^= 1;
    expect(() => readWeights(changed)).toThrow(/checksum/);
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

test('fingerprints are packed in three bytes or so, and come back', () => {
  const prints = Uint32Array.from(floats(5, 3000, 0, 1), (value) => Math.floor(value * 4294967295));
  const bytes = packPrints(prints);
  expect(bytes.length).toBeLessThan(4 * prints.length);
  expect(unpackPrints(bytes)).toEqual(prints.slice().sort());
  expect(unpackPrints(Uint8Array.of(255, 255, 255, 255, 255, 255))).toBeUndefined();
});
