import { describe, expect, it } from 'vitest';
import { fitNormalizer, NORMALIZATIONS, type Normalizer } from '../../../../js/data/scaling/normalize.js';
import { normalizerFromTensors, normalizerTensors } from '../../../../js/data/scaling/normalizer-tensors.js';
import type { Tensor, TensorData } from '../../../../js/data/tensor.js';
import { SatnmfError } from '../../../../js/errors.js';

const cols = 4;
const features = {
  rows: 12,
  cols,
  data: Float32Array.from({ length: 12 * cols }, (_, i) => ((i * 7919) % 101) / 7 - 3),
};
const rows = { name: 'x', features, speaker: [...'aaaaabbbbbcc'] };

/** The code and message of the error that `run` throws. */
function failure(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof SatnmfError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'no error';
}

const replace = (tensors: readonly Tensor[], name: string, data: TensorData): Tensor[] =>
  tensors.map((tensor) => (tensor.name === `normalizer.${name}` ? { ...tensor, data } : tensor));

describe('a normaliser as tensors', () => {
  it.each(NORMALIZATIONS)('%s comes back as it was, also through JSON', (normalization) => {
    const normalizer: Normalizer = fitNormalizer(rows, normalization);
    const { meta, tensors } = normalizerTensors(normalizer);
    expect(normalizerFromTensors(JSON.parse(JSON.stringify(meta)), tensors)).toEqual(normalizer);
    for (const { shape, data } of tensors)
      expect(data.length).toBe(shape.reduce((size, side) => size * side, 1));
  });

  it('takes four bytes a number for ranges of float32 features', () => {
    const { tensors } = normalizerTensors(fitNormalizer(rows, 'speaker-min-max'));
    expect(tensors.every(({ data }) => data instanceof Float32Array)).toBe(true);
    expect(tensors[0].shape).toEqual([3, cols]);
  });

  it('refuses whatever does not fit together', () => {
    const ranges = normalizerTensors(fitNormalizer(rows, 'speaker-min-max'));
    const z = normalizerTensors(fitNormalizer(rows, 'speaker-z-min-max'));
    const ranks = normalizerTensors(fitNormalizer(rows, 'rank'));
    const low = Float32Array.from(ranges.tensors[0].data);
    const sorted = Float32Array.from(ranks.tensors[1].data);
    const cases: [string, unknown, readonly Tensor[]][] = [
      ['description is missing', null, []],
      ['kind is unknown', { kind: 'speaker-rank', cols: 1, speakers: [] }, []],
      ['width is not a size', { kind: 'none', cols: -1, speakers: [] }, []],
      ['speakers are not names', { kind: 'none', cols: 1, speakers: [1] }, []],
      ['speakers are not in order', { kind: 'none', cols: 1, speakers: ['b', 'a'] }, []],
      ['"low" is missing', ranges.meta, []],
      ['"low" must hold 3 x 4 numbers', ranges.meta, replace(ranges.tensors, 'low', low.slice(1))],
      ['"low" has another type', ranges.meta, replace(ranges.tensors, 'low', new Int32Array(12))],
      [
        'not finite',
        ranges.meta,
        replace(
          ranges.tensors,
          'low',
          low.map((v, i) => (i === 5 ? NaN : v)),
        ),
      ],
      [
        'above its upper bound',
        ranges.meta,
        replace(
          ranges.tensors,
          'low',
          low.map(() => 1e9),
        ),
      ],
      ['deviation is negative', z.meta, replace(z.tensors, 'deviation', new Float32Array(3 * cols).fill(-1))],
      ['not positive whole numbers', ranks.meta, replace(ranks.tensors, 'counts', Int32Array.of(0))],
      ['"sorted" has another size', ranks.meta, replace(ranks.tensors, 'counts', Int32Array.of(13))],
      [
        'not sorted',
        ranks.meta,
        replace(
          ranks.tensors,
          'sorted',
          sorted.map((v, i) => (i === 1 ? 1e9 : v)),
        ),
      ],
    ];
    for (const [words, meta, tensors] of cases) {
      const message = failure(() => normalizerFromTensors(meta, tensors));
      expect(message).toContain('bad-model');
      expect(message).toContain(words);
    }
  });
});
