// Root mean square of four frames: each square in f32, the sum in f64, in time order.
import { high, low, narrow } from '../../../signal/four-lanes';

/** sqrt(Σ x² / width) in f32x4; frames: f32x4[width]. */
export function rms(frames: usize, width: i32): v128 {
  let lo = f64x2.splat(0);
  let hi = f64x2.splat(0);
  for (let i = 0; i < width; i++) {
    const x = v128.load(frames + ((<usize>i) << 4));
    const square = f32x4.mul(x, x);
    lo = f64x2.add(lo, low(square));
    hi = f64x2.add(hi, high(square));
  }
  const w = f64x2.splat(<f64>width);
  return narrow(f64x2.sqrt(f64x2.div(lo, w)), f64x2.sqrt(f64x2.div(hi, w)));
}
