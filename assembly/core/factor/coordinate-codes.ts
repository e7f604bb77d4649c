// coordinate-codes — the V step of coordinate descent (method.md, Coordinate descent).
//
// The outer loop runs over columns k, the inner one over rows j, because L and M couple the rows. What does not couple
// them is computed outside of the inner loop: the slopes of the fit (four columns at a time, as for U) and of the label
// term, for a whole column at once. When a column has moved, the slopes of the columns after it are corrected.
import { aligned, counts } from '../../operands';
import { blockBytes, slopes, unpackRows } from './coordinate';
import { FOUR_COPIES, packBlock, panelBytes, splatRows } from '../linear/gemm';
import { addStats } from '../linear/lanes';
import { TINY } from './update';

/** Rows rounded up to whole panels. */
@inline
function padded(N: i32): usize {
  return <usize>((N + 7) & ~7);
}

export function coordinateCodesBytes(N: i32, n: i32, r: i32, c: i32): usize {
  assert(counts(n, r, c) && n <= N);
  const labels = <usize>n * <usize>c;
  return blockBytes(r) + panelBytes(N, r) + 24 * padded(N) + 16 * labels + 88 * <usize>(c + 1);
}

/** Γ (c x n, f64; 0 for rows without a label) and R = Γ∘(S − Y), from the scores S (n x c). */
function labelResiduals(
  R: usize,
  weights: usize,
  S: usize,
  group: usize,
  n: i32,
  c: i32,
  own: f64,
  other: f64,
): void {
  for (let i = 0; i < c; i++)
    for (let j = 0; j < n; j++, R += 8, weights += 8) {
      const g = load<i32>(group + ((<usize>j) << 2));
      const w = g >= c ? 0 : i == g ? own : other;
      const s = load<f64>(S + ((<usize>(j * c + i)) << 3));
      store<f64>(weights, w);
      store<f64>(R, w * (s - (i == g ? 1.0 : 0.0)));
    }
}

/** slope_j += β Σ_i h_ik R_ij for the source rows; h: h_0k, `stride` bytes to the next class. */
function addLabels(slope: usize, R: usize, h: usize, stride: usize, n: i32, c: i32, beta: f64): void {
  for (let j = 0; j < n; j++) {
    let t: f64 = 0;
    for (let i = 0; i < c; i++)
      t += <f64>load<f32>(h + <usize>i * stride) * load<f64>(R + ((<usize>(i * n + j)) << 3));
    const at = slope + ((<usize>j) << 2);
    store<f32>(at, <f32>(<f64>load<f32>(at) + beta * t));
  }
}

/** R_ij += Γ_ij h_ik Δ_j. */
function moveLabels(R: usize, weights: usize, h: usize, stride: usize, delta: usize, n: i32, c: i32): void {
  for (let i = 0; i < c; i++) {
    const hik = <f64>load<f32>(h + <usize>i * stride);
    for (let j = 0; j < n; j++, R += 8, weights += 8)
      store<f64>(R, load<f64>(R) + load<f64>(weights) * (hik * <f64>load<f32>(delta + ((<usize>j) << 2))));
  }
}

/** Column k of panels of 8 rows, r values each, into x; `k32` = 32·k bytes. */
function takeColumn(x: usize, panels: usize, k32: usize, N: i32, r: i32): void {
  const panel = (<usize>r) << 5;
  let at = panels + k32;
  for (let j = 0; j < N; j += 8, at += panel, x += 32) {
    v128.store(x, v128.load(at));
    v128.store(x, v128.load(at, 16), 16);
  }
}

function putColumn(panels: usize, k32: usize, x: usize, N: i32, r: i32): void {
  const panel = (<usize>r) << 5;
  let at = panels + k32;
  for (let j = 0; j < N; j += 8, at += panel, x += 32) {
    v128.store(at, v128.load(x));
    v128.store(at, v128.load(x, 16), 16);
  }
}

/** to_j += b Δ_j over whole panels. */
function spread(to: usize, b: f32, delta: usize, N: i32): void {
  const bv = f32x4.splat(b);
  for (let j = 0; j < N; j += 4, to += 16, delta += 16)
    v128.store(to, f32x4.add(v128.load(to), f32x4.mul(bv, v128.load(delta))));
}

/** slopes (N, column at hand) −= P_jk. */
function subtractColumn(slope: usize, P: usize, stride: usize, N: i32): void {
  for (let j = 0; j < N; j++, slope += 4, P += stride) store<f32>(slope, load<f32>(slope) - load<f32>(P));
}

