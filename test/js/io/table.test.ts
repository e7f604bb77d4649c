import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compareNames } from '../../../js/data/feature-sets/compare-2013.js';
import { corpus, type Corpus } from '../../../js/data/corpus.js';
import { classesOf } from '../../../js/data/emotions.js';
import { SatnmfError } from '../../../js/errors.js';
import { readTable, type ReadFile, writeNpy, writeTable } from '../../../js/entries/io.js';
import { SHARED } from '../../shared.js';

const utf8 = new TextEncoder();

/** Files by name, from text or bytes. */
const files =
  (named: Record<string, string | Uint8Array>): ReadFile =>
  async (name) => {
    const found = Object.hasOwn(named, name) ? named[name] : null;
    return typeof found === 'string' ? utf8.encode(found) : found;
  };

async function failure(promise: Promise<unknown>): Promise<SatnmfError> {
  const error: unknown = await promise.then(
    () => 'nothing was thrown',
    (reason: unknown) => reason,
  );
  if (error instanceof SatnmfError) return error;
  throw error;
}

const npy = (rows: number, cols: number, values?: number[]): Uint8Array =>
  writeNpy({ rows, cols, data: Float32Array.from(values ?? new Array<number>(rows * cols).fill(1)) });

const some: Corpus = corpus({
  name: 'odd',
  features: {
    rows: 3,
    cols: 2,
    data: Float32Array.of(-0, 1e-45, 3.4028234663852886e38, 1 / 3, -1e-7, 12345678),
  },
  columns: ['mfcc_sma[1], \'a"', 'x y'],
  file: ['a b/ä,1.wav', null, '"q";\\\'.wav'],
  speaker: ['03', 's\t1', null],
  emotion: ['anger', null, "it's 100%"],
  extra: {
    sex: ['f', null, 'm'],
    text: ['two\nlines', '', 'x'].map((t) => t || null),
    take: ['1', '?!', '{3}'],
  },
});

