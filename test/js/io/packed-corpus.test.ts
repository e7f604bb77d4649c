import { describe, expect, it } from 'vitest';
import { corpus, type Corpus } from '../../../js/data/corpus.js';
import { SatnmfError } from '../../../js/errors.js';
import {
  type Container,
  type Json,
  packCorpus,
  PACKING_ERROR,
  readContainer,
  unpackCorpus,
  writeContainer,
} from '../../../js/entries/io.js';

const ROWS = 200;
const NAMES = ['even', 'outlier', 'mostly zero', 'constant', 'huge', 'tiny', 'two values'];

/** Features as they come: an even one, one with an outlier, one that is mostly zero, … */
function table(rows = ROWS): Corpus {
  const data = new Float32Array(rows * NAMES.length);
  for (let i = 0; i < rows; i++) {
    const u = ((i * 7919) % rows) / rows;
    const zero = i % 3 === 0 ? u : 0;
    data.set(
      [u * 10 - 5, i === 17 ? 1e6 : u, zero, -2.5, (u - 0.5) * 6e38, u * 1e-42, i % 2],
      i * NAMES.length,
    );
  }
  const each = <T>(make: (i: number) => T): T[] => Array.from({ length: rows }, (_, i) => make(i));
  return corpus({
    name: 'odd',
    features: { rows, cols: NAMES.length, data },
    columns: NAMES,
    file: each((i) => `${i}.wav`),
    speaker: each((i) => (i === 0 ? null : `s${i % 4}`)),
    emotion: each((i) => ['anger', 'ärger', null][i % 3]),
    extra: { sex: each((i) => (i % 2 === 0 ? 'f' : null)) },
  });
}

const column = ({ features: { data, cols } }: Corpus, j: number): number[] =>
  Array.from(data).filter((_, at) => at % cols === j);

/** The container of a packed corpus with one thing changed. */
function changed(
  change: (content: Omit<Container, 'meta'> & { meta: Readonly<Record<string, Json>> }) => Partial<Container>,
) {
  const content = readContainer(packCorpus(table(20)), 'corpus');
  const meta = content.meta as Readonly<Record<string, Json>>;
  return writeContainer({ ...content, ...change({ ...content, meta }) });
}

