import { describe, expect, it } from 'vitest';
import { transpose } from './dense.js';
import { readGolden } from '../golden.js';
import { PURPOSE, initialFactors, rng, streamOf } from './random.js';

interface GoldenPrng {
  ref42: number[];
  uniform_seed7: number[];
  shuffle10_seed7: number[];
  below6_seed7: number[];
}

const STREAM = 54;

describe('random', () => {
  const golden = readGolden<GoldenPrng>('prng');

  it('gives the published words of seed 42, stream 54', () => {
    const random = rng(42, STREAM);
    expect(golden.ref42.map(() => random.next32())).toEqual(golden.ref42);
    expect(golden.ref42[0]).toBe(0xa15c02b7);
  });

  it('gives the stored float64 uniforms, shuffle and bounded numbers of seed 7', () => {
    const uniforms = rng(7, STREAM);
    expect(golden.uniform_seed7.map(() => uniforms.uniform64())).toEqual(golden.uniform_seed7);
    expect(rng(7, STREAM).permutation(10)).toEqual(golden.shuffle10_seed7);
    const bounded = rng(7, STREAM);
    expect(golden.below6_seed7.map(() => bounded.below(6))).toEqual(golden.below6_seed7);
  });

  it('draws a float32 uniform from the high 24 bits of one word, in (0, 1]', () => {
    const words = rng(3, 5);
    const uniforms = rng(3, 5);
    for (let i = 0; i < 500; i++) {
      const u = uniforms.uniform32();
      expect(u).toBe(Math.fround(((words.next32() >>> 8) + 0.5) / 16777216));
      expect(u).toBeGreaterThan(0);
      expect(u).toBeLessThanOrEqual(1);
    }
  });

  it('draws a normal from two float64 uniforms, with mean 0 and variance 1', () => {
    const uniforms = rng(11, 7);
    const normals = rng(11, 7);
    let sum = 0;
    let squares = 0;
    const draws = 20_000;
    for (let i = 0; i < draws; i++) {
      const z = normals.normal();
      if (i < 100) {
        const u1 = uniforms.uniform64();
        const u2 = uniforms.uniform64();
        expect(z).toBe(Math.sqrt(-2 * Math.log(1 - u1)) * Math.cos(2 * Math.PI * u2));
      }
      sum += z;
      squares += z * z;
    }
    // Five standard errors each.
    expect(Math.abs(sum / draws)).toBeLessThan(5 / Math.sqrt(draws));
    expect(Math.abs(squares / draws - 1)).toBeLessThan(5 * Math.sqrt(2 / draws));
  });

  it('draws every number below n equally often, and only those', () => {
    const random = rng(1, 2);
    const counts = new Array<number>(7).fill(0);
    for (let i = 0; i < 14_000; i++) counts[random.below(7)]++;
    for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(5 * Math.sqrt(2000));
    expect(random.below(1)).toBe(0);
  });

  it('rejects the words below 2^32 mod n', () => {
    // n = 3 · 2^30 leaves 2^30 words over, a quarter of all.
    const n = 3 * 2 ** 30;
    const words = rng(5, 6);
    const random = rng(5, 6);
    let rejected = 0;
    for (let i = 0; i < 200; i++) {
      let word = words.next32();
      while (word < 2 ** 30) {
        word = words.next32();
        rejected++;
      }
      expect(random.below(n)).toBe(word % n);
    }
    expect(rejected).toBeGreaterThan(20);
  });

  it('gives different streams different numbers, and the same stream the same', () => {
    const words = (seed: number, stream: number): number[] => {
      const random = rng(seed, stream);
      return [random.next32(), random.next32(), random.next32()];
    };
    expect(words(9, 16)).toEqual(words(9, 16));
    expect(words(9, 16)).not.toEqual(words(9, 17));
    expect(words(9, 16)).not.toEqual(words(10, 16));
  });

  it('draws the factors of a trial in the order U, H, codes from the stream of the trial', () => {
    const { U, H, V } = initialFactors(42, 3, 4, 5, 2, 3);
    const random = rng(42, streamOf(3, PURPOSE.factors));
    const drawn = Float64Array.from({ length: 4 * 2 + 3 * 2 + 5 * 2 }, () => random.uniform32());
    expect([...U.data, ...H.data, ...transpose(V).data]).toEqual([...drawn]);
  });
});
