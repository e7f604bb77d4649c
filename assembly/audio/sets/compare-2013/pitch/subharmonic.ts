// Pitch candidates by sub-harmonic summation, and which of them are dropped.
import { exponential } from '../../../../elementary';
import { reserve } from '../../../arena';
import { LOWEST, PER_OCTAVE, POINTS, STEP } from './octave';
import { findVertex, vertexX, vertexY } from '../../../signal/parabola';
import { high, low } from '../../../signal/four-lanes';

export const CANDIDATES: i32 = 6;
/** Bytes of a frame's candidates: how many, i32, and f32[6] each of F0, voicing, score (at 4, 28, 52). */
export const CANDIDATE_BYTES: i32 = 80;
const HARMONICS: i32 = 15;
const COMPRESSION: f32 = 0.85;
const LOWEST_F0: f32 = 52;
const HIGHEST_F0: f32 = 620;

// floor(r log2 h) for h = 2 … 15, in bytes of an f32x4 array, i32[14].
const SHIFTS: usize = shifts();
const SUM: usize = reserve(POINTS << 4);

function shifts(): usize {
  const table = reserve((HARMONICS - 1) << 2);
  for (let h = 2; h <= HARMONICS; h++) {
    const shift = <i32>Math.floor(<f64>(<f32>PER_OCTAVE) * Math.log2(<f64>h));
    store<i32>(table + ((h - 2) << 2), shift << 4);
  }
  return table;
}

/** Candidates of four frames. out: four records of CANDIDATE_BYTES; spectrum: f32x4[513] on the octave axis. */
export function pitchCandidates(out: usize, spectrum: usize): void {
  const zero = f32x4.splat(0);
  const end = spectrum + (POINTS << 4);
  let lo = f64x2.splat(0);
  let hi = f64x2.splat(0);
  // Harmonic by harmonic over the whole axis: the same sum at every point, h = 1 first.
  memory.copy(SUM, spectrum, POINTS << 4);
  let weight: f32 = 1;
  for (let h = 0; h < HARMONICS - 1; h++) {
    weight *= COMPRESSION;
    const factor = f32x4.splat(weight);
    const shift = <usize>load<i32>(SHIFTS + ((<usize>h) << 2));
    for (let at = SUM, from = spectrum + shift; from < end; at += 16, from += 16)
      v128.store(at, f32x4.add(v128.load(at), f32x4.mul(v128.load(from), factor)));
  }
  for (let at = SUM; at < SUM + (POINTS << 4); at += 16) {
    const sum = f32x4.max(f32x4.div(v128.load(at), f32x4.splat(<f32>HARMONICS)), zero);
    v128.store(at, sum);
    lo = f64x2.add(lo, low(sum));
    hi = f64x2.add(hi, high(sum));
  }
  const count = f64x2.splat(<f64>POINTS);
  lo = f64x2.div(lo, count);
  hi = f64x2.div(hi, count);

  memory.fill(out, 0, CANDIDATE_BYTES << 2);
  let before = v128.load(SUM);
  let here = v128.load(SUM, 16);
  for (let i = 1; i < POINTS - 1; i++) {
    const after = v128.load(SUM + ((<usize>i) << 4), 16);
    let peaks = i32x4.bitmask(v128.and(f32x4.gt(here, before), f32x4.gt(here, after)));
    for (let lane = 0; peaks != 0; lane++, peaks >>= 1)
      if (peaks & 1)
        keepBest(out + lane * CANDIDATE_BYTES, i, load<f32>(SUM + ((<usize>i) << 4) + (lane << 2)));
    before = here;
    here = after;
  }
  interpolate(out, 0, f64x2.extract_lane(lo, 0));
  interpolate(out + CANDIDATE_BYTES, 4, f64x2.extract_lane(lo, 1));
  interpolate(out + 2 * CANDIDATE_BYTES, 8, f64x2.extract_lane(hi, 0));
  interpolate(out + 3 * CANDIDATE_BYTES, 12, f64x2.extract_lane(hi, 1));
}

/** Inserts a peak among the six best, behind those as high; its index waits in the place of the F0. */
function keepBest(record: usize, index: i32, score: f32): void {
  let n = load<i32>(record);
  let at = n;
  while (at > 0 && load<f32>(record + ((<usize>at) << 2), 48) < score) at--;
  if (at >= CANDIDATES) return;
  if (n < CANDIDATES) store<i32>(record, ++n);
  for (let i = n - 1; i > at; i--) {
    const to = record + ((<usize>i) << 2);
    store<i32>(to, load<i32>(to), 4);
    store<f32>(to, load<f32>(to, 48), 52);
  }
  store<i32>(record + ((<usize>at) << 2), index, 4);
  store<f32>(record + ((<usize>at) << 2), score, 52);
}

/** A point of the axis as the interpolation sees it: in f32. */
@inline
function axis(i: i32): f64 {
  return <f64>(<f32>LOWEST + <f32>i * <f32>STEP);
}

/** From peak indices to F0, voicing and score; drops those out of range, puts the best first. */
function interpolate(record: usize, lane: usize, mean: f64): void {
  const n = load<i32>(record);
  let kept = 0;
  let best = 0;
  for (let s = 0; s < n; s++) {
    const from = record + ((<usize>s) << 2);
    const i = load<i32>(from, 4);
    const y = SUM + lane + ((<usize>i) << 4);
    findVertex(
      axis(i - 1),
      <f64>load<f32>(y - 16),
      axis(i),
      <f64>load<f32>(y),
      axis(i + 1),
      <f64>load<f32>(y, 16),
    );
    const f0 = <f32>exponential(vertexX * Math.LN2);
    if (f0 < LOWEST_F0 || f0 > HIGHEST_F0) continue;
    const to = record + ((<usize>kept) << 2);
    const voicing = vertexY > 0.0 && vertexY > mean ? <f32>(1.0 - mean / vertexY) : 0;
    store<f32>(to, f0, 4);
    store<f32>(to, voicing, 28);
    store<f32>(to, <f32>vertexY, 52);
    if (<f32>vertexY > load<f32>(record + ((<usize>best) << 2), 52)) best = kept;
    kept++;
  }
  store<i32>(record, kept);
  const unused = (<usize>(CANDIDATES - kept)) << 2;
  for (let field = 4; field <= 52; field += 24) {
    const column = record + field;
    memory.fill(column + ((<usize>kept) << 2), 0, unused);
    const first = load<f32>(column);
    store<f32>(column, load<f32>(column + ((<usize>best) << 2)));
    store<f32>(column + ((<usize>best) << 2), first);
  }
}
