/**
 * An order of rows that follows from what they hold, not from where they stand. Sums over rows in this order are the
 * same to the last bit however a table was sorted.
 *
 * @module
 */
import type { Matrix } from '../data/index.js';

/**
 * The rows of X, ascending by a hash of their bits, then by the bits themselves, then by the text beside them. Rows
 * that are equal in all of that are interchangeable.
 *
 * @param beside what else tells rows apart (speaker, known emotion), a text a row
 */
export function contentOrder({ rows, cols, data }: Matrix, beside: readonly string[]): Int32Array {
  // A copy, since the view of 32-bit words needs an aligned start, and −0 must equal 0.
  const copy = data.slice();
  for (let at = 0; at < copy.length; at++) copy[at] += 0;
  const bits = new Uint32Array(copy.buffer);
  const hashes = Uint32Array.from({ length: rows }, (_, i) => {
    let hash = 0x811c9dc5;
    for (let at = i * cols, end = at + cols; at < end; at++)
      hash = Math.imul(hash ^ bits[at], 0x01000193) ^ (hash >>> 15);
    return hash >>> 0;
  });
  return Int32Array.from({ length: rows }, (_, i) => i).sort((a, b) => {
    if (hashes[a] !== hashes[b]) return hashes[a] - hashes[b];
    for (let f = 0; f < cols; f++) {
      const [x, y] = [bits[a * cols + f], bits[b * cols + f]];
      if (x !== y) return x - y;
    }
    return beside[a] < beside[b] ? -1 : beside[a] > beside[b] ? 1 : 0;
  });
}
