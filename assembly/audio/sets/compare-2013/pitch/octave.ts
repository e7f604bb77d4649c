// The octave-scaled spectrum: peaks of the 60 ms magnitude spectrum kept and smoothed, then
// resampled by a natural cubic spline to 513 points equidistant in log2 of the frequency between
// 25 Hz and 8000 Hz, and weighted towards the higher ones.
import { reserve } from '../../../arena';
import { high, low, narrow } from '../../../signal/four-lanes';

/** Points of the log axis, and bins of the spectrum it is made from. */
export const POINTS: i32 = 513;
const LAST: i32 = POINTS - 1;
const SPACING: f64 = 15.625;

/**
 * The axis: u(i) = LOWEST + i STEP, in octaves above 1 Hz. It starts a hair above log2 25 =
 * 4.643856189775: the value was fitted to the reference spectra, of which it reproduces all but 5 of
 * 338 067 points bit for bit, also where it enters the weights.
 */
export const LOWEST: f64 = 4.643856258299;
export const STEP: f64 = (Math.log2(8000.0) - LOWEST) / <f64>LAST;
/** Points per octave. */
export const PER_OCTAVE: f64 = <f64>POINTS / (Math.log2(8000.0) - LOWEST);

/*
 * The spline's tridiagonal system depends on the axis only, so its elimination is done once:
 *   FORWARD   f64[513][4]: per inner knot i, factors of a(i−1), a(i), a(i+1) in the right hand side
 *             (divided by the pivot already), and of the value eliminated before
 *   BACKWARD  f64[513]: factor of the next second derivative
 *   READ      per point: byte offset of its interval, i32, and f32 padding; then f64[4]: factors of
 *             a(i), a(i+1) and their second derivatives
 */
const FORWARD: usize = reserve(POINTS << 5);
const BACKWARD: usize = reserve(POINTS << 3);
const INTERVAL: usize = reserve(POINTS << 2);
const READ: usize = spline();
const WEIGHTS: usize = weights();

// Working space: enhanced peaks as f32x4, smoothed values and second derivatives as pairs of f64x2.
const PEAKS: usize = reserve((POINTS + 4) << 4);
const NEAR: usize = reserve((POINTS + 4) << 4);
const VALUES: usize = reserve(POINTS << 5);
const CURVATURE: usize = reserve(POINTS << 5);

/** Knot i of the linear axis, in octaves. */
function knot(i: i32): f64 {
  return i > 0 ? Math.log2(SPACING * <f64>i) : 2.0 * knot(1) - knot(2);
}

function spline(): usize {
  for (let i = 1; i < LAST; i++) {
    const t0 = knot(i - 1);
    const t1 = knot(i);
    const t2 = knot(i + 1);
    const sigma = (t1 - t0) / (t2 - t0);
    const pivot = sigma * load<f64>(BACKWARD + ((i - 1) << 3)) + 2.0;
    store<f64>(BACKWARD + (i << 3), (sigma - 1.0) / pivot);
    const scale = 6.0 / ((t2 - t0) * pivot);
    const at = FORWARD + (i << 5);
    store<f64>(at, scale / (t1 - t0));
    store<f64>(at, -scale / (t2 - t1) - scale / (t1 - t0), 8);
    store<f64>(at, scale / (t2 - t1), 16);
    store<f64>(at, sigma / pivot, 24);
  }
  const read = reserve(POINTS << 5);
  let i = 0;
  for (let n = 0; n < POINTS; n++) {
    const u = min(LOWEST + <f64>n * STEP, knot(LAST));
    while (i < LAST - 1 && knot(i + 1) <= u) i++;
    const width = knot(i + 1) - knot(i);
    const a = (knot(i + 1) - u) / width;
    const b = (u - knot(i)) / width;
    store<i32>(INTERVAL + (n << 2), i << 5);
    const at = read + (n << 5);
    store<f64>(at, a);
    store<f64>(at, b, 8);
    store<f64>(at, ((a * a * a - a) * width * width) / 6.0, 16);
    store<f64>(at, ((b * b * b - b) * width * width) / 6.0, 24);
  }
  return read;
}

