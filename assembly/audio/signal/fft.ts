// Magnitudes of a real spectrum by a float32 split-radix transform of 512 or 1024 points.
//
// The bits depend on the order of operations, so this order is part of the contract: z[j] = x[2j] + i x[2j+1] is
// transformed with positive sign by plain and pending blocks (a pending block has a factor e^{iπ/2·j/q…} still to be
// applied), then the real spectrum is separated. Four frames at a time: a complex element is four real parts and then
// four imaginary parts, so x (f32x4[N]) already is the complex array.
import { reserve } from '../arena';

/*
 * A plan, for N real points and M = N/2:
 *   +0   M
 *   +4   w4
 *   +8   byte offsets of Z[k] in the transformed array, i32[M]
 *   +12  g(k), f32[M]
 *   +16  per block size q = M, M/4, … > 4: factors of plain blocks, of pending blocks
 */
// The angle between two factors, its triple, and the four factors made of them: the angle is an f32 product, its sine f64.
let d: f32 = 0;
let d3: f32 = 0;
export const PLAN512: usize = plan(512);
export const PLAN1024: usize = plan(1024);
function c(J: i32): f32 {
  return <f32>Math.cos(<f64>(d * <f32>J));
}
function s(J: i32): f32 {
  return <f32>Math.sin(<f64>(d * <f32>J));
}
function c3(J: i32): f32 {
  return <f32>Math.cos(<f64>(d3 * <f32>J));
}
function s3(J: i32): f32 {
  return <f32>Math.sin(<f64>(d3 * <f32>J));
}

function plan(N: i32): usize {
  const M = N >> 1;
  d = <f32>(Math.atan(1) / <f64>(N >> 3));
  d3 = <f32>3 * d;
  const w4 = c(N >> 3);
  const at = reserve(64);
  store<i32>(at, M);
  store<f32>(at, w4, 4);
  store<usize>(at, positions(M), 8);
  store<usize>(at, separation(N, w4), 12);
  let level = at + 16;
  for (let q = M; q > 4; q >>= 2) {
    store<usize>(level, plainFactors(q, N, w4));
    store<usize>(level, pendingFactors(q, N), 4);
    level += 8;
  }
  return at;
}

/** Where Z[k] lies: Y[4k + r] is element k of block r, down to blocks of 2 or 1. */
function positions(M: i32): usize {
  const table = reserve(M << 2);
  for (let k = 0; k < M; k++) {
    let at = 0;
    let rest = k;
    let q = M;
    for (; q >= 4; q >>= 2) {
      at += (rest & 3) * (q >> 2);
      rest >>= 2;
    }
    at += rest;
    store<i32>(table + (k << 2), at << 5);
  }
  return table;
}

/** g(k) of the real spectrum, k = 0 … M−1. */
function separation(N: i32, w4: f32): usize {
  const eighth = N >> 3;
  const table = reserve((N >> 1) << 2);
  for (let k = 0; k < N >> 1; k++) {
    const g =
      k < eighth
        ? <f32>(0.5 * Math.cos(<f64>(d * <f32>k)))
        : k == eighth
          ? <f32>0.5 * w4
          : <f32>(0.5 * Math.sin(<f64>(d * <f32>((N >> 2) - k))));
    store<f32>(table + (k << 2), g);
  }
  return table;
}

