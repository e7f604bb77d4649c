// Extremes, range and mean of four contours, which the families of functionals share.
import { reserve } from '../../../arena';
import { high, low, narrow } from '../../../signal/four-lanes';

/** f32x4[4]: least, greatest, range, mean. */
export const SUMMARY: usize = reserve(64);

/** Smallest value of each contour. */
@inline
export function least(): v128 {
  return v128.load(SUMMARY);
}

/** Largest value of each contour. */
@inline
export function greatest(): v128 {
  return v128.load(SUMMARY, 16);
}

/** Their difference. */
@inline
export function range(): v128 {
  return v128.load(SUMMARY, 32);
}
/** f64 sum / N, rounded to f32. */
@inline
export function mean(): v128 {
  return v128.load(SUMMARY, 48);
}

/** Mean and range of one lane. */
@inline
export function meanOf(lane: i32): f32 {
  return load<f32>(SUMMARY + ((<usize>lane) << 2), 48);
}

/** Range of one lane. */
@inline
export function rangeOf(lane: i32): f32 {
  return load<f32>(SUMMARY + ((<usize>lane) << 2), 32);
}

/** Smallest value of one lane. */
@inline
export function leastOf(lane: i32): f32 {
  return load<f32>(SUMMARY + ((<usize>lane) << 2));
}

/** v: f32x4[n], n ≥ 1. */
export function summarize(v: usize, n: i32): void {
  assert(n > 0);
  let lowest = v128.load(v);
  let highest = lowest;
  let lo = f64x2.splat(0);
  let hi = f64x2.splat(0);
  for (const end = v + ((<usize>n) << 4); v < end; v += 16) {
    const x = v128.load(v);
    lowest = f32x4.pmin(lowest, x);
    highest = f32x4.pmax(highest, x);
    lo = f64x2.add(lo, low(x));
    hi = f64x2.add(hi, high(x));
  }
  const N = f64x2.splat(<f64>n);
  v128.store(SUMMARY, lowest);
  v128.store(SUMMARY, highest, 16);
  v128.store(SUMMARY, f32x4.sub(highest, lowest), 32);
  v128.store(SUMMARY, narrow(f64x2.div(lo, N), f64x2.div(hi, N)), 48);
}
