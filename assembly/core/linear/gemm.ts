// gemm — out = big · small, f32, packed and cache-blocked.
//
//   out (M x R)  =  big (M x K) · small (K x R)          A B, Aᵀ B and A Bᵀ differ only in packing
//
// big    blocks of KC of its K columns, each in panels of 8 of its M rows, k-major:
//        [K/KC][ceil(M/8)][KC][8], the last block shorter, rows past M zero. A pass reads memory
//        straight on. X is packed once for a whole fit.
// small  panels of 4 of its R columns, every value stored four times: [ceil(R/4)][KC][4][4]. The
//        copies save the broadcast in the inner loop, which JavaScriptCore has no fast form of.
//        Wide mode, whose engine has one, stores each value once: [ceil(R/4)][KC][4].
//
// One tile is 8 x 4 outputs in eight accumulators (wide mode: 16 x 4). K runs in blocks of KC: within a block the sum
// is sequential in k, and the blocks are added in order. This order is the same for every tile, edge and split, so an
// entry of `out` has the same bits however the product is batched. KC is therefore part of the result's bits.
import { aligned, counts } from '../../operands';
import { wideTile } from './wide-tile';
import { tile } from './tile';
import { copy4x4 } from '../../transpose';

/** Block of the summation index (ours: a panel of small, 16 KiB, stays in the first-level cache). */
export const KC: i32 = 256;
/** Rows of big per pass (ours: 256 KiB of panels stay in the second-level cache). */
const MC: i32 = 256;

let wide: bool = false;

/** Wide mode: two tiles at once. No bit of a product depends on it. */
export function widen(on: bool): void {
  wide = on;
}

/** Up to this many columns, a block of big is read ahead (ours: with more columns the time of reading it does not show). */
const NARROW: i32 = 32;

/** Scratch for one edge tile: 16 x 4 values. */
const edge: usize = memory.data(256, 16);

/** Bytes of the panels of an M x K operand. */
export function panelBytes(M: i32, K: i32): usize {
  assert(counts(M, K));
  return (<usize>((M + 7) >> 3) * <usize>K) << 5;
}

/** Bytes of scratch that `gemm` needs for a K x R small operand in `parts` parts. */
export function splatBytes(R: i32, K: i32, parts: i32): usize {
  assert(counts(R, K, parts));
  return (<usize>parts * <usize>((R + 3) >> 2) * <usize>min(K, KC)) << 6;
}

/** Where panel `p` of the K block at k0 (kc columns) lies in the panels of an M x K operand, in bytes. */
@inline
export function panelAt(M: i32, k0: i32, kc: i32, p: i32): usize {
  return (<usize>k0 * <usize>((M + 7) >> 3) + <usize>p * <usize>kc) << 5;
}

/**
 * One K block: packs M rows of kc values, `ld` values a row, into [ceil(M/8)][kc][8] (4x4 transposes).
 * dst: panelBytes(M, kc), 16-byte aligned.
 */
export function packBlock(dst: usize, src: usize, ld: i32, M: i32, kc: i32): void {
  assert(counts(M, kc) && ld >= kc && aligned(dst));
  const stride = (<usize>ld) << 2;
  const panel = (<usize>kc) << 5;
  const whole = M & ~7;
  const k4 = kc & ~3;
  for (let m = 0; m < whole; m += 8) {
    let s = src + <usize>m * stride;
    let t = dst + <usize>(m >> 3) * panel;
    for (let k = 0; k < k4; k += 4) {
      copy4x4(t, 32, s, stride);
      copy4x4(t + 16, 32, s + (stride << 2), stride);
      s += 16;
      t += 128;
    }
    for (let k = k4; k < kc; k++) {
      for (let i: usize = 0; i < 8; i++) store<f32>(t + (i << 2), load<f32>(s + i * stride));
      s += 4;
      t += 32;
    }
  }
  if (whole < M) {
    const rest = <usize>(M - whole);
    const s = src + <usize>whole * stride;
    const t = dst + <usize>(whole >> 3) * panel;
    memory.fill(t, 0, panel);
    for (let k: usize = 0; k < <usize>kc; k++)
      for (let i: usize = 0; i < rest; i++)
        store<f32>(t + (k << 5) + (i << 2), load<f32>(s + i * stride + (k << 2)));
  }
}

/** Packs an M x K matrix, row-major with `ld` values a row, into panels: `packSome` of all its rows. */
export function packRows(dst: usize, src: usize, ld: i32, M: i32, K: i32): void {
  packSome(dst, src, ld, M, K, 0, M);
}

