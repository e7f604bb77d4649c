import { beforeAll, describe, expect, test } from 'vitest';
import type { Weights } from '../../../../js/contract/index.js';
import { corpus } from '../../../../js/data/corpus.js';
import { linear } from '../../../../js/methods/linear/index.js';
import { selfTraining } from '../../../../js/methods/self-training/index.js';
import { train } from '../../../../js/recogniser/train.js';
import { loadWeights, trainedRows } from '../../../../js/recogniser/weights/trained-weights.js';
import { coreOf } from '../../../assembly/core/cores.js';
import { emotional } from '../emotional.js';

const core = coreOf('release');
const A = emotional('a', 1, ['anger', 'fear', 'sadness'], 60);
const B = emotional('b', 2, ['anger', 'happiness', 'sadness'], 45);
const C = emotional('c', 3, ['anger', 'fear', 'happiness', 'sadness'], 80);

let weights: Weights;
beforeAll(async () => {
  weights = await train([{ corpus: A }, { corpus: B, licence: 'CC0', credit: 'B et al.' }], {
    core,
    name: 'two',
  });
});

describe('weights', () => {
  test('come back from their bytes and say the same', async () => {
    const back = loadWeights(weights.toBytes());
    expect(back.toBytes()).toEqual(weights.toBytes());
    const said = await Promise.all(
      [weights, back].map(async (one) =>
        (await linear().fit({ weights: one, target: C }, { core })).classify(),
      ),
    );
    expect(said[1]).toEqual(said[0]);
  });

  test('refuse bytes that are cut off, changed, or a model', async () => {
    const bytes = weights.toBytes();
    expect(() => loadWeights(bytes.subarray(0, 100), { file: 'w.satnmf' })).toThrow('w.satnmf');
    const changed = bytes.slice();
    changed[bytes.length - 3] ^= 1;
    expect(() => loadWeights(changed)).toThrow(/checksum/);
    const model = await linear().fit({ weights, target: C }, { core });
    expect(() => loadWeights(model.toBytes())).toThrow();
  });

  test('answer only the emotions that they are restricted to', async () => {
    const two = weights.only(['sadness', 'anger']);
    expect(two.classes).toEqual(['anger', 'sadness']);
    for (const method of [linear(), selfTraining()]) {
      const said = (await method.fit({ weights: two, target: C }, { core })).predict();
      expect(new Set(said)).toEqual(new Set(['anger', 'sadness']));
    }
    expect(() => weights.only(['anger'])).toThrow('at least two emotions');
    expect(() => weights.only(['anger', 'angst'])).toThrow(
      'know anger, fear, happiness, sadness, not "angst"',
    );
  });

  test('know their own training rows', () => {
    expect(trainedRows(weights, A.features)).toBe(60);
  });

  test('are refused by methods that learn from sources, and when they are something else', async () => {
    const other = { ...weights };
    await expect(linear().fit({ weights: other, target: C }, { core })).rejects.toThrow(
      'of this copy of satnmf',
    );
    const renamed = corpus({ ...C, columns: C.columns.map((name) => `${name}!`) });
    await expect(linear().fit({ weights, target: renamed }, { core })).rejects.toThrow('two');
  });
});

describe('sources beside weights', () => {
  test('correct them: emotions that the weights confuse become clear', async () => {
    const both = await linear().fit({ weights, source: C, target: C }, { core });
    const alone = await linear().fit({ weights, target: C }, { core });
    const right = (said: readonly string[]) => said.filter((one, i) => one === C.emotion[i]).length;
    expect(right(both.predict())).toBeGreaterThanOrEqual(right(alone.predict()));
    expect(both.classify().margins).not.toEqual(alone.classify().margins);
    const adapted = await selfTraining().fit({ weights, source: C, target: B }, { core });
    expect(adapted.predict()).toHaveLength(45);
  });

  test('say which rows they could not use', async () => {
    const odd = { ...B, emotion: B.emotion.map((one) => (one === 'happiness' ? 'joy' : one)) };
    const model = await linear().fit({ weights, source: odd, target: C }, { core });
    expect(model.warnings.join()).toContain('15 rows of b are not used: the weights "two" do not answer joy');
  });
});

describe('self-training', () => {
  test('gives each row the same bits in any order of the target', async () => {
    const order = Array.from({ length: 80 }, (_, i) => (i * 7 + 3) % 80);
    const { features, file } = C;
    const shuffled = corpus({
      name: 'c',
      columns: C.columns,
      features: {
        ...features,
        data: Float32Array.from(order.flatMap((i) => [...features.data.subarray(i * 40, i * 40 + 40)])),
      },
      file: order.map((i) => file[i]),
    });
    const [straight, other] = await Promise.all(
      [C, shuffled].map(async (target) =>
        (await selfTraining().fit({ weights, target }, { core })).classify(),
      ),
    );
    order.forEach((i, row) => {
      expect(other.margins.subarray(row * 4, row * 4 + 4)).toEqual(
        straight.margins.subarray(i * 4, i * 4 + 4),
      );
      expect(other.confidence[row]).toBe(straight.confidence[i]);
    });
  });

  test('takes known emotions for what they are', async () => {
    const known = C.emotion.map((_, i) => (i < 40 ? ['fear', 'anger'][i % 2] : null));
    const model = await selfTraining().fit({ weights, target: C, known }, { core });
    const said = model.predict();
    const agreed = known.filter((one, i) => one !== null && one === said[i]).length;
    expect(agreed).toBeGreaterThan(36);
  });

  test('says that naming speakers would help, and why it did not adapt', async () => {
    const model = await selfTraining().fit({ weights, target: C }, { core });
    expect(model.warnings.join()).toContain('c does not say who speaks');
  });
});
