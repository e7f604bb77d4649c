import { describe, expect, it } from 'vitest';
import { figure, markdown, notMeasured, reaches, row, standing } from '../../bench/rows.js';

describe('a target', () => {
  it.each([
    [0.85, '≥ 0.85', true],
    [0.849, '≥ 0.85', false],
    [2, '≤ 2.0x', true],
    [25.1, '≤ 25 ms', false],
    [1, '< 1', false],
    [1, '> 1', false],
    [NaN, '≤ 2', false],
    [7, '', null],
  ])('%d against "%s" is %s', (value, target, met) => expect(reaches(value, target)).toBe(met));

  it('that cannot be read is refused', () => {
    expect(() => reaches(1, 'at least 2')).toThrow('at least 2');
  });
});

describe('the standing of a row', () => {
  it('is 1 at its target and grows with what is better, whichever way that is', () => {
    const faster = row({ name: 'GEMM', value: 1, unit: '', ratio: 3, target: '≥ 1.5' });
    const shorter = row({ name: 'start', value: 50, unit: 'ms', target: '≤ 25 ms' });
    expect(standing(faster, faster.target)).toBe(2);
    expect(standing(shorter, shorter.target)).toBe(0.5);
    expect(standing(shorter, '≤ 50 ms')).toBe(1);
  });
});

describe('a row', () => {
  it('has the keys of the report, judged by its ratio where there is one', () => {
    const made = row({
      name: 'r = 128',
      value: { median: 40, low: 39, high: 41 },
      unit: 'GFLOP/s',
      ratio: { median: 0.9, low: 0.8, high: 1 },
      target: '≥ 0.85',
    });
    expect(made).toEqual({
      name: 'r = 128',
      value: 40,
      unit: 'GFLOP/s',
      ratio: 0.9,
      target: '≥ 0.85',
      met: true,
      goal: '',
      range: [0.8, 1],
      note: '',
    });
  });

  it('is judged by its value where there is no ratio', () => {
    expect(row({ name: 'cold start', value: 30, unit: 'ms', target: '≤ 25 ms' })).toMatchObject({
      ratio: null,
      met: false,
    });
  });

  it('that could not be measured is neither met nor missed, and says why', () => {
    expect(notMeasured('Bun', 'Bun is not installed', { target: '≥ 0.85' })).toMatchObject({
      value: 'not measured',
      ratio: null,
      met: null,
      target: '≥ 0.85',
      note: 'Bun is not installed',
    });
  });
});

describe('the table', () => {
  const text = markdown([
    row({ name: 'fast', value: 3, unit: 'ms', target: '≤ 4 ms' }),
    row({ name: 'slow', value: 5, unit: 'ms', target: '≤ 4 ms' }),
    row({ name: 'for information', value: 5, unit: 'ms' }),
    notMeasured('absent', 'it is not installed', { target: '≤ 4 ms' }),
  ]);

  it('says of each row whether it got there', () => {
    const lines = text.split('\n').slice(2, 6);
    expect(lines.map((line) => line.split('|').at(-2)?.trim())).toEqual([
      'met',
      'falls short',
      '',
      'not measured',
    ]);
  });

  it('has as many cells in every line', () => {
    const lines = text.split('\n').slice(0, 6);
    expect(new Set(lines.map((line) => line.split('|').length))).toEqual(new Set([9]));
    expect(new Set(lines.map((line) => line.length)).size).toBe(1);
  });

  it('numbers the notes below', () => {
    expect(text).toContain('absent [1]');
    expect(text.split('\n').slice(6)).toEqual(['', '[1] it is not installed']);
  });

  it('writes three digits', () => {
    expect([1234.5, 12.345, 0.012345, 0, -2].map(figure)).toEqual(['1235', '12.3', '0.0123', '0', '-2.00']);
  });
});
