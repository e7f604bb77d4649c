// The mel filter bank: 26 triangles, linear in mel(f) = 1127 log(1 + f/700), between 20 Hz and
// 8000 Hz, peak 1, over the FFT bins 2 … 255.
import { exponential, logarithm } from '../../../../elementary';
import { reserve } from '../../../arena';

export const BANDS: i32 = 26;

/** The 28 corner points in mel, f32: band b rises from c(b) to c(b+1) and falls to c(b+2). */
export const CORNERS: usize = corners();

// g(k), f32[256]; and first bin of each of the 27 stretches between corners, i32[28].
const RISE: usize = reserve(256 << 2);
const FIRST: usize = weights();

export function mel(f: f64): f64 {
  return 1127.0 * logarithm(1.0 + f / 700.0);
}

export function inverseMel(m: f64): f64 {
  return 700.0 * (exponential(m / 1127.0) - 1.0);
}

function corners(): usize {
  const table = reserve((BANDS + 2) << 2);
  const lo = <f32>mel(20);
  const step = (<f32>mel(8000) - lo) / <f32>(BANDS + 1);
  for (let j = 0; j < BANDS + 2; j++) store<f32>(table + (j << 2), lo + <f32>j * step);
  return table;
}

function weights(): usize {
  const first = reserve((BANDS + 2) << 2);
  let j = 0;
  store<i32>(first, 2);
  for (let k = 2; k < 256; k++) {
    const m = <f32>mel(31.25 * <f64>k);
    while (m > load<f32>(CORNERS + ((j + 1) << 2))) {
      j++;
      store<i32>(first + (j << 2), k);
    }
    const upper = load<f32>(CORNERS + ((j + 1) << 2));
    store<f32>(RISE + (k << 2), (upper - m) / (upper - load<f32>(CORNERS + (j << 2))));
  }
  for (j++; j < BANDS + 2; j++) store<i32>(first + (j << 2), 256);
  return first;
}

/**
 * Band energies of four frames. Between corners j and j+1 the share g P falls to band j−1 and the rest P − g P to
 * band j; f32 running sums over increasing bins. out: f32x4[26]; power: f32x4[257].
 */
export function melSpectrum(out: usize, power: usize): void {
  const zero = f32x4.splat(0);
  let falling = zero;
  for (let j = 0; j <= BANDS; j++) {
    let rising = zero;
    const end = load<i32>(FIRST + ((j + 1) << 2));
    for (let k = load<i32>(FIRST + (j << 2)); k < end; k++) {
      const p = v128.load(power + ((<usize>k) << 4));
      const t = f32x4.mul(p, v128.load32_splat(RISE + ((<usize>k) << 2)));
      falling = f32x4.add(falling, t);
      rising = f32x4.add(rising, f32x4.sub(p, t));
    }
    if (j > 0) v128.store(out + ((<usize>(j - 1)) << 4), falling);
    falling = rising;
  }
}
