import { describe, expect, it } from 'vitest';
import { concatenate } from '../../../js/data/concatenate.js';
import { corpus } from '../../../js/data/corpus.js';

const table = (name: string, columns: string[], values: number[], extra = {}) =>
  corpus({
    name,
    columns,
    features: { rows: values.length / columns.length, cols: columns.length, data: Float32Array.from(values) },
    file: Array.from({ length: values.length / columns.length }, (_, i) => `${name}${i}`),
    extra,
  });

describe('concatenate', () => {
  it('puts rows one after the other, under the first name', () => {
    const joined = concatenate([
      table('a', ['f', 'g'], [1, 2, 3, 4], { sex: ['m', 'f'], text: ['x', 'y'] }),
      table('b', ['f', 'g'], [5, 6], { sex: ['f'] }),
    ]);
    expect([joined.name, [...joined.features.data], joined.file]).toEqual([
      'a',
      [1, 2, 3, 4, 5, 6],
      ['a0', 'a1', 'b0'],
    ]);
    expect([joined.speaker, joined.emotion]).toEqual([Array(3).fill(null), Array(3).fill(null)]);
    expect(joined.extra).toEqual({ sex: ['m', 'f', 'f'] });
  });

  it('gives a single corpus back as it is', () => {
    const one = table('a', ['f'], [1]);
    expect(concatenate([one])).toBe(one);
  });

  it('refuses other features', () => {
    const first = table('a', ['f', 'g'], [1, 2]);
    expect(() => concatenate([first, table('b', ['f', 'h'], [1, 2])])).toThrow(
      'column 1 is "g" in a and "h" in b',
    );
    expect(() => concatenate([first, table('b', ['f'], [1])])).toThrow('a has 2 features and b has 1');
  });
});
