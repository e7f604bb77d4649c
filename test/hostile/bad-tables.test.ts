/** Tables that are broken, or made to break a reader: each gives one named error that says where. */
import { describe, expect, it } from 'vitest';
import { type ErrorCode, SatnmfError } from '../../js/errors.js';
import { readTable, writeNpy } from '../../js/entries/io.js';

const utf8 = new TextEncoder();

type Bad = [
  name: string,
  code: ErrorCode,
  message: RegExp,
  content: string | Uint8Array,
  extra?: Record<string, string>,
];

async function failureOf(
  file: string,
  content: string | Uint8Array,
  beside: Record<string, string> = {},
): Promise<SatnmfError> {
  const files = new Map<string, string | Uint8Array>([...Object.entries(beside), [file, content]]);
  const read = async (name: string): Promise<Uint8Array | null> => {
    const found = files.get(name) ?? null;
    return typeof found === 'string' ? utf8.encode(found) : found;
  };
  const error: unknown = await readTable(file, read).then(
    (table) => new Error(`it was read: ${table.features.rows} x ${table.features.cols}`),
    (reason: unknown) => reason,
  );
  if (error instanceof SatnmfError) return error;
  throw error;
}

function check(file: string, table: Bad[]): void {
  it.each(table)('%s: %s', async (_, code, message, content, beside) => {
    const error = await failureOf(file, content, beside);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(error.message.length).toBeLessThan(400);
    expect(error.file).toMatch(/^bad\./);
  });
}

/** An NPY file with a header of its own, over the given number of zero bytes. */
function npy(header: string, bytes: number, version = 1): Uint8Array {
  const text = utf8.encode(header);
  const start = version === 1 ? 10 : 12;
  const file = new Uint8Array(start + text.length + bytes);
  file.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0]);
  const view = new DataView(file.buffer);
  if (version === 1) view.setUint16(8, text.length, true);
  else view.setUint32(8, text.length, true);
  file.set(text, start);
  return file;
}

const header = (descr: string, order: string, shape: string): string =>
  `{'descr': ${descr}, 'fortran_order': ${order}, 'shape': ${shape}, }\n`;
const f4 = (shape: string, bytes: number): Uint8Array => npy(header("'<f4'", 'False', shape), bytes);
const good = writeNpy({ rows: 2, cols: 3, data: Float32Array.of(1, 2, 3, 4, 5, 6) });
const withValue = (value: number): Uint8Array => {
  const bytes = good.slice();
  new DataView(bytes.buffer).setFloat32(bytes.length - 8, value, true);
  return bytes;
};
const claim = (length: number): Uint8Array => {
  const bytes = f4('(1, 1)', 4);
  new DataView(bytes.buffer).setUint16(8, length, true);
  return bytes;
};

