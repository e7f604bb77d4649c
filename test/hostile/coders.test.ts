/** Files of models whose coders are projections, networks and denoisers, made up: refused by name, or sound. */
import { beforeAll, describe, expect, it } from 'vitest';
import {
  compact,
  type Core,
  loadModel,
  type Method,
  SatnmfError,
  selectRows,
} from '../../js/entries/index.js';
import { dbn, fstsl, jda, load, msda } from '../../js/entries/methods.js';
import { ensureSoundModel } from '../js/contract/bits.js';
import { pairOf } from '../js/contract/corpora.js';
import { whole } from '../js/contract/whole.js';
import { entry, forgedFrom, type Forgery, numbers } from './forged.js';

const { source, target, fresh: all } = pairOf(whole, { n: 15, m: 20, d: 4 });
const fresh = selectRows(all, [0, 1, 2]);
const METHODS: Record<string, Method> = {
  projection: jda({ r: 2, maxIterations: 2 }),
  'unit projection': fstsl({ r: 2, maxIterations: 2 }),
  network: dbn({ units1: 3, units2: 2, units3: 3, epochs: 1, tuningEpochs: 1 }),
  denoiser: msda({ layers: 2 }),
};
const NAMES = Object.keys(METHODS);
let core: Core;
const good: Record<string, Uint8Array> = {};

beforeAll(async () => {
  core = await load();
  for (const [name, method] of Object.entries(METHODS)) {
    const model = await method.fit({ source, target }, { core });
    good[name] = model.toBytes();
    good[`${name}, compact`] = compact(model).toBytes();
  }
});

/** Loads and uses a file. Anything but a refusal, on loading or of rows too large for it, or sound answers is thrown. */
async function outcome(bytes: Uint8Array): Promise<string> {
  const mark = core.exports.mark();
  try {
    const model = await loadModel(bytes, { core, file: 'hostile.satnmf' });
    ensureSoundModel(model, model.predict().length, fresh, 'a loaded model');
    model.toBytes();
    return 'sound';
  } catch (error) {
    if (!(error instanceof SatnmfError) || error.code === 'internal' || error.message.length > 400)
      throw error;
    return error.code;
  } finally {
    expect(core.exports.mark()).toBe(mark);
  }
}

const trial = (change: (fields: Record<string, unknown>) => void): Forgery => {
  return (header) => change(header.meta.trials[0]);
};
const single = (tensor: string, at: number, value: number): Forgery => {
  return (header, payload) => numbers(header, `trial.0.${tensor}`, payload).setFloat32(4 * at, value, true);
};
const double = (tensor: string, at: number, value: number): Forgery => {
  return (header, payload) => numbers(header, `trial.0.${tensor}`, payload).setFloat64(8 * at, value, true);
};
const half = (tensor: string, value: number): Forgery => {
  return (header, payload) => numbers(header, `trial.0.${tensor}`, payload).setUint16(0, value, true);
};
const reshape = (tensor: string, shape: number[]): Forgery => {
  return (header) => void (entry(header, `trial.0.${tensor}`).shape = shape);
};
const renamed = (tensor: string, name: string): Forgery => {
  return (header) => void (entry(header, `trial.0.${tensor}`).name = name);
};
const meta = (name: string, ...values: readonly unknown[]): [string, Forgery][] =>
  values.map((value) => [
    `says that "${name}" is ${JSON.stringify(value) ?? 'missing'}`,
    trial((fields) => {
      if (value === undefined) Reflect.deleteProperty(fields, name);
      else fields[name] = value;
    }),
  ]);

const KIND = meta('coder', 'constructor', 'dictionary', 7, null, undefined, []);
const RANK = meta('r', 0, -1, 1, 3, 2.5, 1e9, 2 ** 53, '2', null, undefined);