/**
 * Writes for each group g four f64: w_g = ±1 / rows of its corpus, v_g = ±1 / rows of its class (0 for a class that
 * one corpus lacks), and room for γ w_g and γ α v_g. The sign is + for the source and − for the target, so that
 * Σ w_g (sum of g) is the difference between the means of the two corpora.
 */
function signedShares(records: usize, sizes: usize, c: i32, n: i32, m: i32): void {
  const T = c + 1;
  for (let g = 0; g < 2 * T; g++, records += 32) {
    const i = g < T ? g : g - T;
    const sign: f64 = g < T ? 1 : -1;
    const here = load<f64>(sizes + ((<usize>g) << 3));
    const there = load<f64>(sizes + ((<usize>(g < T ? g + T : i)) << 3));
    store<f64>(records, sign / <f64>(g < T ? n : m));
    store<f64>(records, i < c && here > 0 && there > 0 ? sign / here : 0, 8);
  }
}

/** Returns the difference between the corpora's means of column x; writes those of its classes into gaps (f64[c + 1]). */
function gapsOf(
  gaps: usize,
  records: usize,
  x: usize,
  group: usize,
  N: i32,
  c: i32,
  alpha: f64,
  gamma: f64,
): f64 {
  const T = c + 1;
  const sums = gaps + ((<usize>T) << 3);
  memory.fill(sums, 0, (<usize>T) << 4);
  for (let j: usize = 0, end = (<usize>N) << 2; j < end; j += 4) {
    const s = sums + ((<usize>load<i32>(group + j)) << 3);
    store<f64>(s, load<f64>(s) + <f64>load<f32>(x + j));
  }
  let marginal: f64 = 0;
  for (let g = 0; g < 2 * T; g++) {
    const at = records + ((<usize>g) << 5);
    const sum = load<f64>(sums + ((<usize>g) << 3));
    const w = load<f64>(at);
    const v = load<f64>(at, 8);
    store<f64>(at, gamma * w, 16);
    store<f64>(at, gamma * alpha * v, 24);
    marginal += w * sum;
    const gap = gaps + ((<usize>(g < T ? g : g - T)) << 3);
    store<f64>(gap, g < T ? v * sum : load<f64>(gap) + v * sum);
  }
  return marginal;
}

/**
 * Moves column k, row by row: x_j ← max(floor, x_j − slope_j / q_j). `slope` lacks the terms that couple the rows; they
 * are added here. delta: how far each entry moved. curve: q of group 0 without λ d_j, r values to the next group; λ and
 * γ are those of the column.
 */
function descendColumn(
  sweep: CoordinateCodes,
  x: usize,
  delta: usize,
  slope: usize,
  curve: usize,
  records: usize,
  gaps: usize,
  marginal: f64,
  lambda: f32,
  gamma: f64,
): void {
  const group = sweep.group;
  const start = sweep.start;
  const column = sweep.column;
  const weight = sweep.weight;
  const degree = sweep.degree;
  const N = sweep.N;
  const T = sweep.c + 1;
  const stride = (<usize>sweep.r) << 2;
  let change: f64 = 0;
  let residual: f64 = 0;
  let size: f64 = 0;
  const bound = f64x2.splat(sweep.floor);
  let edge = lambda > 0 ? load<i32>(start) : 0;
  for (let j = 0; j < N; j++) {
    const at = (<usize>j) << 2;
    const old = <f64>load<f32>(x + at);
    const g = load<i32>(group + at);
    let s = load<f32>(slope + at);
    let q = load<f32>(curve + <usize>g * stride);
    if (lambda > 0) {
      const dj = load<f32>(degree + at);
      let near: f32 = 0;
      for (const end = load<i32>(start + at, 4); edge < end; edge++) {
        const e = (<usize>edge) << 2;
        near += load<f32>(weight + e) * load<f32>(x + ((<usize>load<i32>(column + e)) << 2));
      }
      s += lambda * (dj * <f32>old - near);
      q += lambda * dj;
    }
    size += old * old;
    store<f32>(delta + at, 0);
    if (!(q > TINY)) continue;
    const record = records + ((<usize>g) << 5);
    const gap = gaps + ((<usize>(g < T ? g : g - T)) << 3);
    let gradient = <f64>s;
    if (gamma > 0) gradient += marginal * load<f64>(record, 16) + load<f64>(gap) * load<f64>(record, 24);
    const step = gradient * (1.0 / <f64>q);
    const value = <f32>f64x2.extract_lane(f64x2.pmax(bound, f64x2.splat(old - step)), 0);
    const moved = <f64>value - old;
    store<f32>(x + at, value);
    store<f32>(delta + at, <f32>moved);
    change += moved * moved;
    const part = f64x2.extract_lane(f64x2.pmin(f64x2.splat(old), f64x2.splat(step)), 0);
    residual += part * part;
    if (gamma > 0) {
      marginal += moved * load<f64>(record);
      store<f64>(gap, load<f64>(gap) + moved * load<f64>(record, 8));
    }
  }
  addStats(sweep.stats, change, residual, size);
}