describe('NPY files', () => {
  check('bad.npy', [
    ['empty', 'bad-file', /is not an NPY file/, new Uint8Array(0)],
    ['five bytes', 'bad-file', /is not an NPY file/, good.slice(0, 5)],
    ['the magic bytes alone', 'bad-file', /ends after 6 bytes/, good.slice(0, 6)],
    ['cut within the length of the header', 'bad-file', /ends after 9 bytes/, good.slice(0, 9)],
    ['cut within the header', 'bad-file', /ends after 60 bytes/, good.slice(0, 60)],
    [
      'cut within the numbers',
      'bad-file',
      /has 140 bytes, its header \(2 x 3 <f4\) means 152/,
      good.slice(0, 140),
    ],
    ['a byte too many', 'bad-file', /means 152/, Uint8Array.from([...good, 0])],
    ['text', 'bad-file', /is not an NPY file/, 'file,x\na,1\n'],
    ['version 4', 'unsupported', /NPY version 4\.0/, Uint8Array.from(good, (b, i) => (i === 6 ? 4 : b))],
    ['version 1.1', 'unsupported', /NPY version 1\.1/, Uint8Array.from(good, (b, i) => (i === 7 ? 1 : b))],
    ['a header length beyond the file', 'bad-file', /needs 65545/, claim(65_535)],
    ['a header length of 0', 'bad-file', /header cannot be read at character 1/, claim(0)],
    [
      'a header of version 2 as long as memory',
      'bad-file',
      /ends after/,
      npy('', 4, 2).map((b, i) => (i >= 8 && i < 12 ? 255 : b)),
    ],
    ['a header of 100 kB', 'too-large', /bytes of header/, npy(' '.repeat(100_000), 0, 2)],
    ['a lying header, too many rows', 'bad-file', /means/, f4('(3, 1)', 8)],
    ['a lying header, too few rows', 'bad-file', /means/, f4('(1, 1)', 8)],
    ['a shape of 10¹⁵ numbers', 'too-large', /values/, f4('(999999999999999, 1)', 8)],
    [
      'a shape whose product is not a number that fits',
      'too-large',
      /values/,
      f4('(999999999999999, 999999999999999)', 8),
    ],
    ['a shape of 16 digits', 'bad-file', /header cannot be read/, f4('(9999999999999999, 1)', 8)],
    ['a negative shape', 'bad-file', /header cannot be read/, f4('(-1, -2)', 8)],
    ['a shape of words', 'bad-file', /header cannot be read/, f4("('1', 2)", 8)],
    ['a shape of fractions', 'bad-file', /header cannot be read/, f4('(1.0, 2)', 8)],
    ['a shape without end', 'bad-file', /header cannot be read/, npy(`{'shape': (${'1,'.repeat(30_000)}`, 8)],
    ['one dimension', 'bad-file', /has 1 dimensions, a table has two/, f4('(2,)', 8)],
    ['no dimension', 'bad-file', /has 0 dimensions/, f4('()', 4)],
    ['three dimensions', 'bad-file', /has 3 dimensions/, f4('(1, 2, 1)', 8)],
    ['no rows', 'too-few-rows', /has no rows/, f4('(0, 3)', 0)],
    ['no columns', 'bad-file', /has no columns/, f4('(3, 0)', 0)],
    ['no rows of 10¹⁴ columns', 'too-large', /columns/, f4('(0, 100000000000000)', 0)],
    ['100,001 columns', 'too-large', /has 100001 columns/, f4('(1, 100001)', 400_004)],
    [
      '1,000,001 rows',
      'too-large',
      /has 1000001 rows/,
      npy(header("'|u1'", 'False', '(1000001, 1)'), 1_000_001),
    ],
    ['Python objects', 'unsupported', /Python objects/, npy(header("'|O'", 'False', '(1, 1)'), 8)],
    [
      'records',
      'unsupported',
      /records with named fields/,
      npy(header("[('a', '<f4')]", 'False', '(1,)'), 4),
    ],
    ['strings', 'unsupported', /type "<U5"/, npy(header("'<U5'", 'False', '(1, 1)'), 20)],
    ['big-endian numbers', 'unsupported', /type ">f4"/, npy(header("'>f4'", 'False', '(1, 1)'), 4)],
    [
      'a type named like a property of objects',
      'unsupported',
      /constructor/,
      npy(header("'constructor'", 'False', '(1, 1)'), 4),
    ],
    ['an order of words', 'bad-file', /cannot be read/, npy(header("'<f4'", "'yes'", '(1, 1)'), 4)],
    [
      'a header without a shape',
      'bad-file',
      /cannot be read/,
      npy("{'descr': '<f4', 'fortran_order': False}", 4),
    ],
    [
      'a header with one key twice',
      'bad-file',
      /cannot be read/,
      npy(header("'<f4', 'descr': '<f4'", 'False', '(1, 1)'), 4),
    ],
    [
      'a header with another key',
      'bad-file',
      /cannot be read/,
      npy(header("'<f4', '__proto__': 1", 'False', '(1, 1)'), 4),
    ],
    [
      'a header with a call',
      'bad-file',
      /cannot be read/,
      npy(header("__import__('os')", 'False', '(1, 1)'), 4),
    ],
    [
      'text behind the header',
      'bad-file',
      /cannot be read/,
      npy(`${header("'<f4'", 'False', '(1, 1)')}x`, 4),
    ],
    ['a quote that is never closed', 'bad-file', /cannot be read/, npy("{'descr", 4)],
    ['not a number', 'not-finite', /^bad\.npy, row 2, column 2 \("f1"\): is NaN/, withValue(NaN)],
    ['infinity', 'not-finite', /row 2, column 2 \("f1"\): is Infinity/, withValue(Infinity)],
    ['minus infinity', 'not-finite', /is -Infinity/, withValue(-Infinity)],
    [
      'a side-car with a row too few',
      'bad-file',
      /^bad\.csv: tells of 1 rows, bad\.npy has 2/,
      good,
      { 'bad.csv': 'file\na\n' },
    ],
    ['a side-car with a row too many', 'bad-file', /tells of 3 rows/, good, { 'bad.csv': 'file\na\nb\nc\n' }],
    [
      'a side-car without rows',
      'too-few-rows',
      /^bad\.csv: has no rows/,
      good,
      { 'bad.csv': 'file,emotion\n' },
    ],
    [
      'a side-car without names',
      'bad-file',
      /must name a column "file"/,
      good,
      { 'bad.csv': 'a.wav,s1\nb.wav,s2\n' },
    ],
    [
      'a ragged side-car',
      'bad-file',
      /^bad\.csv, row 3: has 3 cells, the header has 2/,
      good,
      { 'bad.csv': 'file,sex\na,f\nb,f,x\n' },
    ],
    ['an empty side-car', 'bad-file', /^bad\.csv: is empty/, good, { 'bad.csv': '' }],
    [
      'a name of a column too few',
      'bad-file',
      /^bad\.columns\.txt: has 2 lines, the table has 3/,
      good,
      { 'bad.columns.txt': 'a\nb\n' },
    ],
    ['a name of a column too many', 'bad-file', /has 4 lines/, good, { 'bad.columns.txt': 'a\nb\nc\nd\n' }],
    ['a column without a name', 'bad-file', /row 2: is empty/, good, { 'bad.columns.txt': 'a\n\nc\n' }],
    [
      'two columns of one name',
      'bad-file',
      /row 3: names "a", and so does row 1/,
      good,
      { 'bad.columns.txt': 'a\nb\na\n' },
    ],
  ]);
});

