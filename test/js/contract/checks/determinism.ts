/**
 * The same bits: from the seed, from any batch, whatever else happens.
 */
import type { Model } from 'satnmf';
import { bitsOf, classificationBits, corpusBits, modelBits } from '../bits.js';
import { type Check, ensure, ensureEqual } from '../check.js';
import { pairOf, withEmotions } from '../corpora.js';

/** Rows in another order: i → (7 i + 5) mod rows, a permutation unless 7 divides `rows`. */
const shuffled = (rows: number): number[] => Array.from({ length: rows }, (_, i) => (7 * i + 5) % rows);

/** Columns `first … last` of a matrix of codes. */
function codesOf(
  model: Model,
  fresh: Parameters<Model['transform']>[0],
  first: number,
  last: number,
): string {
  const { rows, cols, data } = model.transform(fresh);
  const part = Array.from({ length: rows }, (_, i) => data.slice(i * cols + first, i * cols + last));
  return bitsOf(...part);
}

export const DETERMINISM_CHECKS: readonly Check[] = [
  {
    name: 'gives the same bits for the same seed, on any Core, and others for another seed',
    async run({ make, draws }, { satnmf, core, fresh: other }) {
      const { source, target, fresh } = pairOf(satnmf);
      const bits = async (seed: number, where = core) =>
        modelBits(await make({ seed }).fit({ source, target }, { core: where }), fresh);
      const first = await bits(5);
      ensureEqual(await bits(5), first, 'the second fit');
      ensureEqual(await bits(5, await other()), first, 'the fit on another Core');
      if (draws) ensure((await bits(6)) !== first, 'another seed must give other bits');
      // Seeds beyond 32 bits are not cut.
      if (draws) ensure((await bits(5 + 2 ** 32)) !== first, 'seed 5 + 2^32 must give other bits than 5');
    },
  },
  {
    name: 'begins a longer run with the trials of a shorter one',
    async run({ make, factorizes }, { satnmf, core }) {
      if (!factorizes) return;
      const { source, target, fresh } = pairOf(satnmf);
      const r = 4;
      const fit = (trials: number) => make({ trials, r }).fit({ source, target }, { core });
      const long = await fit(5);
      for (const trials of [1, 2, 4]) {
        const short = await fit(trials);
        ensureEqual(short.iterations, long.iterations.slice(0, trials), `iterations of ${trials} trials`);
        ensureEqual(
          codesOf(short, fresh, 0, r * trials),
          codesOf(long, fresh, 0, r * trials),
          `${trials} trials`,
        );
      }
    },
  },
  {
    name: 'gives the same bits whether its trials run side by side or one after the other',
    async run({ make, factorizes }, tools) {
      if (!factorizes) return;
      const { satnmf, core } = tools;
      // So large that factors take more than the graph, and a second trial does not fit under a cap of whole pages.
      const { source, target, fresh } = pairOf(satnmf, { n: 41, m: 34, d: 600 });
      const method = make({ trials: 4, r: 67, maxIterations: 3 });
      const sizes = { N: 75, d: 600, classes: 3 };
      const wide = modelBits(await method.fit({ source, target }, { core }), fresh);
      for (const parts of [1, 2, 3]) {
        const held = (await tools.fresh()).exports.mark() >>> 0;
        const needed = satnmf.fitBytes(core, method.options as never, sizes, parts);
        const narrow = await tools.fresh(held + needed + 100);
        const batches: number[] = [];
        const model = await method.fit(
          { source, target },
          { core: narrow, onProgress: ({ phase, trial }) => phase === 'factorize' && batches.push(trial) },
        );
        const firsts = [...new Set(batches)];
        ensureEqual(
          firsts,
          [0, 1, 2, 3].filter((trial) => trial % parts === 0),
          `batches of ${parts}`,
        );
        ensureEqual(modelBits(model, fresh), wide, `bits of batches of ${parts}`);
      }
    },
  },
  {
    name: 'forgets the first fit when it is fitted again',
    async run({ make }, { satnmf, core }) {
      const [first, second] = [pairOf(satnmf), pairOf(satnmf, { n: 22, m: 27, d: 6 }, 2)];
      const method = make();
      const bits = async ({ source, target, fresh }: typeof first) =>
        modelBits(await method.fit({ source, target }, { core }), fresh);
      const before = await bits(first);
      await bits(second);
      ensureEqual(await bits(first), before, 'the fit after another one');
    },
  },
  {
    name: 'gives two fits that are started at once on one Core the bits of two in a row',
    async run({ make }, { satnmf, core }) {
      const [first, second] = [pairOf(satnmf), pairOf(satnmf, { n: 25, m: 31, d: 17 }, 3)];
      const method = make();
      const fit = ({ source, target }: typeof first) => method.fit({ source, target }, { core });
      const row = [modelBits(await fit(first), first.fresh), modelBits(await fit(second), second.fresh)];
      const models = await Promise.all([fit(first), fit(second)]);
      ensureEqual([modelBits(models[0], first.fresh), modelBits(models[1], second.fresh)], row, 'bits');
    },
  },
  {
    name: 'is not disturbed by predictions of another model between its iterations',
    async run({ make }, { satnmf, core }) {
      const { source, target, fresh } = pairOf(satnmf);
      const method = make();
      const model = await method.fit({ source, target }, { core });
      const before = modelBits(model, fresh);
      let predictions = 0;
      const again = await method.fit(
        { source, target },
        {
          core,
          onProgress() {
            predictions++;
            ensureEqual(modelBits(model, fresh), before, 'a prediction during a fit');
          },
        },
      );
      ensure(predictions > 1, 'nothing was reported');
      ensureEqual(modelBits(again, fresh), before, 'the fit');
    },
  },
  {
    name: 'leaves its inputs as they were',
    async run({ make }, { satnmf, core }) {
      const { source, target, fresh } = pairOf(satnmf);
      const inputs = () => [corpusBits(source), corpusBits(target), bitsOf(fresh.data)];
      const before = inputs();
      const model = await make().fit({ source, target }, { core });
      model.classify(fresh);
      model.transform(fresh);
      satnmf.compact(model).classify(fresh);
      const bytes = model.toBytes();
      const stored = bitsOf(bytes);
      (await satnmf.loadModel(bytes, { core })).classify(fresh);
      ensureEqual(inputs(), before, 'inputs');
      ensureEqual(bitsOf(bytes), stored, 'the bytes of the model');
    },
  },
  {
    name: 'owns what it learnt: inputs and answers that change later do not reach it',
    async run({ make }, { satnmf, core }) {
      const { source, target, fresh } = pairOf(satnmf);
      const model = await make({ normalize: 'none' }).fit({ source, target }, { core });
      const before = modelBits(model, fresh);
      source.features.data.fill(1);
      target.features.data.fill(2);
      const said = model.classify();
      for (const numbers of [said.confidence, said.shares, said.margins]) numbers.fill(NaN);
      said.emotions.fill('other');
      model.predict().fill('other');
      const codes = model.transform(fresh);
      codes.data.fill(NaN);
      const bytes = model.toBytes();
      const loaded = await satnmf.loadModel(bytes, { core });
      bytes.fill(0);
      ensureEqual(modelBits(model, fresh), before, 'the model');
      ensureEqual(modelBits(loaded, fresh), before, 'the loaded model');
    },
  },
  {
    name: "cannot see the target's emotions: garbage there changes no bit",
    async run({ make }, { satnmf, core }) {
      const { source, target, fresh } = pairOf(satnmf);
      const { name, features, columns, file, speaker } = target;
      const unlabelled = { name, features, columns, file, speaker };
      const bits = async (given: typeof unlabelled) =>
        modelBits(await make().fit({ source, target: given }, { core }), fresh);
      const without = await bits(unlabelled);
      const guarded = Object.defineProperty({ ...unlabelled }, 'emotion', {
        enumerable: true,
        get: () => {
          throw new Error("the target's emotions were read");
        },
      });
      const garbage = { ...unlabelled, emotion: 'no list at all' };
      const wrong = withEmotions(satnmf, target, (row) => (row % 2 ? 'anger' : 'nonsense'));
      for (const given of [target, guarded, garbage, wrong]) ensureEqual(await bits(given), without, 'bits');
    },
  },
  {
    name: "permutes its answers with the target's rows, unless it learns from them all together",
    async run({ make, adapts }, { satnmf, core }) {
      const { source, target } = pairOf(satnmf);
      // Adapting is transductive: sums over the target's rows are part of its result, and a sum in another
      // order has other bits. With a target too small to learn from, it is not.
      const rows = adapts ? 17 : target.features.rows;
      const whole = satnmf.selectCorpusRows(
        target,
        Array.from({ length: rows }, (_, i) => i),
      );
      const order = shuffled(rows);
      const straight = (await make().fit({ source, target: whole }, { core })).classify();
      const permuted = await make().fit({ source, target: satnmf.selectCorpusRows(whole, order) }, { core });
      const c = permuted.classes.length;
      const pick = (values: Float64Array, width: number) =>
        Float64Array.from(
          order.flatMap((row) => Array.from(values.subarray(row * width, (row + 1) * width))),
        );
      const expected = {
        emotions: order.map((row) => straight.emotions[row]),
        confidence: pick(straight.confidence, 1),
        probabilities: pick(straight.probabilities, c),
        shares: pick(straight.shares, c),
        margins: pick(straight.margins, c),
      };
      ensureEqual(classificationBits(permuted.classify()), classificationBits(expected), 'bits');
    },
  },
];
