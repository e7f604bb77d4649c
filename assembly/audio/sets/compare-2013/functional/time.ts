// Times of four contours, as shares of their length: above a level, rising, turning left.
import { least, range } from './summary';

/** Writes 6 f32x4: upleveltime25, 50, 75, 90, risetime, leftctime. */
export function times(out: usize, v: usize, n: i32): usize {
  out = upLevelTime(out, v, n, 0.25);
  out = upLevelTime(out, v, n, 0.5);
  out = upLevelTime(out, v, n, 0.75);
  out = upLevelTime(out, v, n, 0.9);
  let rising = i32x4.splat(0);
  let turning = i32x4.splat(0);
  for (let i = 1; i < n; i++) {
    const here = v + ((<usize>i) << 4);
    const x = v128.load(here);
    const before = v128.load(here - 16);
    rising = i32x4.sub(rising, f32x4.lt(before, x));
    if (i == n - 1) break;
    const bends = f32x4.gt(f32x4.sub(v128.load(here, 16), x), f32x4.sub(x, before));
    turning = i32x4.sub(turning, bends);
  }
  v128.store(out, share(rising, n - 1));
  v128.store(out, share(turning, n - 2), 16);
  return out + 32;
}

/** Share of values above least + level · range, the level in f32. */
function upLevelTime(out: usize, v: usize, n: i32, level: f32): usize {
  const limit = f32x4.add(least(), f32x4.mul(f32x4.splat(level), range()));
  let above = i32x4.splat(0);
  for (let i = 0; i < n; i++) above = i32x4.sub(above, f32x4.gt(v128.load(v + ((<usize>i) << 4)), limit));
  v128.store(out, share(above, n));
  return out + 16;
}

function share(count: v128, whole: i32): v128 {
  return f32x4.div(f32x4.convert_i32x4_s(count), f32x4.splat(<f32>max(whole, 1)));
}
