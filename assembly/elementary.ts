// elementary — exponential and logarithm, f64, within one unit in the last place.
//
// The host's `Math` gives different bits on different engines. The functions of AssemblyScript's library do not, but they
// bring large tables into the module.

/** ln 2 in two parts: products of the first with exponents are exact. */
const LN2_HIGH: f64 = reinterpret<f64>(0x3fe62e42fee00000);
const LN2_LOW: f64 = 1.90821492927058770002e-10;
const PER_LN2: f64 = 1.442695040888963387;
/** Bits of the square root of ½, and how far the exponent is from bit 0. */
const ROOT_HALF: i64 = 0x3fe6a09e667f3bcd;
const EXPONENT: i64 = 52;

/** 2^k, k from -1022 to 1023. */
@inline
function powerOfTwo(k: i64): f64 {
  return reinterpret<f64>((k + 1023) << EXPONENT);
}

/** e^x = 2^k e^r with |r| ≤ ln 2 / 2, e^r by its Taylor series. 0 and Infinity where the result leaves the range of f64. */
export function exponential(x: f64): f64 {
  if (x != x) return x;
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019412) return 0;
  const n = nearest(x * PER_LN2);
  const high = x - n * LN2_HIGH;
  const low = n * LN2_LOW;
  const r = high - low;
  let tail: f64 = 1.0 / 6227020800;
  tail = 1.0 / 479001600 + r * tail;
  tail = 1.0 / 39916800 + r * tail;
  tail = 1.0 / 3628800 + r * tail;
  tail = 1.0 / 362880 + r * tail;
  tail = 1.0 / 40320 + r * tail;
  tail = 1.0 / 5040 + r * tail;
  tail = 1.0 / 720 + r * tail;
  tail = 1.0 / 120 + r * tail;
  tail = 1.0 / 24 + r * tail;
  tail = 1.0 / 6 + r * tail;
  tail = 0.5 + r * tail;
  // Adds what `high - low` lost by rounding.
  const value = 1.0 + (r + (r * r * tail + (high - r - low)));
  const k = <i64>n;
  if (k > 1023) return value * 2.0 * powerOfTwo(k - 1);
  if (k < -1022) return value * powerOfTwo(k + 64) * powerOfTwo(-64);
  return value * powerOfTwo(k);
}

/**
 * ln x = k ln 2 + ln(1 + f) with 1 + f from √½ to √2. ln(1 + f) = 2 artanh s with s = f / (2 + f). Its largest part,
 * f − f²/2, is computed by itself; the series in s gives the small rest.
 */
export function logarithm(x: f64): f64 {
  if (!(x > 0)) return x == 0 ? -Infinity : NaN;
  if (x == Infinity) return x;
  let k: i64 = 0;
  if (x < reinterpret<f64>(0x0010000000000000)) {
    // Below the normal numbers.
    x *= powerOfTwo(54);
    k = -54;
  }
  const bits = reinterpret<i64>(x);
  const shift = (bits - ROOT_HALF) >> EXPONENT;
  k += shift;
  const f = reinterpret<f64>(bits - (shift << EXPONENT)) - 1.0;
  const s = f / (2.0 + f);
  const z = s * s;
  let tail: f64 = 2.0 / 21;
  tail = 2.0 / 19 + z * tail;
  tail = 2.0 / 17 + z * tail;
  tail = 2.0 / 15 + z * tail;
  tail = 2.0 / 13 + z * tail;
  tail = 2.0 / 11 + z * tail;
  tail = 2.0 / 9 + z * tail;
  tail = 2.0 / 7 + z * tail;
  tail = 2.0 / 5 + z * tail;
  tail = 2.0 / 3 + z * tail;
  const square = 0.5 * f * f;
  const n = <f64>k;
  return n * LN2_HIGH - (square - (s * (square + z * tail) + n * LN2_LOW) - f);
}
