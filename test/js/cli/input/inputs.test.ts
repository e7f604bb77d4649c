/**
 * Tables that strangers bring, through the whole command line: a named error, exit code 2, nothing written.
 */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { captured } from '../captured.js';
import { Folder, QUICK, smallPair } from '../tables.js';

const folder = new Folder();
let good: string;
let target: string;
/** Lines of the good source. */
let lines: string[];
beforeAll(async () => {
  const pair = await smallPair();
  good = folder.writeTable('good.csv', pair.source);
  target = folder.writeTable('target.csv', pair.target);
  lines = readFileSync(good, 'utf8').trimEnd().split('\n');
});
afterAll(() => folder.remove());

const csv = (rows: readonly string[]): string => `${rows.join('\n')}\n`;

/** The good source with its last cell of row 3 (counted from 1, the names are row 1) replaced. */
const withCell = (cell: string): string =>
  csv(lines.map((line, i) => (i === 2 ? line.replace(/[^,]*$/, cell) : line)));

/** An NPY file of float32 zeros with any header. */
function npy(shape: string, values: Float32Array, headerLength?: number): Uint8Array {
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': ${shape}, }`.padEnd(117) + '\n';
  const bytes = Buffer.alloc(10 + text.length + values.byteLength);
  bytes.write('\x93NUMPY\x01\x00', 'latin1');
  bytes.writeUInt16LE(headerLength ?? text.length, 8);
  bytes.write(text, 10, 'latin1');
  Buffer.from(values.buffer).copy(bytes, 10 + text.length);
  return bytes;
}

interface Bad {
  readonly name: string;
  readonly file: string;
  readonly content: () => string | Uint8Array;
  readonly said: RegExp;
  readonly more?: string[];
  /** Other files beside it. */
  readonly beside?: Record<string, string>;
}

const nan = Float32Array.of(1, 2, NaN, 4);

const TABLES: Bad[] = [
  { name: 'an empty file', file: 's.csv', content: () => '', said: /s\.csv: is empty \(bad-file\)/ },
  {
    name: 'names without rows',
    file: 's.csv',
    content: () => csv([lines[0]]),
    said: /s\.csv: has no rows \(too-few-rows\)/,
  },
  {
    name: 'an empty NPY file',
    file: 's.npy',
    content: () => '',
    said: /s\.npy: is not an NPY file \(bad-file\)/,
  },
  {
    name: 'no row in an NPY file',
    file: 's.npy',
    content: () => npy('(0, 2)', new Float32Array(0)),
    said: /s\.npy: has no rows \(too-few-rows\)/,
  },
  {
    name: 'ragged rows',
    file: 's.csv',
    content: () => csv(lines.map((line, i) => (i === 4 ? `${line},7` : line))),
    said: /s\.csv, row 5: has 28 cells, the header has 27 \(bad-file\)/,
  },
  {
    name: 'NaN',
    file: 's.csv',
    content: () => withCell('NaN'),
    said: /s\.csv, row 3, column 27 \("f23"\): .* \(not-finite\)/,
  },
  {
    name: 'an empty cell',
    file: 's.csv',
    content: () => withCell(''),
    said: /row 3, column 27 .*is empty \(not-finite\)/,
  },
  {
    name: '+Inf',
    file: 's.csv',
    content: () => withCell('Inf'),
    said: /row 3, column 27 .*"Inf" .*\(not-finite\)/,
  },
  {
    name: '−Inf',
    file: 's.csv',
    content: () => withCell('-Infinity'),
    said: /row 3, column 27 .*\(not-finite\)/,
  },
  {
    name: '1e999',
    file: 's.csv',
    content: () => withCell('1e999'),
    said: /row 3, column 27 .*"1e999" is not finite .*\(not-finite\)/,
  },
  {
    name: 'a word',
    file: 's.csv',
    content: () => withCell('loud'),
    said: /row 3, column 27 .*"loud" is not a decimal number \(bad-file\)/,
  },
  {
    name: 'NaN in an NPY file',
    file: 's.npy',
    content: () => npy('(2, 2)', nan),
    said: /s\.npy, row 2, column 1 \("f0"\): is NaN, not finite in float32 \(not-finite\)/,
  },
  {
    name: 'a negative value that is not normalised away',
    file: 's.csv',
    content: () => withCell('-0.5'),
    more: ['--normalize', 'none'],
    said: /s: row 1 \("acted-002\.wav"\), column 23 \("f23"\) is -0\.5; .*\(negative-feature\)/,
  },
  {
    name: 'one class',
    file: 's.csv',
    content: () => csv(lines.filter((line, i) => i === 0 || line.includes(',anger,'))),
    said: /s: a source needs at least two emotions, this one has anger \(one-class\)/,
  },
  {
    name: 'one row',
    file: 's.csv',
    content: () => csv(lines.slice(0, 2)),
    said: /s: a source needs at least two emotions, this one has \w+ \(one-class\)/,
  },
  {
    name: 'no emotion in common',
    file: 's.csv',
    content: () =>
      csv(
        lines.map((line) =>
          line.replace(/,(anger|happiness),/, ',fear,').replace(/,(neutral|sadness),/, ',calm,'),
        ),
      ),
    // Only evaluate looks at the target's emotions.
    said: /^error: s has calm, fear and target has anger, happiness, neutral, sadness: no emotion in common \(no-common-emotion\)/,
  },
  {
    name: 'widths that differ',
    file: 's.csv',
    content: () => csv(lines.map((line) => line.replace(/,[^,]*$/, ''))),
    said: /s has 23 features and target has 24; .*\(shape-mismatch\)/,
  },
  {
    name: 'a truncated NPY file',
    file: 's.npy',
    content: () => npy('(2, 2)', Float32Array.of(1, 2, 3, 4)).subarray(0, 140),
    said: /s\.npy: has 140 bytes, its header \(2 x 2 <f4\) means 144 \(bad-file\)/,
  },
  {
    name: 'an NPY file cut within its header',
    file: 's.npy',
    content: () => npy('(2, 2)', Float32Array.of(1, 2, 3, 4)).subarray(0, 60),
    said: /s\.npy: ends after 60 bytes, its header needs 128 \(bad-file\)/,
  },
  {
    name: 'a header that promises more rows',
    file: 's.npy',
    content: () => npy('(200, 2)', Float32Array.of(1, 2, 3, 4)),
    said: /s\.npy: has 144 bytes, its header \(200 x 2 <f4\) means 1728 \(bad-file\)/,
  },
  {
    name: 'a header that promises more than there is memory',
    file: 's.npy',
    content: () => npy('(999999999, 99999)', Float32Array.of(1)),
    said: /s\.npy: has \d+ values, at most \d+ are read \(too-large\)/,
  },
  {
    name: 'a header with a length that lies',
    file: 's.npy',
    content: () => npy('(2, 2)', Float32Array.of(1, 2, 3, 4), 40),
    said: /s\.npy: its NPY header cannot be read .*\(bad-file\)/,
  },
  {
    name: 'a side-car with another number of rows',
    file: 's.npy',
    content: () => npy('(2, 2)', Float32Array.of(1, 2, 3, 4)),
    beside: { 's.csv': 'file,emotion\na,anger\n' },
    said: /s\.csv: tells of 1 rows, .*s\.npy has 2 \(bad-file\)/,
  },
  {
    name: 'no emotions',
    file: 's.npy',
    content: () => npy('(2, 2)', Float32Array.of(1, 2, 3, 4)),
    said: /s( has no emotions|: a source needs at least two emotions, this one has no emotions)/,
  },
  {
    name: 'UTF-16',
    file: 's.csv',
    content: () => Buffer.from(`\ufeff${csv(lines)}`, 'utf16le'),
    said: /s\.csv: is not UTF-8 text; save it as UTF-8 \(bad-file\)/,
  },
  {
    name: 'a picture',
    file: 's.png',
    content: () => '\x89PNG',
    said: /s\.png: cannot be read: its extension must be \.npy, \.csv, \.tsv, \.txt or \.arff \(unsupported\)/,
  },
];