describe('readTable and writeTable', () => {
  it.each(['.npy', '.csv', '.arff'])('%s gives back the same corpus, bit by bit', async (extension) => {
    const { take, ...known } = some.extra;
    const table =
      extension === '.csv'
        ? { ...some, extra: known }
        : { ...some, extra: { ...known, take, filename: take } };
    const written = writeTable(table, `dir.v1/odd${extension}`);
    const back = await readTable(
      `dir.v1/odd${extension}`,
      files(Object.fromEntries(written.map(({ name, bytes }) => [name, bytes]))),
    );
    expect(back).toEqual(table);
    expect(new Uint8Array(back.features.data.buffer)).toEqual(new Uint8Array(some.features.data.buffer));
  });

  it('writes an NPY table as three files', () => {
    expect(writeTable(some, 'a/odd.npy').map(({ name }) => name)).toEqual([
      'a/odd.npy',
      'a/odd.csv',
      'a/odd.columns.txt',
    ]);
  });

  it('an NPY table alone has names f0, f1, … and knows nothing of its rows', async () => {
    const table = await readTable('x.npy', files({ 'x.npy': npy(2, 3) }));
    expect(table.columns).toEqual(['f0', 'f1', 'f2']);
    expect(table.file).toEqual([null, null]);
    expect(table.emotion).toEqual([null, null]);
  });

  it('an NPY table of 6373 columns has the ComParE names', async () => {
    const table = await readTable('x.npy', files({ 'x.npy': npy(1, 6373) }));
    expect(table.columns).toBe(compareNames());
    const named = files({
      'x.npy': npy(1, 6373),
      'x.columns.txt': compareNames()
        .map((name) => `${name}!`)
        .join('\r\n'),
    });
    expect((await readTable('x.npy', named)).columns[6372]).toBe('mfcc_sma_de[14]_stddevFallingSlope!');
  });

  it('float64 features are rounded to float32; beyond float32 they are refused with their place', async () => {
    const f8 = (value: number): Uint8Array => {
      const bytes = npy(1, 2, [0, 0]);
      const longer = new Uint8Array(bytes.length + 8);
      longer.set(bytes);
      longer[longer.indexOf(0x34, 10)] = 0x38; // '<f4' → '<f8'
      longer.set(new Uint8Array(Float64Array.of(0.1, value).buffer), bytes.length - 8);
      return longer;
    };
    expect([...(await readTable('x.npy', files({ 'x.npy': f8(0.2) }))).features.data]).toEqual(
      [0.1, 0.2].map(Math.fround),
    );
    const error = await failure(readTable('x.npy', files({ 'x.npy': f8(1e39), 'x.columns.txt': 'a\nb\n' })));
    expect(error).toMatchObject({ code: 'not-finite', file: 'x.npy', row: 1, column: 2 });
    expect(error.message).toBe('x.npy, row 1, column 2 ("b"): is 1e+39, not finite in float32');
  });

  it('replaces what is not finite in an NPY table when asked to', async () => {
    const warnings: string[] = [];
    const options = {
      missing: 'median',
      onWarning: (sentence: string) => void warnings.push(sentence),
    } as const;
    const table = await readTable('x.npy', files({ 'x.npy': npy(3, 1, [1, NaN, 5]) }), options);
    expect([...table.features.data]).toEqual([1, 3, 5]);
    expect(warnings).toEqual([
      'x.npy: replaced 1 missing or non-finite value in 1 column by the median of the column',
    ]);
  });

  it('the name of a side-car stands for its NPY table', async () => {
    const read = files({ 'x.npy': npy(1, 2), 'x.csv': '"file","emotion"\na.wav,Fear\n' });
    for (const name of ['x.csv', 'x.npy']) {
      const table = await readTable(name, read);
      expect(table.features.cols).toBe(2);
      expect(table.emotion).toEqual(['fear']);
    }
    const alone = await failure(readTable('x.csv', files({ 'x.csv': 'file,emotion\na,b\n' })));
    expect(alone.message).toBe('x.csv, row 1: names no feature; every column is row data');
  });

  it('a CSV table beside an NPY table of its name is itself', async () => {
    const read = files({ 'x.npy': npy(1, 2), 'x.csv': 'file,feature\na.wav,7\n' });
    expect([...(await readTable('x.csv', read)).features.data]).toEqual([7]);
  });

  it.each(['x.NPY', 'x.Csv', 'x.TSV', 'x.txt', 'x.ARFF'])(
    '%s: extensions may have any case',
    async (name) => {
      const content = /arff/i.test(name) ? '@relation r\n@attribute x real\n@data\n1\n' : 'x\n1\n';
      const table = await readTable(name, files({ [name]: /npy/i.test(name) ? npy(1, 1) : content }));
      expect([...table.features.data]).toEqual([1]);
    },
  );

  it('says which file is absent, and which extensions there are', async () => {
    expect(await failure(readTable('a/x.npy', files({})))).toMatchObject({
      code: 'bad-file',
      file: 'a/x.npy',
    });
    for (const name of ['x.parquet', 'x', 'a.csv/x']) {
      const error = await failure(readTable(name, files({})));
      expect(error.code).toBe('unsupported');
      expect(error.expected).toContain('.arff');
    }
    expect(() => writeTable(some, 'x.parquet')).toThrow(SatnmfError);
  });

  it('does not write what it could not read back', () => {
    const named = (...columns: string[]) =>
      corpus({
        features: { rows: 1, cols: columns.length, data: new Float32Array(columns.length) },
        columns,
      });
    for (const [columns, extension] of [
      [['text'], '.csv'],
      [['Emotion'], '.arff'],
      [['a', 'a'], '.csv'],
      [[' a'], '.csv'],
      [[''], '.arff'],
      [['a', 'a'], '.npy'],
      [['a\nb'], '.npy'],
      [[' '], '.npy'],
    ] as const)
      expect(() => writeTable(named(...columns), `x${extension}`), String(columns)).toThrow(
        /feature \d is called/,
      );
    expect(writeTable(named('text'), 'x.npy')).toHaveLength(3);
    expect(() => writeTable(some, 'x.csv')).toThrow('would take the column "take" for a feature');
  });
});

const shared = SHARED;
const tables = `${shared}/data/tables`;
const absent = !existsSync(`${tables}/emodb.npy`);

describe(`the tables of the development corpora${absent ? ` (skipped: no ${tables})` : ''}`, () => {
  const fromDisk: ReadFile = async (name) => (existsSync(name) ? readFileSync(name) : null);
  it.skipIf(absent).each([
    ['emodb', 535, 10, 'anger boredom disgust fear happiness neutral sadness'],
    ['urdu', 400, 29, 'anger happiness neutral sadness'],
    ['emovo', 588, 6, 'anger disgust fear happiness neutral sadness surprise'],
  ])('%s has %i rows of %i speakers', async (name, rows, speakers, emotions) => {
    const table = await readTable(`${tables}/${name}.npy`, fromDisk);
    expect([table.features.rows, table.features.cols]).toEqual([rows, 6373]);
    expect(new Set(table.speaker).size).toBe(speakers);
    expect(classesOf(table.emotion).join(' ')).toBe(emotions);
    expect(Object.keys(table.extra)).toEqual(['sex', 'text', 'seconds']);
    expect(table.features.data.every((value) => Number.isFinite(value))).toBe(true);
  });
});
