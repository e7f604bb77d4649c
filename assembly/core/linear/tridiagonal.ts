// tridiagonal — A = Q T Qᵀ by Householder reflections, T tridiagonal, f64.
//
// Columns are reduced in panels of NB (Dongarra, Hammarling & Sorensen 1989). While a panel is reduced, the rest of A
// stays as it is; then all reflections of the panel are applied to it in one product. Reflection j is I − tau_j v vᵀ.
// Its v is kept in row j, right of the diagonal: A is symmetric and only its lower triangle is used.
import { apart, bytesOf, counts } from '../../operands';
import { multiply, add64, dot64, get, scale64, set } from './f64-rows';

/** Columns a panel (ours). */
const NB: i32 = 32;

// The part of a row of S in the diagonal block: `r` entries from `a` on, then the diagonal. `sum`: the row's sum so far.
@inline
function finish(y: usize, a: usize, v: usize, r: i32, sum: f64): void {
  const vr = get(v, r);
  for (let j = 0; j < r; j++) {
    const entry = get(a, j);
    sum += entry * get(v, j);
    set(y, j, get(y, j) + entry * vr);
  }
  set(y, r, get(y, r) + sum + get(a, r) * vr);
}

/** The sum of both lanes. */
@inline
function lanes(s: v128): f64 {
  return f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1);
}

/**
 * y ← S v over n rows; S: the lower triangle at A of a matrix of `stride` bytes a row. Four rows at a time, so that y
 * and v are read once for them. An entry of y is its row's sum, in two lanes, and then what later rows add in turn.
 */
function symmetricTimes(y: usize, A: usize, stride: usize, v: usize, n: i32): void {
  memory.fill(y, 0, (<usize>n) << 3);
  let i = 0;
  for (; i + 4 <= n; i += 4, A += stride << 2) {
    const own = v + ((<usize>i) << 3);
    const t0 = v128.load64_splat(own),
      t1 = v128.load64_splat(own, 8),
      t2 = v128.load64_splat(own, 16),
      t3 = v128.load64_splat(own, 24);
    let s0 = f64x2.splat(0),
      s1 = f64x2.splat(0),
      s2 = f64x2.splat(0),
      s3 = f64x2.splat(0);
    const end = A + ((<usize>i) << 3);
    for (let a = A, x = v, o = y; a < end; a += 16, x += 16, o += 16) {
      const b = a + stride;
      const c = b + stride;
      const xs = v128.load(x);
      let e = v128.load(a);
      let sum = f64x2.add(v128.load(o), f64x2.mul(e, t0));
      s0 = f64x2.add(s0, f64x2.mul(e, xs));
      e = v128.load(b);
      sum = f64x2.add(sum, f64x2.mul(e, t1));
      s1 = f64x2.add(s1, f64x2.mul(e, xs));
      e = v128.load(c);
      sum = f64x2.add(sum, f64x2.mul(e, t2));
      s2 = f64x2.add(s2, f64x2.mul(e, xs));
      e = v128.load(c + stride);
      sum = f64x2.add(sum, f64x2.mul(e, t3));
      s3 = f64x2.add(s3, f64x2.mul(e, xs));
      v128.store(o, sum);
    }
    const to = y + ((<usize>i) << 3);
    finish(to, end, own, 0, lanes(s0));
    finish(to, end + stride, own, 1, lanes(s1));
    finish(to, end + 2 * stride, own, 2, lanes(s2));
    finish(to, end + 3 * stride, own, 3, lanes(s3));
  }
  for (; i < n; i++, A += stride) finish(y, A, v, i, 0);
}

/** Makes v of x (k values), with v_0 = 1: (I − tau v vᵀ) x = (beta, 0, …). Returns beta. */
function reflection(v: usize, x: usize, k: i32, tau: usize): f64 {
  const first = load<f64>(x);
  const rest = dot64(x + 8, x + 8, k - 1);
  memory.copy(v, x, (<usize>k) << 3);
  store<f64>(v, 1);
  store<f64>(tau, 0);
  if (rest == 0) return first;
  const beta = -copysign<f64>(sqrt<f64>(first * first + rest), first);
  scale64(v + 8, 1.0 / (first - beta), k - 1);
  store<f64>(tau, (beta - first) / beta);
  return beta;
}

