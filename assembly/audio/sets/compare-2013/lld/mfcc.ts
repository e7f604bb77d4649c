// MFCC 1 … 14: cosine transform of the log mel spectrum of the signal in 16-bit units,
// liftered with Q = 22. No 0th coefficient, no mean subtraction.
import { reserve } from '../../../arena';
import { BANDS } from './mel';

export const COEFFICIENTS: i32 = 14;
/** Power of full scale in 16-bit units. */
const SCALE: f32 = 32767.0 * 32767.0;

// cos(πi(b + ½)/26), f32[14][26]; sqrt(2/26) (1 + 11 sin(πi/22)), f32[14]; log energies, f32x4[26].
const COSINES: usize = cosines();
const LIFTER: usize = lifter();
const LOGS: usize = reserve(BANDS << 4);

function cosines(): usize {
  const table = reserve((COEFFICIENTS * BANDS) << 2);
  let at = table;
  for (let i = 1; i <= COEFFICIENTS; i++)
    for (let b = 0; b < BANDS; b++, at += 4)
      store<f32>(at, <f32>Math.cos((Math.PI * <f64>i * (<f64>b + 0.5)) / <f64>BANDS));
  return table;
}

function lifter(): usize {
  const table = reserve(COEFFICIENTS << 2);
  const scale = <f32>Math.sqrt(2.0 / <f64>BANDS);
  for (let i = 1; i <= COEFFICIENTS; i++)
    store<f32>(table + ((i - 1) << 2), scale * <f32>(1.0 + 11.0 * Math.sin((Math.PI * <f64>i) / 22.0)));
  return table;
}

/** melspecMfcc: the energies in 16-bit units; out, energies: f32x4[26]. */
export function scaleEnergies(out: usize, energies: usize): void {
  const scale = f32x4.splat(SCALE);
  for (let at: usize = 0; at < (<usize>BANDS) << 4; at += 16)
    v128.store(out + at, f32x4.mul(v128.load(energies + at), scale));
}

/** out: f32x4[14]; energies: f32x4[26] in 16-bit units. */
export function mfcc(out: usize, energies: usize): void {
  for (let at: usize = 0; at < (<usize>BANDS) << 4; at += 4)
    store<f32>(LOGS + at, Mathf.log(max(load<f32>(energies + at), <f32>1)));
  let cosine = COSINES;
  for (let i = 0; i < COEFFICIENTS; i++) {
    let sum = f32x4.splat(0);
    for (let b = 0; b < BANDS; b++, cosine += 4)
      sum = f32x4.add(sum, f32x4.mul(v128.load(LOGS + ((<usize>b) << 4)), v128.load32_splat(cosine)));
    v128.store(out + ((<usize>i) << 4), f32x4.mul(sum, v128.load32_splat(LIFTER + ((<usize>i) << 2))));
  }
}
