// wide-tile — two tiles of gemm at once, for an engine that fuses pairs of 128-bit operations into 256-bit ones
// (V8 with --experimental-wasm-revectorize). Other engines run it more slowly than `tile`. The bits are the same.
//
// The engine looks for stores to neighbouring addresses to fuse, so the sums are stored in a buffer first, column after
// column. A small value is copied into all lanes when it is loaded, so one copy of it in memory is enough: with four
// copies the operands of two tiles would fill a first-level cache of 32 KiB. A round takes two steps of k, because the
// engine checks its stack once a round.
import { put } from './tile';

/** 16 x 4 sums, a column after the other. */
const sums: usize = memory.data(256, 16);

/** sums = panels p and p2 (kc x 8 each) · values (kc x 4). Sequential in k, as in `tile`. */
function multiply(to: usize, p: usize, p2: usize, q: usize, kc: i32): void {
  let a0 = f32x4.splat(0),
    b0 = f32x4.splat(0),
    c0 = f32x4.splat(0),
    d0 = f32x4.splat(0);
  let a1 = f32x4.splat(0),
    b1 = f32x4.splat(0),
    c1 = f32x4.splat(0),
    d1 = f32x4.splat(0);
  let a2 = f32x4.splat(0),
    b2 = f32x4.splat(0),
    c2 = f32x4.splat(0),
    d2 = f32x4.splat(0);
  let a3 = f32x4.splat(0),
    b3 = f32x4.splat(0),
    c3 = f32x4.splat(0),
    d3 = f32x4.splat(0);
  let x: v128, y: v128, z: v128, w: v128, s: v128;
  let k = kc;
  for (; k > 1; k -= 2) {
    x = v128.load(p);
    y = v128.load(p, 16);
    z = v128.load(p2);
    w = v128.load(p2, 16);
    s = v128.load_splat<f32>(q);
    a0 = f32x4.add(a0, f32x4.mul(x, s));
    b0 = f32x4.add(b0, f32x4.mul(y, s));
    c0 = f32x4.add(c0, f32x4.mul(z, s));
    d0 = f32x4.add(d0, f32x4.mul(w, s));
    s = v128.load_splat<f32>(q, 4);
    a1 = f32x4.add(a1, f32x4.mul(x, s));
    b1 = f32x4.add(b1, f32x4.mul(y, s));
    c1 = f32x4.add(c1, f32x4.mul(z, s));
    d1 = f32x4.add(d1, f32x4.mul(w, s));
    s = v128.load_splat<f32>(q, 8);
    a2 = f32x4.add(a2, f32x4.mul(x, s));
    b2 = f32x4.add(b2, f32x4.mul(y, s));
    c2 = f32x4.add(c2, f32x4.mul(z, s));
    d2 = f32x4.add(d2, f32x4.mul(w, s));
    s = v128.load_splat<f32>(q, 12);
    a3 = f32x4.add(a3, f32x4.mul(x, s));
    b3 = f32x4.add(b3, f32x4.mul(y, s));
    c3 = f32x4.add(c3, f32x4.mul(z, s));
    d3 = f32x4.add(d3, f32x4.mul(w, s));
    x = v128.load(p, 32);
    y = v128.load(p, 48);
    z = v128.load(p2, 32);
    w = v128.load(p2, 48);
    s = v128.load_splat<f32>(q, 16);
    a0 = f32x4.add(a0, f32x4.mul(x, s));
    b0 = f32x4.add(b0, f32x4.mul(y, s));
    c0 = f32x4.add(c0, f32x4.mul(z, s));
    d0 = f32x4.add(d0, f32x4.mul(w, s));
    s = v128.load_splat<f32>(q, 20);
    a1 = f32x4.add(a1, f32x4.mul(x, s));
    b1 = f32x4.add(b1, f32x4.mul(y, s));
    c1 = f32x4.add(c1, f32x4.mul(z, s));
    d1 = f32x4.add(d1, f32x4.mul(w, s));
    s = v128.load_splat<f32>(q, 24);
    a2 = f32x4.add(a2, f32x4.mul(x, s));
    b2 = f32x4.add(b2, f32x4.mul(y, s));
    c2 = f32x4.add(c2, f32x4.mul(z, s));
    d2 = f32x4.add(d2, f32x4.mul(w, s));
    s = v128.load_splat<f32>(q, 28);
    a3 = f32x4.add(a3, f32x4.mul(x, s));
    b3 = f32x4.add(b3, f32x4.mul(y, s));
    c3 = f32x4.add(c3, f32x4.mul(z, s));
    d3 = f32x4.add(d3, f32x4.mul(w, s));
    p += 64;
    p2 += 64;
    q += 32;
  }
  if (k > 0) {
    x = v128.load(p);
    y = v128.load(p, 16);
    z = v128.load(p2);
    w = v128.load(p2, 16);
    s = v128.load_splat<f32>(q);
    a0 = f32x4.add(a0, f32x4.mul(x, s));
    b0 = f32x4.add(b0, f32x4.mul(y, s));
    c0 = f32x4.add(c0, f32x4.mul(z, s));
    d0 = f32x4.add(d0, f32x4.mul(w, s));
    s = v128.load_splat<f32>(q, 4);
    a1 = f32x4.add(a1, f32x4.mul(x, s));
    b1 = f32x4.add(b1, f32x4.mul(y, s));
    c1 = f32x4.add(c1, f32x4.mul(z, s));
    d1 = f32x4.add(d1, f32x4.mul(w, s));
    s = v128.load_splat<f32>(q, 8);
    a2 = f32x4.add(a2, f32x4.mul(x, s));
    b2 = f32x4.add(b2, f32x4.mul(y, s));
    c2 = f32x4.add(c2, f32x4.mul(z, s));
    d2 = f32x4.add(d2, f32x4.mul(w, s));
    s = v128.load_splat<f32>(q, 12);
    a3 = f32x4.add(a3, f32x4.mul(x, s));
    b3 = f32x4.add(b3, f32x4.mul(y, s));
    c3 = f32x4.add(c3, f32x4.mul(z, s));
    d3 = f32x4.add(d3, f32x4.mul(w, s));
  }
  v128.store(to, a0);
  v128.store(to, b0, 16);
  v128.store(to, c0, 32);
  v128.store(to, d0, 48);
  v128.store(to, a1, 64);
  v128.store(to, b1, 80);
  v128.store(to, c1, 96);
  v128.store(to, d1, 112);
  v128.store(to, a2, 128);
  v128.store(to, b2, 144);
  v128.store(to, c2, 160);
  v128.store(to, d2, 176);
  v128.store(to, a3, 192);
  v128.store(to, b3, 208);
  v128.store(to, c3, 224);
  v128.store(to, d3, 240);
}

/** Rows 4·part … 4·part + 3 of the sums into out. */
@inline
function putPart(o: usize, stride: usize, part: usize, add: bool): void {
  const from = sums + (part << 4);
  const to = o + (part << 2) * stride;
  put(to, stride, v128.load(from), v128.load(from, 64), v128.load(from, 128), v128.load(from, 192), add);
}

/** Two tiles: out (16 x 4, `stride` bytes a row) = or += panels p and p2 · values. */
export function wideTile(o: usize, stride: usize, p: usize, p2: usize, q: usize, kc: i32, add: bool): void {
  multiply(sums, p, p2, q, kc);
  for (let part: usize = 0; part < 4; part++) putPart(o, stride, part, add);
}
