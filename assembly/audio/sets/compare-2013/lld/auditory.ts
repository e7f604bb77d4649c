// The auditory spectrum: mel energies under the equal-loudness curve, to the power 0.33.
import { exponential, logarithm } from '../../../../elementary';
import { reserve } from '../../../arena';
import { BANDS, CORNERS, inverseMel } from './mel';

/** Floor of a band energy, here and in rasta.ts. */
export const FLOOR: f32 = 9.3e-10;
/** Compression to loudness. */
export const LOUDNESS: f32 = 0.33;
/** Equal-loudness weight at the centre of each band, f32[26]. */
export const EQUAL_LOUDNESS: usize = equalLoudness();

function equalLoudness(): usize {
  const table = reserve(BANDS << 2);
  for (let b = 0; b < BANDS; b++) {
    const w = 2.0 * Math.PI * inverseMel(<f64>load<f32>(CORNERS + ((b + 1) << 2)));
    const w2 = w * w;
    const below = w2 + 6.3e6;
    const q =
      (1e32 * (w2 + 56.8e6) * w2 * w2) / (below * below * (w2 + 0.38e9) * (w2 * w2 * w2 * w + 1.7e31));
    store<f32>(table + (b << 2), <f32>q);
  }
  return table;
}

/** out, energies: f32x4[26]. */
export function auditorySpectrum(out: usize, energies: usize): void {
  for (let b = 0; b < BANDS; b++) {
    const q = load<f32>(EQUAL_LOUDNESS + (b << 2));
    for (let at = (<usize>b) << 4, end = at + 16; at < end; at += 4) {
      const e = max(load<f32>(energies + at), FLOOR) * q;
      store<f32>(out + at, <f32>exponential(<f64>LOUDNESS * logarithm(<f64>e)));
    }
  }
}

/** The mean of the 26 bands (named a length-normalised L1 norm), f32 running sum; bands: f32x4[26]. */
export function bandMean(bands: usize): v128 {
  let sum = f32x4.splat(0);
  for (let b = 0; b < BANDS; b++) sum = f32x4.add(sum, v128.load(bands + ((<usize>b) << 4)));
  return f32x4.div(sum, f32x4.splat(<f32>BANDS));
}