describe('a bad source table', () => {
  it.each(TABLES)('$name is a named error, exit code 2, and nothing is written', async (bad) => {
    const bench = new Folder();
    try {
      const source = bench.write(bad.file, bad.content());
      for (const [name, content] of Object.entries(bad.beside ?? {})) bench.write(name, content);
      const against = bench.write('target.csv', readFileSync(target));
      const before = bench.list();
      const more = [...QUICK, ...(bad.more ?? [])];
      const onlyEvaluate = bad.name === 'no emotion in common';
      const runs = [
        ['evaluate', '--source', source, '--target', against, '--json', '--method', 'satnmf', ...more],
      ];
      if (!onlyEvaluate) {
        runs.push(['fit', '--source', source, '--target', against, '-o', bench.at('model.satnmf'), ...more]);
        runs.push(['predict', against, '--source', source, '-o', bench.at('said.csv'), ...more]);
      }
      for (const args of runs) {
        const { code, out, err } = await captured([...args, '-q']);
        expect([args[0], code, out]).toEqual([args[0], 2, '']);
        expect(err).toMatch(bad.said);
        expect(err.trimEnd().split('\n')).toHaveLength(1);
        expect(bench.list()).toEqual(before);
      }
    } finally {
      bench.remove();
    }
  });
});

describe('a bad target table', () => {
  it('has other names than the source', async () => {
    const renamed = (file: string, name: string) =>
      readFileSync(file, 'utf8').replace(',f0,', ',g0,').replace(',f23', `,${name}`);
    const [a, b] = [folder.write('a.csv', renamed(good, 'x')), folder.write('b.csv', renamed(target, 'y'))];
    for (const args of [
      ['evaluate', '--source', a, '--target', b],
      ['predict', b, '--source', a],
    ]) {
      const { code, out, err } = await captured([...args, '-q']);
      expect([code, out]).toEqual([2, '']);
      expect(err).toMatch(/column 23 is "x" in a and "y" in b; both must .*\(shape-mismatch\)/);
    }
  });

  it('is told by its own name', async () => {
    const bad = folder.write(
      'bad-target.csv',
      csv(readFileSync(target, 'utf8').trimEnd().split('\n').slice(0, 3)).replace(/[^,\n]*\n$/, 'inf\n'),
    );
    for (const args of [
      ['evaluate', '--source', good, '--target', bad],
      ['predict', bad, '--source', good],
    ]) {
      const { code, out, err } = await captured([...args, '-q']);
      expect([code, out]).toEqual([2, '']);
      expect(err).toMatch(/bad-target\.csv, row 3, column 27 \("f23"\): .*\(not-finite\)/);
    }
  });
});

describe('a table that only looks bad', () => {
  it('with a byte order mark and CRLF line ends says the same as without', async () => {
    const dressed = folder.write('dressed.csv', `\ufeff${lines.join('\r\n')}\r\n`);
    const say = async (source: string) => {
      const { code, out } = await captured(['predict', target, '--source', source, '--json', '-q', ...QUICK]);
      expect(code).toBe(0);
      return out;
    };
    expect(await say(dressed)).toBe(await say(good));
  });
});