/**
 * Packs rows m0 … m0 + count of an M x K matrix (those rows are at src, `ld` values a row) into its panels;
 * m0 is a multiple of 8, and so is count unless the rows are the last. dst: panelBytes(M, K), 16-byte aligned.
 */
export function packSome(dst: usize, src: usize, ld: i32, M: i32, K: i32, m0: i32, count: i32): void {
  assert(counts(M, K, m0, count) && ld >= K && aligned(dst));
  assert((m0 & 7) == 0 && m0 + count <= M && ((count & 7) == 0 || m0 + count == M));
  for (let k0 = 0; k0 < K; k0 += KC) {
    const kc = min(K - k0, KC);
    packBlock(dst + panelAt(M, k0, kc, m0 >> 3), src + ((<usize>k0) << 2), ld, count, kc);
  }
}

/**
 * Packs rows k0 … k0 + count of a K x M matrix (those rows are at src, `ld` values a row) into the
 * panels of its transpose, an M x K operand. dst: panelBytes(M, K), 16-byte aligned.
 */
export function packColumns(dst: usize, src: usize, ld: i32, M: i32, K: i32, k0: i32, count: i32): void {
  assert(counts(M, K, k0, count) && ld >= M && aligned(dst));
  assert(k0 + count <= K);
  const stride = (<usize>ld) << 2;
  const whole = M & ~7;
  for (const end = k0 + count; k0 < end; k0++, src += stride) {
    const block = k0 & ~(KC - 1);
    const kc = min(K - block, KC);
    const panel = (<usize>kc) << 5;
    let s = src;
    let t = dst + panelAt(M, block, kc, 0) + ((<usize>(k0 - block)) << 5);
    for (let m = 0; m < whole; m += 8) {
      v128.store(t, v128.load(s));
      v128.store(t, v128.load(s, 16), 16);
      s += 32;
      t += panel;
    }
    if (whole < M) {
      v128.store(t, f32x4.splat(0));
      v128.store(t, f32x4.splat(0), 16);
      for (let i: usize = 0; i < <usize>(M - whole); i++) store<f32>(t + (i << 2), load<f32>(s + (i << 2)));
    }
  }
}

/** Bytes of four values of the small operand: each four times, or once. */
export const FOUR_COPIES: usize = 64;
const ONE_COPY: usize = 16;

/** Bytes of four values of the small operand in this mode. */
@inline
function copies(): usize {
  return wide ? ONE_COPY : FOUR_COPIES;
}

/** Stores four values, each four times or once. */
@inline
function splat4(t: usize, v: v128, step: usize): void {
  if (step == ONE_COPY) {
    v128.store(t, v);
    return;
  }
  v128.store(t, v128.shuffle<f32>(v, v, 0, 0, 0, 0));
  v128.store(t, v128.shuffle<f32>(v, v, 1, 1, 1, 1), 16);
  v128.store(t, v128.shuffle<f32>(v, v, 2, 2, 2, 2), 32);
  v128.store(t, v128.shuffle<f32>(v, v, 3, 3, 3, 3), 48);
}

/** Up to four values at `s`, `step` bytes apart; the missing ones are zero. */
export function gather(s: usize, step: usize, count: i32): v128 {
  let v = f32x4.splat(0);
  v = f32x4.replace_lane(v, 0, load<f32>(s));
  if (count > 1) v = f32x4.replace_lane(v, 1, load<f32>(s + step));
  if (count > 2) v = f32x4.replace_lane(v, 2, load<f32>(s + 2 * step));
  if (count > 3) v = f32x4.replace_lane(v, 3, load<f32>(s + 3 * step));
  return v;
}

/** Small operand from a K x R matrix, rows k0 … k0 + kc. */
export function splatRows(dst: usize, src: usize, ld: i32, R: i32, k0: i32, kc: i32, step: usize): void {
  const stride = (<usize>ld) << 2;
  for (let j = 0; j < R; j += 4) {
    const count = min(R - j, 4);
    let s = src + <usize>k0 * stride + ((<usize>j) << 2);
    if (count == 4) {
      for (let k = 0; k < kc; k++, s += stride, dst += step) splat4(dst, v128.load(s), step);
    } else {
      for (let k = 0; k < kc; k++, s += stride, dst += step) splat4(dst, gather(s, 4, count), step);
    }
  }
}

