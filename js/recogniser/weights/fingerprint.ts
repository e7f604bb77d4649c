/**
 * A short fingerprint of a row, by which weights recognise the rows that they were trained on.
 *
 * It is a random projection hash (Charikar 2002): features are dealt out to 32 bits, each with a sign, and a bit tells
 * whether the sum of its scaled features is above 0. The same recording gives the same bits, or nearly, also when its features were rounded or packed; two
 * different recordings rarely agree.
 *
 * @module
 */
import type { Matrix } from '../../data/index.js';
import type { Moments } from '../moments.js';

const BITS = 32;
/** Fingerprints of the same recording differ in at most this many bits. */
const TOLERATED = 1;

/** A hash of feature f: its last five bits name its bit, the sixth its sign. No table, and the same everywhere. */
function dealt(f: number): number {
  let x = Math.imul(f + 1, 0x9e3779b1);
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) & 63;
}

/** Fingerprints of raw rows, scaled by the pool. */
export function fingerprintsOf({ rows, cols: d, data }: Matrix, { mean, variance }: Moments): Uint32Array {
  const factor = Float64Array.from(variance, (v, f) =>
    v <= 1e-18 * mean[f] * mean[f] ? 0 : 1 / Math.sqrt(v),
  );
  const sides = Uint8Array.from({ length: d }, (_, f) => dealt(f));
  const sums = new Float64Array(BITS);
  return Uint32Array.from({ length: rows }, (_, i) => {
    sums.fill(0);
    for (let f = 0, at = i * d; f < d; f++, at++) {
      const z = Math.max(-3, Math.min(3, (data[at] - mean[f]) * factor[f]));
      sums[sides[f] & 31] += sides[f] > 31 ? z : -z;
    }
    let print = 0;
    for (let b = 0; b < BITS; b++) if (sums[b] > 0) print |= 1 << b;
    return print >>> 0;
  });
}

/** How many of the rows are, by their fingerprints, among those known. */
export function countKnown(prints: Uint32Array, known: Uint32Array): number {
  const set = new Set(known);
  let count = 0;
  for (const print of prints) {
    let found = set.has(print);
    for (let b = 0; !found && TOLERATED > 0 && b < BITS; b++) found = set.has((print ^ (1 << b)) >>> 0);
    if (found) count++;
  }
  return count;
}

/** Ascending, as differences of seven bits a byte, the eighth set in all but the last of each. */
export function packPrints(prints: Uint32Array): Uint8Array {
  const bytes: number[] = [];
  let last = 0;
  for (const print of prints.slice().sort()) {
    let difference = print - last;
    last = print;
    for (; difference > 127; difference = Math.floor(difference / 128)) bytes.push((difference % 128) | 128);
    bytes.push(difference);
  }
  return Uint8Array.from(bytes);
}

/** The fingerprints from those bytes; undefined if they are none. */
export function unpackPrints(bytes: Uint8Array): Uint32Array | undefined {
  const prints: number[] = [];
  let last = 0;
  for (let at = 0; at < bytes.length;) {
    let [difference, place] = [0, 1];
    for (let more = true; more; at++) {
      if (at >= bytes.length || place > 2 ** 28) return undefined;
      difference += (bytes[at] & 127) * place;
      place *= 128;
      more = bytes[at] > 127;
    }
    last += difference;
    if (last > 0xffffffff) return undefined;
    prints.push(last);
  }
  return Uint32Array.from(prints);
}
