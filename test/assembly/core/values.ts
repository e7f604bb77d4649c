/**
 * Values for tests: a quick generator, apart from the one under test, and the sizes that are swept.
 *
 * @module
 */

/** Uniform numbers in [0, 1) from a seed (Marsaglia's xorshift, 32 bits). */
export function uniforms(seed: number): () => number {
  let x = (seed + 1) * 0x9e3779b1 || 1;
  const next = (): number => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return (x >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 8; i++) next();
  return next;
}

/** `length` f32 values in [low, high). */
export function floats(seed: number, length: number, low = 0, high = 1): Float32Array<ArrayBuffer> {
  const next = uniforms(seed);
  return Float32Array.from({ length }, () => low + (high - low) * next());
}

/** `length` whole numbers in [0, below). */
export function integers(seed: number, length: number, below: number): Int32Array<ArrayBuffer> {
  const next = uniforms(seed);
  return Int32Array.from({ length }, () => Math.floor(next() * below));
}

/** A third of the values, chosen by the seed, become zero. */
export function sparsely(seed: number, values: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  const next = uniforms(seed);
  return values.map((value) => (next() < 1 / 3 ? 0 : value));
}

/** 0 … to. */
export function upTo(to: number): number[] {
  return Array.from({ length: to + 1 }, (_, i) => i);
}

/** Every combination of one entry from each list. */
export function* combinations(...lists: readonly (readonly number[])[]): Generator<number[]> {
  if (lists.length === 0) {
    yield [];
    return;
  }
  const [first, ...rest] = lists;
  for (const value of first) for (const others of combinations(...rest)) yield [value, ...others];
}
