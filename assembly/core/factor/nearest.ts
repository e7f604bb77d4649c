// nearest — the k nearest rows of every row, exactly (method.md, Neighbourhood graph).
//
// Distances come from the Gram matrix, |a|² + |b|² − 2ab, which loses digits by cancellation. The error has a known
// bound. Every pair that could be among the k nearest within that bound is measured again, by f64 differences of its
// values. So neighbours and distances are those of exact arithmetic over the f32 data. Of equal distances, also of
// equal rows, the lowest index comes first.
//
// Pairs to measure are collected in a list and measured together, a few columns of X at a time: those columns of all
// rows stay in the cache, while one pair at a time would wait for memory at every step.
import { apart, bytesOf } from '../../operands';
import { KC, panelAt } from '../linear/gemm';
import { high } from '../linear/lanes';

const ROUNDOFF: f64 = 1.0 / 16777216.0;
/** A squared distance below this part of |a|² + |b|² is measured again, so that σ has five right digits (ours). */
const CANCELLED: f64 = 1.0 / 16.0;
/** Pairs measured together (ours: their sums stay in the second-level cache). */
const PAIRS: i32 = 8192;
/** About how many bytes of columns of X are taken at a time (ours: they too stay in the second-level cache). */
const SLAB: i32 = 196608;
/** A list of pairs: the two rows, i32, and two f64x2 of sums for each. */
const LIST: usize = <usize>PAIRS * 40;

/** Blocks of eight columns of N rows that are taken at a time. */
function slabBlocks(N: i32): i32 {
  return max(1, SLAB / (N << 6));
}

export function nearestBytes(N: i32, k: i32): usize {
  assert(N > 0 && k > 0);
  return (
    2 * LIST + ((<usize>(N + 2) + <usize>N + <usize>k) << 3) + 16 + ((<usize>N * <usize>slabBlocks(N)) << 6)
  );
}

/** slab (N x 8·count, f64) = `count` blocks of eight of the d columns, from block `from`; columns: panels of Xᵀ. */
function promoteSlab(slab: usize, columns: usize, N: i32, d: i32, from: i32, count: i32): void {
  const width = (<usize>count) << 6;
  for (let i0 = 0; i0 < N; i0 += KC) {
    const rows = min(N - i0, KC);
    let column = columns + panelAt(d, i0, rows, from);
    for (let block = 0; block < count; block++) {
      let at = slab + <usize>i0 * width + ((<usize>block) << 6);
      for (let i = rows; i > 0; i--, column += 32, at += width) {
        const x = v128.load(column);
        const y = v128.load(column, 16);
        v128.store(at, f64x2.promote_low_f32x4(x));
        v128.store(at, high(x), 16);
        v128.store(at, f64x2.promote_low_f32x4(y), 32);
        v128.store(at, high(y), 48);
      }
    }
  }
}

/** Adds the squared differences over a slab to the sums of all pairs of a list. */
function addSlab(list: usize, count: i32, slab: usize, blocks: i32): void {
  const width = (<usize>blocks) << 6;
  const last = list + ((<usize>count) << 3);
  let sums = list + ((<usize>PAIRS) << 3);
  for (; list < last; list += 8, sums += 32) {
    let p = slab + <usize>load<u32>(list) * width;
    const gap = slab + <usize>load<u32>(list, 4) * width - p;
    let a = v128.load(sums);
    let b = v128.load(sums, 16);
    for (const end = p + width; p < end; p += 64) {
      const q = p + gap;
      const d0 = f64x2.sub(v128.load(p), v128.load(q));
      const d1 = f64x2.sub(v128.load(p, 16), v128.load(q, 16));
      const d2 = f64x2.sub(v128.load(p, 32), v128.load(q, 32));
      const d3 = f64x2.sub(v128.load(p, 48), v128.load(q, 48));
      a = f64x2.add(f64x2.add(a, f64x2.mul(d0, d0)), f64x2.mul(d1, d1));
      b = f64x2.add(f64x2.add(b, f64x2.mul(d2, d2)), f64x2.mul(d3, d3));
    }
    v128.store(sums, a);
    v128.store(sums, b, 16);
  }
}

/** Measures the pairs of a list by straight differences; the sums become squared distances, f64 a pair. */
function measure(list: usize, count: i32, slab: usize, columns: usize, N: i32, d: i32): void {
  if (count == 0) return;
  const sums = list + ((<usize>PAIRS) << 3);
  memory.fill(sums, 0, (<usize>count) << 5);
  const blocks = (d + 7) >> 3;
  const step = slabBlocks(N);
  for (let from = 0; from < blocks; from += step) {
    const taken = min(step, blocks - from);
    promoteSlab(slab, columns, N, d, from, taken);
    addSlab(list, count, slab, taken);
  }
  for (let at = 0; at < count; at++) {
    const from = sums + ((<usize>at) << 5);
    const both = f64x2.add(v128.load(from), v128.load(from, 16));
    store<f64>(sums + ((<usize>at) << 3), f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1));
  }
}