/** Small operand from an R x K matrix (used as its transpose), columns k0 … k0 + kc. */
function splatFromColumns(dst: usize, src: usize, ld: i32, R: i32, k0: i32, kc: i32, step: usize): void {
  const stride = (<usize>ld) << 2;
  for (let j = 0; j < R; j += 4) {
    const count = min(R - j, 4);
    let s = src + <usize>j * stride + ((<usize>k0) << 2);
    for (let k = 0; k < kc; k++, s += 4, dst += step) splat4(dst, gather(s, stride, count), step);
  }
}

/** Small operand from rows from … to of panels of an M x K operand (used as its transpose), columns k0 … k0 + kc. */
function splatFromPanels(
  dst: usize,
  panels: usize,
  M: i32,
  from: i32,
  to: i32,
  k0: i32,
  kc: i32,
  step: usize,
): void {
  for (let j = from; j < to; j += 4) {
    let s = panels + panelAt(M, k0, kc, j >> 3) + ((<usize>(j & 4)) << 2);
    for (let k = 0; k < kc; k++, s += 32, dst += step) splat4(dst, v128.load(s), step);
  }
}

/** One tile: 8 rows, 16 in wide mode. Of the 16 the second 8 are those of `p2`. */
@inline
function anyTile(o: usize, stride: usize, p: usize, p2: usize, q: usize, kc: i32, add: bool): void {
  if (wide) wideTile(o, stride, p, p2, q, kc, add);
  else tile(o, stride, p, q, kc, add);
}

/** A tile at the edge of out, of which only rows x cols entries exist. */
function edgeTile(
  o: usize,
  stride: usize,
  p: usize,
  p2: usize,
  q: usize,
  kc: i32,
  add: bool,
  rows: i32,
  cols: i32,
): void {
  anyTile(edge, 16, p, p2, q, kc, false);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < cols; j++) {
      const v = load<f32>(edge + ((<usize>i) << 4) + ((<usize>j) << 2));
      const at = o + <usize>i * stride + ((<usize>j) << 2);
      store<f32>(at, add ? load<f32>(at) + v : v);
    }
}

let seen: f32 = 0;

/** Reads one value of each cache line. The processor then fetches many lines at once; `tile` would wait for each. */
function readAhead(from: usize, bytes: usize): void {
  let sum: f32 = 0;
  for (const end = from + bytes; from < end; from += 64) sum += load<f32>(from);
  seen = sum;
}

/** One pass over K block [k0, k0 + kc) of every part, small operand already splatted from column `first` on. */
function sweep(
  out: usize,
  ldo: i32,
  outPart: usize,
  panels: usize,
  splats: usize,
  M: i32,
  first: i32,
  R: i32,
  k0: i32,
  kc: i32,
  parts: i32,
  symmetric: bool,
): void {
  const stride = (<usize>ldo) << 2;
  const add = k0 > 0;
  const splatPanel = <usize>kc * copies();
  const panel = (<usize>kc) << 5;
  const height = wide ? 16 : 8;
  for (let mb = 0; mb < M; mb += MC) {
    const me = min(mb + MC, M);
    if (R * parts <= NARROW)
      readAhead(panels + panelAt(M, k0, kc, mb >> 3), <usize>((me - mb + 7) >> 3) * panel);
    let q = splats;
    for (let part = 0; part < parts; part++) {
      const o = out + <usize>part * outPart;
      for (let j = first; j < R; j += 4, q += splatPanel) {
        const cols = min(R - j, 4);
        for (let m = mb; m < me; m += height) {
          // Of a symmetric product only tiles that touch the lower triangle are needed.
          if (symmetric && m + height <= j) continue;
          const p = panels + panelAt(M, k0, kc, m >> 3);
          const at = o + <usize>m * stride + ((<usize>j) << 2);
          const rows = min(M - m, height);
          // Where there is no second panel, the first stands in for it.
          const p2 = rows > 8 ? p + panel : p;
          if (rows == height && cols == 4) anyTile(at, stride, p, p2, q, kc, add);
          else edgeTile(at, stride, p, p2, q, kc, add, rows, cols);
        }
      }
    }
  }
}

/** Mirrors the lower triangle of an n x n matrix into the upper one. */
function mirror(out: usize, ldo: i32, n: i32): void {
  for (let i = 1; i < n; i++)
    for (let j = 0; j < i; j++)
      store<f32>(out + ((<usize>(j * ldo + i)) << 2), load<f32>(out + ((<usize>(i * ldo + j)) << 2)));
}