/** Operands of `coordinateCodes`. λ, β or γ = 0 skip their term and what only it reads. */
@unmanaged
export class CoordinateCodes {
  C: usize; // Codes, N x r; they are moved
  P: usize; // X ᵀU, N x r
  B: usize; // UᵀU, r x r, symmetric
  S: usize; // H V, n x c, f64
  H: usize; // c x r
  start: usize; // Affinity in CSR, and f32[N]
  column: usize;
  weight: usize;
  degree: usize;
  group: usize; // i32[N]
  sizes: usize; // f64[G]
  curve: usize; // G x r: diagonal of UᵀU + label + γ M_jj, without λ d_j
  size: usize; // f32[r], |u_k|² under the scale-invariant objective, else 1
  N: i32;
  n: i32;
  r: i32;
  c: i32;
  alpha: f64;
  beta: f64;
  gamma: f64;
  lambda: f32;
  own: f64; // Γ on a row's own class and on the others
  other: f64;
  floor: f64;
  stats: usize; // f64[3]
  scratch: usize; // coordinateCodesBytes(N, n, r, c) bytes
}

/** The V step, k outer and rows j inner, exact in every entry. Cost: 2·N·r² flops and some 20 a row, class and edge for each k. */
export function coordinateCodes(sweep: CoordinateCodes): void {
  const C = sweep.C;
  const H = sweep.H;
  const group = sweep.group;
  const N = sweep.N;
  const n = sweep.n;
  const r = sweep.r;
  const c = sweep.c;
  const alpha = sweep.alpha;
  const beta = sweep.beta;
  const gamma = sweep.gamma;
  const lambda = sweep.lambda;
  const scratch = sweep.scratch;
  assert(counts(n, r, c) && n <= N && aligned(scratch));
  assert(alpha >= 0 && beta >= 0 && gamma >= 0 && lambda >= 0);
  memory.fill(sweep.stats, 0, 24);
  const stride = (<usize>r) << 2;
  const length = padded(N) << 2;
  const panels = scratch + blockBytes(r);
  const slope = panels + panelBytes(N, r);
  const x = slope + 4 * length;
  const delta = x + length;
  const R = delta + length;
  const weights = R + ((<usize>n * <usize>c) << 3);
  const records = weights + ((<usize>n * <usize>c) << 3);
  const gaps = records + ((<usize>(c + 1)) << 6);
  splatRows(scratch, sweep.B, r, r, 0, r, FOUR_COPIES);
  packBlock(panels, C, r, N, r);
  memory.fill(delta, 0, length);
  if (beta > 0) labelResiduals(R, weights, sweep.S, group, n, c, sweep.own, sweep.other);
  if (gamma > 0) signedShares(records, sweep.sizes, c, n, N - n);
  let block = scratch;
  for (let k0 = 0; k0 < r; k0 += 4, block += stride << 4) {
    for (let j: usize = 0; j < length; j += 32) slopes(slope + j, length, panels + j * <usize>r, block, r);
    const cols = min(r - k0, 4);
    for (let i = 0; i < cols; i++) {
      const k = <usize>(k0 + i);
      const s = slope + <usize>i * length;
      const share = load<f32>(sweep.size + (k << 2));
      subtractColumn(s, sweep.P + (k << 2), stride, N);
      if (beta > 0) addLabels(s, R, H + (k << 2), stride, n, c, beta);
      takeColumn(x, panels, k << 5, N, r);
      const gammaK = gamma * <f64>share;
      const marginal = gamma > 0 ? gapsOf(gaps, records, x, group, N, c, alpha, gammaK) : 0;
      const lambdaK = lambda * share;
      descendColumn(sweep, x, delta, s, sweep.curve + (k << 2), records, gaps, marginal, lambdaK, gammaK);
      putColumn(panels, k << 5, x, N, r);
      if (beta > 0) moveLabels(R, weights, H + (k << 2), stride, delta, n, c);
      for (let later = i + 1; later < cols; later++)
        spread(slope + <usize>later * length, load<f32>(block + (k << 6) + ((<usize>later) << 4)), delta, N);
    }
  }
  unpackRows(C, panels, N, r);
}
