// The 6373 functionals in the order of js/data/feature-sets/compare-2013.ts, and which rows each block reads.
//
// Contours are computed four at a time, one a lane. Those of group Nz are computed one at a time, in lane 0: without
// their zeros they have different lengths. Each family of functionals appends to RESULT (f32x4 each); then the lanes
// are copied to their places in the feature vector.
import { reach, reserve } from '../../../arena';
import { behindRows, COLUMN_A, COLUMN_B, COUNT_A, COUNT_B, COUNT_NZ } from '../contour';
import { delta, deltaNz } from '../delta';
import { smooth, smoothNz } from '../smooth';
import { extremes } from './extremes';
import { linearPrediction } from './lpc';
import { arithmeticMean, flatness, positiveMean, quadraticMean } from './mean';
import { moments } from './moment';
import { peaks } from './peak';
import { percentiles, sort } from './percentile';
import { regression } from './regression';
import { levelSegments, voicedSegments } from './segment';
import { summarize } from './summary';
import { times } from './time';

export const FEATURES: i32 = 6373;
const PER_LEVEL: i32 = 31;
const PER_NZ: i32 = 39;
const PER_F0: i32 = 5;
const PER_LLD: i32 = 23;
const PER_DELTA: i32 = 15;

// Where the blocks begin.
const BLOCK_A: i32 = 0;
const BLOCK_B: i32 = BLOCK_A + 2 * COUNT_A * PER_LEVEL;
const BLOCK_NZ: i32 = BLOCK_B + 2 * COUNT_B * PER_LEVEL;
const BLOCK_F0: i32 = BLOCK_NZ + 2 * COUNT_NZ * PER_NZ;
const BLOCK_LLD: i32 = BLOCK_F0 + PER_F0;
const BLOCK_DELTA: i32 = BLOCK_LLD + (COUNT_A + COUNT_B) * PER_LLD;

const VECTOR: usize = reserve(FEATURES << 2);
const RESULT: usize = reserve(PER_NZ << 4);

/**
 * All functionals of the contours in store: f32[6373]; 0 if there is no memory for the working space.
 * M20, M60: frames of the two streams; K: pitch frames decided before the end of the input.
 */
export function functionals(M20: i32, M60: i32, K: i32): usize {
  assert(M20 >= M60 && M60 > 0 && K <= M60);
  const room = (<usize>(M20 + 4)) << 4;
  const y = behindRows();
  if (!reach(y + 4 * room)) return 0;
  for (let i = 0; i < COUNT_A; i += 4)
    group(y, room, COLUMN_A + i, COUNT_A - i, M60, M60, BLOCK_A + i * PER_LEVEL, COUNT_A, i);
  for (let i = 0; i < COUNT_B; i += 4)
    group(y, room, COLUMN_B + i, COUNT_B - i, M20, M60, BLOCK_B + i * PER_LEVEL, COUNT_B, COUNT_A + i);
  nonZero(y, room, max(K, 1), M60);
  return VECTOR;
}

/**
 * Four contours of group A or B: blocks A or B, LLD and Delta.
 * lanes: how many of the four exist; rows: of the contour; at, pitch: place of the first contour in its
 * block, and how many contours its deltas are behind it; order: its number among the 59.
 */
function group(
  y: usize,
  room: usize,
  column: i32,
  lanes: i32,
  rows: i32,
  M60: i32,
  at: i32,
  pitch: i32,
  order: i32,
): void {
  const d = y + room;
  const scratch = d + room;
  const n = max(rows - 2, 1);
  smooth(y, column, 0, rows);
  // Only inputs of one or two frames read these.
  repeatLast(y, rows, 16);
  delta(d, y, n);
  levelBlock(y, n, scratch);
  deal(at, PER_LEVEL, lanes);
  levelBlock(d, n, scratch);
  deal(at + pitch * PER_LEVEL, PER_LEVEL, lanes);

  summarize(y, M60);
  let to = arithmeticMean(RESULT);
  to = flatness(to, y, M60);
  to = quadraticMean(to, y, M60);
  to = peaks(to, y, M60, scratch);
  regression(to, y, M60);
  deal(BLOCK_LLD + order * PER_LLD, PER_LLD, lanes);

  const m = max(M60 - 2, 1);
  summarize(d, m);
  to = flatness(RESULT, d, m);
  to = positiveMean(to, d, m);
  to = quadraticMean(to, d, m);
  peaks(to, d, m, scratch);
  deal(BLOCK_DELTA + order * PER_DELTA, PER_DELTA, lanes);
}