/** Squared distance of pair `at`, once it is measured. */
@inline
function measured(list: usize, at: i32): f64 {
  return load<f64>(list + ((<usize>PAIRS + <usize>at) << 3));
}

/** Writes a pair into the list. */
@inline
function enlist(list: usize, at: i32, i: i32, j: i32): void {
  store<i32>(list + ((<usize>at) << 3), i);
  store<i32>(list + ((<usize>at) << 3), j, 4);
}

/** Inserts value among the k ascending bounds; the largest of them drops out. */
function insertBound(bounds: usize, k: i32, value: f64): void {
  let at = bounds + ((<usize>(k - 1)) << 3);
  for (; at > bounds && load<f64>(at - 8) > value; at -= 8) store<f64>(at, load<f64>(at - 8));
  store<f64>(at, value);
}

/** Inserts j at squared distance D among the k neighbours, ordered by (distance, index). */
function insertNear(near: usize, far: usize, k: i32, j: i32, D: f64): void {
  let at = k;
  for (; at > 0; at--) {
    const before = load<f64>(far + ((<usize>(at - 1)) << 3));
    const other = load<i32>(near + ((<usize>(at - 1)) << 2));
    if (!(D < before || (D == before && j < other))) break;
    if (at == k) continue;
    store<f64>(far + ((<usize>at) << 3), before);
    store<i32>(near + ((<usize>at) << 2), other);
  }
  if (at == k) return;
  store<f64>(far + ((<usize>at) << 3), D);
  store<i32>(near + ((<usize>at) << 2), j);
}

/** |a|² + |b|² of row i, `own` = |a|², and rows j, j + 1. */
@inline
function both2(own: v128, norms: usize, j: i32): v128 {
  return f64x2.add(own, v128.load(norms + ((<usize>j) << 3)));
}

/** 2 a·b of a row of the Gram matrix with rows j, j + 1; nothing is read past row N − 1. */
@inline
function twice2(row: usize, j: i32, N: i32): v128 {
  const at = row + ((<usize>j) << 2);
  const g = f64x2.promote_low_f32x4(j + 1 < N ? v128.load64_zero(at) : v128.load32_zero(at));
  return f64x2.add(g, g);
}

/**
 * Keeps the k smallest upper bounds of the squared distances to a row. Norms that are NaN (that of the row itself, and
 * the place past the last row) never compare as smaller.
 */
function bound(row: usize, own: f64, norms: usize, bounds: usize, N: i32, k: i32, slack: f64): void {
  const a = f64x2.splat(own);
  const longer = f64x2.splat(1.0 + slack);
  const limit = bounds + ((<usize>(k - 1)) << 3);
  for (let at = 0; at < k; at++) store<f64>(bounds + ((<usize>at) << 3), Infinity);
  for (let j = 0; j < N; j += 2) {
    const upper = f64x2.sub(f64x2.mul(both2(a, norms, j), longer), twice2(row, j, N));
    if (!v128.any_true(f64x2.lt(upper, v128.load64_splat(limit)))) continue;
    const first = f64x2.extract_lane(upper, 0);
    if (first < load<f64>(limit)) insertBound(bounds, k, first);
    const second = f64x2.extract_lane(upper, 1);
    if (second < load<f64>(limit)) insertBound(bounds, k, second);
  }
}

/** Lengths of the two lists: pairs for the sum of distances, and pairs that may be neighbours. */
let doubtful: i32 = 0;
let possible: i32 = 0;
/** Sum of the distances of all pairs so far. */
let pairSum: f64 = 0;

/** Measures the pairs of a list and adds their distances to the sum. */
function settle(list: usize, slab: usize, columns: usize, N: i32, d: i32): void {
  measure(list, doubtful, slab, columns, N, d);
  for (let at = 0; at < doubtful; at++) pairSum += sqrt<f64>(measured(list, at));
  doubtful = 0;
}

/**
 * Adds the distances of row i to the rows after it, those of even and of odd rows in different lanes. Pairs whose
 * distance cancellation has spoilt go to the list instead. The norm of row i must be NaN.
 */
