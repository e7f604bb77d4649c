import { describe, expect, it } from 'vitest';
import { SatnmfError } from '../../../js/errors.js';
import { formatCsvLine, parseCsv, parseRowData, type TableOptions } from '../../../js/entries/io.js';

const utf8 = new TextEncoder();
const parse = (text: string, options?: TableOptions) => parseCsv(utf8.encode(text), 'data/x.csv', options);

function failure(run: () => unknown): SatnmfError {
  try {
    run();
  } catch (error) {
    if (error instanceof SatnmfError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('parseCsv', () => {
  it('tells features from what is said about an utterance, by the names of the columns', () => {
    const table = parse(
      'f1,File,speaker,sex,Emotion,f2,text\n1,a.wav,s1,f,Anger,2,"hello, you"\n3,b.wav,,m,?,4,\n',
    );
    expect(table.name).toBe('x');
    expect(table.columns).toEqual(['f1', 'f2']);
    expect([...table.features.data]).toEqual([1, 2, 3, 4]);
    expect(table.file).toEqual(['a.wav', 'b.wav']);
    expect(table.speaker).toEqual(['s1', null]);
    expect(table.emotion).toEqual(['anger', null]);
    expect(table.extra).toEqual({ sex: ['f', 'm'], text: ['hello, you', null] });
  });

  it.each(['filename', 'name', 'file'])('takes "%s" for the file', (word) => {
    expect(parse(`${word},x\na,1`).file).toEqual(['a']);
  });

  it.each(['class', 'label', 'emotion'])('takes "%s" for the emotion', (word) => {
    expect(parse(`x,${word}\n1,Fear`).emotion).toEqual(['fear']);
  });

  it('keeps the second of two columns that could be the same thing', () => {
    const table = parse('name,file,label,class,x\nn,f,l,c,1');
    expect([table.file, table.emotion]).toEqual([['f'], ['c']]);
    expect(table.extra).toEqual({ name: ['n'], label: ['l'] });
  });

  it.each([
    ['commas', ','],
    ['semicolons', ';'],
    ['tabs', '\t'],
  ])('guesses %s', (_, delimiter) => {
    const table = parse(
      ['file', 'x', '"y,;\tz;;;;"'].join(delimiter) +
        '\n' +
        ['a,b;c\td', '1', '2'].map((c) => `"${c}"`).join(delimiter),
    );
    expect(table.columns).toEqual(['x', 'y,;\tz;;;;']);
    expect(table.file).toEqual(['a,b;c\td']);
  });

  it.each([
    ['CR LF', '\r\n'],
    ['CR', '\r'],
    ['LF', '\n'],
  ])('reads lines that end in %s, the last one with or without it', (_, end) => {
    for (const last of ['', end, end + end]) {
      const table = parse(['file,x', 'a,1', 'b,2'].join(end) + last);
      expect([...table.features.data]).toEqual([1, 2]);
    }
  });

  it('drops a byte order mark and blank lines', () => {
    const table = parse('\uFEFFfile,x\n\na,1\n  \nb,2\n\n');
    expect(table.file).toEqual(['a', 'b']);
    expect(table.columns).toEqual(['x']);
  });

  it('reads quoted cells with quotes, delimiters and line breaks in them', () => {
    const table = parse('text,x\n"say ""a"", then\nb",1\n');
    expect(table.extra.text).toEqual(['say "a", then\nb']);
  });

  it('counts rows as an editor does, across blank lines and cells of several lines', () => {
    const error = failure(() => parse('text,x\n"one\ntwo\nthree",1\n\nfour,zwei\n'));
    expect(error).toMatchObject({ code: 'bad-file', file: 'data/x.csv', row: 6, column: 2 });
    expect(error.message).toBe('data/x.csv, row 6, column 2 ("x"): "zwei" is not a decimal number');
  });

  it('names file, row and column of a value that is missing or not finite', () => {
    for (const [cell, words] of [
      ['', 'is empty'],
      ['NaN', 'is missing ("NaN")'],
      ['1e999', '"1e999" is not finite in float32'],
      ['-1e39', '"-1e39" is not finite in float32'],
      ['inf', '"inf" is not finite in float32'],
    ]) {
      const error = failure(() => parse(`file,x,y\na,1,2\nb,3,${cell}\n`));
      expect(error).toMatchObject({ code: 'not-finite', file: 'data/x.csv', row: 3, column: 3 });
      expect(error.message).toBe(`data/x.csv, row 3, column 3 ("y"): ${words}`);
    }
  });

  it('puts medians there when asked to, and says how many', () => {
    const warnings: string[] = [];
    const options: TableOptions = {
      missing: 'median',
      onWarning: (sentence) => void warnings.push(sentence),
    };
    const table = parse('x,y\n1,NaN\n3,8\n,6\n1e999,7\n', options);
    expect([...table.features.data]).toEqual([1, 7, 3, 8, 2, 6, 2, 7]);
    expect(warnings).toEqual([
      'data/x.csv: replaced 3 missing or non-finite values in 2 columns by the median of the column',
    ]);
    expect(failure(() => parse('x\n1\nzwei\n', options)).code).toBe('bad-file');
  });

  it('says how decimals are written to who writes them with a comma', () => {
    expect(failure(() => parse('a;b\n1,5;2\n')).message).toContain(
      '"1,5" is not a decimal number (decimals are',
    );
  });

  it('does not let the name of a column touch anything but the table', () => {
    const table = parse('__proto__,constructor\n1,2\n');
    expect(table.columns).toEqual(['__proto__', 'constructor']);
    const row = parseRowData(utf8.encode('file,__proto__,toString\na,b,c\n'), 'x.csv');
    expect(Object.entries(row.extra)).toEqual([
      ['__proto__', ['b']],
      ['toString', ['c']],
    ]);
    expect(Object.getPrototypeOf(row.extra)).toBe(Object.prototype);
  });
});

describe('parseRowData', () => {
  it('reads the side-car of an NPY table and keeps columns that it does not know', () => {
    const row = parseRowData(utf8.encode('file,speaker,take\n01/a.wav,03,\n,,7\n'), 'x.csv');
    expect(row.rows).toBe(2);
    expect(row.file).toEqual(['01/a.wav', null]);
    expect(row.speaker).toEqual(['03', null]);
    expect(row.emotion).toEqual([null, null]);
    expect(row.extra).toEqual({ take: [null, '7'] });
  });

  it('asks for a column "file"', () => {
    expect(failure(() => parseRowData(utf8.encode('speaker\na\n'), 'x.csv')).message).toContain(
      'must name a column "file"',
    );
  });
});

describe('formatCsvLine', () => {
  it('quotes what would not be read back', () => {
    expect(formatCsvLine(['a', null, 'b,c', 'd"e', ' f', 'g\nh', 'i;j', ''])).toBe(
      'a,,"b,c","d""e"," f","g\nh","i;j",',
    );
  });
});
