// moments — means of groups of codes and what they exert on each code: MMD without the N x N
// matrix M (method.md, MMD without its matrix).
//
// A group is (corpus, class): groups 0 … c − 1 are the source's classes, c its unlabelled rows,
// c + 1 … 2c the target's pseudo classes, 2c + 1 its rows without one. G = 2c + 2 groups.
import { apart, bytesOf, counts } from '../../operands';

/**
 * sums (G x r, f64) = sums of the rows of C (N x r) by group; sizes (G, f64) = rows a group. Rows are added in order.
 */
export function groupSums(sums: usize, sizes: usize, C: usize, group: usize, N: i32, r: i32, G: i32): void {
  assert(counts(N, r, G));
  assert(apart(sums, bytesOf<f64>(G, r), C, bytesOf<f32>(N, r)));
  memory.fill(sums, 0, (<usize>(G * r)) << 3);
  memory.fill(sizes, 0, (<usize>G) << 3);
  const pairs = r & ~1;
  for (let j = 0; j < N; j++) {
    const g = load<i32>(group + ((<usize>j) << 2));
    const size = sizes + ((<usize>g) << 3);
    store<f64>(size, load<f64>(size) + 1);
    let at = sums + ((<usize>(g * r)) << 3);
    for (let k = 0; k < pairs; k += 2, at += 16, C += 8)
      v128.store(at, f64x2.add(v128.load(at), f64x2.promote_low_f32x4(v128.load64_zero(C))));
    if (pairs < r) {
      store<f64>(at, load<f64>(at) + <f64>load<f32>(C));
      C += 4;
    }
  }
}

/** Sum of value k over the groups from … to − 1. */
@inline
function sumOf(sums: usize, from: i32, to: i32, r: i32, k: i32): f64 {
  let s: f64 = 0;
  for (let g = from; g < to; g++) s += load<f64>(sums + ((<usize>(g * r + k)) << 3));
  return s;
}

/** Rows of group g. */
@inline
function sizeOf(sizes: usize, g: i32): f64 {
  return load<f64>(sizes + ((<usize>g) << 3));
}

/** Operands of `transfer`. */
@unmanaged
export class Transfer {
  pull: usize; // Results, f32: γ (V M⁻)_j and γ (V M⁺)_j, G x r each, and γ M_jj, G
  push: usize;
  diagonal: usize;
  sums: usize; // As `groupSums` writes them
  sizes: usize;
  r: i32;
  c: i32;
  n: i32; // Rows of the source and of the target, ≥ 1 each
  m: i32;
  alpha: f64;
  gamma: f64;
}

/**
 * For every group the vectors that one of its rows receives: pull, push and its entry of the diagonal. A class that
 * one of the corpora lacks has no M_k.
 */
export function transfer(to: Transfer): void {
  const pull = to.pull;
  const push = to.push;
  const diagonal = to.diagonal;
  const sums = to.sums;
  const sizes = to.sizes;
  const r = to.r;
  const c = to.c;
  const n = to.n;
  const m = to.m;
  const alpha = to.alpha;
  const gamma = to.gamma;
  assert(counts(r, c) && n > 0 && m > 0 && alpha >= 0 && gamma >= 0);
  const T = c + 1; // first group of the target
  const invN = 1.0 / <f64>n;
  const invM = 1.0 / <f64>m;
  for (let i = 0; i <= c; i++) {
    const nk = sizeOf(sizes, i);
    const mk = sizeOf(sizes, T + i);
    const shared = i < c && nk > 0 && mk > 0;
    const an = shared ? alpha / nk : 0;
    const am = shared ? alpha / mk : 0;
    store<f32>(diagonal + ((<usize>i) << 2), <f32>(gamma * (invN * invN + (shared ? an / nk : 0))));
    store<f32>(diagonal + ((<usize>(T + i)) << 2), <f32>(gamma * (invM * invM + (shared ? am / mk : 0))));
    for (let k = 0; k < r; k++) {
      const s = sumOf(sums, 0, T, r, k) * invN;
      const t = sumOf(sums, T, 2 * T, r, k) * invM;
      const sk = shared ? sumOf(sums, i, i + 1, r, k) / nk : 0;
      const tk = shared ? sumOf(sums, T + i, T + i + 1, r, k) / mk : 0;
      const atS = (<usize>(i * r + k)) << 2;
      const atT = (<usize>((T + i) * r + k)) << 2;
      store<f32>(push + atS, <f32>(gamma * (s * invN + an * sk)));
      store<f32>(pull + atS, <f32>(gamma * (t * invN + an * tk)));
      store<f32>(push + atT, <f32>(gamma * (t * invM + am * tk)));
      store<f32>(pull + atT, <f32>(gamma * (s * invM + am * sk)));
    }
  }
}

/** out[k] (f64[r]) = (μ_s − μ_t)_k² + α Σ_i (μ_s^i − μ_t^i)_k², the diagonal of V M Vᵀ. */
export function discrepancy(
  out: usize,
  sums: usize,
  sizes: usize,
  r: i32,
  c: i32,
  n: i32,
  m: i32,
  alpha: f64,
): void {
  assert(counts(r, c) && n > 0 && m > 0 && alpha >= 0);
  const T = c + 1;
  for (let k = 0; k < r; k++) {
    const gap = sumOf(sums, 0, T, r, k) / <f64>n - sumOf(sums, T, 2 * T, r, k) / <f64>m;
    let classes: f64 = 0;
    for (let i = 0; i < c; i++) {
      const nk = sizeOf(sizes, i);
      const mk = sizeOf(sizes, T + i);
      if (nk == 0 || mk == 0) continue;
      const d = sumOf(sums, i, i + 1, r, k) / nk - sumOf(sums, T + i, T + i + 1, r, k) / mk;
      classes += d * d;
    }
    store<f64>(out + ((<usize>k) << 3), gap * gap + alpha * classes);
  }
}
