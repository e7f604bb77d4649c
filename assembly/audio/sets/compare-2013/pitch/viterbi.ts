// Viterbi smoothing of the pitch candidates. A frame has seven states: its six candidates, and
// unvoiced. Frames are decided as soon as all seven paths agree on them, so the decisions come up to
// 30 frames late; at the end of the input the cheapest path decides the rest.
import { logarithm } from '../../../../elementary';
import { reserve } from '../../../arena';
import { CANDIDATES, CANDIDATE_BYTES } from './subharmonic';

const STATES: i32 = CANDIDATES + 1;
const UNVOICED: i32 = CANDIDATES;
/** Frames that may wait for a decision. */
const BUFFER: i32 = 30;
/** Slots of the rings below, a power of two above BUFFER. */
export const RING: i32 = 32;
const VOICED: f32 = 0.7;

// Path costs f64[7] now and before; states u8[7][32] by frame & 31 now and before; candidates and
// decided states of the last 32 frames.
let costs: usize = reserve(64);
let costsBefore: usize = reserve(64);
let paths: usize = reserve(STATES * RING);
let pathsBefore: usize = reserve(STATES * RING);
const RECORDS: usize = reserve(RING * CANDIDATE_BYTES);
const DECIDED: usize = reserve(RING);

let seen: i32 = 0;
/** Frames decided: all below this number. */
let known: i32 = 0;
/** The one change of log F0 that all transitions share. */
let change: f64 = 1;

export function resetViterbi(): void {
  seen = 0;
  known = 0;
  change = 1;
}

export function decided(): i32 {
  return known;
}

/** F0 in Hz that was decided for frame n, 0 if unvoiced; one of the last 32 frames. */
export function decidedF0(n: i32): f32 {
  const state = load<u8>(DECIDED + (n & (RING - 1)));
  return state == UNVOICED ? 0 : load<f32>(record(n) + ((<usize>state) << 2), 4);
}

/** Voicing of the candidate decided for frame n, of candidate 0 if unvoiced. */
export function decidedVoicing(n: i32): f32 {
  const state = load<u8>(DECIDED + (n & (RING - 1)));
  return load<f32>(record(n) + (state == UNVOICED ? 0 : (<usize>state) << 2), 28);
}

/** Candidates of frame n. */
@inline
function record(n: i32): usize {
  return RECORDS + (n & (RING - 1)) * CANDIDATE_BYTES;
}

/** Cost of F0 by its range alone. */
function rangeCost(f: f64): f64 {
  if (f <= 0.0) return 2.0;
  if (f < 100.0) return 1.0 - f / 100.0;
  if (f < 350.0) return 0.0;
  if (f < 600.0) return (f - 350.0) / 250.0;
  return 1.2;
}

/** Cost of state s in the frame of `at`. */
function localCost(at: usize, s: i32): f64 {
  if (s == UNVOICED) {
    for (let i = 0; i < CANDIDATES; i++) if (load<f32>(at + (i << 2), 28) >= VOICED) return 8.0;
    return 0.0;
  }
  const v = load<f32>(at + (s << 2), 28);
  const pv = min(max(<f64>v, 0.01), 1.0);
  const low = pv < <f64>VOICED ? 4.0 : 0.0;
  return 2.0 * (-logarithm(pv) + low) + rangeCost(<f64>load<f32>(at + (s << 2), 4));
}

/** Cost of going from state j of the frame before to state i; updates the shared change. */
function transitionCost(before: usize, j: i32, at: usize, i: i32): f64 {
  if (i == UNVOICED || j == UNVOICED) {
    if (i == j) return 1.0;
    change = 0;
    return 10.0;
  }
  const to = load<f32>(at + (i << 2), 4);
  const from = load<f32>(before + (j << 2), 4);
  if (to == 0 || from == 0) return 999.0;
  const r = logarithm(<f64>(to / from));
  const cost = 10.0 * Math.abs(r) + 10.0 * Math.abs(r - change);
  change = r;
  return cost;
}

/** The next frame; candidates: a record of subharmonic.ts. */
export function nextFrame(candidates: usize): void {
  const n = seen++;
  const at = record(n);
  memory.copy(at, candidates, CANDIDATE_BYTES);
  let swap = costs;
  costs = costsBefore;
  costsBefore = swap;
  swap = paths;
  paths = pathsBefore;
  pathsBefore = swap;

  const slot = n & (RING - 1);
  for (let i = 0; i < STATES; i++) {
    let best = 0;
    let cheapest = 0.0;
    if (n > 0) {
      cheapest = Infinity;
      const before = record(n - 1);
      for (let j = 0; j < STATES; j++) {
        const cost = load<f64>(costsBefore + (j << 3)) + transitionCost(before, j, at, i);
        if (cost < cheapest) {
          cheapest = cost;
          best = j;
        }
      }
    }
    store<f64>(costs + (i << 3), cheapest + localCost(at, i));
    memory.copy(paths + i * RING, pathsBefore + best * RING, RING);
    store<u8>(paths + i * RING + slot, <u8>i);
  }

  if (n + 2 - known > BUFFER) decide(cheapestPath());
  else while (known < n && agreed()) decide(0);
}

/** End of the input: decides everything that waits. */
export function flushViterbi(): void {
  const path = cheapestPath();
  while (known < seen) decide(path);
}

function cheapestPath(): i32 {
  let best = 0;
  for (let i = 1; i < STATES; i++) if (load<f64>(costs + (i << 3)) < load<f64>(costs + (best << 3))) best = i;
  return best;
}

/** Whether all paths have the same state at the first frame that waits. */
function agreed(): bool {
  const slot = known & (RING - 1);
  const state = load<u8>(paths + slot);
  for (let i = 1; i < STATES; i++) if (load<u8>(paths + i * RING + slot) != state) return false;
  return true;
}

function decide(path: i32): void {
  const slot = known++ & (RING - 1);
  store<u8>(DECIDED + slot, load<u8>(paths + path * RING + slot));
}
