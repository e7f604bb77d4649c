/**
 * Corpora at the edge of what can be learnt from: each gives a result, or an error that says why not.
 */
import type { Corpus, Matrix, Method } from 'satnmf';
import { ensureSoundModel } from '../bits.js';
import { type Check, ensureEqual, refusal, refusedAs, type Tools } from '../check.js';
import { EMOTIONS, pairOf, withColumns, withEmotions, withFeatures } from '../corpora.js';

interface Case {
  readonly source: Corpus;
  readonly target: Corpus;
  readonly fresh?: Matrix;
  /** Options that bring the case about. */
  readonly change?: object;
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

/** Cases that must end in a result. */
function learnable({ satnmf }: Tools, factorizes: boolean): Record<string, Case> {
  const { source, target, fresh } = pairOf(satnmf);
  const { selectCorpusRows: rows } = satnmf;
  const both = (change: (given: Corpus) => Corpus, rest: Partial<Case> = {}): Case => ({
    source: change(source),
    target: change(target),
    fresh,
    ...rest,
  });
  const filled = (change: (data: Float32Array, cols: number) => void) =>
    both((given) => withFeatures(satnmf, given, change));
  const narrow = (cols: number): Case => ({
    ...both((given) => withColumns(satnmf, given, cols)),
    fresh: withColumns(satnmf, target, cols).features,
  });
  const none = { normalize: 'none' };
  const cases: Record<string, Case> = {
    'as they are': { source, target, fresh },
    'one target row': { source, target: rows(target, [3]), fresh },
    'one row of each emotion in the source': { source: rows(source, [0, 1, 2]), target, fresh },
    'two source rows of two emotions': { source: rows(source, [1, 0]), target, fresh },
    'one labelled row of each of two emotions': {
      source: withEmotions(satnmf, source, (row) => (row === 4 ? 'anger' : row === 9 ? 'fear' : null)),
      target,
      fresh,
    },
    'one feature': narrow(1),
    'two features': narrow(2),
    'a constant feature': filled((data, cols) => {
      for (let at = 2; at < data.length; at += cols) data[at] = 7;
    }),
    'a feature that is constant in one corpus': {
      source: withFeatures(satnmf, source, (data, cols) => {
        for (let at = 2; at < data.length; at += cols) data[at] = 7;
      }),
      target,
      fresh,
    },
    'only constant features': filled((data) => data.fill(3)),
    'only zeros': filled((data) => data.fill(0)),
    'only zeros, not normalised': { ...filled((data) => data.fill(0)), change: none },
    'only zeros in the source, not normalised': {
      source: withFeatures(satnmf, source, (data) => data.fill(0)),
      target,
      fresh,
      change: none,
    },
    'only zeros in the target, not normalised': {
      source,
      target: withFeatures(satnmf, target, (data) => data.fill(0)),
      fresh,
      change: none,
    },
    'rows of zeros': {
      ...filled((data, cols) => void data.fill(0, 3 * cols, 6 * cols)),
      change: none,
    },
    'negative zeros': { ...filled((data, cols) => void data.fill(-0, 0, 8 * cols)), change: none },
    'the same row everywhere': filled((data, cols) => {
      for (let at = cols; at < data.length; at += cols) data.copyWithin(at, 0, cols);
    }),
    'every row twice': both((given) => {
      const half = Math.floor(given.features.rows / 2);
      return rows(given, [...range(0, half), ...range(0, half), 0]);
    }),
    'a target that is the source': { source, target: source, fresh },
    'a target of one class': {
      source,
      target: rows(
        target,
        range(0, 22).map((i) => (3 * i) % 21),
      ),
      fresh,
    },
    'unlabelled source rows': {
      source: withEmotions(satnmf, source, (row) => (row % 3 ? EMOTIONS[row % 2] : null)),
      target,
      fresh,
    },
    'an emotion of a single source row': {
      source: withEmotions(satnmf, source, (row) => (row === 7 ? 'surprise' : EMOTIONS[row % 2])),
      target,
      fresh,
    },
    'as many emotions as rows': {
      source: withEmotions(satnmf, source, (row) => `emotion ${String.fromCharCode(97 + row)}`),
      target,
      fresh,
    },
    'features of very different size': filled((data, cols) => {
      for (let at = 0; at < data.length; at++)
        data[at] *= at % cols === 1 ? 1e30 : at % cols === 2 ? 1e-30 : 1;
    }),
    'the largest numbers': filled((data, cols) => {
      for (let at = 1; at < data.length; at += cols) data[at] = at % 2 ? 3.4e38 : -3.4e38;
    }),
    'the smallest numbers': {
      ...filled((data) => {
        for (let at = 0; at < data.length; at++) data[at] *= 1e-42;
      }),
      change: none,
    },
    'emotions named like parts of objects': {
      source: withEmotions(satnmf, source, (row) => ['__proto__', 'constructor', ''][row % 3]),
      target,
      fresh,
    },
  };
  if (factorizes)
    Object.assign(cases, {
      'more neighbours than rows': { source, target, fresh, change: { neighbours: 65536, lambda: 1 } },
      'no neighbours': { source, target, fresh, change: { neighbours: 0 } },
      'no weights at all': { source, target, fresh, change: { beta: 0, gamma: 0, lambda: 0 } },
      'label weights of zero': { source, target, fresh, change: { pos: 0, neg: 0 } },
      'a rank above rows and features': { source, target, fresh, change: { r: 70 } },
      'a rank of 1': { source, target, fresh, change: { r: 1 } },
      'one iteration': { source, target, fresh, change: { maxIterations: 1 } },
      'a rank of 70 on one feature': { ...narrow(1), change: { r: 70 } },
      'many iterations on constant features': {
        ...filled((data) => data.fill(3)),
        change: { maxIterations: 30, tolerance: 0, objectiveTolerance: 0 },
      },
    } satisfies Record<string, Case>);
  return cases;
}

/** Cases that must be refused: code, and words of the sentence. */
function hopeless({ satnmf }: Tools): Record<string, Case & { code: string; words: string[] }> {
  const { source, target } = pairOf(satnmf);
  const { corpus, matrix, selectCorpusRows: rows } = satnmf;
  const renamed = source.columns.map((name, j) => (j === 5 ? 'another' : name));
  return {
    'no source rows': { source: rows(source, []), target, code: 'too-few-rows', words: ['acted', '0 rows'] },
    'no target rows': {
      source,
      target: rows(target, []),
      code: 'too-few-rows',
      words: ['natural', '0 rows'],
    },
    'no features': {
      source: corpus({ ...source, features: matrix(29, 0), columns: [] }),
      target: corpus({ ...target, features: matrix(23, 0), columns: [] }),
      code: 'shape-mismatch',
      words: ['acted', '0'],
    },
    'one source row': { source: rows(source, [2]), target, code: 'one-class', words: ['acted', 'neutral'] },
    'one emotion in the source': {
      source: withEmotions(satnmf, source, () => 'anger'),
      target,
      code: 'one-class',
      words: ['acted', 'anger'],
    },
    'no emotion in the source': {
      source: withEmotions(satnmf, source, () => null),
      target,
      code: 'one-class',
      words: ['acted', 'no emotions'],
    },
    'other widths': {
      source,
      target: withColumns(satnmf, target, 10),
      code: 'shape-mismatch',
      words: ['acted', 'natural', '11', '10'],
    },
    'other columns': {
      source,
      target: corpus({ ...target, columns: renamed }),
      code: 'shape-mismatch',
      words: ['column 5', 'feature 5', 'another'],
    },
    'a list that is too short': {
      source: { ...source, emotion: source.emotion.slice(1) },
      target,
      code: 'shape-mismatch',
      words: ['acted', 'emotion', '29', '28'],
    },
    'speakers that are too few': {
      source,
      target: { ...target, speaker: [] },
      change: { normalize: 'speaker-min-max' },
      code: 'shape-mismatch',
      words: ['natural', 'speaker', '23', '0'],
    },
    'numbers that do not fill the rows': {
      source,
      target: { ...target, features: { ...target.features, data: target.features.data.subarray(3) } },
      code: 'shape-mismatch',
      words: ['natural', '253', '250'],
    },
  };
}

export const SHAPE_CHECKS: readonly Check[] = [
  {
    name: 'gives a result without NaN for few, constant, equal, empty and unlabelled rows',
    async run({ make, factorizes }, tools) {
      const { core } = tools;
      for (const [what, { source, target, fresh, change }] of Object.entries(learnable(tools, factorizes))) {
        const model = await make(allowed(make(), change))
          .fit({ source, target }, { core })
          .catch((reason: unknown) => {
            throw new Error(`${what}: ${String(reason)}`, { cause: reason });
          });
        ensureSoundModel(model, target.features.rows, fresh ?? null, what);
        if (what.startsWith('a rank'))
          ensureEqual(
            model.warnings.some((sentence) => sentence.includes('rank')),
            what !== 'a rank of 1',
            what,
          );
      }
    },
  },
  {
    name: 'refuses corpora that nothing can be learnt from, saying why',
    async run({ make }, tools) {
      const { core } = tools;
      for (const [what, { source, target, change, code, words }] of Object.entries(hopeless(tools)))
        await refusedAs(tools, () => make(change).fit({ source, target }, { core }), code, words, what);
    },
  },
  {
    name: 'refuses what is no task',
    async run({ make }, tools) {
      const { satnmf, core } = tools;
      const { source, target } = pairOf(satnmf);
      const bad: [string, object | undefined | null, string][] = [
        ['nothing', undefined, 'source'],
        ['null', null, 'source'],
        ['no source', { target }, 'source'],
        ['no target', { source }, 'target'],
        ['a name for a target', { source, target: 'emodb' }, 'target'],
        ['no features', { source: { ...source, features: undefined }, target }, 'features'],
        ['a list of features', { source, target: { ...target, features: [[1, 2]] } }, 'features'],
        [
          'sizes that are none',
          { source, target: { ...target, features: { data: new Float32Array(3) } } },
          'features',
        ],
      ];
      for (const [what, task, argument] of bad) {
        const attempt = () => make().fit(task as { source: Corpus; target: Corpus }, { core });
        ensureEqual((await refusal(tools, attempt, what)).argument, argument, what);
      }
    },
  },
  {
    name: 'gives a result for features that are not normalised, or names the one that is too large',
    async run({ make, scalesItself }, tools) {
      const { satnmf, core } = tools;
      const { source, target, fresh } = pairOf(satnmf);
      for (const factor of [1e-30, 1e-6, 1e6, 1e12, 1e17, 1e18, 1e30, 1e36]) {
        const scale = (given: Corpus) =>
          withFeatures(satnmf, given, (data) => {
            for (let at = 0; at < data.length; at++) data[at] *= factor;
          });
        const rows = satnmf.matrix(
          fresh.rows,
          fresh.cols,
          fresh.data.map((x) => x * factor),
        );
        const task = { source: scale(source), target: scale(target) };
        const fit = () => make({ normalize: 'none' }).fit(task, { core });
        if (scalesItself || factor <= 1e12) ensureSoundModel(await fit(), 23, rows, `times ${factor}`);
        else {
          const error = await refusedAs(
            tools,
            fit,
            'bad-argument',
            ['acted', 'row 0', 'column 0', '1000000000000000'],
            `times ${factor}`,
          );
          ensureEqual(error.argument, 'features', `times ${factor}`);
        }
      }
    },
  },
];

/**
 * The change without the weights that a special case has at 0 (method.md, Special cases), where it may not have
 * them.
 */
function allowed({ options }: Method, change: object = {}): object {
  const known = options as Record<string, unknown>;
  const weights = ['alpha', 'beta', 'lambda', 'gamma'];
  return Object.fromEntries(
    Object.entries(change).filter(([name]) => !(weights.includes(name) && known[name] === 0)),
  );
}
