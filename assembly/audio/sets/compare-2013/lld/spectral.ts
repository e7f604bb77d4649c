// The fifteen spectral descriptors of four frames of the 20 ms stream, over the bins
// k = 1 … 256 at f(k) = 31.25 k Hz: two band energies, four roll-off points, flux, centroid, entropy,
// variance, skewness, kurtosis, slope, sharpness, harmonicity.
//
// f64 sums in bin order unless said otherwise.
import { exponential, logarithm } from '../../../../elementary';
import { reserve } from '../../../arena';
import { high, low, narrow } from '../../../signal/four-lanes';

export const DESCRIPTORS: i32 = 15;
const BINS: i32 = 256;
const SPACING: f64 = 31.25;

// Σ f(k) and B Σ f(k)² − (Σ f(k))², for the slope.
const SUM_F: f64 = (SPACING * <f64>(BINS * (BINS + 1))) / 2.0;
const SUM_F2: f64 = (SPACING * SPACING * <f64>(BINS * (BINS + 1) * (2 * BINS + 1))) / 6.0;
const SLOPE_DIVISOR: f64 = <f64>BINS * SUM_F2 - SUM_F * SUM_F;

// z g(z) of each bin, f64[257]; running energies, pairs of f64x2 [257]; last frame, f32[257].
const SHARPNESS: usize = sharpness();
const ENERGY: usize = reserve((BINS + 1) << 5);
const PREVIOUS: usize = reserve(((BINS + 1) << 2) + 16);
let first: bool = true;

function bark(f: f64): f64 {
  const z = 26.81 / (1.0 + 1960.0 / f) - 0.53;
  return z < 2.0 ? 0.85 * z + 0.3 : z > 20.1 ? 1.22 * z - 0.22 * 20.1 : z;
}

function sharpness(): usize {
  const table = reserve((BINS + 1) << 3);
  for (let k = 1; k <= BINS; k++) {
    const z = bark(SPACING * <f64>k);
    const g = z <= 16.0 ? 1.0 : 1.0 + exponential(1.5849625 * logarithm((z - 16.0) / 4.0));
    store<f64>(table + (k << 3), z * g);
  }
  return table;
}

export function resetSpectral(): void {
  first = true;
}

/** The next `count` ≤ 4 frames; out: f32x4[15]; magnitude, power: f32x4[257]. */
export function spectral(out: usize, magnitude: usize, power: usize, count: i32): void {
  assert(0 < count && count <= 4);
  flux(out + (6 << 4), magnitude, count);

  const one = f64x2.splat(1);
  let E_lo = f64x2.splat(0);
  let E_hi = f64x2.splat(0);
  let fP_lo = f64x2.splat(0);
  let fP_hi = f64x2.splat(0);
  let sharp = f32x4.splat(0);
  for (let k = 1; k <= BINS; k++) {
    const p = v128.load(power + ((<usize>k) << 4));
    const lo = low(p);
    const hi = high(p);
    const f = f64x2.splat(SPACING * <f64>k);
    E_lo = f64x2.add(E_lo, lo);
    E_hi = f64x2.add(E_hi, hi);
    v128.store(ENERGY + ((<usize>k) << 5), E_lo);
    v128.store(ENERGY + ((<usize>k) << 5), E_hi, 16);
    fP_lo = f64x2.add(fP_lo, f64x2.mul(f, lo));
    fP_hi = f64x2.add(fP_hi, f64x2.mul(f, hi));
    // Weight in f64, product and sum in f32.
    const z = v128.load64_splat(SHARPNESS + ((<usize>k) << 3));
    sharp = f32x4.add(sharp, narrow(f64x2.mul(lo, z), f64x2.mul(hi, z)));
  }
  v128.store(out, band(power, 8, 20, 0.8));
  v128.store(out, band(power, 32, 128, 1.0), 16);
  rollOff(out + (2 << 4));

  // A silent frame has E = 0: divide by 1 and take the zero above the line.
  const none_lo = f64x2.eq(E_lo, f64x2.splat(0));
  const none_hi = f64x2.eq(E_hi, f64x2.splat(0));
  const D_lo = v128.bitselect(one, E_lo, none_lo);
  const D_hi = v128.bitselect(one, E_hi, none_hi);
  const centroid = narrow(f64x2.div(fP_lo, D_lo), f64x2.div(fP_hi, D_hi));
  v128.store(out, centroid, 7 << 4);
  v128.store(out, entropy(power, E_lo, E_hi), 8 << 4);
  moments(out + (9 << 4), power, low(centroid), high(centroid), D_lo, D_hi);
  v128.store(out, narrow(slope(fP_lo, E_lo), slope(fP_hi, E_hi)), 12 << 4);

  const ratio = narrow(f64x2.div(low(sharp), D_lo), f64x2.div(high(sharp), D_hi));
  const scale = f64x2.splat(0.11);
  v128.store(out, narrow(f64x2.mul(low(ratio), scale), f64x2.mul(high(ratio), scale)), 13 << 4);
  v128.store(out, harmonicity(power), 14 << 4);
}

