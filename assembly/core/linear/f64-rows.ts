// f64-rows — rows of f64: sums, multiples and the product of two matrices. All dense algebra in f64 is made of these.
//
// All sums have one order: two f64x2 accumulators take four values in turn, then the tail is added.
import { counts } from '../../operands';

/** Block of the summation index of `multiply` (ours: a panel, 8 KiB, stays in the first-level cache). */
const KC: i32 = 256;
/** Rows packed at a time (ours: 256 KiB stay in the second-level cache). */
const MC: i32 = 128;

/** Scratch for one edge tile: 4 x 4 values. */
const edge: usize = memory.data(128, 16);

/** Value i of x. */
@inline
export function get(x: usize, i: i32): f64 {
  return load<f64>(x + ((<usize>i) << 3));
}

/** Sets value i of x. */
@inline
export function set(x: usize, i: i32, value: f64): void {
  store<f64>(x + ((<usize>i) << 3), value);
}

/** Σ x_i y_i over n values. */
export function dot64(x: usize, y: usize, n: i32): f64 {
  let a = f64x2.splat(0);
  let b = f64x2.splat(0);
  const end = x + ((<usize>(n & ~3)) << 3);
  const gap = y - x;
  for (; x < end; x += 32) {
    a = f64x2.add(a, f64x2.mul(v128.load(x), v128.load(x + gap)));
    b = f64x2.add(b, f64x2.mul(v128.load(x, 16), v128.load(x + gap, 16)));
  }
  a = f64x2.add(a, b);
  let sum = f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1);
  for (let i = n & 3; i > 0; i--, x += 8) sum += load<f64>(x) * load<f64>(x + gap);
  return sum;
}

/** y ← y + s x over n values. */
export function add64(y: usize, s: f64, x: usize, n: i32): void {
  const ss = f64x2.splat(s);
  const end = x + ((<usize>(n & ~1)) << 3);
  const gap = y - x;
  for (; x < end; x += 16) v128.store(x + gap, f64x2.add(v128.load(x + gap), f64x2.mul(ss, v128.load(x))));
  if (n & 1) store<f64>(x + gap, load<f64>(x + gap) + s * load<f64>(x));
}

/** x ← s x over n values. */
export function scale64(x: usize, s: f64, n: i32): void {
  for (let i: usize = 0; i < <usize>n; i++) store<f64>(x + (i << 3), s * load<f64>(x + (i << 3)));
}

/** Panels of four lanes, [ceil(lanes/4)][count][4]; strides in bytes, missing lanes are zero. */
function pack(dst: usize, src: usize, lane: usize, step: usize, lanes: i32, count: i32): void {
  for (let l = 0; l < lanes; l += 4, src += lane << 2) {
    const have = lanes - l;
    let s = src;
    for (let k = 0; k < count; k++, s += step, dst += 32) {
      store<f64>(dst, load<f64>(s));
      store<f64>(dst, have > 1 ? load<f64>(s + lane) : 0, 8);
      store<f64>(dst, have > 2 ? load<f64>(s + 2 * lane) : 0, 16);
      store<f64>(dst, have > 3 ? load<f64>(s + 3 * lane) : 0, 24);
    }
  }
}

/** Stores or adds a row of a tile, times alpha. */
@inline
function put(o: usize, alpha: v128, a: v128, b: v128, add: bool): void {
  a = f64x2.mul(alpha, a);
  b = f64x2.mul(alpha, b);
  if (add) {
    a = f64x2.add(v128.load(o), a);
    b = f64x2.add(v128.load(o, 16), b);
  }
  v128.store(o, a);
  v128.store(o, b, 16);
}

/** One tile: out (4 x 4, `stride` bytes a row) = or += alpha · panel (4 x kc) · panel (kc x 4). */
function tile(o: usize, stride: usize, p: usize, q: usize, kc: i32, alpha: f64, add: bool): void {
  let a0 = f64x2.splat(0),
    a1 = f64x2.splat(0),
    a2 = f64x2.splat(0),
    a3 = f64x2.splat(0);
  let b0 = f64x2.splat(0),
    b1 = f64x2.splat(0),
    b2 = f64x2.splat(0),
    b3 = f64x2.splat(0);
  let x: v128, y: v128, s: v128;
  for (let k = kc; k > 0; k--) {
    x = v128.load(q);
    y = v128.load(q, 16);
    s = v128.load64_splat(p);
    a0 = f64x2.add(a0, f64x2.mul(x, s));
    b0 = f64x2.add(b0, f64x2.mul(y, s));
    s = v128.load64_splat(p, 8);
    a1 = f64x2.add(a1, f64x2.mul(x, s));
    b1 = f64x2.add(b1, f64x2.mul(y, s));
    s = v128.load64_splat(p, 16);
    a2 = f64x2.add(a2, f64x2.mul(x, s));
    b2 = f64x2.add(b2, f64x2.mul(y, s));
    s = v128.load64_splat(p, 24);
    a3 = f64x2.add(a3, f64x2.mul(x, s));
    b3 = f64x2.add(b3, f64x2.mul(y, s));
    p += 32;
    q += 32;
  }
  const t = f64x2.splat(alpha);
  put(o, t, a0, b0, add);
  put(o + stride, t, a1, b1, add);
  put(o + 2 * stride, t, a2, b2, add);
  put(o + 3 * stride, t, a3, b3, add);
}