/** What is forged and how, for each coder. */
const FORGERIES: Record<string, readonly [string, Forgery][]> = {
  projection: [
    ...KIND,
    ...meta('coder', 'network', 'denoiser'),
    ...RANK,
    ...meta('unitNorm', 1, 'true'),
    ['has an entry above 1', single('P', 3, 1.5)],
    ['has an entry below −1', single('P', 0, -1.001)],
    ['has an entry that is NaN', single('P', 0, NaN)],
    ['has an infinite scale', double('scales', 0, Infinity)],
    ['has a scale of 0', double('scales', 1, 0)],
    ['has a negative scale', double('scales', 1, -2)],
    ['has a scale of 1e300', double('scales', 0, 1e300)],
    ['has a NaN in its mean', single('mean', 2, NaN)],
    ['has a mean of 1e38', single('mean', 2, 1e38)],
    ['lies on its side', reshape('P', [2, 4])],
    ['has a mean of two features', reshape('mean', [2, 2])],
    ['has no map', renamed('P', 'trial.0.Q')],
    ['has no scales', renamed('scales', 'scales')],
  ],
  'unit projection, compact': [
    ['has an infinite half', half('P', 0x7c00)],
    ['has a half of 2', half('P', 0x4000)],
    ['has a half that is NaN', half('P', 0x7e00)],
  ],
  network: [
    ...KIND,
    ...meta('coder', 'projection', 'denoiser'),
    ...meta(
      'units',
      [],
      [3, 2],
      [3, 2, 3, 3],
      [3, 2, 0],
      [3, -2, 3],
      [3, 2.5, 3],
      [3, 2, 1e9],
      'none',
      null,
      {},
    ),
    ...meta('units', [3, 3, 3], [2 ** 53, 2, 3], ['3', 2, 3], new Array(17).fill(3), undefined),
    ['has a NaN weight', single('0.W', 5, NaN)],
    ['has an infinite weight', single('2.W', 1, -Infinity)],
    ['has a weight of 1e38', single('1.W', 0, 1e38)],
    ['has a NaN bias', single('0.b', 0, NaN)],
    ['has a bias of 1e38', single('2.b', 0, 1e38)],
    ['has a layer on its side', reshape('0.W', [3, 4])],
    ['lacks a layer', renamed('1.W', 'trial.0.3.W')],
    ['has two layers of a name', renamed('1.b', 'trial.0.0.b')],
  ],
  denoiser: [
    ...KIND,
    ...meta('coder', 'projection', 'network'),
    ...meta('rows', 0, -35, 34, 35.5, 1e6, 2 ** 53, '35', null, undefined),
    ...meta('layers', 0, -1, 1, 3, 17, 1.5, 1e9, null, undefined),
    ...meta('p', 0, 1, -0.5, 1.5, 1e-9, '0.5', null, undefined),
    ...meta('ridge', -1, 1e300, '0', null, undefined),
    ...meta('includeInput', false, 0, 'yes', null, undefined),
    ['has a NaN among its features', single('X', 7, NaN)],
    ['has an infinite feature', single('X', 0, Infinity)],
    ['has a feature of 1e38', single('X', 0, 1e38)],
    ['has its features on their side', reshape('X', [35, 4])],
    ['has no features', renamed('X', 'trial.0.Y')],
  ],
  'denoiser, compact': [
    ['has an infinite half', half('X', 0xfc00)],
    ['has a half that is NaN', half('X', 0x7e00)],
  ],
};

describe.each(Object.entries(FORGERIES))('a forged model file with a %s', (name, forgeries) => {
  it.each(forgeries)('is refused if it %s', async (_what, change) => {
    expect(await outcome(good[name])).toBe('sound');
    expect(await outcome(forgedFrom(good[name], change))).toBe('bad-model');
  });
});

describe.each(NAMES)('a model file with a %s', (name) => {
  it('may hold any numbers within its ranges: it says something sound, or that rows are too large for it', async () => {
    const counts: Record<string, number> = {};
    const tensors = (header: Parameters<Forgery>[0]) =>
      header.tensors.filter(({ name: own, dtype }) => /^trial\.0\.(?!svm)/.test(own) && dtype === 'f4');
    for (const value of [0, -0, 1, -1, 1e-45, -1e-38, 1e15, -1e15])
      for (let part = 0; part < 6; part++) {
        const bytes = forgedFrom(good[name], (header, payload) => {
          const one = tensors(header).at(part);
          if (one === undefined) return;
          const view = numbers(header, one.name, payload);
          const length = one.shape.reduce((product, size) => product * size, 1);
          for (let i = 0; i < length; i++) view.setFloat32(4 * i, value, true);
        });
        const said = await outcome(bytes);
        counts[said] = (counts[said] ?? 0) + 1;
        expect(['sound', 'bad-model', 'not-finite']).toContain(said);
      }
    expect(counts['sound']).toBeGreaterThan(20);
  });
});
