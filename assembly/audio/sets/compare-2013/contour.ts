// Contours: the 65 low-level descriptors of every frame before smoothing, one row a frame, kept while
// they are needed. 27 kB hold a second of audio.
//
// Columns of a row (f32[68]):
//   0 … 3    group A: auditory spectrum mean, its RASTA mean, RMS energy, zero crossing rate
//   4 … 58   group B: 26 RASTA bands, 15 spectral descriptors, 14 MFCC
//   60 … 65  group Nz: F0, voicing, jitterLocal, jitterDDP, shimmerLocal, logHNR
import { bottom, reach } from '../../arena';
import { BANDS } from './lld/mel';
import { COEFFICIENTS } from './lld/mfcc';
import { DESCRIPTORS } from './lld/spectral';

export const ROW: usize = 68 << 2;
export const COLUMN_A: i32 = 0;
export const COLUMN_B: i32 = 4;
export const COLUMN_NZ: i32 = 60;
export const COUNT_A: i32 = 4;
export const COUNT_B: i32 = BANDS + DESCRIPTORS + COEFFICIENTS;
export const COUNT_NZ: i32 = 6;

/** Rows made room for at a time beyond what is needed. */
const SPARE: i32 = 1024;

let start: usize = 0;
let first: i32 = 0;
let end: i32 = 0;

/** Starts an empty store at `at`, 16-byte aligned; everything behind it belongs to the store. */
export function resetContours(at: usize): void {
  assert(at >= bottom() && (at & 15) == 0);
  start = at;
  first = 0;
  end = 0;
}

/** Makes room for rows up to `count`; false if there is no memory. New rows are zero. */
export function roomFor(count: i32): bool {
  if (count <= end) return true;
  if (!reach(start + <usize>(count + SPARE - first) * ROW)) return false;
  memory.fill(row(end), 0, <usize>(count - end) * ROW);
  end = count;
  return true;
}

/** Address of row n, which must be kept still. */
@inline
export function row(n: i32): usize {
  return start + <usize>(n - first) * ROW;
}

export function dropRows(n: i32): void {
  if (n <= first) return;
  memory.copy(start, row(n), <usize>(end - n) * ROW);
  first = n;
}

/** First address behind the rows, 16-byte aligned. */
export function behindRows(): usize {
  return start + <usize>(end - first) * ROW;
}

/** Stores `count` columns of four frames, n …, as far as they exist; values: f32x4[count]. */
export function storeLanes(n: i32, frames: i32, column: i32, values: usize, count: i32): void {
  assert(first <= n && n + frames <= end && (<usize>(column + count)) << 2 <= ROW);
  for (let lane = 0; lane < frames; lane++) {
    const to = row(n + lane) + (column << 2);
    const from = values + (lane << 2);
    for (let i = 0; i < count; i++) store<f32>(to + (i << 2), load<f32>(from + (i << 4)));
  }
}
