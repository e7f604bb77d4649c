// coordinate — exact coordinate descent (HALS) on the same objective (method.md, Coordinate descent): the steps of U
// and H; that of V is in coordinate-codes.ts.
//
// Every step minimises over one entry and never goes below `floor`. `stats` (f64[3]) is as in update.ts; the residual
// of an entry is taken just before it moves.
//
// Rows of U do not depend on each other, so eight of them are computed in the lanes of two vectors. Columns are taken
// in blocks of four: their slopes are one tile of a product. When a column of the block has moved, the slopes of the
// columns after it are corrected.
import { aligned, apart, bytesOf, counts } from '../../operands';
import { FOUR_COPIES, packBlock, panelBytes, splatRows } from '../linear/gemm';
import { addStats, lanes } from '../linear/lanes';
import { copy4x4 } from '../../transpose';
import { TINY } from './update';

/** Rows of one sweep (ours: their panels and a block of B stay in the first-level cache). */
const GROUP: i32 = 32;

/** Slopes of a tile: 4 columns x 8 rows. */
const tile: usize = memory.data(128, 16);

/** Bytes of an r x r matrix in blocks of four columns, every value four times. */
export function blockBytes(r: i32): usize {
  assert(counts(r));
  return (<usize>((r + 3) >> 2) * <usize>r) << 6;
}

/** out (4 x 8, column by column, `step` bytes apart) = panel (r x 8) · block (r x 4, every value four times). */
export function slopes(out: usize, step: usize, panel: usize, block: usize, r: i32): void {
  let a0 = f32x4.splat(0),
    a1 = f32x4.splat(0),
    a2 = f32x4.splat(0),
    a3 = f32x4.splat(0);
  let b0 = f32x4.splat(0),
    b1 = f32x4.splat(0),
    b2 = f32x4.splat(0),
    b3 = f32x4.splat(0);
  let x: v128, y: v128, s: v128;
  for (let l = r; l > 0; l--) {
    x = v128.load(panel);
    y = v128.load(panel, 16);
    s = v128.load(block);
    a0 = f32x4.add(a0, f32x4.mul(x, s));
    b0 = f32x4.add(b0, f32x4.mul(y, s));
    s = v128.load(block, 16);
    a1 = f32x4.add(a1, f32x4.mul(x, s));
    b1 = f32x4.add(b1, f32x4.mul(y, s));
    s = v128.load(block, 32);
    a2 = f32x4.add(a2, f32x4.mul(x, s));
    b2 = f32x4.add(b2, f32x4.mul(y, s));
    s = v128.load(block, 48);
    a3 = f32x4.add(a3, f32x4.mul(x, s));
    b3 = f32x4.add(b3, f32x4.mul(y, s));
    panel += 32;
    block += 64;
  }
  v128.store(out, a0);
  v128.store(out, b0, 16);
  out += step;
  v128.store(out, a1);
  v128.store(out, b1, 16);
  out += step;
  v128.store(out, a2);
  v128.store(out, b2, 16);
  out += step;
  v128.store(out, a3);
  v128.store(out, b3, 16);
}

/** All bits set in the lanes of the first `count` rows. */
@inline
function present(count: i32): v128 {
  return i32x4.gt_s(i32x4.splat(count), i32x4(0, 1, 2, 3));
}

/**
 * Moves `cols` entries of each of 8 rows by their slopes in `tile`. x, num: panels, from the block's first
 * column on; own: the rows of B in the same block. Rows past `count` stay 0.
 */
function settle(
  x: usize,
  num: usize,
  own: usize,
  inverse: usize,
  cols: i32,
  count: i32,
  floor: f32,
  stats: usize,
): void {
  const zero = f32x4.splat(0);
  const bound = f32x4.splat(floor);
  let change = zero;
  let residual = zero;
  let size = zero;
  for (let half: usize = 0; half < 32; half += 16) {
    const least = v128.and(bound, present(count - ((<i32>half) >> 2)));
    for (let j = 0; j < cols; j++) {
      const at = ((<usize>j) << 5) + half;
      const q = v128.load32_splat(inverse + ((<usize>j) << 2));
      const old = v128.load(x + at);
      const step = f32x4.mul(f32x4.sub(v128.load(tile + at), v128.load(num + at)), q);
      const value = f32x4.max(v128.and(least, f32x4.gt(q, zero)), f32x4.sub(old, step));
      const delta = f32x4.sub(value, old);
      const part = f32x4.min(old, step);
      v128.store(x + at, value);
      change = f32x4.add(change, f32x4.mul(delta, delta));
      residual = f32x4.add(residual, f32x4.mul(part, part));
      size = f32x4.add(size, f32x4.mul(old, old));
      const b = own + ((<usize>j) << 6);
      for (let i = j + 1; i < cols; i++) {
        const to = tile + ((<usize>i) << 5) + half;
        v128.store(to, f32x4.add(v128.load(to), f32x4.mul(v128.load(b + ((<usize>i) << 4)), delta)));
      }
    }
  }
  addStats(stats, lanes(change), lanes(residual), lanes(size));
}