/** w1, w3 (re, im each) of plain blocks of q, f32[q/4][4]; index 0 and q/8 are not read. */
function plainFactors(q: i32, N: i32, w4: f32): usize {
  const h = q >> 2;
  const half = h >> 1;
  const table = reserve(h << 4);
  for (let j = 1; j < half; j++) {
    const J = (j * N) / q;
    const at = table + (j << 4);
    store<f32>(at, c(J));
    store<f32>(at, s(J), 4);
    store<f32>(at, q == 16 ? s(J) : c3(J), 8);
    store<f32>(at, q == 16 ? c(J) : s3(J), 12);
  }
  if (q == N >> 1) {
    // The top call takes its odd factors from their neighbours.
    store<f32>(table, 1);
    store<f32>(table, 0, 4);
    store<f32>(table, 1, 8);
    store<f32>(table, 0, 12);
    const middle = table + (half << 4);
    store<f32>(middle, w4);
    store<f32>(middle, w4, 4);
    store<f32>(middle, -w4, 8);
    store<f32>(middle, w4, 12);
    const k1 = <f32>(0.5 / Math.cos(<f64>(d * <f32>2)));
    const k3 = <f32>(0.5 / Math.cos(<f64>(d * <f32>6)));
    for (let j = 1; j < half; j += 2) {
      const at = table + (j << 4);
      store<f32>(at, k1 * (load<f32>(at - 16) + load<f32>(at + 16)));
      store<f32>(at, k1 * (load<f32>(at - 12) + load<f32>(at + 20)), 4);
      store<f32>(at, k3 * (load<f32>(at - 8) + load<f32>(at + 24)), 8);
      store<f32>(at, k3 * (load<f32>(at - 4) + load<f32>(at + 28)), 12);
    }
  }
  for (let j = half + 1; j < h; j++) {
    const at = table + (j << 4);
    const mirror = table + ((h - j) << 4);
    store<f32>(at, load<f32>(mirror, 4));
    store<f32>(at, load<f32>(mirror), 4);
    store<f32>(at, -load<f32>(mirror, 12), 8);
    store<f32>(at, -load<f32>(mirror, 8), 12);
  }
  return table;
}

/** Factors of A, B, C, D (re, im each) in pending blocks of q, f32[q/4][8]; index 0 is not read. */
function pendingFactors(q: i32, N: i32): usize {
  const h = q >> 2;
  const table = reserve(h << 5);
  for (let j = 1; j < h; j++) {
    const J = (j * N) / (2 * q);
    const L = ((h - j) * N) / (2 * q);
    const middle = j << 1 == h;
    const at = table + (j << 5);
    store<f32>(at, c(J));
    store<f32>(at, s(J), 4);
    store<f32>(at, s(L), 8);
    store<f32>(at, c(L), 12);
    store<f32>(at, middle ? s(J) : c3(J), 16);
    store<f32>(at, middle ? c(J) : s3(J), 20);
    store<f32>(at, middle ? -c(J) : -s3(L), 24);
    store<f32>(at, middle ? -s(J) : -c3(L), 28);
  }
  return table;
}

// Complex products (r, i)(wr, wi) = (wr r − wi i, wr i + wi r), factors of all lanes from one f32.
@inline
function productRe(r: v128, i: v128, wr: v128, wi: v128): v128 {
  return f32x4.sub(f32x4.mul(wr, r), f32x4.mul(wi, i));
}

/** The imaginary part of the product. */
@inline
function productIm(r: v128, i: v128, wr: v128, wi: v128): v128 {
  return f32x4.add(f32x4.mul(wr, i), f32x4.mul(wi, r));
}

/** Stores a complex element. */
@inline
function put(at: usize, re: v128, im: v128): void {
  v128.store(at, re);
  v128.store(at, im, 16);
}