/** ½ + atan(3 (i + 1 − s)/r)/π, s = r log2(65/50) − 1, f64[513]. */
function weights(): usize {
  const table = reserve(POINTS << 3);
  const s = PER_OCTAVE * Math.log2(65.0 / 50.0) - 1.0;
  for (let i = 0; i < POINTS; i++)
    store<f64>(table + (i << 3), 0.5 + Math.atan((3.0 * (<f64>(i + 1) - s)) / PER_OCTAVE) / Math.PI);
  return table;
}

/** out, magnitude: f32x4[513] of four frames. */
export function octaveSpectrum(out: usize, magnitude: usize): void {
  enhancePeaks(magnitude);
  smoothPeaks();
  curvature();
  for (let n = 0; n < POINTS; n++) {
    const factor = READ + ((<usize>n) << 5);
    const left = load<i32>(INTERVAL + ((<usize>n) << 2));
    const v = VALUES + left;
    const c = CURVATURE + left;
    const w = v128.load64_splat(WEIGHTS + ((<usize>n) << 3));
    const lo = readSpline(v, c, factor);
    const hi = readSpline(v + 16, c + 16, factor);
    const value = narrow(lo, hi);
    const weighted = narrow(f64x2.mul(low(value), w), f64x2.mul(high(value), w));
    v128.store(out + ((<usize>n) << 4), v128.and(weighted, f32x4.gt(value, f32x4.splat(0))));
  }
}

/** The spline at one point: the line between two knots, and its bend. */
@inline
function readSpline(v: usize, c: usize, factor: usize): v128 {
  const line = f64x2.add(
    f64x2.mul(v128.load64_splat(factor), v128.load(v)),
    f64x2.mul(v128.load64_splat(factor, 8), v128.load(v, 32)),
  );
  const bend = f64x2.add(
    f64x2.mul(v128.load64_splat(factor, 16), v128.load(c)),
    f64x2.mul(v128.load64_splat(factor, 24), v128.load(c, 32)),
  );
  return f64x2.add(line, bend);
}

/**
 * PEAKS ← magnitudes with everything between two neighbouring maxima set to 0 but the two bins beside each. Bins
 * before the first and behind the last maximum stay; if there is one maximum only, all from bin 3 on goes.
 */
function enhancePeaks(magnitude: usize): void {
  const one = i32x4.splat(1);
  let count = i32x4.splat(0);
  let firstAt = i32x4.splat(POINTS);
  let lastAt = i32x4.splat(-1);
  // NEAR[i + 2] is the mask "bin i is a maximum", with two empty entries at either end.
  let before = f32x4.splat(-1);
  let here = v128.load(magnitude);
  for (let i = 0; i <= LAST; i++) {
    const after = i < LAST ? v128.load(magnitude + ((<usize>i) << 4), 16) : f32x4.splat(-1);
    const falls = i > 0 ? f32x4.ge(here, after) : f32x4.gt(here, after);
    const maximum = v128.and(f32x4.gt(here, before), falls);
    v128.store(NEAR + ((<usize>i) << 4), maximum, 32);
    const at = i32x4.splat(i);
    count = i32x4.add(count, v128.and(maximum, one));
    firstAt = i32x4.min_s(firstAt, v128.bitselect(at, firstAt, maximum));
    lastAt = v128.bitselect(at, lastAt, maximum);
    before = here;
    here = after;
  }
  const single = i32x4.eq(count, one);
  for (let i = 0; i <= LAST; i++) {
    const near = NEAR + ((<usize>i) << 4);
    const close = v128.or(
      v128.or(v128.load(near), v128.load(near, 16)),
      v128.or(v128.load(near, 32), v128.or(v128.load(near, 48), v128.load(near, 64))),
    );
    const at = i32x4.splat(i);
    const between = v128.and(i32x4.gt_s(at, firstAt), i32x4.lt_s(at, lastAt));
    let gone = v128.andnot(between, close);
    if (i >= 3) gone = v128.or(gone, single);
    v128.store(PEAKS + ((<usize>i) << 4), v128.andnot(v128.load(magnitude + ((<usize>i) << 4)), gone));
  }
}