/** Writes panels (of `rows` rows, r values each) back as rows. */
export function unpackRows(dst: usize, panels: usize, rows: i32, r: i32): void {
  const stride = (<usize>r) << 2;
  for (let i = 0; i < rows; i += 4) {
    const panel = panels + <usize>(i >> 3) * (stride << 3) + ((<usize>(i & 4)) << 2);
    const to = dst + <usize>i * stride;
    const whole = rows - i >= 4 ? r & ~3 : 0;
    for (let k = 0; k < whole; k += 4) copy4x4(to + ((<usize>k) << 2), stride, panel + ((<usize>k) << 5), 32);
    for (let j = 0; j < min(rows - i, 4); j++)
      for (let k = whole; k < r; k++)
        store<f32>(
          to + <usize>j * stride + ((<usize>k) << 2),
          load<f32>(panel + ((<usize>k) << 5) + ((<usize>j) << 2)),
        );
  }
}

export function coordinateRowsBytes(r: i32): usize {
  return blockBytes(r) + 2 * panelBytes(GROUP, r) + 32;
}

/** One sweep over the panels of up to GROUP rows. */
function sweep(
  xs: usize,
  nums: usize,
  blocks: usize,
  inverse: usize,
  rows: i32,
  r: i32,
  floor: f32,
  stats: usize,
): void {
  const panel = (<usize>r) << 5;
  memory.fill(stats, 0, 24);
  for (let k = 0; k < r; k += 4, blocks += (<usize>r) << 6) {
    const first = (<usize>k) << 5;
    for (let top = 0, from: usize = 0; top < rows; top += 8, from += panel) {
      slopes(tile, 32, xs + from, blocks, r);
      settle(
        xs + from + first,
        nums + from + first,
        blocks + ((<usize>k) << 6),
        inverse + ((<usize>k) << 2),
        min(r - k, 4),
        rows - top,
        floor,
        stats,
      );
    }
  }
}

/** Operands of `coordinateRows`. */
@unmanaged
export class CoordinateRows {
  x: usize; // rows x r each; num holds the old x afterwards
  num: usize;
  B: usize; // r x r, symmetric
  inverse: usize; // f32[r], 1 / B_kk, or 0 where there is no curvature and the entries stay
  rows: i32;
  r: i32;
  floor: f32;
  limit: i32;
  enough: f64;
  stats: usize; // f64[3]; those of the first sweep
  scratch: usize; // coordinateRowsBytes(r) bytes
}

/**
 * The U step: u_k ← max(floor, u_k + (A_k − U B_k) / B_kk), k ascending with the newest columns, up to
 * `limit` times over: a group of GROUP rows is done once a sweep is shorter than `enough` times its first.
 * Returns the most sweeps of any group. Cost: 2·rows·r² flops a sweep.
 */
export function coordinateRows(step: CoordinateRows): i32 {
  const x = step.x;
  const num = step.num;
  const inverse = step.inverse;
  const rows = step.rows;
  const r = step.r;
  const floor = step.floor;
  const limit = step.limit;
  const enough = step.enough;
  const stats = step.stats;
  const scratch = step.scratch;
  assert(counts(rows, r) && limit > 0 && floor >= 0 && enough >= 0 && aligned(scratch));
  assert(apart(x, bytesOf<f32>(rows, r), num, bytesOf<f32>(rows, r)));
  memory.fill(stats, 0, 24);
  const xs = scratch + blockBytes(r);
  const nums = xs + panelBytes(GROUP, r);
  const own = nums + panelBytes(GROUP, r);
  splatRows(scratch, step.B, r, r, 0, r, FOUR_COPIES);
  let most = 0;
  for (let i = 0; i < rows; i += GROUP) {
    const count = min(rows - i, GROUP);
    const at = (<usize>i * <usize>r) << 2;
    packBlock(xs, x + at, r, count, r);
    packBlock(nums, num + at, r, count, r);
    memory.copy(num + at, x + at, (<usize>count * <usize>r) << 2);
    sweep(xs, nums, scratch, inverse, count, r, floor, own);
    addStats(stats, load<f64>(own), load<f64>(own, 8), load<f64>(own, 16));
    const least = enough * enough * load<f64>(own);
    let done = 1;
    while (done < limit) {
      sweep(xs, nums, scratch, inverse, count, r, floor, own);
      done++;
      if (load<f64>(own) < least) break;
    }
    most = max(most, done);
    unpackRows(x + at, xs, count, r);
  }
  return most;
}