/** In place: block y of q complex elements; no rotation is left to be applied. */
function plain(y: usize, q: i32, level: usize, w4: v128): void {
  if (q == 2) {
    const r0 = v128.load(y);
    const i0 = v128.load(y, 16);
    const r1 = v128.load(y, 32);
    const i1 = v128.load(y, 48);
    put(y, f32x4.add(r0, r1), f32x4.add(i0, i1));
    put(y + 32, f32x4.sub(r0, r1), f32x4.sub(i0, i1));
    return;
  }
  const h = q >> 2;
  const gap = (<usize>h) << 5;
  const w = h > 1 ? load<usize>(level) : 0;
  for (let j = 0; j < h; j++) {
    const p0 = y + ((<usize>j) << 5);
    const p1 = p0 + gap;
    const p2 = p1 + gap;
    const p3 = p2 + gap;
    const ar = v128.load(p0);
    const ai = v128.load(p0, 16);
    const br = v128.load(p1);
    const bi = v128.load(p1, 16);
    const er = v128.load(p2);
    const ei = v128.load(p2, 16);
    const fr = v128.load(p3);
    const fi = v128.load(p3, 16);
    const x0r = f32x4.add(ar, er);
    const x0i = f32x4.add(ai, ei);
    const x1r = f32x4.sub(ar, er);
    const x1i = f32x4.sub(ai, ei);
    const x2r = f32x4.add(br, fr);
    const x2i = f32x4.add(bi, fi);
    const x3r = f32x4.sub(br, fr);
    const x3i = f32x4.sub(bi, fi);
    put(p0, f32x4.add(x0r, x2r), f32x4.add(x0i, x2i));
    put(p2, f32x4.sub(x0r, x2r), f32x4.sub(x0i, x2i));
    const pr = f32x4.sub(x1r, x3i);
    const pi = f32x4.add(x1i, x3r);
    const mr = f32x4.add(x1r, x3i);
    const mi = f32x4.sub(x1i, x3r);
    if (j == 0) {
      put(p1, pr, pi);
      put(p3, mr, mi);
    } else if (j << 1 == h) {
      put(p1, f32x4.mul(w4, f32x4.sub(pr, pi)), f32x4.mul(w4, f32x4.add(pr, pi)));
      put(p3, f32x4.neg(f32x4.mul(w4, f32x4.add(mr, mi))), f32x4.mul(w4, f32x4.sub(mr, mi)));
    } else {
      const at = w + ((<usize>j) << 4);
      const w1r = v128.load32_splat(at);
      const w1i = v128.load32_splat(at, 4);
      const w3r = v128.load32_splat(at, 8);
      const w3i = v128.load32_splat(at, 12);
      put(p1, productRe(pr, pi, w1r, w1i), productIm(pr, pi, w1r, w1i));
      put(p3, productRe(mr, mi, w3r, w3i), productIm(mr, mi, w3r, w3i));
    }
  }
  if (h == 1) return;
  level += 8;
  plain(y, h, level, w4);
  plain(y + gap, h, level, w4);
  pending(y + 2 * gap, h, level, w4);
  plain(y + 3 * gap, h, level, w4);
}

/** In place: block y of q complex elements; a rotation is still to be applied. */
function pending(y: usize, q: i32, level: usize, w4: v128): void {
  if (q == 2) {
    const r0 = v128.load(y);
    const i0 = v128.load(y, 16);
    const r1 = v128.load(y, 32);
    const i1 = v128.load(y, 48);
    put(y, f32x4.sub(r0, i1), f32x4.add(i0, r1));
    put(y + 32, f32x4.add(r0, i1), f32x4.sub(i0, r1));
    return;
  }
  const h = q >> 2;
  const gap = (<usize>h) << 5;
  const w = h > 1 ? load<usize>(level, 4) : 0;
  for (let j = 0; j < h; j++) {
    const p0 = y + ((<usize>j) << 5);
    const p1 = p0 + gap;
    const p2 = p1 + gap;
    const p3 = p2 + gap;
    const ar = v128.load(p0);
    const ai = v128.load(p0, 16);
    const br = v128.load(p1);
    const bi = v128.load(p1, 16);
    const er = v128.load(p2);
    const ei = v128.load(p2, 16);
    const fr = v128.load(p3);
    const fi = v128.load(p3, 16);
    const Ar = f32x4.sub(ar, ei);
    const Ai = f32x4.add(ai, er);
    const Br = f32x4.sub(br, fi);
    const Bi = f32x4.add(bi, fr);
    const Cr = f32x4.add(ar, ei);
    const Ci = f32x4.sub(ai, er);
    const Dr = f32x4.add(br, fi);
    const Di = f32x4.sub(bi, fr);
    let ur = Ar;
    let ui = Ai;
    let vr: v128;
    let vi: v128;
    let tr = Cr;
    let ti = Ci;
    let zr: v128;
    let zi: v128;
    if (j == 0) {
      vr = f32x4.mul(w4, f32x4.sub(Br, Bi));
      vi = f32x4.mul(w4, f32x4.add(Br, Bi));
      zr = f32x4.neg(f32x4.mul(w4, f32x4.add(Dr, Di)));
      zi = f32x4.mul(w4, f32x4.sub(Dr, Di));
    } else {
      const at = w + ((<usize>j) << 5);
      let wr = v128.load32_splat(at);
      let wi = v128.load32_splat(at, 4);
      ur = productRe(Ar, Ai, wr, wi);
      ui = productIm(Ar, Ai, wr, wi);
      wr = v128.load32_splat(at, 8);
      wi = v128.load32_splat(at, 12);
      vr = productRe(Br, Bi, wr, wi);
      vi = productIm(Br, Bi, wr, wi);
      wr = v128.load32_splat(at, 16);
      wi = v128.load32_splat(at, 20);
      tr = productRe(Cr, Ci, wr, wi);
      ti = productIm(Cr, Ci, wr, wi);
      wr = v128.load32_splat(at, 24);
      wi = v128.load32_splat(at, 28);
      zr = productRe(Dr, Di, wr, wi);
      zi = productIm(Dr, Di, wr, wi);
    }
    put(p0, f32x4.add(ur, vr), f32x4.add(ui, vi));
    put(p2, f32x4.sub(ur, vr), f32x4.sub(ui, vi));
    put(p1, f32x4.add(tr, zr), f32x4.add(ti, zi));
    put(p3, f32x4.sub(tr, zr), f32x4.sub(ti, zi));
  }
  if (h == 1) return;
  level += 8;
  plain(y, h, level, w4);
  plain(y + gap, h, level, w4);
  pending(y + 2 * gap, h, level, w4);
  pending(y + 3 * gap, h, level, w4);
}

