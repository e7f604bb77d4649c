// Extremes of four contours: range, and the relative places of the first maximum and minimum.
import { greatest, least, range } from './summary';

/** Writes 3 f32x4: range, maxPos, minPos. */
export function extremes(out: usize, v: usize, n: i32): usize {
  const highest = greatest();
  const lowest = least();
  let atHighest = i32x4.splat(n);
  let atLowest = i32x4.splat(n);
  for (let i = 0; i < n; i++) {
    const x = v128.load(v + ((<usize>i) << 4));
    const at = i32x4.splat(i);
    atHighest = i32x4.min_s(atHighest, v128.bitselect(at, atHighest, f32x4.eq(x, highest)));
    atLowest = i32x4.min_s(atLowest, v128.bitselect(at, atLowest, f32x4.eq(x, lowest)));
  }
  const N = f32x4.splat(<f32>n);
  v128.store(out, range());
  v128.store(out, f32x4.div(f32x4.convert_i32x4_s(atHighest), N), 16);
  v128.store(out, f32x4.div(f32x4.convert_i32x4_s(atLowest), N), 32);
  return out + 48;
}
