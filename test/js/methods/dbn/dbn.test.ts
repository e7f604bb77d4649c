import { describe, expect, it } from 'vitest';
import * as satnmf from '../../../../js/entries/index.js';
import { type Progress } from '../../../../js/entries/index.js';
import { dbn, load } from '../../../../js/entries/methods.js';
import { EMOTIONS, pairOf, withFeatures } from '../../contract/corpora.js';

const SMALL = { units1: 20, units2: 14, units3: 9, batch: 16 };

/** Corpora whose classes lie far apart, so that something can be learnt. */
function separated() {
  const pair = pairOf(satnmf, { n: 60, m: 45, d: 24 });
  const apart = (given: typeof pair.source) =>
    withFeatures(satnmf, given, (data, cols) => {
      for (let at = 0; at < data.length; at++) {
        const [row, column] = [Math.floor(at / cols), at % cols];
        data[at] = (data[at] % 1) * 0.4 + (column % 3 === row % 3 ? 1 : 0);
      }
    });
  return { source: apart(pair.source), target: apart(pair.target), fresh: pair.fresh };
}

async function run(options: object, task: Pick<ReturnType<typeof separated>, 'source' | 'target'>) {
  const reports: Progress[] = [];
  const model = await dbn({ ...SMALL, ...options }).fit(task, { onProgress: (p) => reports.push(p) });
  const of = (phase: string) => reports.filter((report) => report.phase === phase);
  return { model, of };
}

describe('dbn', () => {
  it('reconstructs better and better, loses less and less, and knows the classes of another corpus', async () => {
    const task = separated();
    const { model, of } = await run({ epochs: 30, rate: 0.1, tuningEpochs: 60 }, task);
    for (const phase of ['layer 1', 'layer 2', 'layer 3']) {
      const errors = of(phase).map(({ objective }) => objective ?? NaN);
      expect(errors).toHaveLength(30);
      expect(errors[29], phase).toBeLessThan(0.8 * errors[0]);
    }
    const losses = of('fine-tuning').map(({ objective }) => objective ?? NaN);
    expect(losses).toHaveLength(60);
    // At the start it says about the same of all three.
    expect(losses[0]).toBeGreaterThan(0.5 * Math.log(3));
    expect(losses[59]).toBeLessThan(0.1);
    const right = model.predict().filter((emotion, i) => emotion === EMOTIONS[i % 3]).length;
    expect(right / 45).toBeGreaterThan(0.9);
    expect(model.iterations).toEqual([60]);
  });

  it('codes new recordings by its last hidden layer, within (0, 1)', async () => {
    const { source, target } = separated();
    const { model } = await run({ epochs: 2, tuningEpochs: 2 }, { source, target });
    const codes = model.transform(target.features);
    expect([codes.rows, codes.cols]).toEqual([45, SMALL.units3]);
    expect(codes.data.every((value) => value > 0 && value < 1)).toBe(true);
    expect(model.classify(target.features)).toEqual(model.classify());
  });

  it('clips features that are not normalised, and are no probabilities', async () => {
    const { source, target } = separated();
    const change = (given: typeof source, f: (x: number) => number) =>
      withFeatures(satnmf, given, (data) => {
        for (let at = 0; at < data.length; at++) data[at] = f(data[at]);
      });
    const clip = (x: number): number => Math.min(1, Math.max(0, x));
    const task = (f: (x: number) => number) => ({ source: change(source, f), target: change(target, f) });
    const options = { normalize: 'none', epochs: 2, tuningEpochs: 2 };
    const [wild, tame] = [task((x) => 3 * x - 1), task((x) => clip(3 * x - 1))];
    const models = [await run(options, wild), await run(options, tame)].map(({ model }) => model);
    expect(models[0].classify()).toEqual(models[1].classify());
    expect(models[0].classify(wild.target.features)).toEqual(models[1].classify());
  });

  it('learns the same whatever lies between its batches: one of all rows, or more rows than there are', async () => {
    const task = separated();
    const said = async (batch: number) =>
      (await run({ batch, epochs: 2, tuningEpochs: 2 }, task)).model.classify().margins;
    expect(await said(105)).toEqual(await said(4000));
    expect(await said(104)).not.toEqual(await said(105));
  });

  it('leaves unlabelled rows out of the fine-tuning, and learns from them before', async () => {
    const { source, target } = separated();
    const half = { ...source, emotion: source.emotion.map((word, i) => (i % 2 ? null : word)) };
    const other = withFeatures(satnmf, half, (data, cols) => {
      for (let j = 0; j < cols; j++) data[cols + j] = 0.5;
    });
    const margins = async (given: typeof source) =>
      (await run({ epochs: 2, tuningEpochs: 3 }, { source: given, target })).model.classify().margins;
    expect(await margins(half)).not.toEqual(await margins(other));
  });

  it('stops between two mini-batches, and leaves its Core usable', async () => {
    const core = await load();
    const mark = core.exports.mark();
    const pair = pairOf(satnmf, { n: 60, m: 60, d: 3000 });
    const controller = new AbortController();
    const phases: string[] = [];
    // An epoch of the first layer is 1.4 GFlop: it is given up long before it is over.
    const method = dbn({ units1: 400, units2: 4, units3: 4, batch: 8, epochs: 3 });
    const fit = method.fit(pair, {
      core,
      signal: controller.signal,
      onProgress({ phase, iteration }) {
        phases.push(`${phase} ${iteration}`);
        if (phase === 'base svm' && iteration === 1)
          setImmediate(() => controller.abort(new Error('enough')));
      },
    });
    await expect(fit).rejects.toThrow('enough');
    expect(phases.filter((phase) => phase.startsWith('layer'))).toEqual([]);
    expect(core.exports.mark()).toBe(mark);
  });

  it('says so when its steps are so long that its weights leave the range of numbers', async () => {
    const options = { rate: 1e3, decay: 1, epochs: 40, tuningEpochs: 1 };
    await expect(run(options, separated())).rejects.toMatchObject({
      code: 'not-finite',
      message: expect.stringContaining('"rate", "tuningRate" or "decay" must be smaller') as string,
    });
  });

  it('has the presets of the documents, and refuses what no network could be', () => {
    expect(dbn({ preset: 'paper' }).options).toMatchObject({
      ...{ units1: 1000, units2: 1000, units3: 2000, epochs: 100, tuningEpochs: 100, batch: 64 },
      ...{ rate: 1e-3, tuningRate: 1e-3, momentum: 0.9, decay: 2e-4, schedule: 'constant' },
    });
    expect(() => dbn({ units2: 0 })).toThrow('"units2" must be a whole number from 1 to 65536, got 0');
    expect(() => dbn({ momentum: 1 })).toThrow('"momentum"');
  });
});
