// tile — the inner loop of gemm: out (8 x 4) = or += panel (K x 8) · splats (K x 4).
//
// Eight accumulators, one 4-vector each: a0 … a3 the upper four rows of the four columns, b0 … b3 the
// lower ones. A step of k is six loads, eight products and eight sums; the sums are sequential in k.
//
// Eight steps a round, and each ends in a block of its own: the optimiser of older V8 (Node 20 and 22) sorts
// the operations of a block by accumulator, and eight steps in one block would need more registers than
// there are. The branches that part the steps are never taken (`q` is a multiple of 16). Each has a constant
// of its own, or the optimiser would prove that the second cannot be taken. What they would store, in that
// order, is what keeps the order of the step in machine code as it is written here: one load, then its two
// products and sums. With all loads first the processors we measured lose a quarter of their speed.

@inline
function keep(
  to: usize,
  a0: v128,
  b0: v128,
  a1: v128,
  b1: v128,
  a2: v128,
  b2: v128,
  a3: v128,
  b3: v128,
): void {
  v128.store(to, b3);
  v128.store(to, a3);
  v128.store(to, b2);
  v128.store(to, a2);
  v128.store(to, b1);
  v128.store(to, a1);
  v128.store(to, b0);
  v128.store(to, a0);
}

/** Adds (or stores) 4 x 4 accumulators, columns of the tile, as rows of out. */
@inline
export function put(o: usize, stride: usize, a: v128, b: v128, c: v128, d: v128, add: bool): void {
  const ab0 = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const ab1 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const cd0 = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const cd1 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  let r0 = v128.shuffle<f64>(ab0, cd0, 0, 2);
  let r1 = v128.shuffle<f64>(ab0, cd0, 1, 3);
  let r2 = v128.shuffle<f64>(ab1, cd1, 0, 2);
  let r3 = v128.shuffle<f64>(ab1, cd1, 1, 3);
  const o1 = o + stride;
  const o2 = o1 + stride;
  const o3 = o2 + stride;
  if (add) {
    r0 = f32x4.add(v128.load(o), r0);
    r1 = f32x4.add(v128.load(o1), r1);
    r2 = f32x4.add(v128.load(o2), r2);
    r3 = f32x4.add(v128.load(o3), r3);
  }
  v128.store(o, r0);
  v128.store(o1, r1);
  v128.store(o2, r2);
  v128.store(o3, r3);
}

