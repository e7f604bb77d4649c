/** Model files that were cut, flipped or made up: refused by name, or a model whose answers are sound. */
import { beforeAll, describe, expect, it } from 'vitest';
import {
  loadModel,
  satnmf,
  selectRows,
  linearSvm,
  load,
  compact,
  SatnmfError,
  tnmf,
} from '../../js/entries/index.js';
import type { Core, Matrix, Method, Model } from '../../js/entries/index.js';
import { dosl } from '../../js/entries/methods.js';
import { ensureSoundModel } from '../js/contract/bits.js';
import { pairOf } from '../js/contract/corpora.js';
import { whole } from '../js/contract/whole.js';
import { entry, forgedFrom, type Forgery, type Header, type Json, numbers } from './forged.js';
import { open, seal } from './sealed.js';

const CODES = ['bad-file', 'bad-model', 'wrong-version'];

const { source, target, fresh: all } = pairOf(whole, { n: 15, m: 20, d: 4 });
const fresh: Matrix = selectRows(all, [0, 1, 2]);
let core: Core;
const good: Record<string, Uint8Array> = {};

/** Every kind of normaliser, SVM, vote and precision. */
const MODELS: Record<string, [Method, (model: Model) => Model]> = {
  margin: [satnmf({ r: 3, trials: 2, maxIterations: 3 }), (model) => model],
  compact: [
    satnmf({ preset: 'paper', normalize: 'speaker-rank', r: 2, trials: 2, maxIterations: 3 }),
    (model) => compact(model),
  ],
  'no trials': [linearSvm({ normalize: 'speaker-z-min-max' }), (model) => model],
};
/** What is forged beside them: a linear map that no SVM solver made. */
const LINEAR = dosl({ lambda: 0.01, normalize: 'none' });

beforeAll(async () => {
  core = await load();
  for (const [name, [method, make]] of Object.entries(MODELS))
    good[name] = make(await method.fit({ source, target }, { core })).toBytes();
  good['linear map'] = (await LINEAR.fit({ source, target })).toBytes();
});

/** Loads and uses a file. Anything but a refusal on loading, or sound answers, is thrown. */
async function outcome(bytes: Uint8Array): Promise<string> {
  let model: Model;
  try {
    model = await loadModel(bytes, { core, file: 'hostile.satnmf' });
  } catch (error) {
    if (!(error instanceof SatnmfError) || !CODES.includes(error.code)) throw error;
    if (!error.message.includes('hostile.satnmf') || error.message.length > 400) throw error;
    return error.code;
  }
  ensureSoundModel(model, model.predict().length, fresh, 'a loaded model');
  model.toBytes();
  return 'sound';
}

/** How often each outcome came. */
function tally(): { add(one: string): void; counts: Record<string, number> } {
  const counts: Record<string, number> = {};
  return { counts, add: (one) => void (counts[one] = (counts[one] ?? 0) + 1) };
}

describe.each(Object.keys(MODELS))('a model file (%s)', (name) => {
  it('is refused wherever it is cut, and when anything follows it', async () => {
    const bytes = good[name];
    expect(await outcome(bytes)).toBe('sound');
    for (let end = 0; end < bytes.length; end++) {
      const code = await outcome(bytes.slice(0, end));
      expect([end, code]).toEqual([end, end < 8 ? 'bad-file' : 'bad-model']);
    }
    for (const more of [1, 3, 16, 4096]) {
      const longer = new Uint8Array(bytes.length + more);
      longer.set(bytes);
      expect(await outcome(longer)).toBe('bad-model');
    }
  });

  it('is refused when any bit is flipped', async () => {
    const bytes = good[name].slice();
    const seen = tally();
    for (let at = 0; at < bytes.length; at++) {
      const mask = 1 << (at % 8);
      bytes[at] ^= mask;
      const code = await outcome(bytes);
      bytes[at] ^= mask;
      if (code === 'sound') expect.fail(`bit ${at % 8} of byte ${at} was flipped and nobody noticed`);
      seen.add(code);
    }
    expect(seen.counts['bad-file']).toBe(8);
    expect(seen.counts['bad-model']).toBeGreaterThan(bytes.length - 20);
  });

  it(
    'with one bit flipped and a checksum that agrees is refused, or says something sound',
    { timeout: 120_000 },
    async () => {
      const { head, payload } = open(good[name]);
      expect(seal({ head, payload })).toEqual(good[name]);
      const seen = tally();
      for (const [part, masks] of [
        [head, [2, 16, 64]],
        [payload, [1, 128]],
      ] as const)
        for (let at = 0; at < part.length; at++)
          for (const mask of masks) {
            part[at] ^= mask;
            seen.add(await outcome(seal({ head, payload })));
            part[at] ^= mask;
          }
      console.log(`one bit flipped (${name}): ${JSON.stringify(seen.counts)}`);
      expect(seen.counts['wrong-version']).toBeGreaterThan(0);
      expect(seen.counts['bad-model']).toBeGreaterThan(seen.counts['sound'] / 4);
    },
  );
});

