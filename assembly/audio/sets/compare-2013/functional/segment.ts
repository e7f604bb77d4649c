// Segments: the stretches between crossings of two levels (blocks A and B), or of values that
// are not 0 (block F0). Lengths in seconds; at most 100 segments count.
import { reserve } from '../../../arena';
import { leastOf, rangeOf } from './summary';

const MOST: i32 = 100;
const FRAME: f32 = 0.01;

// Lengths in rows, i32[100].
const LENGTHS: usize = reserve(MOST << 2);
let count: i32 = 0;

function add(length: i32): void {
  if (count == MOST) return;
  store<i32>(LENGTHS + ((<usize>count) << 2), length);
  count++;
}

/** meanSegLen, maxSegLen, minSegLen, segLenStddev, `stride` bytes apart; all in f32. */
function statistics(out: usize, stride: usize): void {
  let sum: f32 = 0;
  let longest = 0;
  let shortest = i32.MAX_VALUE;
  for (let i = 0; i < count; i++) {
    const length = load<i32>(LENGTHS + ((<usize>i) << 2));
    sum += <f32>length;
    longest = max(longest, length);
    shortest = min(shortest, length);
  }
  const mean: f32 = count > 0 ? sum / <f32>count : 0;
  let squares: f32 = 0;
  for (let i = 0; i < count; i++) {
    const deviation = <f32>load<i32>(LENGTHS + ((<usize>i) << 2)) - mean;
    squares += deviation * deviation;
  }
  const deviation: f32 = count > 1 ? sqrt<f32>(squares / <f32>count) : 0;
  store<f32>(out, mean * FRAME);
  store<f32>(out + stride, <f32>longest * FRAME);
  store<f32>(out + 2 * stride, count > 0 ? <f32>shortest * FRAME : 0);
  store<f32>(out + 3 * stride, deviation * FRAME);
}

/**
 * Blocks A and B, four contours; writes 4 f32x4. A segment ends where the mean of the last three
 * values crosses 25 % or 75 % of the range, if it is longer than `minimum`. The one behind the last
 * crossing does not count; the first one starts a little before row 0.
 */
export function levelSegments(out: usize, v: usize, n: i32): usize {
  for (let lane = 0; lane < 4; lane++) {
    crossings(v + (lane << 2), n, leastOf(lane), rangeOf(lane));
    statistics(out + (lane << 2), 16);
  }
  return out + 64;
}

function crossings(v: usize, n: i32, least: f32, range: f32): void {
  const lower = least + <f32>0.25 * range;
  const upper = least + <f32>0.75 * range;
  const minimum = max(2, n / 100 - 1);
  let last = -(minimum / 2);
  let window: f32 = 0;
  let before: f32 = 0;
  count = 0;
  for (let i = 0; i < n; i++) {
    const at = v + ((<usize>i) << 4);
    window += load<f32>(at);
    if (i >= 3) window -= load<f32>(at - 48);
    const here = window / <f32>min(i + 1, 3);
    const crossed =
      (here > lower && before <= lower) ||
      (here < lower && before >= lower) ||
      (here > upper && before <= upper) ||
      (here < upper && before >= upper);
    before = here;
    if (crossed && i - last > minimum) {
      add(i - last);
      last = i;
    }
  }
}

/**
 * Block F0, one contour: runs that are not 0, of at least 3 rows, apart by at least 2.
 * out: f32[4]; v: f32, `stride` bytes apart.
 */
export function voicedSegments(out: usize, v: usize, stride: usize, n: i32): void {
  let active = false;
  let candidate = false;
  let start = 0;
  let run = 0;
  let pause = 0;
  count = 0;
  for (let i = 0; i < n; i++) {
    const voiced = load<f32>(v + <usize>i * stride) != 0;
    if (active) {
      if (voiced) pause = 0;
      else {
        run = 0;
        if (++pause >= 2) {
          add(i - 2 - start);
          active = false;
          pause = 0;
        }
      }
    } else if (candidate) {
      if (voiced) {
        pause = 0;
        if (++run >= 3) {
          run = 0;
          active = true;
          candidate = false;
        }
      } else if (++pause >= 2) {
        candidate = false;
        run = 0;
        pause = 0;
      }
    } else if (voiced) {
      candidate = true;
      start = i;
      run++;
    }
  }
  if (active) add(n - (pause + 1) - start);
  statistics(out, 4);
}
