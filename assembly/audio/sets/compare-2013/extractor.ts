// From samples to contours: frames of both streams as soon as they are complete, four at a time; pitch as soon as the
// Viterbi smoother has decided it; then jitter. How the samples are cut into pushes changes nothing.
import { bottom, reserve } from '../../arena';
import { auditorySpectrum, bandMean } from './lld/auditory';
import {
  COLUMN_A,
  COLUMN_B,
  COLUMN_NZ,
  COUNT_A,
  COUNT_B,
  COUNT_NZ,
  dropRows,
  resetContours,
  roomFor,
  row,
  storeLanes,
} from './contour';
import { rms } from './lld/energy';
import { magnitudes, PLAN1024, PLAN512, powers } from '../../signal/fft';
import { applyWindow, GAUSS, HAMMING, HOP, LONG, SHORT, takeFrames } from '../../signal/frame';
import { functionals } from './functional/blocks';
import { BACKLOG, jitter, resetJitter } from './pitch/jitter';
import { BANDS, melSpectrum } from './lld/mel';
import { mfcc, scaleEnergies } from './lld/mfcc';
import { octaveSpectrum } from './pitch/octave';
import { rastaSpectrum, resetRasta } from './lld/rasta';
import { smooth, smoothNz } from './smooth';
import { DESCRIPTORS, resetSpectral, spectral } from './lld/spectral';
import { CANDIDATE_BYTES, pitchCandidates } from './pitch/subharmonic';
import {
  decided,
  decidedF0,
  decidedVoicing,
  flushViterbi,
  nextFrame,
  resetViterbi,
  RING,
} from './pitch/viterbi';
import { zeroCrossingRate } from './lld/zcr';

/** Most samples of a push. */
export const PUSH: i32 = 16384;
/** Samples that may wait or be looked back at: 30 undecided frames, four more, a frame, the backlog. */
const HISTORY: i32 = 8192;
/** Frames of the 60 ms stream quieter than this have no pitch. */
const GATE: f32 = 0.001;

const SAMPLES: usize = reserve((HISTORY + PUSH + 2 * LONG) << 2);
const FRAMES: usize = reserve(LONG << 4);
const WINDOWED: usize = reserve(1024 << 4);
const MAGNITUDE: usize = reserve(513 << 4);
const POWER: usize = reserve(257 << 4);
const ENERGIES: usize = reserve(BANDS << 4);
const AUDITORY: usize = reserve(BANDS << 4);
const OCTAVES: usize = reserve(513 << 4);
const RECORDS: usize = reserve(CANDIDATE_BYTES << 2);
const GATE_ENERGY: usize = reserve(RING << 2);
// Columns of groups A and B of four frames, in the order of a row.
const VALUES: usize = reserve((<usize>(COLUMN_B + COUNT_B)) << 4);

/** Index of the first sample in the buffer, and samples received. */
let buffered: i32 = 0;
let received: i32 = 0;
/** Frames done in the 20 ms stream, the 60 ms stream, and with pitch and jitter. */
let shorts: i32 = 0;
let longs: i32 = 0;
let settled: i32 = 0;
/** Frames decided before the end of the input; −1 before it. */
let K: i32 = -1;
let finished: bool = false;

/** Starts a new signal; contours lie behind `above` bytes of other use. */
export function begin(above: usize): void {
  buffered = 0;
  received = 0;
  shorts = 0;
  longs = 0;
  settled = 0;
  taken = 0;
  K = -1;
  finished = false;
  resetContours((bottom() + above + 15) & ~15);
  resetRasta();
  resetSpectral();
  resetViterbi();
  resetJitter();
}

/** Address of sample n. */
@inline
function sample(n: i32): usize {
  return SAMPLES + ((<usize>(n - buffered)) << 2);
}

/** Where to write the next samples, f32, at most PUSH of them; then {@link push}. */
export function input(): usize {
  const keep = max(HOP * settled - BACKLOG, 0);
  if (keep > buffered) {
    memory.copy(SAMPLES, sample(keep), (<usize>(received - keep)) << 2);
    buffered = keep;
  }
  return sample(received);
}

/** Takes the `count` samples just written; false if there is no memory for their contours. */
export function push(count: i32): bool {
  assert(0 <= count && count <= PUSH && !finished);
  received += count;
  if (received >= SHORT && !roomFor((received - SHORT) / HOP + 2)) return false;
  while (HOP * (shorts + 3) + SHORT <= received) shortFrames(4);
  while (HOP * (longs + 3) + LONG <= received) longFrames(4);
  return true;
}

/**
 * End of the signal: the frames left, the pitch that waits, and the rows behind the last ones.
 * Returns the number of rows (frames of the 60 ms stream), 0 if the signal is shorter than one.
 */
