import { describe, expect, test } from 'vitest';
import { random } from '../../../js/core/random.js';
import { readGolden } from '../../reference/golden.js';
import { type Rng, rng } from '../../reference/kernels/random.js';
import { BUILDS, coreOf } from './cores.js';
import { atTheEnd, expectBits, guarded } from './memory.js';
import { upTo } from './values.js';

const golden = readGolden<{
  ref42: number[];
  uniform_seed7: number[];
  shuffle10_seed7: number[];
  below6_seed7: number[];
}>('prng');

const STREAM = 54;
/** Seeds of one and of two words, streams up to the largest. */
const STARTS: [number, number][] = [0, 1, 42, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 53 - 1].flatMap((seed) =>
  [0, 1, 16 * 7 + 3, 2 ** 31 - 1].map((stream): [number, number] => [seed, stream]),
);
const LENGTHS = [...upTo(17), 1000];

describe.each(BUILDS)('random (%s build)', (build) => {
  const core = coreOf(build);
  const { exports: e } = core;

  /** Seeds the generator so that the next word is made from `state`: the initialisation, undone. */
  function startAt(state: bigint): void {
    const MULTIPLIER = 6364136223846793005n;
    // Newton's iteration for the inverse modulo 2^64; the multiplier is its own inverse modulo 8.
    let inverse = MULTIPLIER;
    for (let i = 0; i < 5; i++) inverse = BigInt.asUintN(64, inverse * (2n - MULTIPLIER * inverse));
    const increment = 1n; // stream 0
    const seed = BigInt.asUintN(64, (state - increment) * inverse - increment);
    e.seed(Number(seed & 0xffffffffn), Number(seed >> 32n), 0);
  }

  test('gives the published words of seed 42, stream 54', () => {
    const stream = random(core, 42, STREAM);
    expect(golden.ref42.map(() => stream.next())).toEqual(golden.ref42);
  });

  test('gives the stored uniforms, bounded numbers and shuffle of seed 7, exactly', () => {
    const uniforms = random(core, 7, STREAM);
    expect(golden.uniform_seed7.map(() => uniforms.uniform())).toEqual(golden.uniform_seed7);
    const bounded = random(core, 7, STREAM);
    expect(golden.below6_seed7.map(() => bounded.below(6))).toEqual(golden.below6_seed7);
    const order = Int32Array.from(upTo(9));
    random(core, 7, STREAM).shuffle(order);
    expect([...order]).toEqual(golden.shuffle10_seed7);
    guarded(core, (memory) => {
      const kernel = memory.inout(Int32Array.from(upTo(9)));
      e.seed(7, 0, STREAM);
      e.shuffle(kernel.at, 10);
      expect([...kernel.values]).toEqual(golden.shuffle10_seed7);
    });
  });

  test.each(STARTS)('seed %d, stream %d draws what the twin draws, in turns', (seed, stream) => {
    const mine = random(core, seed, stream);
    const twin = rng(seed, stream);
    for (let i = 0; i < 300; i++) {
      expect(mine.next()).toBe(twin.next32());
      expect(mine.uniform()).toBe(twin.uniform64());
      const n = [1, 2, 3, 6, 1000, 2 ** 31, 3 * 2 ** 30, 2 ** 32 - 1][i % 8];
      expect(mine.below(n)).toBe(twin.below(n));
    }
  });

  test('fillUniform draws the f32 uniforms of the twin, in (0, 1], at every length', () => {
    for (const n of LENGTHS)
      guarded(core, (memory) => {
        const out = memory.output(Float32Array, n, n % 4);
        e.seed(n, 0, 3);
        e.fillUniform(out.at, n);
        const twin = rng(n, 3);
        expectBits(
          out.values,
          Float32Array.from({ length: n }, () => twin.uniform32()),
        );
        expect(e.next() >>> 0).toBe(twin.next32());
      });
  });

  test('100,000 f32 uniforms lie in (0, 1] with the mean and variance of the distribution', () => {
    guarded(core, (memory) => {
      const n = 100_000;
      const out = memory.output(Float32Array, n);
      e.seed(1, 2, 3);
      e.fillUniform(out.at, n);
      const { values } = out;
      let [sum, squares, least, largest] = [0, 0, Infinity, 0];
      for (const u of values) {
        sum += u;
        squares += (u - 0.5) ** 2;
        least = Math.min(least, u);
        largest = Math.max(largest, u);
      }
      expect(least).toBeGreaterThan(0);
      expect(largest).toBeLessThanOrEqual(1);
      // Five standard errors each.
      expect(Math.abs(sum / n - 0.5)).toBeLessThan(5 / Math.sqrt(12 * n));
      expect(Math.abs(squares / n - 1 / 12)).toBeLessThan(5 / Math.sqrt(180 * n));
    });
  });

  test('the word 0 gives the f32 uniform 2^-25, the largest word gives 1', () => {
    for (const [state, word, expected] of [
      [0n, 0, 2 ** -25],
      [0x07fffe0000000000n, 0xffffffff, 1],
    ] as const)
      guarded(core, (memory) => {
        startAt(state);
        expect(e.next() >>> 0).toBe(word);
        startAt(state);
        const out = memory.output(Float32Array, 1);
        e.fillUniform(out.at, 1);
        expect(out.values[0]).toBe(expected);
      });
  });

  test('a bounded draw passes over the words that would favour small numbers', () => {
    const n = 2 ** 32 - 1; // one word, 0, is passed over
    startAt(0n);
    expect(e.next()).toBe(0);
    let word = e.next() >>> 0;
    while (word === 0) word = e.next() >>> 0;
    startAt(0n);
    expect(e.below(n) >>> 0).toBe(word % n);
    startAt(0n);
    expect(e.below(2 ** 31)).toBe(0);
  });

  test('a normal is that of Box and Muller on two uniforms, with the functions of the core', () => {
    const twin = rng(11, 7);
    const mine = random(core, 11, 7);
    const [normals, expected]: [number[], number[]] = [[], []];
    for (let i = 0; i < 2000; i++) {
      const [u1, u2] = [twin.uniform64(), twin.uniform64()];
      expected.push(Math.sqrt(-2 * e.logarithm(1 - u1)) * e.cosine(6.283185307179586 * u2));
      normals.push(mine.normal());
    }
    expect(normals).toEqual(expected);
    const host: Rng = rng(11, 7);
    normals.forEach((z) => expect(Math.abs(z - host.normal())).toBeLessThan(1e-14));
  });

  test('fillNormal draws the same normals, rounded to f32, at every length', () => {
    for (const n of LENGTHS)
      guarded(core, (memory) => {
        const out = memory.output(Float32Array, n, n % 4);
        const stream = random(core, n, 9);
        const expected = Float32Array.from({ length: n }, () => stream.normal());
        const after = stream.next();
        e.seed(n, 0, 9);
        e.fillNormal(out.at, n);
        expectBits(out.values, expected);
        expect(e.next() >>> 0).toBe(after);
      });
  });

  test('the shuffle kernel, the host shuffle and the twin agree and leave the same state', () => {
    for (const n of [...LENGTHS, 4099])
      guarded(core, (memory) => {
        const values = Int32Array.from({ length: n }, (_, i) => 3 * i - n);
        const host = values.slice();
        const stream = random(core, n, 5);
        stream.shuffle(host);
        const after = stream.next();
        const kernel = memory.inout(values, n % 4);
        e.seed(n, 0, 5);
        e.shuffle(kernel.at, n);
        expectBits(kernel.values, host);
        expect(e.next() >>> 0).toBe(after);
        expect([...host]).toEqual(rng(n, 5).shuffle([...values]));
        expect([...host].sort((a, b) => a - b)).toEqual([...values]);
      });
  });

  test('every order of four is shuffled equally often', () => {
    const counts = new Map<string, number>();
    const stream = random(core, 2, 1);
    for (let i = 0; i < 24_000; i++) {
      const order = Int32Array.from([0, 1, 2, 3]);
      stream.shuffle(order);
      counts.set(order.join(''), (counts.get(order.join('')) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(5 * Math.sqrt(1000));
  });

  test('another seed, high seed word or stream gives other numbers', () => {
    const words = (...[low, high, stream]: [number, number, number]): number[] => {
      e.seed(low, high, stream);
      return [e.next(), e.next(), e.next()];
    };
    const first = words(1, 2, 3);
    expect(words(1, 2, 3)).toEqual(first);
    for (const other of [words(2, 2, 3), words(1, 3, 3), words(1, 2, 4), words(2, 1, 3)])
      expect(other).not.toEqual(first);
  });

  test('nothing is written past the end of the memory', () => {
    for (const n of [1, 5, 16])
      atTheEnd(core, (memory) => {
        e.fillUniform(memory.output(Float32Array, n).at, n);
        e.fillNormal(memory.output(Float32Array, n).at, n);
        e.shuffle(memory.inout(Int32Array.from(upTo(n - 1))).at, n);
      });
  });
});
