/**
 * graph — k nearest neighbours, heat-kernel affinity in CSR, and its product with the codes
 * (method.md §2.1).
 *
 * Distances come from the Gram matrix, |a|² + |b|² − 2ab, which loses digits to cancellation. Its
 * error is bounded, so every row that could be among the k nearest is measured again by straight
 * f64 differences: neighbours and distances are those of exact arithmetic over the f32 data, and
 * ties, duplicates among them, go to the lowest index.
 */
import { KC } from './gemm';
import { exponential } from './elementary';

/** Unit roundoff of f32. */
const ROUNDOFF: f64 = 1.0 / 16777216.0;
/** Below this part of |a|² + |b|² a squared distance is measured again: keeps five digits of σ (ours). */
const CANCELLED: f64 = 1.0 / 16.0;

/** Squared distance of rows i and j by differences; columns: panels of Xᵀ, [ceil(d/8)][N][8]. */
function straight(columns: usize, N: i32, d: i32, i: i32, j: i32): f64 {
  const stride = (<usize>N) << 5;
  let p = columns + ((<usize>i) << 5);
  const gap = (<usize>j - <usize>i) << 5;
  let a = f64x2.splat(0);
  let b = f64x2.splat(0);
  for (let block = (d + 7) >> 3; block > 0; block--, p += stride) {
    const q = p + gap;
    const d0 = f64x2.sub(
      f64x2.promote_low_f32x4(v128.load64_zero(p)),
      f64x2.promote_low_f32x4(v128.load64_zero(q)),
    );
    const d1 = f64x2.sub(
      f64x2.promote_low_f32x4(v128.load64_zero(p, 8)),
      f64x2.promote_low_f32x4(v128.load64_zero(q, 8)),
    );
    const d2 = f64x2.sub(
      f64x2.promote_low_f32x4(v128.load64_zero(p, 16)),
      f64x2.promote_low_f32x4(v128.load64_zero(q, 16)),
    );
    const d3 = f64x2.sub(
      f64x2.promote_low_f32x4(v128.load64_zero(p, 24)),
      f64x2.promote_low_f32x4(v128.load64_zero(q, 24)),
    );
    a = f64x2.add(f64x2.add(a, f64x2.mul(d0, d0)), f64x2.mul(d1, d1));
    b = f64x2.add(f64x2.add(b, f64x2.mul(d2, d2)), f64x2.mul(d3, d3));
  }
  const s = f64x2.add(a, b);
  return f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1);
}

/** Inserts value into the ascending list of `count` values (at most `k`); returns the new count. */
function insertBound(list: usize, count: i32, k: i32, value: f64): i32 {
  if (count == k && value >= load<f64>(list + ((<usize>(k - 1)) << 3))) return count;
  let at = count < k ? count : k - 1;
  for (; at > 0; at--) {
    const before = load<f64>(list + ((<usize>(at - 1)) << 3));
    if (before <= value) break;
    store<f64>(list + ((<usize>at) << 3), before);
  }
  store<f64>(list + ((<usize>at) << 3), value);
  return count < k ? count + 1 : count;
}

/**
 * The k nearest rows of every row, itself excluded, ordered by (distance, index).
 *
 * index: i32[N x k]; square: f64[N x k], squared distances; gram: f32[N x N] = X Xᵀ; columns:
 * panels of Xᵀ; bounds: f64[k] of scratch. 0 < k < N. Returns the sum of the Euclidean distances
 * of all pairs i < j. Cost: N² for the bounds, about N·k·d for the straight differences.
 */
