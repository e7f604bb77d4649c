// The RASTA-filtered auditory spectrum: each band's log energy passes a band-pass of 1–29 Hz
// along time, then equal loudness and compression. The filter runs in transposed form on f32 states;
// in the first five frames its recursion is off and its output is 0.
import { logarithm } from '../../../../elementary';
import { reserve } from '../../../arena';
import { EQUAL_LOUDNESS, FLOOR, LOUDNESS } from './auditory';
import { BANDS } from './mel';

const P: f32 = <f32>(1.0 - Math.sin(2.0 * Math.PI * 0.01));
const C: f64 = <f64>(<f32>Math.cos(2.0 * Math.PI * 29.0 * 0.01));
const NU: f64 = Math.sqrt(10.0 * (32.0 * C * C + 8.0));
const H0: f32 = <f32>(2.0 / NU);
const H1: f32 = <f32>((-4.0 * C) / NU);
const WARM_UP: i32 = 5;

// log of the equal-loudness weights, f32[26]; filter states s0 … s3, f32[26][4].
const LOG_LOUDNESS: usize = logLoudness();
const STATES: usize = reserve(BANDS << 4);
let frame: i32 = 0;

function logLoudness(): usize {
  const table = reserve(BANDS << 2);
  for (let b = 0; b < BANDS; b++)
    store<f32>(table + (b << 2), <f32>logarithm(<f64>load<f32>(EQUAL_LOUDNESS + (b << 2))));
  return table;
}

export function resetRasta(): void {
  memory.fill(STATES, 0, BANDS << 4);
  frame = 0;
}

/** The next `count` ≤ 4 frames; out, energies: f32x4[26], lanes behind `count` stay as they are. */
export function rastaSpectrum(out: usize, energies: usize, count: i32): void {
  assert(0 < count && count <= 4);
  for (let lane = 0; lane < count; lane++, frame++)
    for (let b = 0; b < BANDS; b++) {
      const at = ((<usize>b) << 4) + ((<usize>lane) << 2);
      const state = STATES + ((<usize>b) << 4);
      const u = Mathf.log(max(load<f32>(energies + at), FLOOR));
      let y = H0 * u + load<f32>(state);
      const ahead = H1 * u + load<f32>(state, 4);
      store<f32>(state, frame < WARM_UP ? ahead : ahead + P * y);
      store<f32>(state, load<f32>(state, 8), 4);
      store<f32>(state, -H1 * u + load<f32>(state, 12), 8);
      store<f32>(state, -H0 * u, 12);
      if (frame < WARM_UP) y = 0;
      const loudness = LOUDNESS * (y + load<f32>(LOG_LOUDNESS + ((<usize>b) << 2)));
      store<f32>(out + at, Mathf.exp(loudness));
    }
}