const errorOf = (bytes: Uint8Array): SatnmfError => {
  try {
    unpackCorpus(bytes, 'x.bin');
  } catch (error) {
    if (error instanceof SatnmfError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};

describe('a packed corpus', () => {
  const before = table();
  const bytes = packCorpus(before);
  const after = unpackCorpus(bytes);

  it('keeps all that is known of its rows', () => {
    for (const key of ['name', 'columns', 'file', 'speaker', 'emotion', 'extra'] as const)
      expect(after[key]).toEqual(before[key]);
  });

  it('keeps every value within 1/255 of its range, and lowest, highest and common values exactly', () => {
    NAMES.forEach((name, j) => {
      const [x, y] = [column(before, j), column(after, j)];
      const [low, high] = [Math.min(...x), Math.max(...x)];
      // What float32 rounds by is beside the statement.
      const most = (high - low) * PACKING_ERROR + Math.max(Math.abs(low), Math.abs(high)) * 2 ** -23 + 2e-45;
      x.forEach((value, i) => {
        expect([name, i, Math.abs(value - y[i]) <= most]).toEqual([name, i, true]);
        if (value === low || value === high || (name === 'mostly zero' && value === 0))
          expect([name, i, y[i]]).toEqual([name, i, value]);
      });
    });
  });

  it('keeps order, ties and, beside an outlier, ranks', () => {
    NAMES.forEach((name, j) => {
      const [x, y] = [column(before, j), column(after, j)];
      const order = x.map((_, i) => i).sort((a, b) => x[a] - x[b]);
      for (let k = 1; k < order.length; k++) {
        const [a, b] = [order[k - 1], order[k]];
        expect([name, y[a] <= y[b]]).toEqual([name, true]);
        if (x[a] === x[b]) expect([name, y[a]]).toEqual([name, y[b]]);
      }
    });
    expect(new Set(column(after, 1)).size).toBeGreaterThan(100);
  });

  it('has the same bytes when it is packed again', () => {
    expect(packCorpus(table())).toEqual(bytes);
  });

  it('refuses what has no rows, no features or values that are not finite', () => {
    expect(() => packCorpus(table(0))).toThrow(/has 0 rows/);
    const broken = table(5);
    broken.features.data[9] = NaN;
    expect(() => packCorpus(broken)).toThrow('odd: row 1 ("1.wav"), column 2 ("mostly zero") is NaN');
  });
});

describe('bytes that are no packed corpus', () => {
  it('says so of truncated, altered and foreign ones', () => {
    const bytes = packCorpus(table(20));
    for (let length = 0; length < bytes.length; length += 37)
      expect(['bad-file', 'bad-model']).toContain(errorOf(bytes.subarray(0, length)).code);
    for (let at = 12; at < bytes.length; at += 41) {
      const altered = bytes.slice();
      altered[at] ^= 0x55;
      expect(['bad-model', 'wrong-version', 'none']).toContain(
        (() => {
          try {
            unpackCorpus(altered);
            return 'none';
          } catch (error) {
            return error instanceof SatnmfError ? error.code : String(error);
          }
        })(),
      );
    }
    expect(errorOf(writeContainer({ kind: 'model', meta: {}, tensors: [] })).code).toBe('bad-model');
  });

  it.each<[string, Uint8Array, RegExp]>([
    [
      'no rows',
      changed(({ tensors: [k] }) => ({
        tensors: [k, { name: 'codes', shape: [0, 7], data: new Uint8Array() }],
      })),
      /"codes" is not a table/,
    ],
    [
      'a flat table',
      changed(({ tensors: [k, c] }) => ({ tensors: [k, { ...c, shape: [140] }] })),
      /"codes" is not a table/,
    ],
    [
      'other knots',
      changed(({ tensors: [k, c] }) => ({ tensors: [{ ...k, shape: [17, 7] }, c] })),
      /"knots" must be 7 x 17, it is 17 x 7/,
    ],
    [
      'knots that fall',
      changed(({ tensors: [k, c] }) => ({
        tensors: [{ ...k, data: Float32Array.from(k.data, (_, i) => -i) }, c],
      })),
      /the knots of feature 0 do not ascend/,
    ],
    ['one tensor', changed(({ tensors: [k] }) => ({ tensors: [k] })), /the tensors "knots" and "codes"/],
    [
      'other types',
      changed(({ tensors: [k, c] }) => ({ tensors: [k, { ...c, data: Int32Array.from(c.data) }] })),
      /other types/,
    ],
    ['no header', changed(() => ({ meta: null })), /"meta" is not an object/],
    [
      'too few speakers',
      changed(({ meta }) => ({ meta: { ...meta, speaker: ['s'] } })),
      /"speaker" must have 20 texts/,
    ],
    [
      'numbers for emotions',
      changed(({ meta }) => ({ meta: { ...meta, emotion: new Array(20).fill(1) } })),
      /"emotion" must have 20 texts/,
    ],
    [
      'the names of another set',
      changed(({ meta }) => ({ meta: { ...meta, columns: 'compare-2013' } })),
      /"columns" must have 7 names/,
    ],
    [
      'an unknown key',
      changed(({ meta }) => ({ meta: { ...meta, more: 1 } })),
      /header is not that of a corpus/,
    ],
  ])('says so of one with %s', (_, bytes, sentence) => {
    const error = errorOf(bytes);
    expect(error.code).toBe('bad-model');
    expect(error.message).toMatch(/^x\.bin: is not a usable corpus: /);
    expect(error.message).toMatch(sentence);
  });
});