/** VALUES ← PEAKS weighted ¼ ½ ¼ (½ ¼ at bin 0, the last bin as it is), in f64. */
function smoothPeaks(): void {
  const two = f64x2.splat(2);
  const quarter = f64x2.splat(0.25);
  let here = v128.load(PEAKS);
  let before_lo = f64x2.splat(0);
  let before_hi = before_lo;
  let here_lo = low(here);
  let here_hi = high(here);
  for (let i = 0; i < LAST; i++) {
    here = v128.load(PEAKS + ((<usize>i) << 4), 16);
    const after_lo = low(here);
    const after_hi = high(here);
    const lo = f64x2.add(f64x2.add(before_lo, f64x2.mul(two, here_lo)), after_lo);
    const hi = f64x2.add(f64x2.add(before_hi, f64x2.mul(two, here_hi)), after_hi);
    v128.store(VALUES + ((<usize>i) << 5), f64x2.mul(quarter, lo));
    v128.store(VALUES + ((<usize>i) << 5), f64x2.mul(quarter, hi), 16);
    before_lo = here_lo;
    before_hi = here_hi;
    here_lo = after_lo;
    here_hi = after_hi;
  }
  v128.store(VALUES + ((<usize>LAST) << 5), here_lo);
  v128.store(VALUES + ((<usize>LAST) << 5), here_hi, 16);
}

/** CURVATURE ← second derivatives of the natural spline through VALUES; 0 at both ends. */
function curvature(): void {
  let u_lo = f64x2.splat(0);
  let u_hi = u_lo;
  v128.store(CURVATURE, u_lo);
  v128.store(CURVATURE, u_hi, 16);
  for (let i = 1; i < LAST; i++) {
    const factor = FORWARD + ((<usize>i) << 5);
    const v = VALUES + ((<usize>i) << 5);
    const f0 = v128.load64_splat(factor);
    const f1 = v128.load64_splat(factor, 8);
    const f2 = v128.load64_splat(factor, 16);
    const f3 = v128.load64_splat(factor, 24);
    const rhs_lo = f64x2.add(
      f64x2.add(f64x2.mul(f0, v128.load(v - 32)), f64x2.mul(f1, v128.load(v))),
      f64x2.mul(f2, v128.load(v, 32)),
    );
    const rhs_hi = f64x2.add(
      f64x2.add(f64x2.mul(f0, v128.load(v - 16)), f64x2.mul(f1, v128.load(v, 16))),
      f64x2.mul(f2, v128.load(v, 48)),
    );
    u_lo = f64x2.sub(rhs_lo, f64x2.mul(f3, u_lo));
    u_hi = f64x2.sub(rhs_hi, f64x2.mul(f3, u_hi));
    v128.store(CURVATURE + ((<usize>i) << 5), u_lo);
    v128.store(CURVATURE + ((<usize>i) << 5), u_hi, 16);
  }
  let c_lo = f64x2.splat(0);
  let c_hi = c_lo;
  v128.store(CURVATURE + ((<usize>LAST) << 5), c_lo);
  v128.store(CURVATURE + ((<usize>LAST) << 5), c_hi, 16);
  for (let i = LAST - 1; i > 0; i--) {
    const at = CURVATURE + ((<usize>i) << 5);
    const f = v128.load64_splat(BACKWARD + ((<usize>i) << 3));
    c_lo = f64x2.add(f64x2.mul(f, c_lo), v128.load(at));
    c_hi = f64x2.add(f64x2.mul(f, c_hi), v128.load(at, 16));
    v128.store(at, c_lo);
    v128.store(at, c_hi, 16);
  }
}
