/**
 * What a model says, and what it refuses to be asked.
 */
import { classificationBits, ensureSoundModel } from '../bits.js';
import { type Check, ensure, ensureEqual, refusedAs } from '../check.js';
import { EMOTIONS, pairOf, withFeatures } from '../corpora.js';

export const PREDICTION_CHECKS: readonly Check[] = [
  {
    name: 'says known classes in ascending order, shares that sum to 1, finite margins, confidence in [0, 1]',
    async run({ make }, { satnmf, core }) {
      const { source, target, fresh } = pairOf(satnmf);
      for (const change of [{}, { svm: 'ovo' }]) {
        const model = await make(change).fit({ source, target }, { core });
        ensureEqual(model.classes, [...EMOTIONS].sort(), 'classes');
        ensureEqual(model.columns, source.columns, 'columns');
        ensureEqual(model.predict(), model.classify().emotions, 'predict()');
        ensureEqual(model.predict(fresh), model.classify(fresh).emotions, 'predict(rows)');
        ensureSoundModel(model, target.features.rows, fresh, JSON.stringify(change));
      }
    },
  },
  {
    name: 'gives the class that its vote names',
    async run({ make, factorizes }, { satnmf, core }) {
      if (!factorizes) return;
      const { source, target, fresh } = pairOf(satnmf);
      for (const vote of ['majority', 'margin'] as const) {
        const model = await make({ vote, trials: 4, maxIterations: 2, svm: 'ovr-l2' }).fit(
          { source, target },
          { core },
        );
        for (const said of [model.classify(), model.classify(fresh)]) {
          const deciding = vote === 'majority' ? said.shares : said.margins;
          said.emotions.forEach((emotion, i) => {
            const own = Array.from(deciding.subarray(i * 3, i * 3 + 3));
            // Ties go to the lowest class.
            ensureEqual(emotion, model.classes[own.indexOf(Math.max(...own))], `${vote}, row ${i}`);
          });
        }
      }
    },
  },
  {
    name: 'says of some new recordings, in any order, what it says of them among all',
    async run({ make }, { satnmf, core }) {
      const { source, target, fresh } = pairOf(satnmf);
      const model = await make().fit({ source, target }, { core });
      const all = model.classify(fresh);
      const codes = model.transform(fresh);
      for (const rows of [[0], [8], [7, 2, 4], [1, 1, 1], [8, 7, 6, 5, 4, 3, 2, 1, 0], []]) {
        const some = satnmf.selectRows(fresh, rows);
        const pick = (values: Float64Array | Float32Array, width: number) =>
          Float64Array.from(rows.flatMap((i) => Array.from(values.subarray(i * width, (i + 1) * width))));
        const expected = {
          emotions: rows.map((i) => all.emotions[i]),
          confidence: pick(all.confidence, 1),
          probabilities: pick(all.probabilities, 3),
          shares: pick(all.shares, 3),
          margins: pick(all.margins, 3),
        };
        const what = `rows ${rows.join(', ')}`;
        ensureEqual(classificationBits(model.classify(some)), classificationBits(expected), what);
        const own = model.transform(some);
        ensureEqual([own.rows, own.cols], [rows.length, codes.cols], `${what}: shape of the codes`);
        ensureEqual(Array.from(own.data), Array.from(pick(codes.data, codes.cols)), `${what}: codes`);
      }
    },
  },
  {
    name: 'says of a great many new recordings at once what it says of each',
    async run({ make }, { satnmf, core }) {
      const { source, target, fresh } = pairOf(satnmf);
      const model = await make().fit({ source, target }, { core });
      const rows = Array.from({ length: 530 }, (_, i) => (i * i) % fresh.rows);
      const many = model.classify(satnmf.selectRows(fresh, rows));
      const few = model.classify(fresh);
      ensureEqual(
        many.emotions,
        rows.map((i) => few.emotions[i]),
        'emotions',
      );
      ensure(
        many.margins.every((margin, at) => margin === few.margins[rows[Math.floor(at / 3)] * 3 + (at % 3)]),
        'margins must have the same bits',
      );
    },
  },
  {
    name: 'refuses new recordings of another width, naming both widths',
    async run({ make }, tools) {
      const { satnmf, core } = tools;
      const { source, target } = pairOf(satnmf);
      const model = await make().fit({ source, target }, { core });
      for (const cols of [0, 1, 10, 12]) {
        const rows = satnmf.matrix(2, cols);
        for (const ask of [
          () => model.predict(rows),
          () => model.classify(rows),
          () => model.transform(rows),
        ]) {
          const error = await refusedAs(
            tools,
            ask,
            'shape-mismatch',
            ['11', String(cols)],
            `${cols} features`,
          );
          ensureEqual([error.expected, error.actual], ['11', String(cols)], 'widths');
        }
      }
    },
  },
  {
    name: 'refuses new recordings with a value that is not finite, naming row and column',
    async run({ make }, tools) {
      const { satnmf, core } = tools;
      const { source, target, fresh } = pairOf(satnmf);
      const model = await make().fit({ source, target }, { core });
      for (const bad of [NaN, Infinity, -Infinity]) {
        const rows = satnmf.matrix(fresh.rows, fresh.cols, fresh.data.slice());
        rows.data[6 * fresh.cols + 4] = bad;
        for (const ask of [() => model.predict(rows), () => model.transform(rows)]) {
          const words = ['row 6', 'column 4', 'feature 4', String(bad)];
          const error = await refusedAs(tools, ask, 'not-finite', words, String(bad));
          ensureEqual([error.row, error.column], [6, 4], 'row and column');
        }
      }
    },
  },
  {
    name: 'refuses new recordings whose numbers do not fill their rows',
    async run({ make }, tools) {
      const { satnmf, core } = tools;
      const { source, target, fresh } = pairOf(satnmf);
      const model = await make().fit({ source, target }, { core });
      const { rows, cols, data } = fresh;
      const refuse = (given: object, what: string) =>
        refusedAs(tools, () => model.predict(given as typeof fresh), 'shape-mismatch', ['rows'], what);
      await refuse({ rows, cols, data: data.subarray(1) }, 'one value too few');
      await refuse({ rows: rows - 1, cols, data }, 'a row too many');
    },
  },
  {
    name: 'survives new recordings far outside of what it has seen',
    async run({ make, scalesItself }, tools) {
      const { satnmf, core } = tools;
      const { source, target, fresh } = pairOf(satnmf);
      const { matrix } = satnmf;
      for (const normalize of ['min-max', 'rank', 'speaker-min-max', 'speaker-rank', 'speaker-z-min-max']) {
        const model = await make({ normalize }).fit({ source, target }, { core });
        for (const value of [0, -0, 1e-45, 1e38, -3.4e38, 3.4e38]) {
          const rows = matrix(
            fresh.rows,
            fresh.cols,
            fresh.data.map((x, at) => (at % 3 ? x : value)),
          );
          ensureSoundModel(model, target.features.rows, rows, `${normalize}, ${value}`);
        }
      }
      if (scalesItself) return;
      const plain = await make({ normalize: 'none' }).fit({ source, target }, { core });
      for (const value of [0, -0, 1e-45, -1, 1e14, 1e15, 1.1e15, 3.4e38]) {
        const rows = matrix(
          fresh.rows,
          fresh.cols,
          fresh.data.map((x, at) => (at === 25 ? value : x)),
        );
        if (value <= 1e15) ensureSoundModel(plain, target.features.rows, rows, `none, ${value}`);
        else
          for (const ask of [() => plain.predict(rows), () => plain.transform(rows)])
            await refusedAs(tools, ask, 'bad-argument', ['row 2', 'column 3'], `none, ${value}`);
      }
    },
  },
  {
    name: 'says of the target as new recordings what it said of it, unless that comes out of the fit itself',
    async run({ make, inductive }, { satnmf, core }) {
      if (!inductive) return;
      const { source, target } = pairOf(satnmf);
      for (const normalize of ['none', 'min-max', 'rank', 'z-clip']) {
        const model = await make({ normalize }).fit({ source, target }, { core });
        const again = classificationBits(model.classify(target.features));
        ensureEqual(again, classificationBits(model.classify()), normalize);
      }
    },
  },
  {
    name: 'names corpus, row and column of a value that is not finite, or negative where that is not allowed',
    async run({ make, factorizes }, tools) {
      const { satnmf, core } = tools;
      const pair = pairOf(satnmf);
      for (const side of ['source', 'target'] as const) {
        const broken = (value: number) => ({
          ...pair,
          [side]: withFeatures(satnmf, pair[side], (data, cols) => {
            data[20 * cols + 3] = value;
            data[21 * cols + 1] = value;
          }),
        });
        const name = pair[side].name;
        const words = [name, 'row 20', 'column 3', `${name}-20.wav`, 'feature 3'];
        for (const bad of [NaN, Infinity, -Infinity])
          for (const normalize of ['none', 'min-max', 'speaker-rank']) {
            const fit = () => make({ normalize }).fit(broken(bad), { core });
            const error = await refusedAs(
              tools,
              fit,
              'not-finite',
              [...words, String(bad)],
              `${side} ${bad}`,
            );
            ensureEqual([error.row, error.column], [20, 3], 'row and column');
          }
        const negative = () => make({ normalize: 'none' }).fit(broken(-0.5), { core });
        if (factorizes) {
          const error = await refusedAs(tools, negative, 'negative-feature', [...words, '-0.5'], side);
          ensureEqual([error.row, error.column], [20, 3], 'row and column');
        } else ensureSoundModel(await negative(), 23, pair.fresh, 'negative features');
        // Every normalisation takes them away.
        const scaled = await make({ normalize: 'min-max' }).fit(broken(-0.5), { core });
        ensureSoundModel(scaled, 23, pair.fresh, 'negative features, min-max');
      }
    },
  },
];
