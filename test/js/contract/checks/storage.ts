/**
 * Models as bytes: what is stored says the same as what was fitted.
 */
import type { Model } from 'satnmf';
import { bitsOf, ensureSoundModel, modelBits } from '../bits.js';
import { type Check, ensure, ensureEqual, refusedAs } from '../check.js';
import { pairOf } from '../corpora.js';

/** Everything about a model but its answers. */
const about = ({ method, classes, columns, warnings, iterations }: Model) => ({
  method,
  classes,
  columns,
  warnings,
  iterations,
});

export const STORAGE_CHECKS: readonly Check[] = [
  {
    name: 'says the same after a round trip through bytes, of the target and of new recordings',
    async run({ make }, { satnmf, core, fresh: another }) {
      const { source, target, fresh } = pairOf(satnmf);
      const elsewhere = await another();
      for (const normalize of [
        'none',
        'min-max',
        'rank',
        'speaker-min-max',
        'speaker-rank',
        'speaker-z-min-max',
      ])
        for (const svm of normalize === 'min-max' ? ['ovr-l2', 'ovo'] : ['ovr-l2']) {
          const model = await make({ normalize, svm }).fit({ source, target }, { core });
          const bytes = model.toBytes();
          const loaded = await satnmf.loadModel(bytes, { core: elsewhere });
          const what = `${normalize}, ${svm}`;
          ensureEqual(modelBits(loaded, fresh), modelBits(model, fresh), what);
          ensureEqual(about(loaded), about(model), what);
          ensureEqual(bitsOf(loaded.toBytes()), bitsOf(bytes), `${what}: the bytes written again`);
        }
    },
  },
  {
    name: 'does not care where in a buffer its bytes lie',
    async run({ make }, { satnmf, core }) {
      const { source, target, fresh } = pairOf(satnmf);
      const model = await make().fit({ source, target }, { core });
      const bytes = model.toBytes();
      const buffer = new Uint8Array(bytes.length + 7).fill(255);
      buffer.set(bytes, 3);
      const loaded = await satnmf.loadModel(buffer.subarray(3, 3 + bytes.length), { core });
      ensureEqual(modelBits(loaded, fresh), modelBits(model, fresh), 'bits');
    },
  },
  {
    name: 'says the same after a round trip of its compact model, which keeps to its budget',
    async run({ make, factorizes }, tools) {
      const { satnmf, core } = tools;
      const { source, target, fresh } = pairOf(satnmf);
      for (const normalize of ['min-max', 'rank', 'speaker-rank']) {
        const model = await make({ normalize }).fit({ source, target }, { core });
        const full = model.toBytes().length;
        const whole = satnmf.compact(model);
        const one = satnmf.compact(model, { maxBytes: 1 }).toBytes().length;
        const all = whole.toBytes().length;
        ensure(one <= all && all <= full, `one trial ${one}, all ${all}, not compact ${full} bytes`);
        let longest = 0;
        for (const maxBytes of [1, one, one + 1, Math.floor((one + all) / 2), all - 1, all, all + 1, full]) {
          const small = satnmf.compact(model, { maxBytes });
          const bytes = small.toBytes();
          ensure(
            bytes.length <= Math.max(maxBytes, one),
            `${bytes.length} bytes for a budget of ${maxBytes}`,
          );
          ensure(bytes.length >= longest, `a budget of ${maxBytes} gives less than a smaller one`);
          longest = bytes.length;
          ensureSoundModel(small, target.features.rows, fresh, `${normalize}, budget ${maxBytes}`);
          const loaded = await satnmf.loadModel(bytes, { core });
          ensureEqual(modelBits(loaded, fresh), modelBits(small, fresh), `${normalize}, budget ${maxBytes}`);
          ensureEqual(
            bitsOf(loaded.toBytes()),
            bitsOf(bytes),
            `${normalize}, budget ${maxBytes}: the bytes written again`,
          );
          ensureEqual(
            loaded.predict(),
            model.predict(),
            `${normalize}, budget ${maxBytes}: what it said of the target`,
          );
          ensureEqual(
            modelBits(satnmf.compact(small, { maxBytes }), fresh),
            modelBits(small, fresh),
            'twice',
          );
        }
        ensure(longest === all, 'every trial fits into a budget of the full model');
        if (factorizes) ensure(one < all, 'a smaller budget must keep fewer trials');
      }
      const model = await make().fit({ source, target }, { core });
      await refusedAs(
        tools,
        () => satnmf.compact(model, { maxBytes: 0 }),
        'bad-argument',
        ['maxBytes'],
        '0 bytes',
      );
      const copy = { ...about(model) } as unknown as Model;
      await refusedAs(tools, () => satnmf.compact(copy), 'bad-argument', ['model'], 'another object');
    },
  },
  {
    name: 'stores the words of a model as they are, whatever they are',
    async run({ make }, { satnmf, core }) {
      const { source, target, fresh } = pairOf(satnmf);
      const words = ['😀 Wut', '__proto__', '"quoted", \u0000\n\\'];
      const columns = source.columns.map((_, j) => ['', 'a\nb', '__proto__', 'ä'][j % 4] + String(j >> 2));
      const odd = satnmf.corpus({
        ...source,
        columns,
        emotion: source.emotion.map((_, i) => words[i % 3]),
        speaker: source.speaker.map((_, i) => words[(i >> 2) % 3]),
      });
      const named = satnmf.corpus({
        ...target,
        columns,
        speaker: target.speaker.map((_, i) => words[i % 2]),
      });
      const model = await make({ normalize: 'speaker-min-max' }).fit(
        { source: odd, target: named },
        { core },
      );
      const loaded = await satnmf.loadModel(model.toBytes(), { core });
      ensureEqual(about(loaded), about(model), 'words');
      ensureEqual(modelBits(loaded, fresh), modelBits(model, fresh), 'bits');
    },
  },
];