/** One tile: out (8 x 4, `stride` bytes a row) = or += panel (kc x 8) · splats (kc x 4). */
export function tile(o: usize, stride: usize, p: usize, q: usize, kc: i32, add: bool): void {
  let a0 = f32x4.splat(0),
    a1 = f32x4.splat(0),
    a2 = f32x4.splat(0),
    a3 = f32x4.splat(0);
  let b0 = f32x4.splat(0),
    b1 = f32x4.splat(0),
    b2 = f32x4.splat(0),
    b3 = f32x4.splat(0);
  let x: v128, y: v128, s: v128;
  const end = p + ((<usize>kc) << 5);
  const rounds = p + ((<usize>(kc & ~7)) << 5);
  while (p < rounds) {
    x = v128.load(p);
    y = v128.load(p, 16);
    s = v128.load(q);
    a0 = f32x4.add(a0, f32x4.mul(x, s));
    b0 = f32x4.add(b0, f32x4.mul(y, s));
    s = v128.load(q, 16);
    a1 = f32x4.add(a1, f32x4.mul(x, s));
    b1 = f32x4.add(b1, f32x4.mul(y, s));
    s = v128.load(q, 32);
    a2 = f32x4.add(a2, f32x4.mul(x, s));
    b2 = f32x4.add(b2, f32x4.mul(y, s));
    s = v128.load(q, 48);
    a3 = f32x4.add(a3, f32x4.mul(x, s));
    b3 = f32x4.add(b3, f32x4.mul(y, s));
    if (q == 1) keep(q, a0, b0, a1, b1, a2, b2, a3, b3);
    x = v128.load(p, 32);
    y = v128.load(p, 48);
    s = v128.load(q, 64);
    a0 = f32x4.add(a0, f32x4.mul(x, s));
    b0 = f32x4.add(b0, f32x4.mul(y, s));
    s = v128.load(q, 80);
    a1 = f32x4.add(a1, f32x4.mul(x, s));
    b1 = f32x4.add(b1, f32x4.mul(y, s));
    s = v128.load(q, 96);
    a2 = f32x4.add(a2, f32x4.mul(x, s));
    b2 = f32x4.add(b2, f32x4.mul(y, s));
    s = v128.load(q, 112);
    a3 = f32x4.add(a3, f32x4.mul(x, s));
    b3 = f32x4.add(b3, f32x4.mul(y, s));
    if (q == 2) keep(q, a0, b0, a1, b1, a2, b2, a3, b3);
    x = v128.load(p, 64);
    y = v128.load(p, 80);
    s = v128.load(q, 128);
    a0 = f32x4.add(a0, f32x4.mul(x, s));
    b0 = f32x4.add(b0, f32x4.mul(y, s));
    s = v128.load(q, 144);
    a1 = f32x4.add(a1, f32x4.mul(x, s));
    b1 = f32x4.add(b1, f32x4.mul(y, s));
    s = v128.load(q, 160);
    a2 = f32x4.add(a2, f32x4.mul(x, s));
    b2 = f32x4.add(b2, f32x4.mul(y, s));
    s = v128.load(q, 176);
    a3 = f32x4.add(a3, f32x4.mul(x, s));
    b3 = f32x4.add(b3, f32x4.mul(y, s));
    if (q == 3) keep(q, a0, b0, a1, b1, a2, b2, a3, b3);
    x = v128.load(p, 96);
    y = v128.load(p, 112);
    s = v128.load(q, 192);
    a0 = f32x4.add(a0, f32x4.mul(x, s));
    b0 = f32x4.add(b0, f32x4.mul(y, s));
    s = v128.load(q, 208);
    a1 = f32x4.add(a1, f32x4.mul(x, s));
    b1 = f32x4.add(b1, f32x4.mul(y, s));
    s = v128.load(q, 224);
    a2 = f32x4.add(a2, f32x4.mul(x, s));
    b2 = f32x4.add(b2, f32x4.mul(y, s));
    s = v128.load(q, 240);
    a3 = f32x4.add(a3, f32x4.mul(x, s));
    b3 = f32x4.add(b3, f32x4.mul(y, s));
    if (q == 4) keep(q, a0, b0, a1, b1, a2, b2, a3, b3);
    x = v128.load(p, 128);
    y = v128.load(p, 144);
    s = v128.load(q, 256);
    a0 = f32x4.add(a0, f32x4.mul(x, s));
    b0 = f32x4.add(b0, f32x4.mul(y, s));
    s = v128.load(q, 272);
    a1 = f32x4.add(a1, f32x4.mul(x, s));
    b1 = f32x4.add(b1, f32x4.mul(y, s));
    s = v128.load(q, 288);
    a2 = f32x4.add(a2, f32x4.mul(x, s));
    b2 = f32x4.add(b2, f32x4.mul(y, s));
    s = v128.load(q, 304);
    a3 = f32x4.add(a3, f32x4.mul(x, s));
    b3 = f32x4.add(b3, f32x4.mul(y, s));
    if (q == 5) keep(q, a0, b0, a1, b1, a2, b2, a3, b3);
    x = v128.load(p, 160);
    y = v128.load(p, 176);
    s = v128.load(q, 320);
    a0 = f32x4.add(a0, f32x4.mul(x, s));
    b0 = f32x4.add(b0, f32x4.mul(y, s));
    s = v128.load(q, 336);
    a1 = f32x4.add(a1, f32x4.mul(x, s));
    b1 = f32x4.add(b1, f32x4.mul(y, s));
    s = v128.load(q, 352);
    a2 = f32x4.add(a2, f32x4.mul(x, s));
    b2 = f32x4.add(b2, f32x4.mul(y, s));
    s = v128.load(q, 368);
    a3 = f32x4.add(a3, f32x4.mul(x, s));
    b3 = f32x4.add(b3, f32x4.mul(y, s));
    if (q == 6) keep(q, a0, b0, a1, b1, a2, b2, a3, b3);
    x = v128.load(p, 192);
    y = v128.load(p, 208);
    s = v128.load(q, 384);
    a0 = f32x4.add(a0, f32x4.mul(x, s));
    b0 = f32x4.add(b0, f32x4.mul(y, s));
    s = v128.load(q, 400);
    a1 = f32x4.add(a1, f32x4.mul(x, s));
    b1 = f32x4.add(b1, f32x4.mul(y, s));
    s = v128.load(q, 416);
    a2 = f32x4.add(a2, f32x4.mul(x, s));
    b2 = f32x4.add(b2, f32x4.mul(y, s));
    s = v128.load(q, 432);
    a3 = f32x4.add(a3, f32x4.mul(x, s));
    b3 = f32x4.add(b3, f32x4.mul(y, s));
    if (q == 7) keep(q, a0, b0, a1, b1, a2, b2, a3, b3);
    x = v128.load(p, 224);
    y = v128.load(p, 240);
    s = v128.load(q, 448);
    a0 = f32x4.add(a0, f32x4.mul(x, s));
    b0 = f32x4.add(b0, f32x4.mul(y, s));
    s = v128.load(q, 464);
    a1 = f32x4.add(a1, f32x4.mul(x, s));
    b1 = f32x4.add(b1, f32x4.mul(y, s));
    s = v128.load(q, 480);
    a2 = f32x4.add(a2, f32x4.mul(x, s));
    b2 = f32x4.add(b2, f32x4.mul(y, s));
    s = v128.load(q, 496);
    a3 = f32x4.add(a3, f32x4.mul(x, s));
    b3 = f32x4.add(b3, f32x4.mul(y, s));
    p += 256;
    q += 512;
  }
  while (p < end) {
    x = v128.load(p);
    y = v128.load(p, 16);
    s = v128.load(q);
    a0 = f32x4.add(a0, f32x4.mul(x, s));
    b0 = f32x4.add(b0, f32x4.mul(y, s));
    s = v128.load(q, 16);
    a1 = f32x4.add(a1, f32x4.mul(x, s));
    b1 = f32x4.add(b1, f32x4.mul(y, s));
    s = v128.load(q, 32);
    a2 = f32x4.add(a2, f32x4.mul(x, s));
    b2 = f32x4.add(b2, f32x4.mul(y, s));
    s = v128.load(q, 48);
    a3 = f32x4.add(a3, f32x4.mul(x, s));
    b3 = f32x4.add(b3, f32x4.mul(y, s));
    p += 32;
    q += 64;
  }
  put(o, stride, a0, a1, a2, a3, add);
  put(o + (stride << 2), stride, b0, b1, b2, b3, add);
}
