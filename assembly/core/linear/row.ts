// row — f32 sums over one row of codes, always in the same order.

/** h · v over r values: four lanes in turn, then (0 + 1) + (2 + 3), then the tail in order. */
@inline
export function inner(h: usize, v: usize, r: i32): f32 {
  let s = f32x4.splat(0);
  let k = r;
  for (; k >= 4; k -= 4, h += 16, v += 16) s = f32x4.add(s, f32x4.mul(v128.load(h), v128.load(v)));
  let t =
    f32x4.extract_lane(s, 0) +
    f32x4.extract_lane(s, 1) +
    (f32x4.extract_lane(s, 2) + f32x4.extract_lane(s, 3));
  for (; k > 0; k--, h += 4, v += 4) t += load<f32>(h) * load<f32>(v);
  return t;
}

/** out ← out + a·x over r values. */
@inline
export function accumulate(out: usize, a: f32, x: usize, r: i32): void {
  const av = f32x4.splat(a);
  let k = r;
  for (; k >= 4; k -= 4, out += 16, x += 16)
    v128.store(out, f32x4.add(v128.load(out), f32x4.mul(av, v128.load(x))));
  for (; k > 0; k--, out += 4, x += 4) store<f32>(out, load<f32>(out) + a * load<f32>(x));
}
