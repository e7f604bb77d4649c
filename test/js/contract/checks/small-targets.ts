/**
 * Targets of a few recordings, and targets without speakers.
 */
import { bitsOf, ensureSoundModel } from '../bits.js';
import { type Check, ensure, ensureEqual } from '../check.js';
import { pairOf } from '../corpora.js';

export const SMALL_TARGET_CHECKS: readonly Check[] = [
  {
    name: 'lets the base SVM decide, and says so, for fewer than 20 target rows',
    async run({ make, factorizes, adapts, scalesItself }, { satnmf, core }) {
      if (scalesItself) return;
      const { source, target, fresh } = pairOf(satnmf);
      const { preset, normalize, svm, ...rest } = make().options as Record<string, unknown>;
      const C = rest['baseC'] ?? rest['C'];
      const base = satnmf.methodByName('svm', { preset, normalize, svm, C });
      for (const rows of [1, 2, 5, 19, 20]) {
        const few = satnmf.selectCorpusRows(
          target,
          Array.from({ length: rows }, (_, i) => (i * 5) % 23),
        );
        const model = await make().fit({ source, target: few }, { core });
        ensureSoundModel(model, rows, fresh, `${rows} rows`);
        const told = model.warnings.join(' ');
        const small = rows < 20;
        ensureEqual(
          /fewer than 20/.test(told),
          small,
          `${rows} rows: a warning about the normalisation in "${told}"`,
        );
        if (!adapts) continue;
        ensureEqual(
          /base SVM decides/.test(told),
          small,
          `${rows} rows: a warning about the method in "${told}"`,
        );
        if (factorizes || small) ensureEqual(model.iterations.length, small ? 0 : 3, `${rows} rows: trials`);
        if (!small) continue;
        const plain = await base.fit({ source, target: few }, { core });
        for (const given of [undefined, fresh]) {
          const [a, b] = [model.classify(given), plain.classify(given)];
          ensureEqual(a.emotions, b.emotions, `${rows} rows: emotions of the base SVM`);
          ensureEqual(bitsOf(a.margins), bitsOf(b.margins), `${rows} rows: margins of the base SVM`);
        }
        const loaded = await satnmf.loadModel(model.toBytes(), { core });
        ensureEqual(loaded.classify(fresh), model.classify(fresh), `${rows} rows: after a round trip`);
      }
    },
  },
  {
    name: 'does not adapt to fewer than 20 target rows if it scales features in its own way',
    async run({ make, adapts, scalesItself }, { satnmf, core }) {
      if (!scalesItself || !adapts) return;
      const { source, target, fresh } = pairOf(satnmf);
      for (const rows of [1, 2, 5, 19, 20]) {
        const some = Array.from({ length: rows }, (_, i) => (i * 5) % 23);
        const few = { source, target: satnmf.selectCorpusRows(target, some) };
        const said = (await make().fit(few, { core })).classify(fresh).margins;
        const plain = (await satnmf.methodByName('linear').fit(few, { core })).classify(fresh).margins;
        ensureEqual(bitsOf(said) === bitsOf(plain), rows < 20, `${rows} rows: as without adaptation`);
      }
    },
  },
  {
    name: 'says of a small target, row by row, what it says of its rows as new recordings',
    async run({ make, scalesItself }, { satnmf, core }) {
      const { source, target } = pairOf(satnmf);
      const few = satnmf.selectCorpusRows(target, [4, 8, 15]);
      const model = await make().fit({ source, target: few }, { core });
      // Whoever scales by what the other rows tell says something else of a row alone.
      if (scalesItself) return;
      const alone = await make().fit({ source, target: satnmf.selectCorpusRows(target, [8]) }, { core });
      ensureEqual(model.classify(few.features), model.classify(), 'as new recordings');
      const c = model.classes.length;
      ensureEqual(alone.classify().margins, model.classify().margins.slice(c, 2 * c), 'alone');
    },
  },
  {
    name: 'warns when features should be normalised by speaker and there are no speakers',
    async run({ make, scalesItself }, { satnmf, core }) {
      if (scalesItself) return;
      const { source, target, fresh } = pairOf(satnmf);
      const nobody = target.speaker.map(() => null);
      const bits = async (normalize: string, given = target) => {
        const model = await make({ normalize }).fit(
          { source: { ...source, speaker: source.speaker.map(() => null) }, target: given },
          { core },
        );
        ensureSoundModel(model, 23, fresh, normalize);
        return {
          warnings: model.warnings,
          margins: bitsOf(model.classify().margins, model.classify(fresh).margins),
        };
      };
      for (const kind of ['min-max', 'rank', 'z-clip']) {
        const asked = await bits(`speaker-${kind}`, { ...target, speaker: nobody });
        const told = asked.warnings.join(' ');
        for (const name of ['acted', 'natural'])
          ensure(
            told.includes(`${name} names no speakers`),
            `speaker-${kind}: a warning about ${name} in "${told}"`,
          );
        const instead = await bits(kind, { ...target, speaker: nobody });
        ensureEqual(instead.warnings, [], `${kind}: warnings`);
        ensureEqual(asked.margins, instead.margins, `speaker-${kind} without speakers is ${kind}`);
        const known = await bits(`speaker-${kind}`);
        ensure(
          !known.warnings.join(' ').includes('natural'),
          `no warning about natural: ${known.warnings.join(' ')}`,
        );
      }
    },
  },
];
