import { expect, test } from 'vitest';
import { train } from '../../../js/recogniser/train.js';
import { suggestRows } from '../../../js/recogniser/suggestion.js';
import { coreOf } from '../../assembly/core/cores.js';
import { emotional } from './emotional.js';

const core = coreOf('release');
const A = emotional('a', 1, ['anger', 'fear', 'sadness'], 60);
const B = emotional('b', 2, ['anger', 'happiness', 'sadness'], 45);
const C = emotional('c', 3, ['anger', 'fear', 'happiness', 'sadness'], 50);

test('names as many different rows as asked for, all of them at most, and the same ones in any order', async () => {
  const weights = await train([{ corpus: A }, { corpus: B }], { core });
  const some = await suggestRows(core, weights, C, 7);
  expect(new Set(some).size).toBe(7);
  expect((await suggestRows(core, weights, C, 12)).slice(0, 7)).toEqual(some);
  expect([...(await suggestRows(core, weights, C, 99))].sort((a, b) => a - b)).toEqual([...C.file.keys()]);
  const order = Array.from({ length: 50 }, (_, i) => (i * 7 + 3) % 50);
  const data = Float32Array.from(order.flatMap((i) => [...C.features.data.subarray(i * 40, i * 40 + 40)]));
  const shuffled = { ...C, features: { ...C.features, data } };
  expect((await suggestRows(core, weights, shuffled, 7)).map((row) => order[row])).toEqual(some);
  await expect(suggestRows(core, weights, C, 0)).rejects.toThrow('"count"');
});

test('refuses a target that the weights cannot answer, and hears a cancel', async () => {
  const weights = await train([{ corpus: A }, { corpus: B }], { core });
  const narrow = {
    ...C,
    features: { rows: 50, cols: 39, data: C.features.data.slice(0, 50 * 39) },
    columns: C.columns.slice(0, 39),
  };
  await expect(suggestRows(core, weights, narrow, 5)).rejects.toThrow('39');
  const data = C.features.data.slice();
  data[45] = NaN;
  await expect(suggestRows(core, weights, { ...C, features: { ...C.features, data } }, 5)).rejects.toThrow(
    'row 1',
  );
  const cancelled = AbortSignal.abort(new Error('enough'));
  await expect(suggestRows(core, weights, C, 5, cancelled)).rejects.toThrow('enough');
});