export function multiplyBytes(R: i32, K: i32): usize {
  assert(counts(R, K));
  return (<usize>min(K, KC) * <usize>(((R + 3) & ~3) + MC)) << 3;
}

/**
 * out (M x R, `ldo` values a row) = alpha · A B, added to out with `add`; A is M x K, B is K x R, entry
 * (i, k) of A at A + 8 (i·aRow + k·aCol), of B alike: transposes are strides. With `lower` (M = R) tiles
 * that lie above the diagonal are not computed; tiles that the diagonal crosses are computed whole.
 *
 * An entry's sum runs over k in order within a block of KC, blocks in order, whatever the sizes and tiles
 * around it. out may not alias the operands. K = 0 gives 0. Cost: 2·M·R·K flops.
 */
export function multiply(
  out: usize,
  ldo: i32,
  A: usize,
  aRow: i32,
  aCol: i32,
  B: usize,
  bRow: i32,
  bCol: i32,
  M: i32,
  R: i32,
  K: i32,
  alpha: f64,
  add: bool,
  lower: bool,
  scratch: usize,
): void {
  assert(counts(M, R, K) && ldo >= R);
  assert(!lower || M == R);
  const stride = (<usize>ldo) << 3;
  if (K == 0 && !add) for (let i = 0; i < M; i++) memory.fill(out + <usize>i * stride, 0, (<usize>R) << 3);
  for (let k0 = 0; k0 < K; k0 += KC) {
    const kc = min(K - k0, KC);
    const panel = (<usize>kc) << 5;
    const rows = scratch + <usize>((R + 3) >> 2) * panel;
    pack(scratch, B + <usize>k0 * <usize>bRow * 8, (<usize>bCol) << 3, (<usize>bRow) << 3, R, kc);
    for (let m0 = 0; m0 < M; m0 += MC) {
      const end = min(m0 + MC, M);
      const from = A + (<usize>m0 * <usize>aRow + <usize>k0 * <usize>aCol) * 8;
      pack(rows, from, (<usize>aRow) << 3, (<usize>aCol) << 3, end - m0, kc);
      let q = scratch;
      for (let j = 0; j < R; j += 4, q += panel) {
        let p = rows;
        for (let m = m0; m < end; m += 4, p += panel) {
          if (lower && m + 3 < j) continue;
          const at = out + <usize>m * stride + ((<usize>j) << 3);
          const more = add || k0 > 0;
          if (M - m >= 4 && R - j >= 4) {
            tile(at, stride, p, q, kc, alpha, more);
            continue;
          }
          tile(edge, 32, p, q, kc, alpha, false);
          for (let i = 0; i < min(M - m, 4); i++)
            for (let l = 0; l < min(R - j, 4); l++) {
              const v = load<f64>(edge + ((<usize>(4 * i + l)) << 3));
              const o = at + <usize>i * stride + ((<usize>l) << 3);
              store<f64>(o, more ? load<f64>(o) + v : v);
            }
        }
      }
    }
  }
}

/** Operands of `multiply`. */
@unmanaged
export class Multiply {
  out: usize;
  ldo: i32;
  A: usize;
  aRow: i32;
  aCol: i32;
  B: usize;
  bRow: i32;
  bCol: i32;
  M: i32;
  R: i32;
  K: i32;
  alpha: f64;
  add: bool;
  lower: bool;
  scratch: usize;
}

export function multiplyOf(p: Multiply): void {
  const B = p.B;
  multiply(
    p.out,
    p.ldo,
    p.A,
    p.aRow,
    p.aCol,
    B,
    p.bRow,
    p.bCol,
    p.M,
    p.R,
    p.K,
    p.alpha,
    p.add,
    p.lower,
    p.scratch,
  );
}
