import { describe, expect, it } from 'vitest';
import { SatnmfError } from '../../../js/errors.js';
import { parseArff, type TableOptions } from '../../../js/entries/io.js';

const utf8 = new TextEncoder();
const parse = (text: string, options?: TableOptions) => parseArff(utf8.encode(text), 'x.arff', options);

function failure(run: () => unknown): SatnmfError {
  try {
    run();
  } catch (error) {
    if (error instanceof SatnmfError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

const HEAD = '@relation r\n@attribute name string\n@attribute x numeric\n';

describe('parseArff', () => {
  it('reads a table as feature extractors write it', () => {
    const table = parse(
      [
        '@relation openSMILE_features',
        '',
        '@attribute name string',
        '@attribute audspec_lengthL1norm_sma_range numeric',
        '@attribute mfcc_sma[1]_maxPos numeric',
        '@attribute class {anger,fear}',
        '',
        '@data',
        '',
        "'03a01Fa.wav',1.500000e+00,-2,anger",
        "'b\\'s.wav',0,4,?",
        '',
      ].join('\n'),
    );
    expect(table.name).toBe('x');
    expect(table.columns).toEqual(['audspec_lengthL1norm_sma_range', 'mfcc_sma[1]_maxPos']);
    expect([...table.features.data]).toEqual([1.5, -2, 0, 4]);
    expect(table.file).toEqual(['03a01Fa.wav', "b's.wav"]);
    expect(table.emotion).toEqual(['anger', null]);
  });

  it('reads the sloppy ways of writing types', () => {
    for (const type of ['{0,1,2,3}', '0,1,2,3', 'unknown', 'string', 'numeric', '{ 0, 1 ,2 }']) {
      const table = parse(`${HEAD}@attribute emotion ${type}\n@data\na,1,2\n`);
      expect(table.emotion).toEqual(['2']);
    }
  });

  it('takes a last attribute of words for the emotion, whatever its name', () => {
    expect(parse(`${HEAD}@attribute arousal {low,high}\n@data\na,1,high\n`).emotion).toEqual(['high']);
    expect(parse(`${HEAD}@attribute mood unknown\n@data\na,1,Sad\n`).emotion).toEqual(['sad']);
  });

  it('keeps other attributes of words as row data', () => {
    const table = parse(
      '@relation r\n@attribute speaker {s1,s2}\n@attribute when date "yyyy"\n@attribute room {a,b}\n@attribute x real\n@data\ns1,1999,b,1\n',
    );
    expect(table.speaker).toEqual(['s1']);
    expect(table.extra).toEqual({ when: ['1999'], room: ['b'] });
    expect(table.columns).toEqual(['x']);
  });

  it('does not mind case, comments, blank lines, tabs, CR LF, a byte order mark and a comma at the end', () => {
    const table = parse(
      '\uFEFF% made by hand\r\n@RELATION "a b"\r\n\r\n@Attribute\t\'my feature\'\tREAL\r\n@attribute "y" Integer\r\n@DATA\r\n% rows\r\n 1 ,2,\r\n\r\n3,\t4\r\n',
    );
    expect(table.columns).toEqual(['my feature', 'y']);
    expect([...table.features.data]).toEqual([1, 2, 3, 4]);
  });

  it('an empty last value is not a comma at the end', () => {
    expect(parse(`${HEAD}@attribute class string\n@data\na,1,\nb,2,c,\n`).emotion).toEqual([null, 'c']);
  });

  it('reads quoted values with commas, escapes and quotes of the other kind', () => {
    const table = parse(`${HEAD}@data\n'a,\\'b\\\\"',1\n"c'd" , 2\n'\\t',3\n`);
    expect(table.file).toEqual(['a,\'b\\"', "c'd", null]);
  });

  it('names file, row and column of what is missing', () => {
    const error = failure(() => parse(`${HEAD}@data\n\na,?\n`));
    expect(error).toMatchObject({ code: 'not-finite', file: 'x.arff', row: 6, column: 2 });
    expect(error.message).toBe('x.arff, row 6, column 2 ("x"): is missing ("?")');
    expect([...parse(`${HEAD}@data\na,?\nb,4\n`, { missing: 'median' }).features.data]).toEqual([4, 4]);
  });
});
