/** What the preset `auto` is made of: the choice of a scaling, the base SVM's say, rounds, and what is said of them. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Core } from '../../../../js/core/core.js';
import { load } from '../../../../js/core/load.js';
import type { Corpus } from '../../../../js/data/corpus.js';
import { agreementOf, ballotOf, fusionFactor, trustIn } from '../../../../js/learn/model/ballot.js';
import { coral } from '../../../../js/methods/coral/index.js';
import { explain } from '../../../../js/learn/model/explain.js';
import type { Decisions } from '../../../../js/learn/svm/index.js';
import { loadModel } from '../../../../js/learn/model/load-model.js';
import type { Method, Task } from '../../../../js/contract/method.js';
import { satnmf } from '../../../../js/methods/satnmf/index.js';
import { linearSvm } from '../../../../js/methods/svm/index.js';
import { tca } from '../../../../js/methods/tca/index.js';
import { pairOf } from '../../contract/corpora.js';
import { whole } from '../../contract/whole.js';

const { source, target, fresh } = pairOf(whole, { n: 41, m: 37, d: 12 });
const SMALL = { r: 4, trials: 3, maxIterations: 15 } as const;
let core: Core;

beforeAll(async () => {
  core = await load();
});

const decisions = (margins: number[], classes = 2): Decisions => ({
  rows: margins.length / classes,
  classes,
  margins: Float64Array.from(margins),
  values: Float64Array.from(margins),
});

describe('options', () => {
  it('are those of robust but for the scaling, the base SVM and a second round', () => {
    const { preset, normalize, fusion, rounds, ...auto } = satnmf({ preset: 'auto' }).options;
    const robust: Record<string, unknown> = { ...satnmf({ preset: 'robust' }).options };
    for (const name of ['preset', 'normalize', 'fusion', 'rounds']) delete robust[name];
    expect({ preset, normalize }).toEqual({ preset: 'auto', normalize: 'auto' });
    expect({ fusion, rounds }).toEqual({ fusion: 0.5, rounds: 2 });
    expect(auto).toEqual(robust);
  });

  it('leave the other presets as they were, and can be given by themselves', () => {
    for (const preset of ['paper', 'robust'] as const)
      expect(satnmf({ preset }).options).toMatchObject({ fusion: 0, rounds: 1 });
    expect(satnmf({ preset: 'auto', fusion: 0 }).options.fusion).toBe(0);
    expect(linearSvm({ preset: 'auto' }).options).toEqual({
      ...linearSvm().options,
      preset: 'auto',
      normalize: 'auto',
    });
  });
});

describe('the base SVM among the voters', () => {
  const trials = [decisions([3, 1, 0, 4]), decisions([1, -1, 2, 0])];
  const base = decisions([-2, 2, 1, -1]);

  it('adds its decision values, and one vote to the confidence', () => {
    const { margins, winners, shares } = ballotOf(trials, 'margin', { base, factor: 2 });
    // Means 2, 0, 1, 2; twice the base -4, 4, 2, -2.
    expect([...margins]).toEqual([-2, 4, 3, 0]);
    expect([...winners]).toEqual([1, 0]);
    expect([...shares].map((share) => Math.round(3 * share))).toEqual([2, 1, 2, 1]);
  });

  it('weighs as asked for where they agree, whatever the scale of either', () => {
    const alike = decisions([2, -2, -1, 1]);
    expect(agreementOf(trials, alike)).toBe(1);
    // Deviation of the mean (2, 0, 1, 2) is √0.6875, of the base √2.5.
    expect(fusionFactor(0.5, trials, alike)).toBeCloseTo(0.5 * Math.sqrt(0.6875 / 2.5), 14);
    const louder = decisions([...alike.margins].map((value) => 1024 * value));
    expect(fusionFactor(1, trials, louder)).toBe(fusionFactor(1, trials, alike) / 1024);
    expect(fusionFactor(1, trials, decisions([7, 7, 7, 7]))).toBe(0);
    expect(fusionFactor(1, [decisions([0, 0, 0, 0])], alike)).toBe(0);
  });

  it('has more say the more answers the trials change, and at two fifths decides alone', () => {
    expect(
      [1, 0.8, 0.75, 0.7, 0.6, 0].map((agreement) => Math.round(1000 * trustIn(agreement)) / 1000),
    ).toEqual([1, 1, 0.75, 0.5, 0.001, 0.001]);
    expect(agreementOf(trials, base)).toBe(0);
    const factor = fusionFactor(0.5, trials, base);
    expect(factor).toBeGreaterThan(500);
    expect([...ballotOf(trials, 'margin', { base, factor }).winners]).toEqual([1, 0]);
  });

  it('decides alone when it weighs all, and has no say at 0', async () => {
    const alone = await linearSvm({ C: 0.001 }).fit({ source, target }, { core });
    const drowned = await satnmf({ ...SMALL, fusion: 1e12 }).fit({ source, target }, { core });
    expect(drowned.predict()).toEqual(alone.predict());
    expect(drowned.predict(fresh)).toEqual(alone.predict(fresh));
    const without = await satnmf({ ...SMALL, fusion: 0 }).fit({ source, target }, { core });
    const robust = await satnmf(SMALL).fit({ source, target }, { core });
    expect(without.classify()).toEqual(robust.classify());
  });

  it('counts three trials and the SVM', async () => {
    const { emotions, shares } = (
      await satnmf({ ...SMALL, preset: 'auto' }).fit({ source, target }, { core })
    ).classify();
    const classes = ['anger', 'neutral', 'sadness'];
    emotions.forEach((emotion, i) =>
      expect([0, 1, 2, 3, 4]).toContain(Math.round(4e6 * shares[i * 3 + classes.indexOf(emotion)]) / 1e6),
    );
  });

  it('is in the file, to the bit', async () => {
    const model = await satnmf({ ...SMALL, preset: 'auto' }).fit({ source, target }, { core });
    const bytes = model.toBytes();
    const again = await loadModel(bytes, { core });
    expect(again.classify(fresh)).toEqual(model.classify(fresh));
    expect(again.classify()).toEqual(model.classify());
    expect(again.toBytes()).toEqual(bytes);
  });
});

describe('rounds', () => {
  it('take what the round before said as pseudo labels', async () => {
    // A pair on which trials and base SVM differ.
    const { source, target } = pairOf(whole, { n: 41, m: 37, d: 5 }, 2);
    const fit = async (rounds: number, alpha: number) => {
      const seen: number[] = [];
      const model = await satnmf({ ...SMALL, rounds, alpha }).fit(
        { source, target },
        { core, onProgress: ({ trial, trials }) => void seen.push(trial, trials) },
      );
      return { model, seen };
    };
    const [one, two, again] = [await fit(1, 5), await fit(2, 5), await fit(2, 5)];
    expect(two.model.classify()).toEqual(again.model.classify());
    expect(two.model.classify().margins).not.toEqual(one.model.classify().margins);
    expect(Math.max(...one.seen)).toBe(SMALL.trials);
    expect(Math.max(...two.seen)).toBe(2 * SMALL.trials);
    // Without class terms nothing looks at pseudo labels, so rounds have nothing to refine.
    expect((await fit(2, 0)).model.classify()).toEqual((await fit(1, 0)).model.classify());
  });
});

describe('explain', () => {
  it('says of other methods and settings what is true of them', async () => {
    const of = async (method: Method, task: Task = { source, target }): Promise<string> =>
      explain(task, await method.fit(task, { core: await load() })).join('\n');
    const few = {
      features: whole.selectRows(target.features, [0, 1, 2]),
      file: target.file.slice(0, 3),
      speaker: target.speaker.slice(0, 3),
    };
    const raw = await of(satnmf({ ...SMALL, normalize: 'none' }), { source, target: { ...target, ...few } });
    expect(raw).toContain('Features are not scaled');
    expect(await of(coral())).toContain('one linear classifier on the features, fitted by coral');
    const components = await of(tca({ r: 3 }));
    expect(components).toContain('a linear SVM on the codes that tca learnt');
    expect(components).not.toContain('random start');
    expect(await of(satnmf({ ...SMALL, trials: 1 }))).toContain('1 random start');
  });

  const told = async (given: Partial<Corpus>, from: Corpus = source): Promise<string> => {
    const task = { source: from, target: { ...target, ...given } };
    const model = await satnmf({ ...SMALL, preset: 'auto' }).fit(task, { core });
    return explain(task, model).join('\n');
  };

  it('says why features are scaled by speaker or not', async () => {
    expect(await told({})).toContain('half the speakers of acted have 14 recordings or fewer, not 20');
    const many = source.speaker.map((_, i) => `number ${Math.floor(i / 4)}`);
    expect(await told({}, { ...source, speaker: many })).toContain(
      'a speaker of acted has 1 recording, fewer than 10',
    );
    const unknown = target.speaker.map(() => null);
    const one = source.speaker.map(() => 'one');
    expect(await told({ speaker: unknown }, { ...source, speaker: one })).toContain(
      'natural names no speakers',
    );
    expect(await told({ speaker: target.speaker.map(() => 'two') }, { ...source, speaker: one })).toContain(
      'speaker by speaker',
    );
  });

  it('says how many answers are doubtful and how often the SVM agrees', async () => {
    const text = await told({});
    expect(text).toMatch(/A linear SVM without adaptation says the same of \d+ % of the target\./);
    expect(text).toMatch(/confidence below 0\.5/);
    expect(text).toContain('r = 4, alpha = 1, beta = 10');
  });

  it('says that a few recordings are not adapted to', async () => {
    const few = {
      features: whole.selectRows(target.features, [0, 1, 2]),
      file: target.file.slice(0, 3),
      speaker: target.speaker.slice(0, 3),
    };
    const text = await told(few);
    expect(text).toContain('3 recordings are too few');
    expect(text).toContain('nothing was adapted');
  });
});
