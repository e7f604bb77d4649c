// Zero crossing rate of four unwindowed frames: the number of i = 1 … width−2 with
// x[i−1] x[i] < 0, or x[i] = 0 and x[i−1] x[i+1] ≤ 0, divided by the width.

/** The rate in f32x4; frames: f32x4[width]. */
export function zeroCrossingRate(frames: usize, width: i32): v128 {
  const zero = f32x4.splat(0);
  let count = i32x4.splat(0);
  let before = v128.load(frames);
  let here = v128.load(frames, 16);
  for (let i = 1; i < width - 1; i++) {
    const after = v128.load(frames + ((<usize>i) << 4), 16);
    const crossed = f32x4.lt(f32x4.mul(before, here), zero);
    const touched = v128.and(f32x4.eq(here, zero), f32x4.le(f32x4.mul(before, after), zero));
    count = i32x4.sub(count, v128.or(crossed, touched));
    before = here;
    here = after;
  }
  return f32x4.div(f32x4.convert_i32x4_s(count), f32x4.splat(<f32>width));
}