export function nearest(
  index: usize,
  square: usize,
  gram: usize,
  columns: usize,
  bounds: usize,
  N: i32,
  d: i32,
  k: i32,
): f64 {
  const slack = 2.1 * ROUNDOFF * <f64>(KC + d / KC + 3);
  const stride = (<usize>N) << 2;
  let sum: f64 = 0;
  for (let i = 0; i < N; i++) {
    const row = gram + <usize>i * stride;
    const own = <f64>load<f32>(row + ((<usize>i) << 2));
    let count = 0;
    for (let j = 0; j < N; j++) {
      if (j == i) continue;
      const both = own + <f64>load<f32>(gram + <usize>j * (stride + 4));
      let D = both - 2.0 * <f64>load<f32>(row + ((<usize>j) << 2));
      count = insertBound(bounds, count, k, D + slack * both);
      if (j > i) {
        if (D < CANCELLED * both) D = straight(columns, N, d, i, j);
        sum += sqrt<f64>(D);
      }
    }
    const limit = load<f64>(bounds + ((<usize>(k - 1)) << 3));
    const near = index + ((<usize>i * <usize>k) << 2);
    const far = square + ((<usize>i * <usize>k) << 3);
    count = 0;
    for (let j = 0; j < N; j++) {
      if (j == i) continue;
      const both = own + <f64>load<f32>(gram + <usize>j * (stride + 4));
      if (both - 2.0 * <f64>load<f32>(row + ((<usize>j) << 2)) - slack * both > limit) continue;
      const D = straight(columns, N, d, i, j);
      if (count == k && D >= load<f64>(far + ((<usize>(k - 1)) << 3))) continue;
      let at = count < k ? count : k - 1;
      for (; at > 0; at--) {
        const before = load<f64>(far + ((<usize>(at - 1)) << 3));
        if (before <= D) break;
        store<f64>(far + ((<usize>at) << 3), before);
        store<i32>(near + ((<usize>at) << 2), load<i32>(near + ((<usize>(at - 1)) << 2)));
      }
      store<f64>(far + ((<usize>at) << 3), D);
      store<i32>(near + ((<usize>at) << 2), j);
      if (count < k) count++;
    }
  }
  return sum;
}

/** Whether j is among the first k neighbours of i, `ld` neighbours stored a row. */
function isNear(index: usize, ld: i32, k: i32, i: i32, j: i32): bool {
  const row = index + ((<usize>i * <usize>ld) << 2);
  for (let a = 0; a < k; a++) if (load<i32>(row + ((<usize>a) << 2)) == j) return true;
  return false;
}

/** Appends (j, w) to row i, keeping its columns ascending. */
function append(rowEnd: usize, column: usize, weight: usize, start: i32, i: i32, j: i32, w: f32): void {
  const end = load<i32>(rowEnd + ((<usize>i) << 2));
  let at = end;
  for (; at > start; at--) {
    const before = load<i32>(column + ((<usize>(at - 1)) << 2));
    if (before < j) break;
    store<i32>(column + ((<usize>at) << 2), before);
    store<f32>(weight + ((<usize>at) << 2), load<f32>(weight + ((<usize>(at - 1)) << 2)));
  }
  store<i32>(column + ((<usize>at) << 2), j);
  store<f32>(weight + ((<usize>at) << 2), w);
  store<i32>(rowEnd + ((<usize>i) << 2), end + 1);
}

/**
 * Affinity W in CSR from neighbour lists: i ~ j if either is among the other's k nearest,
 * w_ij = exp(−|x_i − x_j|² / s_ij), s_ij = `scale` or, with `local` given (f64[N]), 2·local_i·local_j;
 * where s_ij = 0 the limit: 1 for equal points, else 0. Columns ascend within a row.
 *
 * start: i32[N + 1]; column, weight: i32 and f32 [2·N·k]; degree: f32[N], row sums; end: i32[N] of
 * scratch; index, square: as `nearest` wrote them with `ld` ≥ k neighbours a row. Returns the number of entries.
 */