/** The file of a model with another header and other numbers. */
const forged = (name: string, change: Forgery): Uint8Array => forgedFrom(good[name], change);

/** What is forged, in which model, and how. */
const FORGERIES: readonly [string, string, Forgery][] = [
  [
    'has a target class that is not there',
    'margin',
    (h, p) => numbers(h, 'target.class', p).setInt32(8, 3, true),
  ],
  ['has a negative target class', 'margin', (h, p) => numbers(h, 'target.class', p).setInt32(0, -1, true)],
  [
    'has a negative entry in a dictionary',
    'margin',
    (h, p) => numbers(h, 'trial.1.U', p).setFloat32(4, -0.1, true),
  ],
  [
    'has a huge entry in a dictionary',
    'margin',
    (h, p) => numbers(h, 'trial.0.U', p).setFloat32(4, 1e30, true),
  ],
  ['has a NaN in a dictionary', 'margin', (h, p) => numbers(h, 'trial.0.U', p).setFloat32(4, NaN, true)],
  [
    'has an infinite half in a dictionary',
    'compact',
    (h, p) => numbers(h, 'trial.0.U', p).setUint16(2, 0x7c00, true),
  ],
  [
    'has a negative half in a dictionary',
    'compact',
    (h, p) => numbers(h, 'trial.0.U', p).setUint16(2, 0xbc00, true),
  ],
  [
    'has an infinite weight',
    'margin',
    (h, p) => numbers(h, 'trial.0.svm.vectors', p).setFloat64(8, Infinity, true),
  ],
  [
    'has a weight of 1e300',
    'margin',
    (h, p) => numbers(h, 'trial.0.svm.vectors', p).setFloat64(8, 1e300, true),
  ],
  [
    'has an intercept of 1e300',
    'margin',
    (h, p) => numbers(h, 'base.intercepts', p).setFloat64(0, -1e300, true),
  ],
  ['has a negative sharpness', 'margin', (h) => void (h['sharpness'] = -1)],
  [
    'has shares that do not sum to 1',
    'margin',
    (h, p) => numbers(h, 'target.shares', p).setFloat64(0, 0.3, true),
  ],
  ['has a NaN margin', 'margin', (h, p) => numbers(h, 'target.margins', p).setFloat64(0, NaN, true)],
  [
    'has a range upside down',
    'margin',
    (h, p) => numbers(h, 'normalizer.high', p).setFloat32(0, -1e30, true),
  ],
  [
    'has a negative deviation',
    'no trials',
    (h, p) => numbers(h, 'normalizer.deviation', p).setFloat64(0, -1, true),
  ],
  [
    'has ranks that are not sorted',
    'compact',
    (h, p) => numbers(h, 'normalizer.sorted', p).setFloat32(4, 1e30, true),
  ],
  ['has a group of no rows', 'compact', (h, p) => numbers(h, 'normalizer.counts', p).setInt32(4, 0, true)],
  [
    'has a group of 2^31 − 1 rows',
    'compact',
    (h, p) => numbers(h, 'normalizer.counts', p).setInt32(4, 2 ** 31 - 1, true),
  ],
  ['has speakers out of order', 'compact', (h) => void (h.meta.normalizer['speakers'] = ['b', 'a', 'c'])],
  ['has too many speakers', 'compact', (h) => void (h.meta.normalizer['speakers'] = ['a', 'b', 'c', 'd'])],
  ['has an unknown normalisation', 'margin', (h) => void (h.meta.normalizer['kind'] = 'constructor')],
  ['has a normalisation of another width', 'margin', (h) => void (h.meta.normalizer['cols'] = 5)],
  ['fuses with a negative factor', 'margin', (h) => void (h.meta['fusion'] = -1)],
  ['fuses with a factor that is no number', 'margin', (h) => void (h.meta['fusion'] = 'all')],
  ['fuses with 1e300 times the base', 'margin', (h) => void (h.meta['fusion'] = 1e300)],
  ['fuses votes of a majority', 'compact', (h) => void (h.meta['fusion'] = 0.5)],
  ['fuses what has no trials', 'no trials', (h) => void (h.meta['fusion'] = 0.5)],
  ['has no normalisation', 'margin', (h) => void Reflect.deleteProperty(h.meta, 'normalizer')],
  ['has an unknown scheme', 'margin', (h) => void (h.meta.base['scheme'] = 'toString')],
  ['has another scheme than its vectors', 'margin', (h) => void (h.meta.base['scheme'] = 'ovo')],
  [
    'has a scheme of one against one that names no losers',
    'compact',
    (h) => void (h.meta.base['scheme'] = 'cs'),
  ],
  ['has an SVM of other classes', 'margin', (h) => void (h.meta.base['classes'] = 4)],
  ['has an SVM of other inputs', 'margin', (h) => void (h.meta.base['inputs'] = 3)],
  ['has a weight of 1e300', 'linear map', (h, p) => numbers(h, 'base.vectors', p).setFloat64(0, 1e300, true)],
  [
    'has a weight that is NaN',
    'linear map',
    (h, p) => numbers(h, 'base.vectors', p).setFloat64(8, NaN, true),
  ],
  ['has a weight too few', 'linear map', (h) => void (entry(h, 'base.vectors').shape = [11])],
  ['has its weights on their side', 'linear map', (h) => void entry(h, 'base.vectors').shape.reverse()],
  ['has no weights', 'linear map', (h) => void (entry(h, 'base.vectors').name = 'base.C')],
  [
    'has an infinite intercept',
    'linear map',
    (h, p) => numbers(h, 'base.intercepts', p).setFloat64(0, -Infinity, true),
  ],
  ['says that its classes are pairs', 'linear map', (h) => void (h.meta.base['scheme'] = 'ovo')],
  ['has a map for one class', 'linear map', (h) => void (h.meta.base['present'] = [0])],
  ['has an SVM without outputs', 'margin', (h) => void (h.meta.base['outputs'] = 0)],
  ['has an SVM of 2^53 outputs', 'margin', (h) => void (h.meta.base['outputs'] = 2 ** 53)],
  ['has an SVM for no class', 'margin', (h) => void (h.meta.base['present'] = [])],
  ['has an SVM for a class that is not there', 'margin', (h) => void (h.meta.base['present'] = [0, 1, 3])],
  ['has an SVM for a class twice', 'margin', (h) => void (h.meta.base['present'] = [0, 1, 1])],
  ['has an SVM for fewer classes than vectors', 'margin', (h) => void (h.meta.base['present'] = [0, 1])],
  ['has a vector for a class that is not there', 'margin', (h) => void (h.meta.base['positive'] = [0, 1, 7])],
  ['has two vectors for a class', 'margin', (h) => void (h.meta.base['positive'] = [0, 1, 1])],
  ['has a vector against itself', 'compact', (h) => void (h.meta.trials[0].svm['negative'] = [0, 2, 2])],
  ['has a vector for −2', 'margin', (h) => void (h.meta.base['negative'] = [-1, -1, -2])],
  ['has vectors for half a class', 'margin', (h) => void (h.meta.base['positive'] = [0, 0.5, 2])],
  ['has no base SVM', 'margin', (h) => void (h.meta.base = null as never)],
  ['has a list for a base SVM', 'margin', (h) => void (h.meta.base = [] as never)],
  ['has no trials list', 'margin', (h) => void (h.meta.trials = 'none' as never)],
  ['has a trial too many', 'margin', (h) => void h.meta.trials.push(h.meta.trials[0])],
  ['has a trial that is null', 'margin', (h) => void (h.meta.trials[0] = null as never)],
  ['has a trial of rank 0', 'margin', (h) => void (h.meta.trials[0]['r'] = 0)],
  ['has a trial of rank −1', 'margin', (h) => void (h.meta.trials[0]['r'] = -1)],
  ['has a trial of another rank', 'margin', (h) => void (h.meta.trials[0]['r'] = 4)],
  ['has a trial of rank 10^9', 'margin', (h) => void (h.meta.trials[0]['r'] = 1e9)],
  ['has a trial with a negative scale', 'margin', (h) => void (h.meta.trials[0]['scale'] = -1)],
  ['has a trial with a scale of 1e300', 'margin', (h) => void (h.meta.trials[0]['scale'] = 1e300)],
  ['has a trial with an agreement of 2', 'margin', (h) => void (h.meta.trials[0]['agreement'] = 2)],
  ['has a trial without a scale', 'margin', (h) => void Reflect.deleteProperty(h.meta.trials[0], 'scale')],
  ['has one class', 'margin', (h) => void (h.meta.classes = ['anger'])],
  ['has classes that are no words', 'margin', (h) => void (h.meta.classes = ['anger', 1, null])],
  ['has classes out of order', 'margin', (h) => void (h.meta.classes = ['sadness', 'neutral', 'anger'])],
  ['has a class twice', 'margin', (h) => void (h.meta.classes = ['anger', 'anger', 'sadness'])],
  [
    'has another number of classes',
    'margin',
    (h) => void (h.meta.classes = ['anger', 'neutral', 'sadness', 'x']),
  ],
  ['has an object for classes', 'margin', (h) => void (h.meta.classes = { length: 3 })],
  ['has other feature names', 'margin', (h) => void (h.meta['columns'] = ['a', 'b', 'c', 'd'])],
  ['has an unknown set of feature names', 'margin', (h) => void (h.meta['columns'] = 'compare-2016')],
  ['has the 6373 feature names', 'margin', (h) => void (h.meta['columns'] = 'compare-2013')],
  [
    'has no feature names',
    'margin',
    (h) => {
      h.meta['columns'] = [];
      h.meta['columnsHash'] = 0;
    },
  ],
  ['has no hash of feature names', 'margin', (h) => void Reflect.deleteProperty(h.meta, 'columnsHash')],
  ['has an unknown vote', 'margin', (h) => void (h.meta['vote'] = 'median')],
  ['has no method', 'margin', (h) => void Reflect.deleteProperty(h.meta, 'method')],
  ['has options that are a list', 'margin', (h) => void (h.meta['options'] = [])],
  ['has warnings that are numbers', 'margin', (h) => void (h.meta['warnings'] = [1])],
  [
    'has endless iterations',
    'margin',
    (h) => JSON.stringify(h).replace('"iterations":[3', '"iterations":[1e999'),
  ],
  ['has no description', 'margin', (h) => void (h.meta = null as never)],
  ['describes a corpus', 'margin', (h) => void (h['kind'] = 'corpus')],
  ['has no dictionary', 'margin', (h) => void (entry(h, 'trial.0.U').name = 'trial.0.V')],
  ['has no vectors', 'margin', (h) => void (entry(h, 'base.vectors').name = 'vectors')],
  ['has no target classes', 'margin', (h) => void (entry(h, 'target.class').name = 'class')],
  ['has two tensors of a name', 'margin', (h) => void (entry(h, 'trial.1.U').name = 'trial.0.U')],
  ['has a dictionary on its side', 'margin', (h) => void entry(h, 'trial.0.U').shape.reverse()],
  ['has a dictionary without a shape', 'margin', (h) => void (entry(h, 'trial.0.U').shape = [])],
  [
    'has a dictionary of 2^40 x 2^40',
    'margin',
    (h) => void (entry(h, 'trial.0.U').shape = [2 ** 40, 2 ** 40]),
  ],
  ['has a dictionary of −1 x −12', 'margin', (h) => void (entry(h, 'trial.0.U').shape = [-1, -12])],
  ['has a dictionary of whole numbers', 'margin', (h) => void (entry(h, 'trial.0.U').dtype = 'i4')],
  ['has a dictionary of nothing known', 'margin', (h) => void (entry(h, 'trial.0.U').dtype = 'constructor')],
  ['has target classes of another type', 'margin', (h) => void (entry(h, 'target.class').dtype = 'f4')],
  [
    'has tensors one over the other',
    'margin',
    (h) => void (entry(h, 'trial.1.U').offset = entry(h, 'trial.0.U').offset),
  ],
  ['has a tensor beyond the end', 'margin', (h) => void (entry(h, 'target.margins').offset = 2 ** 40)],
  ['has a tensor before the beginning', 'margin', (h) => void (entry(h, 'target.margins').offset = -16)],
  [
    'has fewer margins than rows',
    'margin',
    (h) => {
      const { shape } = entry(h, 'target.margins');
      entry(h, 'target.margins').shape = [shape[1], shape[0]];
    },
  ],
  [
    'has a key "__proto__"',
    'margin',
    (h) => JSON.stringify(h).replace('"options":{', '"options":{"__proto__":{"r":1},'),
  ],
  [
    'has a key "__proto__" in its meta',
    'margin',
    (h) => JSON.stringify(h).replace('"meta":{', '"meta":{"__proto__":{"x":1},'),
  ],
  [
    'has options 100,000 deep',
    'margin',
    (h) => JSON.stringify(h).replace('"options":{', `"options":{"x":${'['.repeat(1e5)}${']'.repeat(1e5)},`),
  ],
  [
    'has 20,000 tensors',
    'margin',
    (h) => {
      for (let i = 0; i < 20_000; i++)
        h.tensors.push({ name: `t${i}`, dtype: 'f4', shape: [0], offset: 1632 });
    },
  ],
  ['has other entries in its header', 'margin', (h) => void (h['more'] = 1)],
];

