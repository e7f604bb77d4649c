import { describe, expect, it } from 'vitest';
import { decodeHalf, encodeHalf } from '../../../../js/entries/io.js';

const all = Uint16Array.from({ length: 65_536 }, (_, bits) => bits);
const values = decodeHalf(all);
const toBits = (value: number): number => encodeHalf(Float32Array.of(value))[0];

describe('half precision', () => {
  it('has the values of its definition', () => {
    const known: [number, number][] = [
      [0x0000, 0],
      [0x8000, -0],
      [0x0001, 2 ** -24],
      [0x03ff, 1023 * 2 ** -24],
      [0x0400, 2 ** -14],
      [0x3c00, 1],
      [0x3555, 0.333251953125],
      [0xc000, -2],
      [0x7bff, 65504],
      [0x7c00, Infinity],
      [0xfc00, -Infinity],
    ];
    for (const [bits, value] of known) {
      expect(Object.is(values[bits], value)).toBe(true);
      expect(toBits(value)).toBe(bits);
    }
    expect(values[0x7e00]).toBeNaN();
    expect(values[toBits(NaN)]).toBeNaN();
  });

  it('gives all 65,536 patterns back, but for the many spellings of NaN', () => {
    const back = encodeHalf(values);
    for (let bits = 0; bits < 65_536; bits++)
      if (Number.isNaN(values[bits])) expect(values[back[bits]]).toBeNaN();
      else if (back[bits] !== bits) throw new Error(`${bits} → ${back[bits]}`);
  });

  it('rounds to the nearest, ties to even, between every two neighbours', () => {
    const word = new Float32Array(1);
    const pattern = new Uint32Array(word.buffer);
    for (let bits = 0; bits < 0x7bff; bits++) {
      word[0] = (values[bits] + values[bits + 1]) / 2; // exact in float32
      const middle = word[0];
      const even = bits % 2 === 0 ? bits : bits + 1;
      pattern[0]--;
      const below = word[0];
      pattern[0] += 2;
      const above = word[0];
      if (toBits(middle) !== even || toBits(below) !== bits || toBits(above) !== bits + 1)
        throw new Error(`between ${values[bits]} and ${values[bits + 1]}`);
      if (toBits(-middle) !== (even | 0x8000))
        throw new Error(`between ${-values[bits]} and ${-values[bits + 1]}`);
    }
  });

  it('becomes infinite from 65520 on, zero up to 2⁻²⁵', () => {
    expect(toBits(65519.99609375)).toBe(0x7bff);
    expect(toBits(65520)).toBe(0x7c00);
    expect(toBits(3e38)).toBe(0x7c00);
    expect(toBits(2 ** -25)).toBe(0);
    expect(toBits(-(2 ** -25))).toBe(0x8000);
    expect(toBits(2 ** -25 + 2 ** -48)).toBe(1);
    expect(toBits(1e-45)).toBe(0);
  });
});
