import { describe, expect, it } from 'vitest';
import { decimal, exactDecimal, whyNot } from '../../../js/io/decimal.js';

describe('decimal', () => {
  it.each([
    ['1', 1],
    ['-0', -0],
    ['+2.50', 2.5],
    ['.5', 0.5],
    ['7.', 7],
    ['1e3', 1000],
    ['-1.25E-2', Math.fround(-0.0125)],
    [' 3 ', 3],
    ['0.1', Math.fround(0.1)],
    ['3.4028235e38', 3.4028234663852886e38],
    ['1e-60', 0],
    ['0'.repeat(400) + '1', 1],
  ])('reads %s', (cell, value) => expect(decimal(cell)).toBe(value));

  it.each([
    ['', 'missing'],
    ['  ', 'missing'],
    ['?', 'missing'],
    ['NaN', 'missing'],
    ['nan', 'missing'],
    ['NA', 'missing'],
    ['1e999', 'infinite'],
    ['-1e39', 'infinite'],
    ['inf', 'infinite'],
    ['-Infinity', 'infinite'],
    ['0x10', 'not a number'],
    ['1,5', 'not a number'],
    ['1_000', 'not a number'],
    ['1e', 'not a number'],
    ['e5', 'not a number'],
    ['.', 'not a number'],
    ['--1', 'not a number'],
    ['1 2', 'not a number'],
    ['١٢', 'not a number'],
    ['1f', 'not a number'],
    ['true', 'not a number'],
  ])('refuses %j: %s', (cell, why) => {
    expect(decimal(cell)).toBeNaN();
    expect(whyNot(cell)).toBe(why);
  });

  it('looks once at a hostile cell', () => {
    const digits = '1'.repeat(1e6);
    for (const cell of [`${digits}x`, `${digits}.${digits}x`, `${digits}e${digits}x`, `.${digits}.`])
      expect(whyNot(cell)).toBe('not a number');
  });
});

describe('exactDecimal', () => {
  it('is short where the number is', () => {
    expect([0, -0, 1, -0.25, 100, 1e10, 1e-7, 123456789].map(Math.fround).map(exactDecimal)).toEqual(
      '0 -0 1 -0.25 100 1e+10 1.00000001e-7 123456792'.split(' '),
    );
  });

  it('is read back as the same bits, over all magnitudes', () => {
    const word = new Uint32Array(1);
    const value = new Float32Array(word.buffer);
    for (let i = 0, state = 1; i < 50_000; i++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      word[0] = state;
      if (!Number.isFinite(value[0])) continue;
      if (!Object.is(decimal(exactDecimal(value[0])), value[0])) throw new Error(`${value[0]}`);
    }
  });
});
