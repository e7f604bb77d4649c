import { expect, it } from 'vitest';
import { sharedCore } from '../../../js/core/load.js';
import { sourceFolds, SourceFolds } from '../../../js/experiment/source-cv.js';
import { linearSvm } from '../../../js/methods/svm/index.js';
import { smallPair } from '../cli/tables.js';

it('folds keep speakers together and are of about the same size', async () => {
  const core = await sharedCore();
  const { source } = await smallPair();
  const folds = sourceFolds(core, source, 3, 1);
  const of = new Map<string | null, Set<number>>();
  source.speaker.forEach((name, row) => of.set(name, (of.get(name) ?? new Set()).add(folds[row])));
  expect([...of.values()].map((set) => set.size)).toEqual([1, 1, 1]);
  expect(new Set(folds)).toEqual(new Set([0, 1, 2]));
});

it('folds are of shuffled rows where there are fewer speakers than folds', async () => {
  const core = await sharedCore();
  const { source } = await smallPair();
  const folds = sourceFolds(core, source, 5, 1);
  const sizes = [0, 1, 2, 3, 4].map((fold) => folds.filter((of) => of === fold).length);
  expect(sizes).toEqual([10, 10, 10, 9, 9]);
  expect(sourceFolds(core, source, 5, 1)).toEqual(folds);
  expect(sourceFolds(core, source, 5, 2)).not.toEqual(folds);
});

it('the UAR on the source scores every labelled row once, and sees no target', async () => {
  const core = await sharedCore();
  const { source } = await smallPair();
  const folds = new SourceFolds(core, source, 3);
  const uar = await folds.uar(linearSvm({ C: 1 }));
  expect(uar).toBeGreaterThan(0.5);
  expect(uar).toBeLessThanOrEqual(1);
  await folds.uar(linearSvm({ C: 0.001 }));
  expect(await folds.uar(linearSvm({ C: 1 }))).toBe(uar);
});

it('folds whose rest has a single emotion are left out; without any there is no UAR', async () => {
  const core = await sharedCore();
  const { source } = await smallPair();
  const emotion = source.emotion.map((name) => (name === 'anger' ? 'fear' : 'anger'));
  const own = { ...source, emotion, speaker: emotion };
  expect(await new SourceFolds(core, own, 2).uar(linearSvm({ C: 1 }))).toBeNull();
});
