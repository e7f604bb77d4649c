import { describe, expect, it } from 'vitest';
import { corpus } from '../../../js/data/corpus.js';
import { replaceMissing } from '../../../js/data/missing.js';
import { SatnmfError } from '../../../js/errors.js';

const table = (rows: number, values: number[]) =>
  corpus({ name: 'x', features: { rows, cols: values.length / rows, data: Float32Array.from(values) } });

describe('replaceMissing', () => {
  it('puts the median of the finite values of its column in each place, and counts', () => {
    const holes = table(5, [1, NaN, 9, Infinity, 3, 4, -Infinity, 1, NaN, 8]);
    const before = holes.features.data.slice();
    const { corpus: whole, values, columns } = replaceMissing(holes);
    // Column 0: 1, 9, 3 (two missing); column 1: 4, 1, 8 (two missing).
    expect([...whole.features.data]).toEqual([1, 4, 9, 4, 3, 4, 3, 1, 3, 8]);
    expect([values, columns]).toEqual([4, 2]);
    expect(holes.features.data).toEqual(before);
  });

  it('takes the mean of the middle two of an even number', () => {
    expect(replaceMissing(table(3, [1, NaN, 4])).corpus.features.data[1]).toBe(2.5);
    const large = 3.4e38;
    expect(replaceMissing(table(3, [large, NaN, large])).corpus.features.data[1]).toBe(Math.fround(large));
  });

  it('gives a whole corpus back as it is', () => {
    const whole = table(2, [1, 2]);
    expect(replaceMissing(whole)).toEqual({ corpus: whole, values: 0, columns: 0 });
    expect(replaceMissing(whole).corpus).toBe(whole);
  });

  it('refuses a column that has nothing to take a median of', () => {
    expect(() => replaceMissing(table(2, [1, NaN, 2, NaN]))).toThrow(SatnmfError);
    expect(() => replaceMissing(table(2, [1, NaN, 2, NaN]))).toThrow(
      'x: column 1 ("f1") has no finite value',
    );
  });
});