describe('CSV files', () => {
  const quoted = `"${'a'.repeat(1000)}`;
  check('bad.csv', [
    ['empty', 'bad-file', /is empty/, ''],
    ['nothing but a byte order mark', 'bad-file', /is empty/, '\uFEFF'],
    ['blank lines', 'bad-file', /is empty/, '\n\r\n  \n'],
    ['names and no rows', 'too-few-rows', /has no rows/, 'file,x\n'],
    ['no names', 'bad-file', /row 1: holds numbers/, '1,2\n3,4\n'],
    ['a column without a name', 'bad-file', /row 1, column 2: has no name/, 'file,,x\na,1,2\n'],
    [
      'two columns of one name',
      'bad-file',
      /column 3: is called "x", and so is column 2/,
      'file,x,x\na,1,2\n',
    ],
    [
      'two columns of row data that differ in case',
      'bad-file',
      /column 2: is called "File"/,
      'file,File,x\na,b,1\n',
    ],
    ['row data only', 'bad-file', /names no feature/, 'file,speaker\na,b\n'],
    ['a cell too few', 'bad-file', /row 3: has 2 cells, the header has 3/, 'file,x,y\na,1,2\nb,3\n'],
    ['a cell too many', 'bad-file', /row 2: has 4 cells/, 'file,x,y\na,1,2,3\n'],
    ['an empty cell', 'not-finite', /row 2, column 3 \("y"\): is empty/, 'file,x,y\na,1,\n'],
    ['NaN', 'not-finite', /row 2, column 2 \("x"\): is missing \("NaN"\)/, 'file,x\na,NaN\n'],
    ['infinity', 'not-finite', /"-inf" is not finite/, 'file,x\na,-inf\n'],
    ['1e999', 'not-finite', /"1e999" is not finite in float32/, 'file,x\na,1e999\n'],
    ['1e39, which float32 does not hold', 'not-finite', /"1e39" is not finite/, 'file,x\na,1e39\n'],
    ['a number of 400 digits', 'not-finite', /"9{40}…" is not finite/, `x\n${'9'.repeat(400)}\n`],
    ['hexadecimal', 'bad-file', /"0x1F" is not a decimal number/, 'file,x\na,0x1F\n'],
    [
      'words',
      'bad-file',
      /row 2, column 2 \("session"\): "one" is not a decimal/,
      'file,session,x\na,one,1\n',
    ],
    ['a decimal comma', 'bad-file', /decimals are written with a point/, 'file;x\na;1,5\n'],
    ['a formula', 'bad-file', /"=1\+1" is not/, 'file,x\na,=1+1\n'],
    ['a quote that is never closed', 'bad-file', /row 2: a quoted cell does not end/, 'file,x\n"a,1\nb,2\n'],
    ['text behind a closing quote', 'bad-file', /row 3: a quoted cell does not end/, 'file,x\na,1\n"b"c,2\n'],
    [
      'a quote that is never closed in the names',
      'bad-file',
      /row 1: a quoted cell/,
      `file,${quoted}\na,1\n`,
    ],
    ['UTF-16', 'bad-file', /is not UTF-8/, Uint8Array.from([0xff, 0xfe, 0x78, 0, 0x0a, 0, 0x31, 0])],
    ['Latin-1', 'bad-file', /is not UTF-8/, Uint8Array.from([0x66, 0xe4, 0x0a, 0x31])],
    ['a NUL', 'bad-file', /NUL/, 'file,x\na\0,1\n'],
    ['an NPY file', 'bad-file', /is not UTF-8/, good],
    [
      '100,001 columns',
      'too-large',
      /has 100001 columns/,
      `${Array.from({ length: 100_001 }, (_, j) => `f${j}`).join()}\n`,
    ],
    ['a million empty names', 'too-large', /has 1000001 columns/, `${','.repeat(1e6)}\n`],
    ['a row of a million cells', 'bad-file', /row 2: has 1000001 cells/, `file,x\n${','.repeat(1e6)}\n`],
    ['a cell of a million letters', 'bad-file', /"a{40}…" is not/, `x\n${'a'.repeat(1e6)}\n`],
    ['control characters', 'bad-file', /"\\u001b\[2J" is not/, 'x\n\u001b[2J\n'],
  ]);
});

