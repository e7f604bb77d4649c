import { describe, expect, it } from 'vitest';
import { classesOf } from '../../../js/data/emotions.js';
import { syntheticPair } from '../../../js/experiment/synthetic.js';
import { linearSvm, satnmf, uar } from '../../../js/entries/index.js';
import { coreOf } from '../../assembly/core/cores.js';

const core = coreOf('release');

describe('syntheticPair', () => {
  it('makes two corpora of the sizes asked for, with the same four emotions and no speaker in common', () => {
    const sizes = { features: 17, sourceRows: 60, targetRows: 50, sourceSpeakers: 5, targetSpeakers: 3 };
    const { source, target } = syntheticPair(core, sizes);
    for (const [corpus, rows, speakers] of [
      [source, 60, 5],
      [target, 50, 3],
    ] as const) {
      expect([corpus.features.rows, corpus.features.cols]).toEqual([rows, 17]);
      expect(new Set(corpus.speaker).size).toBe(speakers);
      expect(classesOf(corpus.emotion)).toEqual(['anger', 'happiness', 'neutral', 'sadness']);
      expect(new Set(corpus.file).size).toBe(rows);
      expect(corpus.features.data.every((value) => value >= 0 && Number.isFinite(value))).toBe(true);
    }
    expect(source.speaker.filter((name) => target.speaker.includes(name))).toEqual([]);
  });

  it('makes the same bits for the same seed, also in the debug build, and others for another', () => {
    const one = syntheticPair(core, { seed: 3 });
    expect(syntheticPair(core, { seed: 3 })).toEqual(one);
    expect(syntheticPair(coreOf('debug'), { seed: 3 })).toEqual(one);
    expect(syntheticPair(core, { seed: 4 }).source.features.data).not.toEqual(one.source.features.data);
  });

  it('is a shift that SATNMF sees through better than the SVM, whatever C the SVM has', async () => {
    const task = syntheticPair(core, { seed: 2 });
    const scored = async (method: ReturnType<typeof linearSvm> | ReturnType<typeof satnmf>) =>
      uar(task.target.emotion, (await method.fit(task, { core })).predict());
    const adapted = await scored(satnmf({ r: 32, trials: 3, baseC: 0.1 }));
    for (const C of [0.001, 0.01, 0.1, 1])
      expect(adapted).toBeGreaterThan((await scored(linearSvm({ C }))) + 0.05);
  });
});