export function affinity(
  start: usize,
  column: usize,
  weight: usize,
  degree: usize,
  end: usize,
  index: usize,
  square: usize,
  N: i32,
  ld: i32,
  k: i32,
  scale: f64,
  local: usize,
): i32 {
  memory.fill(start, 0, (<usize>(N + 1)) << 2);
  for (let i = 0; i < N; i++)
    for (let a = 0; a < k; a++) {
      const j = load<i32>(index + ((<usize>i * <usize>ld + <usize>a) << 2));
      const si = start + ((<usize>(i + 1)) << 2);
      store<i32>(si, load<i32>(si) + 1);
      if (!isNear(index, ld, k, j, i)) {
        const sj = start + ((<usize>(j + 1)) << 2);
        store<i32>(sj, load<i32>(sj) + 1);
      }
    }
  for (let i = 0; i < N; i++) {
    const at = start + ((<usize>i) << 2);
    store<i32>(end + ((<usize>i) << 2), load<i32>(at));
    store<i32>(at + 4, load<i32>(at + 4) + load<i32>(at));
  }
  for (let i = 0; i < N; i++)
    for (let a = 0; a < k; a++) {
      const at = <usize>i * <usize>ld + <usize>a;
      const j = load<i32>(index + (at << 2));
      const s = local
        ? 2.0 * load<f64>(local + ((<usize>i) << 3)) * load<f64>(local + ((<usize>j) << 3))
        : scale;
      const D = load<f64>(square + (at << 3));
      const w = <f32>(s > 0 ? exponential(-D / s) : D > 0 ? 0.0 : 1.0);
      append(end, column, weight, load<i32>(start + ((<usize>i) << 2)), i, j, w);
      if (!isNear(index, ld, k, j, i))
        append(end, column, weight, load<i32>(start + ((<usize>j) << 2)), j, i, w);
    }
  for (let i = 0; i < N; i++) {
    let sum: f64 = 0;
    const to = load<i32>(start + ((<usize>(i + 1)) << 2));
    for (let e = load<i32>(start + ((<usize>i) << 2)); e < to; e++)
      sum += <f64>load<f32>(weight + ((<usize>e) << 2));
    store<f32>(degree + ((<usize>i) << 2), <f32>sum);
  }
  return load<i32>(start + ((<usize>N) << 2));
}

/** out (N x r) = W · C; entries of a row are added in column order. out may not alias C. */
export function affinityProduct(
  out: usize,
  C: usize,
  start: usize,
  column: usize,
  weight: usize,
  N: i32,
  r: i32,
): void {
  const stride = (<usize>r) << 2;
  const quads = stride & ~15;
  for (let i = 0; i < N; i++, out += stride, start += 4) {
    memory.fill(out, 0, stride);
    const to = load<i32>(start, 4);
    for (let e = load<i32>(start); e < to; e++) {
      const w = load<f32>(weight + ((<usize>e) << 2));
      const c = C + <usize>load<i32>(column + ((<usize>e) << 2)) * stride;
      const ws = f32x4.splat(w);
      let k: usize = 0;
      for (; k < quads; k += 16)
        v128.store(out + k, f32x4.add(v128.load(out + k), f32x4.mul(ws, v128.load(c + k))));
      for (; k < stride; k += 4) store<f32>(out + k, load<f32>(out + k) + w * load<f32>(c + k));
    }
  }
}

/** out[k] (f64[r]) = Σ_{i<j} w_ij (c_ik − c_jk)², the diagonal of V L Vᵀ, without cancellation. */
export function roughness(
  out: usize,
  C: usize,
  start: usize,
  column: usize,
  weight: usize,
  N: i32,
  r: i32,
): void {
  memory.fill(out, 0, (<usize>r) << 3);
  const stride = (<usize>r) << 2;
  const pairs = r & ~1;
  for (let i = 0; i < N; i++, start += 4) {
    const to = load<i32>(start, 4);
    for (let e = load<i32>(start); e < to; e++) {
      const j = load<i32>(column + ((<usize>e) << 2));
      if (j < i) continue;
      const w = <f64>load<f32>(weight + ((<usize>e) << 2));
      const ws = f64x2.splat(w);
      let p = C + <usize>i * stride;
      let q = C + <usize>j * stride;
      let o = out;
      for (let k = 0; k < pairs; k += 2, p += 8, q += 8, o += 16) {
        const t = f64x2.sub(
          f64x2.promote_low_f32x4(v128.load64_zero(p)),
          f64x2.promote_low_f32x4(v128.load64_zero(q)),
        );
        v128.store(o, f64x2.add(v128.load(o), f64x2.mul(ws, f64x2.mul(t, t))));
      }
      if (pairs < r) {
        const t = <f64>load<f32>(p) - <f64>load<f32>(q);
        store<f64>(o, load<f64>(o) + w * (t * t));
      }
    }
  }
}