/** (Σ P[k], k = from … to, the last one weighted) / 256. */
function band(power: usize, from: i32, to: i32, last: f64): v128 {
  let lo = f64x2.splat(0);
  let hi = f64x2.splat(0);
  for (let k = from; k < to; k++) {
    const p = v128.load(power + ((<usize>k) << 4));
    lo = f64x2.add(lo, low(p));
    hi = f64x2.add(hi, high(p));
  }
  const p = v128.load(power + ((<usize>to) << 4));
  const weight = f64x2.splat(last);
  lo = f64x2.add(lo, f64x2.mul(weight, low(p)));
  hi = f64x2.add(hi, f64x2.mul(weight, high(p)));
  const bins = f64x2.splat(<f64>BINS);
  return narrow(f64x2.div(lo, bins), f64x2.div(hi, bins));
}

/** The lowest f(k) at which the running energy reaches 25, 50, 75, 90 % of all; out: f32x4[4]. */
function rollOff(out: usize): void {
  for (let lane: usize = 0; lane < 4; lane++) {
    const energy = ENERGY + (lane << 3);
    const all = load<f64>(energy + (BINS << 5));
    for (let q = 0; q < 4; q++) {
      const share = (q == 3 ? 0.9 : 0.25 * <f64>(q + 1)) * all;
      let k = 1;
      for (let reach = BINS >> 1; reach > 0; reach >>= 1)
        if (load<f64>(energy + ((<usize>(k + reach - 1)) << 5)) < share) k += reach;
      store<f32>(out + ((<usize>q) << 4) + (lane << 2), <f32>(SPACING * <f64>k));
    }
  }
}

/** sqrt(Σ (X[k] − X of the frame before)² / 256); 0 in the first frame of a signal. */
function flux(out: usize, magnitude: usize, count: i32): void {
  let lo = f64x2.splat(0);
  let hi = f64x2.splat(0);
  for (let k = 1; k <= BINS; k++) {
    const before = PREVIOUS + ((<usize>k) << 2);
    const x = v128.load(magnitude + ((<usize>k) << 4));
    const w = v128.shuffle<i32>(v128.load32_splat(before), x, 0, 4, 5, 6);
    store<f32>(before, load<f32>(magnitude + ((<usize>k) << 4) + ((<usize>(count - 1)) << 2)));
    const d_lo = f64x2.sub(low(x), low(w));
    const d_hi = f64x2.sub(high(x), high(w));
    lo = f64x2.add(lo, f64x2.mul(d_lo, d_lo));
    hi = f64x2.add(hi, f64x2.mul(d_hi, d_hi));
  }
  const bins = f64x2.splat(<f64>BINS);
  let result = narrow(f64x2.sqrt(f64x2.div(lo, bins)), f64x2.sqrt(f64x2.div(hi, bins)));
  if (first) result = f32x4.replace_lane(result, 0, 0);
  first = false;
  v128.store(out, result);
}

/** −Σ v/D log2(v/D), v = max(P, 1e-7), D = max(E, 1e-7 in f32). */
function entropy(power: usize, E_lo: v128, E_hi: v128): v128 {
  const least = f64x2.splat(<f64>(<f32>1e-7));
  return narrow(entropyOfTwo(power, f64x2.max(E_lo, least)), entropyOfTwo(power + 8, f64x2.max(E_hi, least)));
}

function entropyOfTwo(power: usize, D: v128): v128 {
  const D0 = f64x2.extract_lane(D, 0);
  const D1 = f64x2.extract_lane(D, 1);
  let H0 = 0.0;
  let H1 = 0.0;
  for (let k = 1; k <= BINS; k++) {
    const at = power + ((<usize>k) << 4);
    const p0 = max(<f64>load<f32>(at), 1e-7) / D0;
    const p1 = max(<f64>load<f32>(at, 4), 1e-7) / D1;
    H0 += p0 * Math.log2(p0);
    H1 += p1 * Math.log2(p1);
  }
  return f64x2.replace_lane(f64x2.splat(-H0), 1, -H1);
}

