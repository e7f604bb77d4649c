/**
 * Several sources, and emotions of the target that are known.
 */
import { ensureSoundModel, modelBits } from '../bits.js';
import { type Check, ensure, ensureEqual, refusedAs } from '../check.js';
import { pairOf, withEmotions } from '../corpora.js';

export const SEVERAL_SOURCES_CHECKS: readonly Check[] = [
  {
    name: 'takes a list of one source as that source, to the bit, and no list without any',
    async run({ make }, tools) {
      const { satnmf, core } = tools;
      const { source, target, fresh } = pairOf(satnmf);
      const bits = async (given: typeof source | (typeof source)[]) =>
        modelBits(await make().fit({ source: given, target }, { core }), fresh);
      ensureEqual(await bits([source]), await bits(source), 'bits');
      await refusedAs(
        tools,
        () => make().fit({ source: [], target }, { core }),
        'bad-argument',
        ['source'],
        'none',
      );
    },
  },
  {
    name: 'learns from several sources, also where one lacks emotions, and says the same after a round trip',
    async run({ make }, { satnmf, core }) {
      const { source, target, fresh } = pairOf(satnmf);
      const other = pairOf(satnmf, { n: 41, m: 20, d: 11 }, 7).source;
      const poor = withEmotions(satnmf, other, (row) => (row % 2 ? 'anger' : 'surprise'));
      const cases = { 'two sources': [source, other], 'three, one poor': [source, other, poor] };
      for (const [what, sources] of Object.entries(cases)) {
        const model = await make().fit({ source: sources, target }, { core });
        ensureSoundModel(model, target.features.rows, fresh, what);
        ensureEqual(model.classes.includes('surprise'), sources.length === 3, `${what}: classes`);
        const loaded = await satnmf.loadModel(model.toBytes(), { core });
        ensureEqual(modelBits(loaded, fresh), modelBits(model, fresh), `${what}: bits`);
        const few = satnmf.selectCorpusRows(target, [0, 7, 11]);
        ensureSoundModel(
          await make().fit({ source: sources, target: few }, { core }),
          3,
          fresh,
          `${what}, 3 rows`,
        );
      }
      const alone = modelBits(await make().fit({ source, target }, { core }), fresh);
      const both = modelBits(await make().fit({ source: [source, other], target }, { core }), fresh);
      ensure(alone !== both, 'the second source must matter');
    },
  },
  {
    name: 'refuses sources without emotions, without rows, or with other features, by their names',
    async run({ make }, tools) {
      const { satnmf, core } = tools;
      const { source, target } = pairOf(satnmf);
      const fit = (other: typeof source) => () => make().fit({ source: [source, other], target }, { core });
      const named = { ...source, name: 'another' };
      const empty = satnmf.selectCorpusRows(named, []);
      await refusedAs(tools, fit(empty), 'too-few-rows', ['another'], 'no rows');
      const columns = source.columns.map((name) => `${name}!`);
      await refusedAs(tools, fit({ ...named, columns }), 'shape-mismatch', ['another'], 'other columns');
      const nothing = { ...named, emotion: source.emotion.map(() => null) };
      const silent = () => make().fit({ source: [nothing, nothing], target }, { core });
      await refusedAs(tools, silent, 'one-class', ['another'], 'no emotions');
    },
  },
  {
    name: 'learns from emotions of the target that are known, or refuses them',
    async run({ make, usesKnown }, tools) {
      const { satnmf, core } = tools;
      const { source, target, fresh } = pairOf(satnmf);
      const known = target.emotion.map((emotion, i) => (i % 4 === 0 ? emotion : null));
      const fit = (given: readonly (string | null)[]) =>
        make().fit({ source, target, known: given }, { core });
      const plain = modelBits(await make().fit({ source, target }, { core }), fresh);
      ensureEqual(modelBits(await fit(known.map(() => null)), fresh), plain, 'nothing known: bits');
      if (!usesKnown)
        return refusedAs(tools, () => fit(known), 'unsupported', ['known'], 'known').then(() => undefined);
      const model = await fit(known);
      ensureSoundModel(model, target.features.rows, fresh, 'some known');
      ensure(modelBits(model, fresh) !== plain, 'what is known must matter');
      await refusedAs(tools, () => fit(known.slice(1)), 'shape-mismatch', ['known', '23', '22'], 'too short');
      return undefined;
    },
  },
];