function levelBlock(v: usize, n: i32, scratch: usize): void {
  summarize(v, n);
  let to = extremes(RESULT, v, n);
  to = sortedPercentiles(to, v, n, scratch);
  to = moments(to, v, n);
  to = levelSegments(to, v, n);
  to = times(to, v, n);
  linearPrediction(to, v, n);
}

function sortedPercentiles(out: usize, v: usize, n: i32, scratch: usize): usize {
  memory.copy(scratch, v, (<usize>n) << 4);
  sort(scratch, n);
  return percentiles(out, scratch, n);
}

function nonZero(y: usize, room: usize, K: i32, M60: i32): void {
  const v = y + 2 * room;
  const scratch = v + room;
  const n = max(K - 2, 1);
  smoothNz(y, 0, K, K, M60);
  repeatLast(y, K, 32);

  let voiced = 0;
  for (let i = 0; i < K; i++) if (load<f32>(y + ((<usize>i) << 5)) != 0) voiced++;
  store<f32>(VECTOR + (BLOCK_F0 << 2), <f32>voiced / <f32>K);
  voicedSegments(VECTOR + ((BLOCK_F0 + 1) << 2), y, 32, K);

  for (let i = 0; i < COUNT_NZ; i++) nonZeroBlock(BLOCK_NZ + i * PER_NZ, y + (i << 2), n, v, scratch);
  deltaNz(y, n);
  for (let i = 0; i < COUNT_NZ; i++)
    nonZeroBlock(BLOCK_NZ + (COUNT_NZ + i) * PER_NZ, y + (i << 2), n, v, scratch);
}

/** The 39 functionals of one contour of group Nz (32 bytes a row) without its zeros. */
function nonZeroBlock(at: i32, contour: usize, rows: i32, v: usize, scratch: usize): void {
  let n = 0;
  for (let i = 0; i < rows; i++) {
    const x = load<f32>(contour + ((<usize>i) << 5));
    if (x == 0) continue;
    v128.store(v + ((<usize>n) << 4), f32x4.replace_lane(f32x4.splat(0), 0, x));
    n++;
  }
  if (n == 0) {
    memory.fill(VECTOR + (at << 2), 0, PER_NZ << 2);
    return;
  }
  summarize(v, n);
  let to = arithmeticMean(RESULT);
  to = flatness(to, v, n);
  to = positiveMean(to, v, n);
  to = quadraticMean(to, v, n);
  to = extremes(to, v, n);
  to = regression(to, v, n);
  to = sortedPercentiles(to, v, n, scratch);
  to = moments(to, v, n);
  to = times(to, v, n);
  linearPrediction(to, v, n);
  deal(at, PER_NZ, 1);
}

/** Two more rows behind the last, equal to it. */
function repeatLast(v: usize, rows: i32, bytes: usize): void {
  const end = v + <usize>rows * bytes;
  memory.copy(end, end - bytes, bytes);
  memory.copy(end + bytes, end - bytes, bytes);
}

/** Copies RESULT to the feature vector, lane after lane. */
function deal(at: i32, count: i32, lanes: i32): void {
  for (let lane = 0; lane < min(lanes, 4); lane++)
    for (let i = 0; i < count; i++)
      store<f32>(VECTOR + ((at + lane * count + i) << 2), load<f32>(RESULT + (i << 4) + (lane << 2)));
}
