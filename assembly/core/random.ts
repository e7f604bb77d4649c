// random — PCG32 (XSH-RR 64/32, O'Neill 2014), the one generator of the project.
//
// There is one state. Whoever uses it seeds it and draws all that is needed before anybody else draws, or saves the
// state (`suspend`) and continues later (`resume`). So streams never mix. A stream is 16·trial + purpose (formats.md,
// Seeds and streams; the purposes are in js/core/random.ts).
import { counts } from '../operands';
import { cosine, logarithm } from './elementary';

const MULTIPLIER: u64 = 6364136223846793005;

let state: u64 = 0;
let increment: u64 = 1;

/** Standard initialisation with initstate = seedHigh·2³² + seedLow and initseq = stream. */
export function seed(seedLow: u32, seedHigh: u32, stream: u32): void {
  increment = ((<u64>stream) << 1) | 1;
  state = 0;
  next();
  state += ((<u64>seedHigh) << 32) | (<u64>seedLow);
  next();
}

/** Saves the state of the generator at `at` (u64[2]). */
export function suspend(at: usize): void {
  store<u64>(at, state);
  store<u64>(at, increment, 8);
}

/** Continues from a state that `suspend` saved. */
export function resume(at: usize): void {
  state = load<u64>(at);
  increment = load<u64>(at, 8);
}

/** 32 uniform bits. */
export function next(): u32 {
  const old = state;
  state = old * MULTIPLIER + increment;
  return rotr<u32>(<u32>(((old >> 18) ^ old) >> 27), <u32>(old >> 59));
}

/** A whole number in [0, n), without bias: draws below 2³² mod n are rejected. n ≥ 1. */
export function below(n: u32): u32 {
  assert(n > 0);
  const least: u32 = (0 - n) % n;
  let x = next();
  while (x < least) x = next();
  return x % n;
}

/** f64 uniform in [0, 1) with 53 bits: the high word is drawn first. */
export function uniform(): f64 {
  const high = <f64>(next() >>> 5);
  const low = <f64>(next() >>> 6);
  return (high * 67108864.0 + low) * (1.0 / 9007199254740992.0);
}

/** Standard normal by Box and Muller. Of the two values of that method only one is used: a draw takes two uniforms. */
export function normal(): f64 {
  const u = uniform();
  const v = uniform();
  return sqrt<f64>(-2.0 * logarithm(1.0 - u)) * cosine(6.283185307179586 * v);
}

/** n values, f32 uniform in (0, 1]. */
export function fillUniform(x: usize, n: i32): void {
  assert(counts(n));
  for (const end = x + ((<usize>n) << 2); x < end; x += 4)
    store<f32>(x, <f32>((<f64>(next() >>> 8) + 0.5) * (1.0 / 16777216.0)));
}

/** n values, f32 standard normal. */
export function fillNormal(x: usize, n: i32): void {
  assert(counts(n));
  for (const end = x + ((<usize>n) << 2); x < end; x += 4) store<f32>(x, <f32>normal());
}

/** Forward Fisher–Yates over n 32-bit values: swaps x[i] with x[i + below(n − i)]. */
export function shuffle(x: usize, n: i32): void {
  assert(counts(n));
  for (let i = 0; i < n - 1; i++) {
    const a = x + ((<usize>i) << 2);
    const b = a + ((<usize>below(<u32>(n - i))) << 2);
    const t = load<u32>(a);
    store<u32>(a, load<u32>(b));
    store<u32>(b, t);
  }
}
