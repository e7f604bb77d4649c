/**
 * random: PCG32 (XSH-RR 64/32, O'Neill 2014) in 64-bit integers, and every draw that the product makes.
 *
 * @module
 */
import { type Dense, dense, tabulate, transpose } from './dense.js';

const MULTIPLIER = 6364136223846793005n;
const MASK = (1n << 64n) - 1n;

/** What a stream is for: `stream = 16 * trial + purpose` (formats.md §2). */
export const PURPOSE = {
  factors: 0,
  svm: 1,
  networkWeights: 2,
  networkSampling: 3,
  miniBatches: 4,
  folds: 5,
  bootstrap: 6,
  examples: 7,
} as const;

/** A generator and its state; every method advances it. */
export interface Rng {
  /** The next 32-bit word, in [0, 2^32). */
  next32(): number;
  /** A float32 in (0, 1], one draw: f32(((word >>> 8) + 0.5) 2^-24). Never 0. */
  uniform32(): number;
  /** A float64 in [0, 1) of 53 bits, two draws, the high word first. */
  uniform64(): number;
  /** A whole number in [0, n) without bias: words below 2^32 mod n are drawn again. */
  below(n: number): number;
  /** Forward Fisher–Yates, in place: swap a[i] with a[i + below(len - i)]. Returns `a`. */
  shuffle<T>(a: T[]): T[];
  /** 0 … n-1, shuffled. */
  permutation(n: number): number[];
  /** A standard normal float64 by Box–Muller from u1, u2: sqrt(-2 ln(1-u1)) cos(2 pi u2). Four draws. */
  normal(): number;
}

/** The stream of a trial's purpose. */
export function streamOf(trial: number, purpose: number): number {
  return 16 * trial + purpose;
}

/** The standard initialisation with initstate = `seed`, initseq = `stream` (whole numbers below 2^64). */
export function rng(seed: number | bigint, stream: number | bigint): Rng {
  const increment = ((BigInt(stream) << 1n) | 1n) & MASK;
  let state = 0n;
  const step = (): void => {
    state = (state * MULTIPLIER + increment) & MASK;
  };
  step();
  state = (state + BigInt(seed)) & MASK;
  step();

  const next32 = (): number => {
    const old = state;
    step();
    const word = Number((((old >> 18n) ^ old) >> 27n) & 0xffffffffn);
    const turn = Number(old >> 59n);
    return ((word >>> turn) | (word << (-turn & 31))) >>> 0;
  };

  const uniform32 = (): number => Math.fround(((next32() >>> 8) + 0.5) * 2 ** -24);

  const uniform64 = (): number => {
    const high = next32() >>> 5;
    const low = next32() >>> 6;
    return (high * 2 ** 26 + low) * 2 ** -53;
  };

  const below = (n: number): number => {
    const threshold = 2 ** 32 % n;
    for (;;) {
      const word = next32();
      if (word >= threshold) return word % n;
    }
  };

  const shuffle = <T>(a: T[]): T[] => {
    for (let i = 0; i < a.length; i++) {
      const j = i + below(a.length - i);
      [a[i], a[j]] = [a[j], a[i]];
    }
    return a;
  };

  const permutation = (n: number): number[] => shuffle(Array.from({ length: n }, (_, i) => i));

  const normal = (): number => {
    const u1 = uniform64();
    const u2 = uniform64();
    return Math.sqrt(-2 * Math.log(1 - u1)) * Math.cos(2 * Math.PI * u2);
  };

  return { next32, uniform32, uniform64, below, shuffle, permutation, normal };
}

/**
 * The starting factors of a trial: float32 uniforms in (0, 1] in memory order U (d x r), H (c x r, also
 * when beta = 0), codes (N x r). V is the transpose of the codes.
 */
export function initialFactors(
  seed: number | bigint,
  trial: number,
  d: number,
  N: number,
  r: number,
  c: number,
): { U: Dense; H: Dense; V: Dense } {
  const random = rng(seed, streamOf(trial, PURPOSE.factors));
  const U = tabulate(d, r, () => random.uniform32());
  const H = tabulate(c, r, () => random.uniform32());
  const codes = tabulate(N, r, () => random.uniform32());
  return { U, H, V: transpose(codes) };
}

/** A matrix of float64 uniforms in [0, 1), row by row. */
export function uniformMatrix(random: Rng, rows: number, cols: number): Dense {
  return dense(
    rows,
    cols,
    Array.from({ length: rows * cols }, () => random.uniform64()),
  );
}