/** Lists of 65,536 classes would make 2^31 pairs: the file must hold their vectors before anything is made of them. */
function manyClasses(header: Header): void {
  const classes = Array.from({ length: 65_536 }, (_, k) => k.toString().padStart(5, '0'));
  const { base } = header.meta;
  header.meta.classes = classes;
  Object.assign(base, {
    scheme: 'ovo',
    classes: classes.length,
    outputs: (65_536 * 65_535) / 2,
    present: classes.map(Number),
  });
}

describe('a forged model file', () => {
  it.each(FORGERIES)('is refused if it %s', async (_what, name, change) => {
    expect(await outcome(good[name])).toBe('sound');
    expect(await outcome(forged(name, change))).toBe('bad-model');
  });

  it('is refused if it names more classes than it has vectors for, at once', async () => {
    const bytes = forged('no trials', manyClasses);
    const began = performance.now();
    expect(await outcome(bytes)).toBe('bad-model');
    console.log(`65,536 classes refused in ${Math.round(performance.now() - began)} ms`);
  });

  it('is refused as of another version if its format is one', async () => {
    for (const format of [0, 2, 99, 1.5, '1', null]) {
      const bytes = forged('margin', (header) => void (header['format'] = format));
      expect([format, await outcome(bytes)]).toEqual([
        format,
        Number.isSafeInteger(format) && Number(format) > 0 ? 'wrong-version' : 'bad-model',
      ]);
    }
  });

  it('is refused as no model if it is something else', async () => {
    const text = (words: string): Uint8Array => new TextEncoder().encode(words);
    for (const bytes of [
      new Uint8Array(0),
      text('SATNMF\n\n'),
      text('{"format":1}'),
      text('\x93NUMPY'),
      new Uint8Array(100),
    ])
      expect(await outcome(bytes)).toBe('bad-file');
    expect(await outcome(text('SATNMF\r\n'))).toBe('bad-model');
    expect(await outcome(text('SATNMF\r\n\xff\xff\xff\xff'))).toBe('bad-model');
  });

  it('cannot reach the prototypes of objects', async () => {
    for (const [, name, change] of FORGERIES.filter(([what]) => what.includes('__proto__')))
      await outcome(forged(name, change));
    expect(({} as Json)['x']).toBeUndefined();
    expect(({} as Json)['r']).toBeUndefined();
  });
});

