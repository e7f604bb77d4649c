import { expect, it } from 'vitest';
import { compareNames } from '../../../../js/data/feature-sets/compare-2013.js';
import { columnsOfWidth, longColumns, shortColumns } from '../../../../js/data/feature-sets/feature-sets.js';

it('files say the name of a known set, and the names of any other', () => {
  const others = [...compareNames().slice(1), 'f0'];
  expect(shortColumns(compareNames())).toBe('compare-2013');
  expect(shortColumns(others)).toBe(others);
  expect(shortColumns([])).toEqual([]);
});

it('the name of a set stands for its columns, and anything else for itself', () => {
  expect(longColumns('compare-2013')).toEqual(compareNames());
  for (const stored of ['compare-2014', undefined, ['a', 'b']]) expect(longColumns(stored)).toBe(stored);
});

it('a table of numbers as wide as a set has its columns', () => {
  expect(columnsOfWidth(6373)).toEqual(compareNames());
  expect(columnsOfWidth(6372)).toBeUndefined();
});
