import { describe, expect, it } from 'vitest';
import {
  checkBoolean,
  checkColumns,
  checkFinite,
  checkKeys,
  checkNonNegative,
  checkNumber,
  checkOneOf,
  checkRows,
  checkWhole,
} from '../../../js/data/check.js';
import { corpus } from '../../../js/data/corpus.js';
import { suggest } from '../../../js/data/suggest.js';
import { SatnmfError } from '../../../js/errors.js';

function failure(run: () => unknown): SatnmfError {
  try {
    run();
  } catch (error) {
    if (error instanceof SatnmfError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

const table = (values: number[], cols: number, columns?: string[]) =>
  corpus({
    name: 'emodb',
    features: { rows: values.length / cols, cols, data: Float32Array.from(values) },
    file: Array.from({ length: values.length / cols }, (_, i) => (i === 0 ? null : `${i}.wav`)),
    ...(columns === undefined ? {} : { columns }),
  });

describe('checkFinite', () => {
  it.each([NaN, Infinity, -Infinity])('names the first row and column that hold %s', (value) => {
    const error = failure(() => checkFinite(table([1, 2, 3, value, value, 6], 2, ['a', 'b'])));
    expect(error).toMatchObject({ code: 'not-finite', row: 1, column: 1, actual: String(value) });
    expect(error.message).toBe(
      `emodb: row 1 ("1.wav"), column 1 ("b") is ${value}; features must be finite numbers`,
    );
  });

  it('passes every finite float32, the largest and the smallest too', () => {
    expect(() =>
      checkFinite(table([3.4028234663852886e38, -3.4028234663852886e38, 1e-45, -0], 2)),
    ).not.toThrow();
    expect(() => checkFinite(table([], 1))).not.toThrow();
  });
});

describe('checkNonNegative', () => {
  it('names the first negative value and says what makes features non-negative', () => {
    const error = failure(() => checkNonNegative(table([1, -2, 3, -4], 2)));
    expect(error).toMatchObject({ code: 'negative-feature', row: 0, column: 1, actual: '-2' });
    expect(error.message).toContain('emodb: row 0, column 1 ("f1") is -2; this method needs features ≥ 0');
  });

  it('takes −0 for a zero', () => {
    expect(() => checkNonNegative(table([-0, 1], 2))).not.toThrow();
  });
});

describe('checkRows and checkColumns', () => {
  it('say how many rows there are and how many are needed', () => {
    const error = failure(() => checkRows(table([1, 2], 2), 2));
    expect(error).toMatchObject({ code: 'too-few-rows', message: 'emodb: has 1 row, at least 2 are needed' });
  });

  it('say both widths when they differ', () => {
    const error = failure(() => checkColumns(table([1, 2], 2), { ...table([1], 1), name: 'urdu' }));
    expect(error).toMatchObject({ code: 'shape-mismatch', expected: '2', actual: '1' });
    expect(error.message).toContain('emodb has 2 features and urdu has 1');
  });

  it('name the first column that differs, but accept a table without names', () => {
    const named = table([1, 2], 2, ['a', 'b']);
    const error = failure(() => checkColumns(named, { ...table([1, 2], 2, ['a', 'c']), name: 'urdu' }));
    expect(error).toMatchObject({ code: 'shape-mismatch', column: 1, expected: 'b', actual: 'c' });
    expect(() => checkColumns(named, table([1, 2], 2))).not.toThrow();
    expect(() => checkColumns(table([1, 2], 2), named)).not.toThrow();
  });
});

describe('options', () => {
  it('checkWhole gives the number back, or says the range and what came', () => {
    expect(checkWhole('r', 64, 1, 100)).toBe(64);
    for (const value of [0, 101, 1.5, NaN, '7', null, undefined, 2 ** 60, {}]) {
      const error = failure(() => checkWhole('r', value, 1, 100));
      expect(error).toMatchObject({ code: 'bad-argument', argument: 'r' });
      expect(error.message).toContain('"r" must be a whole number from 1 to 100, got ');
    }
    expect(failure(() => checkWhole('seed', -1)).message).toBe('"seed" must be a whole number ≥ 0, got -1.');
  });

  it('checkNumber keeps to its bounds', () => {
    expect(checkNumber('gamma', 0, { min: 0 })).toBe(0);
    expect(checkNumber('x', -1e300)).toBe(-1e300);
    expect(failure(() => checkNumber('C', 0, { above: 0 })).message).toBe(
      '"C" must be a finite number > 0, got 0.',
    );
    expect(failure(() => checkNumber('p', 1, { min: 0, below: 1 })).message).toContain('≥ 0 and < 1');
    for (const value of [Infinity, NaN, '1', null])
      expect(failure(() => checkNumber('C', value)).code).toBe('bad-argument');
  });

  it('checkOneOf, checkBoolean and checkKeys suggest and refuse', () => {
    expect(checkOneOf('vote', 'margin', ['majority', 'margin'])).toBe('margin');
    expect(failure(() => checkOneOf('vote', 'margn', ['majority', 'margin'])).message).toBe(
      '"vote" must be one of majority, margin, got "margn". Did you mean "margin"?',
    );
    expect(failure(() => checkOneOf('vote', 3, ['majority'])).message).toContain('got 3.');
    expect(checkBoolean('compact', false)).toBe(false);
    expect(failure(() => checkBoolean('compact', 'no')).message).toContain('must be true or false, got "no"');
    expect(() => checkKeys('satnmf', { gamma: 1 }, ['gamma'])).not.toThrow();
    expect(failure(() => checkKeys('satnmf', { gama: 1 }, ['alpha', 'gamma'])).message).toBe(
      'satnmf has no option "gama"; it has alpha, gamma. Did you mean "gamma"?',
    );
  });
});

describe('suggest', () => {
  const emotions = ['anger', 'boredom', 'disgust', 'fear', 'happiness', 'sadness', 'surprise'];
  it.each([
    ['angry', 'anger'],
    ['Sad', 'sadness'],
    ['happy', 'happiness'],
    ['fearful', 'fear'],
    ['surprised', 'surprise'],
    ['disgsut', 'disgust'],
    ['joy', null],
    ['', null],
  ])('%s → %s', (asked, expected) => expect(suggest(asked, emotions)).toBe(expected));

  it('does not compare words of a hostile length', () => {
    expect(suggest('a'.repeat(1e6), emotions)).toBeNull();
  });
});