/**
 * |X[k]| = sqrt(re² + im²), k = 0 … N/2, of four windowed frames.
 * out: f32x4[N/2 + 1]; x: f32x4[N], zero padded, destroyed; not scaled in any way.
 */
export function magnitudes(out: usize, x: usize, plan: usize): void {
  assert(plan == PLAN512 || plan == PLAN1024);
  const M = load<i32>(plan);
  plain(x, M, plan + 16, v128.load32_splat(plan, 4));
  const where = load<usize>(plan, 8);
  const g = load<usize>(plan, 12);

  const r0 = v128.load(x);
  const i0 = v128.load(x, 16);
  v128.store(out, f32x4.abs(f32x4.add(r0, i0)));
  v128.store(out + ((<usize>M) << 4), f32x4.abs(f32x4.sub(r0, i0)));
  const middle = x + load<i32>(where + ((<usize>(M >> 1)) << 2));
  v128.store(out + ((<usize>(M >> 1)) << 4), modulus(v128.load(middle), v128.load(middle, 16)));

  const half = f32x4.splat(0.5);
  for (let k = 1; k < M >> 1; k++) {
    const mirror = M - k;
    const a = x + load<i32>(where + ((<usize>k) << 2));
    const b = x + load<i32>(where + ((<usize>mirror) << 2));
    const wr = f32x4.sub(half, v128.load32_splat(g + ((<usize>((M >> 1) - k)) << 2)));
    const wi = v128.load32_splat(g + ((<usize>k) << 2));
    const ar = v128.load(a);
    const ai = v128.load(a, 16);
    const br = v128.load(b);
    const bi = v128.load(b, 16);
    const dr = f32x4.sub(ar, br);
    const di = f32x4.add(ai, bi);
    const tr = productRe(dr, di, wr, wi);
    const ti = productIm(dr, di, wr, wi);
    v128.store(out + ((<usize>k) << 4), modulus(f32x4.sub(ar, tr), f32x4.sub(ai, ti)));
    v128.store(out + ((<usize>mirror) << 4), modulus(f32x4.add(br, tr), f32x4.sub(bi, ti)));
  }
}

/** sqrt(re² + im²). */
@inline
function modulus(re: v128, im: v128): v128 {
  return f32x4.sqrt(f32x4.add(f32x4.mul(re, re), f32x4.mul(im, im)));
}

/** P[k] = |X[k]|², out and magnitudes: f32x4[count]. */
export function powers(out: usize, magnitudes: usize, count: i32): void {
  for (let k = 0; k < count; k++) {
    const m = v128.load(magnitudes + ((<usize>k) << 4));
    v128.store(out + ((<usize>k) << 4), f32x4.mul(m, m));
  }
}
