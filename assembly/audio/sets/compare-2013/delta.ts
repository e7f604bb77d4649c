// Delta regression over ±2 rows of the smoothed contours.
import { reserve } from '../../arena';

const KEPT: usize = reserve(96);

/**
 * Groups A and B: ((y[n+1] − y[n−1]) + 2 (y[n+2] − y[n−2])) / 10; row 0 repeats in front.
 * out: f32x4[count]; y: f32x4[count + 2].
 */
export function delta(out: usize, y: usize, count: i32): void {
  const two = f32x4.splat(2);
  const ten = f32x4.splat(10);
  for (let n = 0; n < count; n++) {
    const here = y + ((<usize>n) << 4);
    const near = f32x4.sub(v128.load(here, 16), v128.load(n > 0 ? here - 16 : y));
    const far = f32x4.sub(v128.load(here, 32), v128.load(n > 1 ? here - 32 : y));
    v128.store(out + ((<usize>n) << 4), f32x4.div(f32x4.add(near, f32x4.mul(two, far)), ten));
  }
}

/**
 * Group Nz, in place: only pairs without a zero count, and all six columns share one divisor, which starts at 10 and
 * grows with every pair, frame by frame, column by column. (So the slopes of a long file fade; the reference has it
 * so.) y: f32[count + 2][8].
 */
export function deltaNz(y: usize, count: i32): void {
  let divisor: f32 = 10;
  for (let n = 0; n < count; n++) {
    const here = y + ((<usize>n) << 5);
    // Rows n − 2, n − 1, n as they were before they were overwritten.
    if (n == 0) {
      memory.copy(KEPT, here, 32);
      memory.copy(KEPT + 32, here, 32);
    } else memory.copy(KEPT, KEPT + 32, 64);
    memory.copy(KEPT + 64, here, 32);
    for (let column: usize = 0; column < 6 << 2; column += 4) {
      let sum: f32 = 0;
      for (let i: usize = 1; i <= 2; i++) {
        const before = load<f32>(KEPT + 64 - (i << 5) + column);
        const after = load<f32>(here + (i << 5) + column);
        if (before == 0 || after == 0) continue;
        sum += <f32>i * (after - before);
        divisor += <f32>(i * i);
      }
      store<f32>(here + column, sum / divisor);
    }
  }
}
