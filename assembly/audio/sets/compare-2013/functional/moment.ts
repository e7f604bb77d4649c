// Moments of four contours about their f32 mean, in f64.
import { high, low, narrow } from '../../../signal/four-lanes';
import { mean } from './summary';

/** Writes 3 f32x4: stddev, skewness, kurtosis; all 0 where the variance is. */
export function moments(out: usize, v: usize, n: i32): usize {
  const m_lo = low(mean());
  const m_hi = high(mean());
  const zero = f64x2.splat(0);
  let m2_lo = zero;
  let m2_hi = zero;
  let m3_lo = zero;
  let m3_hi = zero;
  let m4_lo = zero;
  let m4_hi = zero;
  for (const end = v + ((<usize>n) << 4); v < end; v += 16) {
    const x = v128.load(v);
    const d_lo = f64x2.sub(low(x), m_lo);
    const d_hi = f64x2.sub(high(x), m_hi);
    const s_lo = f64x2.mul(d_lo, d_lo);
    const s_hi = f64x2.mul(d_hi, d_hi);
    m2_lo = f64x2.add(m2_lo, s_lo);
    m2_hi = f64x2.add(m2_hi, s_hi);
    m3_lo = f64x2.add(m3_lo, f64x2.mul(s_lo, d_lo));
    m3_hi = f64x2.add(m3_hi, f64x2.mul(s_hi, d_hi));
    m4_lo = f64x2.add(m4_lo, f64x2.mul(s_lo, s_lo));
    m4_hi = f64x2.add(m4_hi, f64x2.mul(s_hi, s_hi));
  }
  const N = f64x2.splat(<f64>n);
  const var_lo = f64x2.div(m2_lo, N);
  const var_hi = f64x2.div(m2_hi, N);
  v128.store(out, narrow(f64x2.sqrt(var_lo), f64x2.sqrt(var_hi)));
  v128.store(out, narrow(skewness(m3_lo, N, var_lo), skewness(m3_hi, N, var_hi)), 16);
  v128.store(out, narrow(kurtosis(m4_lo, N, var_lo), kurtosis(m4_hi, N, var_hi)), 32);
  return out + 48;
}

function skewness(m3: v128, N: v128, variance: v128): v128 {
  const divisor = f64x2.mul(N, f64x2.mul(variance, f64x2.sqrt(variance)));
  return v128.and(f64x2.div(m3, divisor), f64x2.gt(divisor, f64x2.splat(0)));
}

function kurtosis(m4: v128, N: v128, variance: v128): v128 {
  const divisor = f64x2.mul(N, f64x2.mul(variance, variance));
  return v128.and(f64x2.div(m4, divisor), f64x2.gt(divisor, f64x2.splat(0)));
}
