// normal — what Newton's method for the weights of a linear SVM computes with rows X (f64, n x p). n is a multiple
// of 4: the host appends rows of zeros.
//
// Sums have the same order as in the host's solver (js/core/dense/vectors.ts), so both give the same bits.
import { apart, bytesOf, counts } from '../../operands';
import { scale64 } from '../linear/f64-rows';
import { addFour } from './products';

/** The first four partial sums of a row, (s0, s1) and (s2, s3), and its tail, which goes to s0. */
@inline
function total(a: v128, b: v128, x: usize, w: usize, rest: i32): f64 {
  let s0 = f64x2.extract_lane(a, 0);
  for (let i = rest; i > 0; i--, x += 8, w += 8) s0 += load<f64>(x) * load<f64>(w);
  return s0 + f64x2.extract_lane(a, 1) + (f64x2.extract_lane(b, 0) + f64x2.extract_lane(b, 1));
}

/** Four rows times w, whose first `whole` bytes are a multiple of four values. */
function timesFour(f: usize, x0: usize, stride: usize, w: usize, whole: usize, rest: i32): void {
  const x1 = x0 + stride;
  const x2 = x1 + stride;
  const x3 = x2 + stride;
  let a0 = f64x2.splat(0),
    a1 = f64x2.splat(0),
    a2 = f64x2.splat(0),
    a3 = f64x2.splat(0);
  let b0 = f64x2.splat(0),
    b1 = f64x2.splat(0),
    b2 = f64x2.splat(0),
    b3 = f64x2.splat(0);
  for (let at: usize = 0; at < whole; at += 32) {
    const u = v128.load(w + at);
    const v = v128.load(w + at, 16);
    a0 = f64x2.add(a0, f64x2.mul(v128.load(x0 + at), u));
    b0 = f64x2.add(b0, f64x2.mul(v128.load(x0 + at, 16), v));
    a1 = f64x2.add(a1, f64x2.mul(v128.load(x1 + at), u));
    b1 = f64x2.add(b1, f64x2.mul(v128.load(x1 + at, 16), v));
    a2 = f64x2.add(a2, f64x2.mul(v128.load(x2 + at), u));
    b2 = f64x2.add(b2, f64x2.mul(v128.load(x2 + at, 16), v));
    a3 = f64x2.add(a3, f64x2.mul(v128.load(x3 + at), u));
    b3 = f64x2.add(b3, f64x2.mul(v128.load(x3 + at, 16), v));
  }
  w += whole;
  store<f64>(f, total(a0, b0, x0 + whole, w, rest));
  store<f64>(f, total(a1, b1, x1 + whole, w, rest), 8);
  store<f64>(f, total(a2, b2, x2 + whole, w, rest), 16);
  store<f64>(f, total(a3, b3, x3 + whole, w, rest), 24);
}

/** f = X w; f: f64[n], w: f64[p]. Cost: 2np flops. */
export function rowsTimes(f: usize, X: usize, w: usize, n: i32, p: i32): void {
  assert(counts(n, p) && (n & 3) == 0);
  assert(apart(f, bytesOf<f64>(n), X, bytesOf<f64>(n, p)) && apart(f, bytesOf<f64>(n), w, bytesOf<f64>(p)));
  const stride = (<usize>p) << 3;
  const whole = (<usize>(p & ~3)) << 3;
  for (let i = 0; i < n; i += 4, f += 32, X += stride << 2) timesFour(f, X, stride, w, whole, p & 3);
}

/** g += Xᵀ c, the rows in order; g: f64[p], c: f64[n]. Four rows whose coefficients are all 0 cost nothing. */
export function addCombination(g: usize, X: usize, c: usize, n: i32, p: i32): void {
  assert(counts(n, p) && (n & 3) == 0);
  assert(apart(g, bytesOf<f64>(p), X, bytesOf<f64>(n, p)) && apart(g, bytesOf<f64>(p), c, bytesOf<f64>(n)));
  const stride = (<usize>p) << 3;
  const none = f64x2.splat(0);
  for (let i = 0; i < n; i += 4, c += 32, X += stride << 2) {
    const here = v128.or(f64x2.ne(v128.load(c), none), f64x2.ne(v128.load(c, 16), none));
    if (v128.any_true(here)) addFour<f64>(g, X, stride, c, p);
  }
}

/** out (k x p) = the rows named by index (i32), each times its root; root: f64[k]. */
export function gatherRows(out: usize, X: usize, index: usize, root: usize, k: i32, p: i32): void {
  assert(counts(k, p));
  assert(apart(out, bytesOf<f64>(k, p), root, bytesOf<f64>(k)));
  const stride = (<usize>p) << 3;
  for (let s = 0; s < k; s++, index += 4, root += 8, out += stride) {
    memory.copy(out, X + <usize>load<i32>(index) * stride, stride);
    scale64(out, load<f64>(root), p);
  }
}
