// reduce — sums over f32 data that are computed in f64, where f32 would be too coarse.
//
// All have one order: two f64x2 accumulators, values 4i and 4i + 1 go to the lanes of the first, 4i + 2 and 4i + 3 to
// those of the second, the tail to the first lane of the first; the result is ((a0 + b0) + (a1 + b1)).
import { apart, bytesOf, counts } from '../../operands';
import { high } from './lanes';

/** The sum of all four partial sums. */
@inline
function total(a: v128, b: v128): f64 {
  const s = f64x2.add(a, b);
  return f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1);
}

/** Σ x_i y_i over n values. */
export function dot(x: usize, y: usize, n: i32): f64 {
  assert(counts(n));
  let a = f64x2.splat(0);
  let b = f64x2.splat(0);
  const end = x + ((<usize>(n & ~3)) << 2);
  const gap = y - x;
  for (; x < end; x += 16) {
    const u = v128.load(x);
    const v = v128.load(x + gap);
    a = f64x2.add(a, f64x2.mul(f64x2.promote_low_f32x4(u), f64x2.promote_low_f32x4(v)));
    b = f64x2.add(b, f64x2.mul(high(u), high(v)));
  }
  let tail: f64 = 0;
  for (let i = n & 3; i > 0; i--, x += 4) tail += <f64>load<f32>(x) * <f64>load<f32>(x + gap);
  return total(f64x2.replace_lane(a, 0, f64x2.extract_lane(a, 0) + tail), b);
}

/** Σ (x_i − y_i)² over n values. */
export function squaredDistance(x: usize, y: usize, n: i32): f64 {
  assert(counts(n));
  let a = f64x2.splat(0);
  let b = f64x2.splat(0);
  const end = x + ((<usize>(n & ~3)) << 2);
  const gap = y - x;
  for (; x < end; x += 16) {
    const u = v128.load(x);
    const v = v128.load(x + gap);
    const p = f64x2.sub(f64x2.promote_low_f32x4(u), f64x2.promote_low_f32x4(v));
    const q = f64x2.sub(high(u), high(v));
    a = f64x2.add(a, f64x2.mul(p, p));
    b = f64x2.add(b, f64x2.mul(q, q));
  }
  let tail: f64 = 0;
  for (let i = n & 3; i > 0; i--, x += 4) {
    const t = <f64>load<f32>(x) - <f64>load<f32>(x + gap);
    tail += t * t;
  }
  return total(f64x2.replace_lane(a, 0, f64x2.extract_lane(a, 0) + tail), b);
}

/** norms[k] = Σ_i x_ik² of a rows x r matrix; norms: f64[r]. Rows are added in order. */
export function columnSquares(norms: usize, x: usize, rows: i32, r: i32): void {
  assert(counts(rows, r));
  assert(apart(norms, bytesOf<f64>(r), x, bytesOf<f32>(rows, r)));
  memory.fill(norms, 0, (<usize>r) << 3);
  const pairs = r & ~1;
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < pairs; k += 2, x += 8) {
      const v = f64x2.promote_low_f32x4(v128.load64_zero(x));
      const at = norms + ((<usize>k) << 3);
      v128.store(at, f64x2.add(v128.load(at), f64x2.mul(v, v)));
    }
    if (pairs < r) {
      const v = <f64>load<f32>(x);
      const at = norms + ((<usize>pairs) << 3);
      store<f64>(at, load<f64>(at) + v * v);
      x += 4;
    }
  }
}

/** x_ik ← x_ik · scale_k for a rows x r matrix; scale: f32[r]. */
export function scaleColumns(x: usize, scale: usize, rows: i32, r: i32): void {
  assert(counts(rows, r));
  assert(apart(x, bytesOf<f32>(rows, r), scale, bytesOf<f32>(r)));
  const whole = r & ~3;
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < whole; k += 4, x += 16)
      v128.store(x, f32x4.mul(v128.load(x), v128.load(scale + ((<usize>k) << 2))));
    for (let k = whole; k < r; k++, x += 4)
      store<f32>(x, load<f32>(x) * load<f32>(scale + ((<usize>k) << 2)));
  }
}
