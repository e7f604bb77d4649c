// transpose — 4 x 4 blocks of f32, the building block of the packers.

/** Rows of 4 values at src, `ss` bytes apart, become columns at dst, `ds` bytes between its rows. */
@inline
export function copy4x4(dst: usize, ds: usize, src: usize, ss: usize): void {
  const a = v128.load(src);
  const b = v128.load(src + ss);
  const c = v128.load(src + 2 * ss);
  const d = v128.load(src + 3 * ss);
  const ab0 = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const ab1 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const cd0 = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const cd1 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(dst, v128.shuffle<f64>(ab0, cd0, 0, 2));
  v128.store(dst + ds, v128.shuffle<f64>(ab0, cd0, 1, 3));
  v128.store(dst + 2 * ds, v128.shuffle<f64>(ab1, cd1, 0, 2));
  v128.store(dst + 3 * ds, v128.shuffle<f64>(ab1, cd1, 1, 3));
}