/** Variance, skewness, kurtosis of the frequency under P, about the rounded centroid; out: f32x4[3]. */
function moments(out: usize, power: usize, c_lo: v128, c_hi: v128, D_lo: v128, D_hi: v128): void {
  const zero = f64x2.splat(0);
  let m2_lo = zero;
  let m2_hi = zero;
  let m3_lo = zero;
  let m3_hi = zero;
  let m4_lo = zero;
  let m4_hi = zero;
  for (let k = 1; k <= BINS; k++) {
    const p = v128.load(power + ((<usize>k) << 4));
    const f = f64x2.splat(SPACING * <f64>k);
    const d_lo = f64x2.sub(f, c_lo);
    const d_hi = f64x2.sub(f, c_hi);
    let t_lo = f64x2.mul(f64x2.mul(d_lo, d_lo), low(p));
    let t_hi = f64x2.mul(f64x2.mul(d_hi, d_hi), high(p));
    m2_lo = f64x2.add(m2_lo, t_lo);
    m2_hi = f64x2.add(m2_hi, t_hi);
    t_lo = f64x2.mul(t_lo, d_lo);
    t_hi = f64x2.mul(t_hi, d_hi);
    m3_lo = f64x2.add(m3_lo, t_lo);
    m3_hi = f64x2.add(m3_hi, t_hi);
    m4_lo = f64x2.add(m4_lo, f64x2.mul(t_lo, d_lo));
    m4_hi = f64x2.add(m4_hi, f64x2.mul(t_hi, d_hi));
  }
  const v_lo = f64x2.div(m2_lo, D_lo);
  const v_hi = f64x2.div(m2_hi, D_hi);
  v128.store(out, narrow(v_lo, v_hi));
  v128.store(out, narrow(skewness(m3_lo, D_lo, v_lo), skewness(m3_hi, D_hi, v_hi)), 16);
  v128.store(out, narrow(kurtosis(m4_lo, D_lo, v_lo), kurtosis(m4_hi, D_hi, v_hi)), 32);
}

/** m3 / (E σ³), 0 where σ² ≤ 0. */
function skewness(m3: v128, D: v128, v: v128): v128 {
  const some = f64x2.gt(v, f64x2.splat(0));
  return v128.and(f64x2.div(m3, f64x2.mul(D, f64x2.mul(v, f64x2.sqrt(v)))), some);
}

/** m4 / (E σ⁴), 0 where σ² = 0. */
function kurtosis(m4: v128, D: v128, v: v128): v128 {
  const some = f64x2.ne(v, f64x2.splat(0));
  return v128.and(f64x2.div(m4, f64x2.mul(D, f64x2.mul(v, v))), some);
}

/** Regression slope of P over Hz, times 255. */
function slope(fP: v128, E: v128): v128 {
  const above = f64x2.sub(f64x2.mul(f64x2.splat(<f64>BINS), fP), f64x2.mul(f64x2.splat(SUM_F), E));
  return f64x2.mul(f64x2.splat(<f64>(BINS - 1)), f64x2.div(above, f64x2.splat(SLOPE_DIVISOR)));
}

/**
 * Σ |P − P of the extremum before| / 2 / 256 over the extrema of P among bins 3 … 254 (above or below
 * all four neighbours at distance 1 and 2), all in f32.
 */
function harmonicity(power: usize): v128 {
  const none = i32x4.splat(0);
  let sum = f32x4.splat(0);
  let last = f32x4.splat(0);
  let seen = none;
  let a = v128.load(power, 1 << 4);
  let b = v128.load(power, 2 << 4);
  let p = v128.load(power, 3 << 4);
  let d = v128.load(power, 4 << 4);
  for (let k = 3; k < BINS - 1; k++) {
    const e = v128.load(power + ((<usize>k) << 4), 2 << 4);
    const most = f32x4.max(f32x4.max(a, b), f32x4.max(d, e));
    const least = f32x4.min(f32x4.min(a, b), f32x4.min(d, e));
    const extremum = v128.or(f32x4.gt(p, most), f32x4.lt(p, least));
    const step = f32x4.abs(f32x4.sub(p, last));
    sum = f32x4.add(sum, v128.and(step, v128.and(extremum, seen)));
    last = v128.bitselect(p, last, extremum);
    seen = v128.or(seen, extremum);
    a = b;
    b = p;
    p = d;
    d = e;
  }
  return f32x4.div(f32x4.mul(sum, f32x4.splat(0.5)), f32x4.splat(<f32>BINS));
}