describe('ARFF files', () => {
  const head = '@relation r\n@attribute name string\n@attribute x numeric\n@attribute class {a,b}\n';
  check('bad.arff', [
    ['empty', 'bad-file', /is empty/, ''],
    ['CSV', 'bad-file', /row 1: "file,x" is not ARFF/, 'file,x\na,1\n'],
    ['no @data', 'bad-file', /has no @data/, head],
    ['no rows', 'too-few-rows', /has no rows/, `${head}@data\n`],
    ['no attributes', 'bad-file', /row 2: begins the data before any @attribute/, '@relation r\n@data\n1\n'],
    ['no numeric attribute', 'bad-file', /has no numeric attribute/, '@attribute name string\n@data\na\n'],
    [
      'an attribute without a name',
      'bad-file',
      /row 1, column 1: an attribute has no name/,
      '@attribute\n@data\n1\n',
    ],
    ['an attribute without a type', 'bad-file', /column 1 \("x"\): has no type/, '@attribute x\n@data\n1\n'],
    [
      'an attribute of an unknown type',
      'bad-file',
      /row 1, column 1 \("x"\): has a type that is not known/,
      '@attribute x foo\n@attribute y real\n@data\n1,2\n',
    ],
    ['a list of values without end', 'bad-file', /has no end/, '@attribute x {a,b\n@data\na\n'],
    ['a name with an open quote', 'bad-file', /never closed/, "@attribute 'x numeric\n@data\n1\n"],
    [
      'two attributes of one name',
      'bad-file',
      /row 2, column 2: is called "x", and so is column 1/,
      '@attribute x real\n@attribute x real\n@data\n1,2\n',
    ],
    ['a value too few', 'bad-file', /row 6: has 2 cells, the header has 3/, `${head}@data\nn,1\n`],
    ['two values too many', 'bad-file', /row 6: has 5 cells/, `${head}@data\nn,1,a,,\n`],
    [
      'a class that is not in the list',
      'bad-file',
      /row 6, column 3 \("class"\): "c" is none of/,
      `${head}@data\nn,1,c\n`,
    ],
    [
      'a missing number',
      'not-finite',
      /row 6, column 2 \("x"\): is missing \("\?"\)/,
      `${head}@data\nn,?,a\n`,
    ],
    ['1e999', 'not-finite', /"1e999" is not finite/, `${head}@data\nn,1e999,a\n`],
    [
      'words for numbers',
      'bad-file',
      /row 6, column 2 \("x"\): "one" is not a decimal/,
      `${head}@data\nn,one,a\n`,
    ],
    [
      'an open quote',
      'bad-file',
      /row 6, column 1: has a quote that is never closed/,
      `${head}@data\n'n,1,a\n`,
    ],
    [
      'text behind a closing quote',
      'bad-file',
      /row 6, column 1: has text between/,
      `${head}@data\n'n'x,1,a\n`,
    ],
    ['sparse rows', 'unsupported', /row 6: is a sparse row/, `${head}@data\n{0 n, 1 2}\n`],
    ['an unknown keyword', 'bad-file', /row 1: "@end x" is not ARFF/, '@end x\n'],
    [
      '100,001 attributes',
      'too-large',
      /has 100001 columns/,
      `${Array.from({ length: 100_001 }, (_, j) => `@attribute f${j} real`).join('\n')}\n`,
    ],
    ['a NUL', 'bad-file', /NUL/, `${head}@data\nn\0,1,a\n`],
  ]);
});