function addDistances(
  row: usize,
  own: f64,
  norms: usize,
  list: usize,
  slab: usize,
  columns: usize,
  N: i32,
  d: i32,
  i: i32,
): void {
  const a = f64x2.splat(own);
  const part = f64x2.splat(CANCELLED);
  let sum = f64x2.splat(0);
  for (let j = (i + 1) & ~1; j < N; j += 2) {
    const both = both2(a, norms, j);
    const D = f64x2.sub(both, twice2(row, j, N));
    const sure = f64x2.ge(D, f64x2.mul(part, both));
    sum = f64x2.add(sum, v128.and(f64x2.sqrt(D), sure));
    if (i64x2.all_true(sure)) continue;
    for (let lane = 0; lane < 2; lane++) {
      const other = j + lane;
      if (other <= i || other >= N) continue;
      if (i64x2.extract_lane(lane == 0 ? sure : v128.shuffle<f64>(sure, sure, 1, 1), 0)) continue;
      if (doubtful == PAIRS) settle(list, slab, columns, N, d);
      enlist(list, doubtful++, i, other);
    }
  }
  pairSum += f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/** Measures the pairs of a list and puts each row of a pair among the other's neighbours. */
function place(
  list: usize,
  index: usize,
  square: usize,
  slab: usize,
  columns: usize,
  N: i32,
  d: i32,
  k: i32,
): void {
  measure(list, possible, slab, columns, N, d);
  for (let at = 0; at < possible; at++) {
    const i = load<i32>(list + ((<usize>at) << 3));
    const j = load<i32>(list + ((<usize>at) << 3), 4);
    const D = measured(list, at);
    const ik = <usize>i * <usize>k;
    const jk = <usize>j * <usize>k;
    insertNear(index + (ik << 2), square + (ik << 3), k, j, D);
    insertNear(index + (jk << 2), square + (jk << 3), k, i, D);
  }
  possible = 0;
}

/**
 * The k nearest rows of every row, itself excluded, ordered by (distance, index).
 * index: i32[N x k]; square: f64[N x k], squared distances; gram: f32[N x N] = X Xᵀ, symmetric to the bit;
 * columns: panels of Xᵀ; scratch: nearestBytes(N, k). 0 < k < N. Returns the sum of the Euclidean distances of
 * all pairs i < j. Cost: N² for the bounds, about N·k·d for the straight differences.
 */
export function nearest(
  index: usize,
  square: usize,
  gram: usize,
  columns: usize,
  scratch: usize,
  N: i32,
  d: i32,
  k: i32,
): f64 {
  assert(0 < k && k < N && d >= 0);
  assert(apart(index, bytesOf<i32>(N, k), square, bytesOf<f64>(N, k)));
  assert(apart(gram, bytesOf<f32>(N, N), scratch, 1));
  const slack = 2.1 * ROUNDOFF * <f64>(KC + d / KC + 3);
  const shorter = f64x2.splat(1.0 - slack);
  const stride = (<usize>N) << 2;
  const doubts = scratch;
  const pairs = doubts + LIST;
  const norms = pairs + LIST;
  const limits = norms + ((<usize>(N + 2)) << 3);
  const bounds = limits + ((<usize>N) << 3);
  const slab = (bounds + ((<usize>k) << 3) + 15) & ~15;
  memory.fill(index, 0xff, (<usize>N * <usize>k) << 2);
  for (let at: usize = 0; at < <usize>N * <usize>k; at++) store<f64>(square + (at << 3), Infinity);
  for (let i = 0; i < N; i++)
    store<f64>(norms + ((<usize>i) << 3), <f64>load<f32>(gram + <usize>i * (stride + 4)));
  // Rows are taken in twos. The place past the last row has no norm, so no comparison holds for it.
  store<f64>(norms + ((<usize>N) << 3), NaN);
  pairSum = 0;
  doubtful = 0;
  possible = 0;
  for (let i = 0; i < N; i++) {
    const row = gram + <usize>i * stride;
    const self = norms + ((<usize>i) << 3);
    const own = load<f64>(self);
    store<f64>(self, NaN);
    addDistances(row, own, norms, doubts, slab, columns, N, d, i);
    bound(row, own, norms, bounds, N, k, slack);
    const limit = load<f64>(bounds + ((<usize>(k - 1)) << 3));
    store<f64>(limits + ((<usize>i) << 3), limit);
    const a = f64x2.splat(own);
    const most = f64x2.splat(limit);
    for (let j = 0; j < N; j += 2) {
      const lower = f64x2.sub(f64x2.mul(both2(a, norms, j), shorter), twice2(row, j, N));
      if (i64x2.all_true(f64x2.gt(lower, most))) continue;
      for (let lane = 0; lane < 2; lane++) {
        const other = j + lane;
        const value = lane == 0 ? f64x2.extract_lane(lower, 0) : f64x2.extract_lane(lower, 1);
        if (value > limit || other == i || other >= N) continue;
        // This pair was measured already, with row `other`.
        if (other < i && !(value > load<f64>(limits + ((<usize>other) << 3)))) continue;
        if (possible == PAIRS) place(pairs, index, square, slab, columns, N, d, k);
        enlist(pairs, possible++, i, other);
      }
    }
    store<f64>(self, own);
  }
  settle(doubts, slab, columns, N, d);
  place(pairs, index, square, slab, columns, N, d, k);
  return pairSum;
}