/** small is K x R, row-major with `lds` values a row. */
export const SMALL_ROWS: i32 = 0;
/** small is given as its transpose, R x K, row-major with `lds` values a row. */
export const SMALL_COLUMNS: i32 = 1;
/** small is the transpose of panels (R x K), as in X Xᵀ; `lds` is not used. */
export const SMALL_PANELS: i32 = 2;

/**
 * out (M x R, `ldo` values a row) = panels (M x K) · small, for `parts` products that share the panels: part t reads
 * small + t·smallPart and writes out + t·outPart (bytes). With `symmetric` (M = R, result known to be symmetric) half
 * of the tiles are computed and mirrored. scratch: splatBytes(R, K, parts), 16-byte aligned. out may not alias the
 * operands. K = 0 gives 0. Cost: 2·M·R·K flops a part.
 */
export function gemm(
  out: usize,
  ldo: i32,
  outPart: usize,
  panels: usize,
  small: usize,
  lds: i32,
  smallPart: usize,
  form: i32,
  M: i32,
  R: i32,
  K: i32,
  parts: i32,
  symmetric: bool,
  scratch: usize,
): void {
  assert(counts(M, R, K, parts) && ldo >= R && form >= SMALL_ROWS && form <= SMALL_PANELS);
  assert(aligned(panels) && aligned(scratch) && (form != SMALL_PANELS || aligned(small)));
  assert(form == SMALL_PANELS || lds >= (form == SMALL_ROWS ? R : K));
  assert(!symmetric || M == R);
  if (K == 0)
    for (let part = 0; part < parts; part++)
      for (let m = 0; m < M; m++)
        memory.fill(out + <usize>part * outPart + ((<usize>m * <usize>ldo) << 2), 0, (<usize>R) << 2);
  const step = copies();
  for (let k0 = 0; k0 < K; k0 += KC) {
    const kc = min(K - k0, KC);
    let dst = scratch;
    for (let part = 0; part < parts; part++) {
      const src = small + <usize>part * smallPart;
      if (form == SMALL_ROWS) splatRows(dst, src, lds, R, k0, kc, step);
      else if (form == SMALL_COLUMNS) splatFromColumns(dst, src, lds, R, k0, kc, step);
      else splatFromPanels(dst, src, R, 0, R, k0, kc, step);
      dst += <usize>((R + 3) >> 2) * <usize>kc * step;
    }
    sweep(out, ldo, outPart, panels, scratch, M, 0, R, k0, kc, parts, symmetric);
  }
  if (symmetric) for (let part = 0; part < parts; part++) mirror(out + <usize>part * outPart, ldo, M);
}

/** Operands of `gemm`. */
@unmanaged
export class Gemm {
  out: usize;
  ldo: i32;
  outPart: usize;
  panels: usize;
  small: usize;
  lds: i32;
  smallPart: usize;
  form: i32;
  M: i32;
  R: i32;
  K: i32;
  parts: i32;
  symmetric: bool;
  scratch: usize;
}

export function gemmOf(p: Gemm): void {
  const small = p.small;
  gemm(
    p.out,
    p.ldo,
    p.outPart,
    p.panels,
    small,
    p.lds,
    p.smallPart,
    p.form,
    p.M,
    p.R,
    p.K,
    p.parts,
    p.symmetric,
    p.scratch,
  );
}

/**
 * Columns from … to of the lower triangle of X Xᵀ: out ((N − from) x (to − from), row by row) = rows from … N of
 * those columns; what lies above the diagonal is undefined. panels: of X (N x K, K > 0). from is a multiple of 16, the
 * height of the tallest tile.
 *
 * The bits of an entry are those that `gemm` gives the whole product. scratch: splatBytes(to − from, K, 1).
 */
export function gramColumns(
  out: usize,
  panels: usize,
  N: i32,
  K: i32,
  from: i32,
  to: i32,
  scratch: usize,
): void {
  assert(K > 0 && 0 <= from && from <= to && to <= N);
  assert((from & 15) == 0 && aligned(panels) && aligned(scratch));
  const width = to - from;
  // Where entry (0, 0) of the whole product would be.
  const origin = out - ((<usize>from * <usize>(width + 1)) << 2);
  for (let k0 = 0; k0 < K; k0 += KC) {
    const kc = min(K - k0, KC);
    splatFromPanels(scratch, panels, N, from, to, k0, kc, copies());
    sweep(origin, width, 0, panels, scratch, N, from, to, k0, kc, 1, true);
  }
}