describe('a model that was fitted', () => {
  it('is read back whatever its options', async () => {
    for (const svm of ['ovr-l2', 'ovo'] as const)
      for (const few of [false, true]) {
        const given = few
          ? { ...source, emotion: source.emotion.map((word) => (word === 'neutral' ? 'anger' : word)) }
          : source;
        const method = tnmf({ svm, r: 2, trials: 1, maxIterations: 2, normalize: 'none' });
        const model = await method.fit({ source: given, target }, { core });
        expect(await outcome(model.toBytes())).toBe('sound');
      }
  });

  it.each([
    ['svm', 'cs'],
    ['normalize', 'z-min-max'],
    ['scale', 'each'],
    ['update', 'hals'],
    ['init', 'fitted'],
    ['mmdScale', 'frobenius'],
  ])('with %s "%s" by an older version is refused, and not for damage', async (name, value) => {
    const bytes = forged('margin', (h) => void ((h.meta['options'] as Json)[name] = value));
    await expect(loadModel(bytes, { core, file: 'old.satnmf' })).rejects.toMatchObject({
      code: 'wrong-version',
      message: `old.satnmf: was fitted by an older version with ${name} "${value}", which this version does not have; fit the model again with another ${name}`,
    });
  });

  it.each([
    ['init', 'uniform'],
    ['mmdScale', 'paper'],
  ])('with %s "%s", the default of an option that is gone, is read', async (name, value) => {
    expect(await outcome(forged('margin', (h) => void ((h.meta['options'] as Json)[name] = value)))).toBe(
      'sound',
    );
  });
});
