// Smoothing, and what happens at the ends: a centred moving average over three rows. In
// front, row 0 repeats; the caller has put what follows the last row behind it.
import { COLUMN_NZ, ROW, row } from './contour';

/**
 * Four columns of groups A and B: (x[n−1] + x[n] + x[n+1]) / 3.
 * out: f32x4[count], rows from … from + count − 1; row from + count must exist.
 */
export function smooth(out: usize, column: i32, from: i32, count: i32): void {
  const three = f32x4.splat(3);
  let at = row(from) + (column << 2);
  let before = v128.load(from > 0 ? at - ROW : at);
  let here = v128.load(at);
  for (let end = out + ((<usize>count) << 4); out < end; out += 16) {
    at += ROW;
    const after = v128.load(at);
    v128.store(out, f32x4.div(f32x4.add(f32x4.add(before, here), after), three));
    before = here;
    here = after;
  }
}

/**
 * The six columns of group Nz: where x[n] is 0 the result is; elsewhere the mean of those of the three
 * that are not 0. In row `undecided` − 1, where the functionals stop, jitter, shimmer and HNR do not
 * know their right neighbour yet and repeat; the last row repeats as a whole.
 * out: f32[count][8], rows from … from + count − 1; last: the number of rows.
 */
export function smoothNz(out: usize, from: i32, count: i32, undecided: i32, last: i32): void {
  for (let n = from; n < from + count; n++) {
    const here = row(n) + (COLUMN_NZ << 2);
    const before = n > 0 ? here - ROW : here;
    const after = n < last - 1 ? here + ROW : here;
    let next = v128.load(after);
    if (n == undecided - 1) next = v128.shuffle<i64>(next, v128.load(here), 0, 3);
    v128.store(out, meanOfNonZero(v128.load(before), v128.load(here), next));
    next = v128.load(n == undecided - 1 ? here : after, 16);
    v128.store(out, meanOfNonZero(v128.load(before, 16), v128.load(here, 16), next), 16);
    out += 32;
  }
}

function meanOfNonZero(before: v128, here: v128, after: v128): v128 {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  const sum = f32x4.add(f32x4.add(before, here), after);
  const neighbours = f32x4.add(v128.and(one, f32x4.ne(before, zero)), v128.and(one, f32x4.ne(after, zero)));
  return v128.and(f32x4.div(sum, f32x4.add(one, neighbours)), f32x4.ne(here, zero));
}