/** Bytes of scratch that `tridiagonalize` needs, `multiplyBytes(n, NB)` after its panel. */
export function tridiagonalBytes(n: i32): usize {
  assert(counts(n));
  return (<usize>(NB + 1) * <usize>n + <usize>NB * <usize>(n + 132)) << 3;
}

/**
 * The lower triangle of A (n x n, symmetric) becomes T: diagonal (n) and off (n, its last value 0); rows of A
 * right of the diagonal become the reflections, with tau (n). Entries of A must be below 1e150, or their squares
 * leave the range. scratch: tridiagonalBytes(n). Cost: 4n³/3 flops.
 */
export function tridiagonalize(
  A: usize,
  n: i32,
  diagonal: usize,
  off: usize,
  tau: usize,
  scratch: usize,
): void {
  assert(counts(n));
  assert(apart(A, bytesOf<f64>(n, n), scratch, 1));
  const row = (<usize>n) << 3;
  const W = scratch;
  const x = W + <usize>NB * row;
  const room = x + row;
  for (let j0 = 0; j0 < n; j0 += NB) {
    const end = min(j0 + NB, n);
    for (let j = j0; j < end; j++) {
      const at = (<usize>j) << 3;
      const k = n - j;
      for (let i = 0; i < k; i++) store<f64>(x + ((<usize>i) << 3), load<f64>(A + <usize>(j + i) * row + at));
      for (let p = j0; p < j; p++) {
        const v = A + <usize>p * row + at;
        const w = W + <usize>(p - j0) * row + at;
        add64(x, -load<f64>(w), v, k);
        add64(x, -load<f64>(v), w, k);
      }
      store<f64>(diagonal + at, load<f64>(x));
      store<f64>(off + at, 0);
      store<f64>(tau + at, 0);
      if (k == 1) return;
      const v = A + <usize>j * row + at + 8;
      store<f64>(off + at, reflection(v, x + 8, k - 1, tau + at));
      const w = W + <usize>(j - j0) * row + at + 8;
      symmetricTimes(w, A + <usize>(j + 1) * row + at + 8, row, v, k - 1);
      for (let p = j0; p < j; p++) {
        const vp = A + <usize>p * row + at + 8;
        const wp = W + <usize>(p - j0) * row + at + 8;
        const a = dot64(wp, v, k - 1);
        const b = dot64(vp, v, k - 1);
        add64(w, -a, vp, k - 1);
        add64(w, -b, wp, k - 1);
      }
      const t = load<f64>(tau + at);
      scale64(w, t, k - 1);
      add64(w, -0.5 * t * dot64(w, v, k - 1), v, k - 1);
    }
    const V = A + <usize>j0 * row + ((<usize>end) << 3);
    const Wend = W + ((<usize>end) << 3);
    const rest = A + <usize>end * (row + 8);
    const k = n - end;
    multiply(rest, n, V, 1, n, Wend, n, 1, k, k, end - j0, -1, true, true, room);
    multiply(rest, n, Wend, 1, n, V, n, 1, k, k, end - j0, -1, true, true, room);
  }
}

/**
 * Rows of Z (count x n): eigenvectors of T become those of A. The reflections are applied to a group of vectors at a
 * time, which stays in the cache. Cost: 2·n²·count flops.
 */
export function reflect(Z: usize, count: i32, A: usize, n: i32, tau: usize): void {
  assert(counts(count, n));
  assert(apart(Z, bytesOf<f64>(count, n), A, bytesOf<f64>(n, n)));
  const row = (<usize>n) << 3;
  for (let z0 = 0; z0 < count; z0 += 16)
    for (let j = n - 2; j >= 0; j--) {
      const t = get(tau, j);
      if (t == 0) continue;
      const right = (<usize>(j + 1)) << 3;
      const v = A + <usize>j * row + right;
      for (let i = z0; i < min(z0 + 16, count); i++) {
        const z = Z + <usize>i * row + right;
        add64(z, -t * dot64(v, z, n - 1 - j), v, n - 1 - j);
      }
    }
}