/** Momentum: x ← max(floor, x + part·(x − before)), before ← the old x. n values. */
export function goOn(x: usize, before: usize, n: i32, part: f32, floor: f32): void {
  assert(counts(n) && floor >= 0);
  assert(apart(x, bytesOf<f32>(n), before, bytesOf<f32>(n)));
  const p = f32x4.splat(part);
  const least = f32x4.splat(floor);
  let i: usize = 0;
  for (const end = (<usize>(n & ~3)) << 2; i < end; i += 16) {
    const v = v128.load(x + i);
    const step = f32x4.mul(p, f32x4.sub(v, v128.load(before + i)));
    v128.store(x + i, f32x4.max(least, f32x4.add(v, step)));
    v128.store(before + i, v);
  }
  for (const end = (<usize>n) << 2; i < end; i += 4) {
    const v = load<f32>(x + i);
    store<f32>(x + i, max<f32>(floor, v + part * (v - load<f32>(before + i))));
    store<f32>(before + i, v);
  }
}

/**
 * Moves the entry at `x` by −gradient/curvature, not below floor; returns how far it moved. A dead atom has a curvature
 * of 0, or nearly 0 by rounding: a step could leave the range of f32, so the entry stays.
 */
@inline
function move(x: usize, gradient: f64, curvature: f64, floor: f64, stats: usize): f64 {
  const old = <f64>load<f32>(x);
  store<f64>(stats, load<f64>(stats, 16) + old * old, 16);
  if (!(curvature > TINY)) return 0;
  const step = gradient / curvature;
  const value = <f32>max<f64>(floor, old - step);
  const residual = min<f64>(old, step);
  const delta = <f64>value - old;
  store<f32>(x, value);
  store<f64>(stats, load<f64>(stats) + delta * delta);
  store<f64>(stats, load<f64>(stats, 8) + residual * residual, 8);
  return delta;
}

/** Operands of `coordinateLabels`. */
@unmanaged
export class CoordinateLabels {
  H: usize; // c x r
  C: usize; // Codes, n x r
  S: usize; // Scores H V, n x c, f64; kept up to date
  label: usize; // i32[n]: the class of each row, c without one
  n: i32;
  r: i32;
  c: i32;
  own: f32; // Γ on a row's own class and on the others
  other: f32;
  floor: f64;
  stats: usize; // f64[3]
}

/** The H step, rows i then entries k: minimises Σ_j Γ_ij (y_ij − s_ij)² over h_ik. */
export function coordinateLabels(step: CoordinateLabels): void {
  const H = step.H;
  const C = step.C;
  const S = step.S;
  const label = step.label;
  const n = step.n;
  const r = step.r;
  const c = step.c;
  const own = step.own;
  const other = step.other;
  const floor = step.floor;
  const stats = step.stats;
  assert(counts(n, r, c) && floor >= 0);
  memory.fill(stats, 0, 24);
  const stride = (<usize>r) << 2;
  const across = (<usize>c) << 3;
  for (let i = 0; i < c; i++)
    for (let k = 0; k < r; k++) {
      let gradient: f64 = 0;
      let curvature: f64 = 0;
      let v = C + ((<usize>k) << 2);
      let s = S + ((<usize>i) << 3);
      for (let j = 0; j < n; j++, v += stride, s += across) {
        const g = load<i32>(label + ((<usize>j) << 2));
        if (g >= c) continue;
        const w = <f64>(i == g ? own : other) * <f64>load<f32>(v);
        gradient += w * (load<f64>(s) - (i == g ? 1.0 : 0.0));
        curvature += w * <f64>load<f32>(v);
      }
      const h = H + ((<usize>(i * r + k)) << 2);
      const delta = move(h, gradient, curvature, floor, stats);
      if (delta == 0) continue;
      v = C + ((<usize>k) << 2);
      s = S + ((<usize>i) << 3);
      for (let j = 0; j < n; j++, v += stride, s += across)
        store<f64>(s, load<f64>(s) + delta * <f64>load<f32>(v));
    }
}