export function finish(): i32 {
  assert(!finished);
  finished = true;
  if (received < LONG) return 0;
  const M20 = (received - SHORT) / HOP + 1;
  const M60 = (received - LONG) / HOP + 1;
  if (shorts < M20) shortFrames(M20 - shorts);
  if (longs < M60) longFrames(M60 - longs);
  K = decided();
  flushViterbi();
  settle();
  const zcr = COLUMN_A + 3;
  store<f32>(row(M60) + (zcr << 2), load<f32>(row(M60 - 1) + (zcr << 2)));
  memory.copy(row(M20) + (COLUMN_B << 2), row(M20 - 1) + (COLUMN_B << 2), COUNT_B << 2);
  return M60;
}

/** The 6373 functionals of the finished signal, f32; 0 if there is no memory for them. */
export function features(): usize {
  assert(finished);
  return functionals(shorts, longs, K);
}

/** The next `count` ≤ 4 frames of the 20 ms stream. */
function shortFrames(count: i32): void {
  assert(0 < count && count <= 4);
  takeFrames(FRAMES, sample(HOP * shorts), SHORT);
  applyWindow(WINDOWED, FRAMES, HAMMING, SHORT, 512);
  magnitudes(MAGNITUDE, WINDOWED, PLAN512);
  powers(POWER, MAGNITUDE, 257);
  melSpectrum(ENERGIES, POWER);
  auditorySpectrum(AUDITORY, ENERGIES);
  const rasta = VALUES + (COLUMN_B << 4);
  rastaSpectrum(rasta, ENERGIES, count);
  v128.store(VALUES, bandMean(AUDITORY));
  v128.store(VALUES, bandMean(rasta), 16);
  v128.store(VALUES, rms(FRAMES, SHORT), 32);
  const descriptors = rasta + (BANDS << 4);
  spectral(descriptors, MAGNITUDE, POWER, count);
  scaleEnergies(ENERGIES, ENERGIES);
  mfcc(descriptors + (DESCRIPTORS << 4), ENERGIES);
  storeLanes(shorts, count, COLUMN_A, VALUES, 3);
  storeLanes(shorts, count, COLUMN_B, rasta, COUNT_B);
  shorts += count;
}

/** The next `count` ≤ 4 frames of the 60 ms stream. */
function longFrames(count: i32): void {
  assert(0 < count && count <= 4);
  takeFrames(FRAMES, sample(HOP * longs), LONG);
  v128.store(VALUES, zeroCrossingRate(FRAMES, LONG));
  storeLanes(longs, count, COLUMN_A + 3, VALUES, 1);
  applyWindow(WINDOWED, FRAMES, GAUSS, LONG, 1024);
  v128.store(VALUES, rms(WINDOWED, LONG));
  magnitudes(MAGNITUDE, WINDOWED, PLAN1024);
  octaveSpectrum(OCTAVES, MAGNITUDE);
  pitchCandidates(RECORDS, OCTAVES);
  for (let lane = 0; lane < count; lane++, longs++) {
    store<f32>(GATE_ENERGY + ((longs & (RING - 1)) << 2), load<f32>(VALUES + (lane << 2)));
    nextFrame(RECORDS + lane * CANDIDATE_BYTES);
    settle();
  }
}

/** Pitch and jitter of the frames decided since. */
function settle(): void {
  for (const end = decided(); settled < end; settled++) {
    const to = row(settled) + (COLUMN_NZ << 2);
    const loud = load<f32>(GATE_ENERGY + ((settled & (RING - 1)) << 2)) > GATE;
    const f0 = loud ? decidedF0(settled) : 0;
    store<f32>(to, f0);
    store<f32>(to, loud ? decidedVoicing(settled) : 0, 4);
    jitter(to + 8, sample(HOP * settled), f0);
  }
}

/** Columns of the low-level descriptors, and rows that are handed out at a time. */
export const LLD: i32 = COUNT_NZ + COUNT_A + COUNT_B;
const BATCH: i32 = 64;
const LLD_ROWS: usize = reserve((BATCH * LLD) << 2);
const SMOOTHED: usize = reserve(BATCH << 5);
let taken: i32 = 0;

/**
 * Smoothed descriptors in the order of the reference (Nz, A, B), f32[rows][65], for the rows that have
 * become complete; they are dropped from the store. Returns the number of rows, at most 64; 0 when
 * no further row is complete.
 */
export function takeLld(): i32 {
  const ready = finished ? longs : max(settled - 1, 0);
  const count = min(ready - taken, BATCH);
  if (count <= 0) return 0;
  smoothNz(SMOOTHED, taken, count, K, finished ? longs : settled);
  for (let n = 0; n < count; n++)
    memory.copy(LLD_ROWS + ((n * LLD) << 2), SMOOTHED + (n << 5), COUNT_NZ << 2);
  for (let i = 0; i < COUNT_A + COUNT_B; i += 4) {
    smooth(SMOOTHED, COLUMN_A + i, taken, count);
    const lanes = min(COUNT_A + COUNT_B - i, 4);
    for (let n = 0; n < count; n++)
      memory.copy(LLD_ROWS + ((n * LLD + COUNT_NZ + i) << 2), SMOOTHED + (n << 4), lanes << 2);
  }
  taken += count;
  dropRows(taken - 1);
  return count;
}

/** Where {@link takeLld} leaves its rows. */
export function lldRows(): usize {
  return LLD_ROWS;
}
