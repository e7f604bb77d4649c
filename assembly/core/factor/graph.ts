// graph — heat-kernel affinity in CSR from neighbour lists, and its product with the codes (method.md, Neighbourhood
// graph).
import { apart, bytesOf, counts } from '../../operands';
import { exponential } from '../elementary';
import { accumulate } from '../linear/row';

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

/** Operands of `affinity`. */
@unmanaged
export class Affinity {
  start: usize; // Results: i32[N + 1]; i32 and f32 [2·N·k]; row sums, f32[N]
  column: usize;
  weight: usize;
  degree: usize;
  end: usize; // Scratch, i32[N]
  index: usize; // As `nearest` wrote them, `ld` ≥ k neighbours a row
  square: usize;
  N: i32;
  ld: i32;
  k: i32;
  scale: f64;
  local: usize; // f64[N], or 0
}

/**
 * Affinity W in CSR from neighbour lists: i ~ j if either is among the other's k nearest,
 * w_ij = exp(−|x_i − x_j|² / s_ij). s_ij is `scale` or, with `local`, 2·local_i·local_j; where it is 0, w_ij is the
 * limit: 1 for equal points, else 0. Columns ascend within a row. Returns the number of entries.
 */
export function affinity(graph: Affinity): i32 {
  const start = graph.start;
  const column = graph.column;
  const weight = graph.weight;
  const degree = graph.degree;
  const end = graph.end;
  const index = graph.index;
  const square = graph.square;
  const N = graph.N;
  const ld = graph.ld;
  const k = graph.k;
  const scale = graph.scale;
  const local = graph.local;
  assert(0 <= k && k <= ld && N > k && scale >= 0);
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
  assert(counts(N, r));
  assert(apart(out, bytesOf<f32>(N, r), C, bytesOf<f32>(N, r)));
  const stride = (<usize>r) << 2;
  for (let i = 0; i < N; i++, out += stride, start += 4) {
    memory.fill(out, 0, stride);
    const to = load<i32>(start, 4);
    for (let e = load<i32>(start); e < to; e++) {
      const w = load<f32>(weight + ((<usize>e) << 2));
      accumulate(out, w, C + <usize>load<i32>(column + ((<usize>e) << 2)) * stride, r);
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
  assert(counts(N, r));
  assert(apart(out, bytesOf<f64>(r), C, bytesOf<f32>(N, r)));
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
