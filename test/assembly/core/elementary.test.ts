import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Exports } from '../../../js/core/exports.js';
import { BUILDS, coreOf } from './cores.js';
import { uniforms } from './values.js';

/** How many representable numbers b lies from a. */
function ulps(a: number, b: number): number {
  if (a === b) return 0;
  const words = new BigInt64Array(new Float64Array([a, b]).buffer);
  const line = (word: bigint): bigint => (word < 0n ? -(word & 0x7fffffffffffffffn) : word);
  const gap = line(words[0]) - line(words[1]);
  return Number(gap < 0n ? -gap : gap);
}

/** 10,000 inputs: around zero, ordinary values, and finite numbers of every magnitude of the format. */
function inputs(seed: number): number[] {
  const next = uniforms(seed);
  const word = new DataView(new ArrayBuffer(8));
  const list: number[] = [];
  while (list.length < 3000) list.push((next() - 0.5) * 4);
  while (list.length < 7000) list.push((next() - 0.5) * 1500);
  while (list.length < 10_000) {
    word.setUint32(0, next() * 2 ** 32);
    word.setUint32(4, next() * 2 ** 32);
    const value = word.getFloat64(0);
    if (Number.isFinite(value)) list.push(value);
  }
  return list;
}

const X = inputs(1);
type Name = 'exponential' | 'logarithm' | 'sine' | 'cosine' | 'hyperbolicTangent';

/** The kernels on the inputs that they are defined for, beside the host's functions. */
const FUNCTIONS: [Name, (f: Exports, i: number) => number, (i: number) => number][] = [
  ['exponential', (f, i) => f.exponential(X[i]), (i) => Math.exp(X[i])],
  ['logarithm', (f, i) => f.logarithm(Math.abs(X[i])), (i) => Math.log(Math.abs(X[i]))],
  ['sine', (f, i) => f.sine(X[i]), (i) => Math.sin(X[i])],
  ['cosine', (f, i) => f.cosine(X[i]), (i) => Math.cos(X[i])],
  ['hyperbolicTangent', (f, i) => f.hyperbolicTangent(X[i]), (i) => Math.tanh(X[i])],
];

/** SHA-256 of the little-endian f64 results. A new compiler or standard library that changes a bit shows here. */
const PINNED: Record<Name, string> = {
  exponential: '48e5c1bcdb52dd42ca87c71df974718d86e9746ec91d90d3d47c44a8fab94d65',
  logarithm: 'a218991a992931bf43a4af4c518b6f9fb252f0c27829a426336c62a70047ae3b',
  sine: '2e9e7ebb465386e3f6e469540566a05163451e004c29ebd9019e205c341f2d22',
  cosine: '13fa37b5233e1707e8262340996a60a572424d221f6fd5861293c5291a8b2742',
  hyperbolicTangent: '1b29fa44fd6e778a831dbebccd3e4b60b456dfdc50d9588aaa66820395a45930',
};

/** Fixed-point digits of the exact values. */
const BITS = 220n;
const ONE = 1n << BITS;

function wordOf(x: number): bigint {
  return new BigUint64Array(new Float64Array([x]).buffer)[0];
}

function valueOf(word: bigint): number {
  return new Float64Array(new BigUint64Array([word]).buffer)[0];
}

/** |x| in fixed point, exactly. */
function fixed(x: number): bigint {
  const word = wordOf(Math.abs(x));
  const exponent = word >> 52n;
  const mantissa = (word & (2n ** 52n - 1n)) | (exponent > 0n ? 2n ** 52n : 0n);
  const shift = (exponent > 0n ? exponent - 1075n : -1074n) + BITS;
  return shift >= 0n ? mantissa << shift : mantissa >> -shift;
}

/** tanh |x| = (e²ˣ − 1) / (e²ˣ + 1) in fixed point, by the series of e^y − 1 and doubling. */
function exactTanh(x: number): bigint {
  const y = 2n * fixed(x);
  let doublings = 0n;
  while (y >> doublings > ONE >> 8n) doublings++;
  let sum = 0n;
  let term = ONE;
  for (let i = 1n; term > 0n; i++) {
    term = ((term * (y >> doublings)) >> BITS) / i;
    sum += term;
  }
  for (; doublings > 0n; doublings--) sum = 2n * sum + ((sum * sum) >> BITS);
  return (sum << BITS) / (sum + 2n * ONE);
}

describe.each(BUILDS)('elementary (%s build)', (build) => {
  const { exports: e } = coreOf(build);

  test.each(FUNCTIONS.filter(([name]) => name !== 'hyperbolicTangent'))(
    '%s lies within one unit in the last place of the host',
    (_, kernel, host) => {
      for (let i = 0; i < X.length; i++)
        if (!(ulps(kernel(e, i), host(i)) <= 1))
          throw new Error(`at ${X[i]}: the host has ${host(i)}, the kernel ${kernel(e, i)}`);
    },
  );

  // The host is no measure here: the two were seen two units apart, one on either side of the truth.
  test('hyperbolicTangent lies within two units in the last place of the exact value', () => {
    const next = uniforms(3);
    for (let i = 0; i < 3000; i++) {
      const x = 1e-3 + next() * (i % 2 === 0 ? 1 : 18);
      const got = e.hyperbolicTangent(x);
      const below = valueOf(wordOf(got) - 1n);
      const error = fixed(got) - exactTanh(x);
      const unit = fixed(got) - fixed(below);
      if (!((error < 0n ? -error : error) <= 2n * unit)) throw new Error(`at ${x}: got ${got}`);
      expect(e.hyperbolicTangent(-x)).toBe(-got);
    }
  });

  test.each(FUNCTIONS)('%s has its pinned bits on 10,000 inputs', (name, kernel) => {
    const bits = new DataView(new ArrayBuffer(8 * X.length));
    for (let i = 0; i < X.length; i++) bits.setFloat64(8 * i, kernel(e, i), true);
    expect(createHash('sha256').update(bits).digest('hex')).toBe(PINNED[name]);
  });

  test('the ends of the ranges are those of the standard', () => {
    expect(e.exponential(0)).toBe(1);
    expect(e.exponential(-Infinity)).toBe(0);
    expect(e.exponential(710)).toBe(Infinity);
    expect(e.exponential(-746)).toBe(0);
    expect(e.logarithm(1)).toBe(0);
    expect(e.logarithm(0)).toBe(-Infinity);
    expect(e.logarithm(Infinity)).toBe(Infinity);
    expect(e.logarithm(-1)).toBeNaN();
    expect(e.sine(0)).toBe(0);
    expect(e.sine(-0)).toBe(-0);
    expect(e.cosine(0)).toBe(1);
    for (const x of [Infinity, -Infinity, NaN]) {
      expect(e.sine(x)).toBeNaN();
      expect(e.cosine(x)).toBeNaN();
    }
    expect(e.hyperbolicTangent(0)).toBe(0);
    expect(e.hyperbolicTangent(30)).toBe(1);
    expect(e.hyperbolicTangent(-Infinity)).toBe(-1);
  });

  test('sine and cosine keep their digits at arguments as large as 2^1000', () => {
    // The usual touchstone of the reduction: sin and cos of 10^22.
    expect(ulps(e.sine(1e22), -0.8522008497671888)).toBeLessThanOrEqual(1);
    expect(ulps(e.cosine(1e22), 0.5232147853951389)).toBeLessThanOrEqual(1);
    const big = 2 ** 1000;
    expect(Math.abs(e.sine(big) ** 2 + e.cosine(big) ** 2 - 1)).toBeLessThan(1e-15);
  });
});
