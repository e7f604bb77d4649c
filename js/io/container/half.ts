/**
 * Half-precision floating point (IEEE binary16): one sign bit, 5 bits of exponent, 10 of fraction.
 *
 * @module
 */

const word = new Float32Array(1);
const bits = new Uint32Array(word.buffer);

/** Bits of the half nearest to a float32, ties to even. Beyond 65519.99… it is infinite; NaN stays NaN. */
function toHalf(value: number): number {
  word[0] = value;
  const sign = (bits[0] >>> 16) & 0x8000;
  const rest = bits[0] & 0x7fffffff;
  if (rest > 0x7f800000) return sign | 0x7e00; // NaN
  if (rest >= 0x477ff000) return sign | 0x7c00; // 65520 and more, infinity too
  if (rest >= 0x38800000) {
    // Normal halves: drop 13 bits of fraction, rounding by the dropped part and the last bit kept;
    // a carry runs into the exponent as it should.
    const odd = (rest >>> 13) & 1;
    return sign | ((rest - 0x38000000 + 0xfff + odd) >>> 13);
  }
  if (rest < 0x33000000) return sign; // below half of the smallest subnormal, 2⁻²⁵
  // Subnormal halves count units of 2⁻²⁴.
  const shift = 126 - (rest >>> 23);
  const fraction = (rest & 0x7fffff) | 0x800000;
  const whole = fraction >>> shift;
  const dropped = fraction & ((1 << shift) - 1);
  const half = 1 << (shift - 1);
  return sign | (whole + (dropped > half || (dropped === half && (whole & 1) === 1) ? 1 : 0));
}

/** The value of a half, which float32 holds exactly. */
function fromHalf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >>> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  bits[0] = ((half & 0x8000) << 16) | ((exponent + 112) << 23) | (fraction << 13);
  return word[0];
}

/** Halves (as their bits) nearest to float32 values, ties to even. */
export function encodeHalf(values: Float32Array): Uint16Array {
  return Uint16Array.from(values, toHalf);
}

/** Float32 values of halves, exact. */
export function decodeHalf(halves: Uint16Array): Float32Array {
  return Float32Array.from(halves, fromHalf);
}
