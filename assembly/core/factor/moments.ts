/**
 * moments — means of groups of codes and what they exert on each code: MMD without the N x N
 * matrix M (method.md, MMD without its matrix).
 *
 * A group is (part, class). Parts are the sources, then the target: first its rows with pseudo labels, then, if there
 * are any, its rows with known labels (`targets` is 1 or 2). Each part has T = c + 1 groups: one a class, and one of
 * the rows without a class. G = (sources + targets)·T groups. MMD is the mean over the sources.
 */
import { apart, bytesOf, counts } from '../../operands';

/**
 * sums (G x r, f64) = sums of the rows of C (N x r) by group; sizes (G, f64) = rows a group.
 * Rows are added in order.
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

/** Sum of column k over `count` groups from `from` on. */
function sumOf(sums: usize, from: i32, count: i32, r: i32, k: i32): f64 {
  let s: f64 = 0;
  for (let g = from; g < from + count; g++) s += load<f64>(sums + ((<usize>(g * r + k)) << 3));
  return s;
}

function sizeOf(sizes: usize, g: i32): f64 {
  return load<f64>(sizes + ((<usize>g) << 3));
}

/** Rows of `count` groups from `from` on. */
export function rowsOf(sizes: usize, from: i32, count: i32): f64 {
  let rows: f64 = 0;
  for (let g = from; g < from + count; g++) rows += sizeOf(sizes, g);
  return rows;
}

/** Rows of the target's class i. */
export function targetSize(sizes: usize, sources: i32, targets: i32, T: i32, i: i32): f64 {
  let size = sizeOf(sizes, sources * T + i);
  if (targets > 1) size += sizeOf(sizes, (sources + 1) * T + i);
  return size;
}

/** Sum of column k over the rows of the target's class i. */
function targetSum(sums: usize, sources: i32, targets: i32, T: i32, r: i32, i: i32, k: i32): f64 {
  let sum = sumOf(sums, sources * T + i, 1, r, k);
  if (targets > 1) sum += sumOf(sums, (sources + 1) * T + i, 1, r, k);
  return sum;
}

/** Operands of `transfer`. */
@unmanaged
export class Transfer {
  /** Results, f32: γ (V M⁻)_j and γ (V M⁺)_j, G x r each, and γ M_jj, G. */
  pull: usize;
  push: usize;
  diagonal: usize;
  /** As `groupSums` writes them. */
  sums: usize;
  sizes: usize;
  r: i32;
  c: i32;
  /** Sources, and parts of the target; each source and the target have rows. */
  sources: i32;
  targets: i32;
  alpha: f64;
  gamma: f64;
}

/**
 * For every group the vectors that one of its rows receives: pull, push and its entry of the diagonal. A class that a
 * source or the target lacks has no M_k between them.
 */
export function transfer(to: Transfer): void {
  const pull = to.pull;
  const push = to.push;
  const diagonal = to.diagonal;
  const sums = to.sums;
  const sizes = to.sizes;
  const r = to.r;
  const c = to.c;
  const sources = to.sources;
  const targets = to.targets;
  const alpha = to.alpha;
  const gamma = to.gamma / <f64>sources;
  assert(counts(r, c, sources) && (targets == 1 || targets == 2) && alpha >= 0 && gamma >= 0);
  const T = c + 1;
  const invM = 1.0 / rowsOf(sizes, sources * T, targets * T);
  assert(invM <= 1);
  for (let i = 0; i <= c; i++) {
    const mk = targetSize(sizes, sources, targets, T, i);
    let own: f64 = 0;
    for (let q = 0; q < sources; q++) {
      const nk = sizeOf(sizes, q * T + i);
      const shared = i < c && nk > 0 && mk > 0;
      const invN = 1.0 / rowsOf(sizes, q * T, T);
      const an = shared ? alpha / nk : 0;
      const am = shared ? alpha / mk : 0;
      const at = (<usize>(q * T + i)) << 2;
      store<f32>(diagonal + at, <f32>(gamma * (invN * invN + (shared ? an / nk : 0))));
      own += gamma * (invM * invM + (shared ? am / mk : 0));
    }
    for (let p = sources; p < sources + targets; p++)
      store<f32>(diagonal + ((<usize>(p * T + i)) << 2), <f32>own);
    for (let k = 0; k < r; k++) {
      const t = sumOf(sums, sources * T, targets * T, r, k) * invM;
      const ti = targetSum(sums, sources, targets, T, r, i, k);
      let pushT: f64 = 0;
      let pullT: f64 = 0;
      for (let q = 0; q < sources; q++) {
        const nk = sizeOf(sizes, q * T + i);
        const shared = i < c && nk > 0 && mk > 0;
        const invN = 1.0 / rowsOf(sizes, q * T, T);
        const an = shared ? alpha / nk : 0;
        const am = shared ? alpha / mk : 0;
        const s = sumOf(sums, q * T, T, r, k) * invN;
        const sk = shared ? sumOf(sums, q * T + i, 1, r, k) / nk : 0;
        const tk = shared ? ti / mk : 0;
        const at = (<usize>((q * T + i) * r + k)) << 2;
        store<f32>(push + at, <f32>(gamma * (s * invN + an * sk)));
        store<f32>(pull + at, <f32>(gamma * (t * invN + an * tk)));
        pushT += gamma * (t * invM + am * tk);
        pullT += gamma * (s * invM + am * sk);
      }
      for (let p = sources; p < sources + targets; p++) {
        const at = (<usize>((p * T + i) * r + k)) << 2;
        store<f32>(push + at, <f32>pushT);
        store<f32>(pull + at, <f32>pullT);
      }
    }
  }
}

/**
 * out[k] (f64[r]): the mean over the sources of (μ_s − μ_t)_k² + α Σ_i (μ_s^i − μ_t^i)_k², the diagonal of V M Vᵀ.
 */
export function discrepancy(
  out: usize,
  sums: usize,
  sizes: usize,
  r: i32,
  c: i32,
  sources: i32,
  targets: i32,
  alpha: f64,
): void {
  assert(counts(r, c, sources) && (targets == 1 || targets == 2) && alpha >= 0);
  const T = c + 1;
  const m = rowsOf(sizes, sources * T, targets * T);
  for (let k = 0; k < r; k++) {
    const t = sumOf(sums, sources * T, targets * T, r, k) / m;
    let total: f64 = 0;
    for (let q = 0; q < sources; q++) {
      const gap = sumOf(sums, q * T, T, r, k) / rowsOf(sizes, q * T, T) - t;
      let classes: f64 = 0;
      for (let i = 0; i < c; i++) {
        const nk = sizeOf(sizes, q * T + i);
        const mk = targetSize(sizes, sources, targets, T, i);
        if (nk == 0 || mk == 0) continue;
        const d = sumOf(sums, q * T + i, 1, r, k) / nk - targetSum(sums, sources, targets, T, r, i, k) / mk;
        classes += d * d;
      }
      total += gap * gap + alpha * classes;
    }
    store<f64>(out + ((<usize>k) << 3), total / <f64>sources);
  }
}
