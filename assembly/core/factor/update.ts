// update — the fused multiplicative steps x ← x ∘ num ⊘ max(den, tiny) (method.md, Multiplicative updates).
//
// Each writes to `stats` (f64[3]) what the stopping rules need: Σ (x' − x)², Σ R² and Σ x², where
// R = x − [x − (den − num) ⊘ q]₊ = min(x, (den − num) ⊘ q) is the scaled natural residual of the
// KKT conditions before the step (method.md, KKT residual; the factor 2 of the gradient cancels) and q the diagonal
// curvature. Residuals are summed in f32 over four columns' lanes of a row, rows in f64.
import { aligned, apart, bytesOf, counts } from '../../operands';
import { gather, gemm, packRows, panelBytes, splatBytes, SMALL_ROWS } from '../linear/gemm';
import { addStats, lanes } from '../linear/lanes';
import { dot } from '../linear/reduce';
import { accumulate, inner } from '../linear/row';

/**
 * Guard of the denominators in f32 (method.md, Notation); a curvature up to it counts as none, its inverse would
 * overflow.
 */
export const TINY: f32 = 1e-20;
/** Rows of one pass of `ratioStep` (ours: keeps its scratch in the second-level cache). */
const BLOCK: i32 = 256;

/** Stores up to three trailing values. */
@inline
function storePartial(p: usize, v: v128, count: i32): void {
  store<f32>(p, f32x4.extract_lane(v, 0));
  if (count > 1) store<f32>(p, f32x4.extract_lane(v, 1), 4);
  if (count > 2) store<f32>(p, f32x4.extract_lane(v, 2), 8);
}

/** One row of r values: out ← x ∘ num ⊘ max(den, tiny), with the three sums. out may be x. */
function ratioRow(out: usize, x: usize, num: usize, den: usize, inverse: usize, r: i32, stats: usize): void {
  const tiny = f32x4.splat(TINY);
  let change = f32x4.splat(0);
  let residual = f32x4.splat(0);
  let size = f32x4.splat(0);
  for (let k = r; k > 0; k -= 4) {
    const whole = k >= 4;
    const v = whole ? v128.load(x) : gather(x, 4, k);
    const a = whole ? v128.load(num) : gather(num, 4, k);
    const b = whole ? v128.load(den) : gather(den, 4, k);
    const q = whole ? v128.load(inverse) : gather(inverse, 4, k);
    const t = f32x4.div(f32x4.mul(v, a), f32x4.max(b, tiny));
    const step = f32x4.sub(t, v);
    const res = f32x4.min(v, f32x4.mul(f32x4.sub(b, a), q));
    change = f32x4.add(change, f32x4.mul(step, step));
    residual = f32x4.add(residual, f32x4.mul(res, res));
    size = f32x4.add(size, f32x4.mul(v, v));
    if (whole) v128.store(out, t);
    else storePartial(out, t, k);
    out += 16;
    x += 16;
    num += 16;
    den += 16;
    inverse += 16;
  }
  addStats(stats, lanes(change), lanes(residual), lanes(size));
}

export function ratioBytes(rows: i32, r: i32): usize {
  assert(counts(rows, r));
  const block = min(rows, BLOCK);
  return panelBytes(block, r) + splatBytes(r, r, 1) + ((<usize>block * <usize>r + 3) << 2);
}

/**
 * x ← x ∘ num ⊘ max(x B, tiny): the U step, with num = X Vᵀ and B = V Vᵀ (+ diag ρ).
 * x, num: rows x r; B: r x r, symmetric; inverse: f32[r], 1 / B_kk or 0; stats: f64[3];
 * scratch: ratioBytes(rows, r). Cost: 2·rows·r² flops, num and x streamed once.
 */
export function ratioStep(
  x: usize,
  num: usize,
  B: usize,
  inverse: usize,
  rows: i32,
  r: i32,
  stats: usize,
  scratch: usize,
): void {
  assert(counts(rows, r) && aligned(scratch));
  assert(apart(x, bytesOf<f32>(rows, r), num, bytesOf<f32>(rows, r)));
  memory.fill(stats, 0, 24);
  const block = min(rows, BLOCK);
  const splats = scratch + panelBytes(block, r);
  const den = splats + splatBytes(r, r, 1);
  const stride = (<usize>r) << 2;
  for (let i = 0; i < rows; i += BLOCK) {
    const count = min(rows - i, BLOCK);
    const at = <usize>i * stride;
    packRows(scratch, x + at, r, count, r);
    gemm(den, r, 0, scratch, B, r, 0, SMALL_ROWS, count, r, r, 1, false, splats);
    for (let j = 0; j < count; j++) {
      const row = at + <usize>j * stride;
      ratioRow(x + row, x + row, num + row, den + <usize>j * stride, inverse, r, stats);
    }
  }
}

/**
 * Adds the label term's share to the vectors of the classes' groups of a labelled part: pull_g += β·Γ_own·h_g;
 * curve_g += β Σ_i Γ_ig h_i². pull, curve: G x r; H: c x r; own, other: the two values of Γ.
 */
export function labelVectors(
  pull: usize,
  curve: usize,
  H: usize,
  c: i32,
  r: i32,
  beta: f32,
  own: f32,
  other: f32,
): void {
  assert(counts(c, r));
  assert(apart(pull, bytesOf<f32>(c, r), curve, bytesOf<f32>(c, r)));
  for (let g = 0; g < c; g++)
    for (let k = 0; k < r; k++) {
      const at = (<usize>(g * r + k)) << 2;
      store<f32>(pull + at, load<f32>(pull + at) + beta * own * load<f32>(H + at));
      let q: f32 = 0;
      for (let i = 0; i < c; i++) {
        const h = load<f32>(H + ((<usize>(i * r + k)) << 2));
        q += (i == g ? own : other) * (h * h);
      }
      store<f32>(curve + at, load<f32>(curve + at) + beta * q);
    }
}

/** num = P + pull (+ λ s ∘ WC), den += push (+ λ d_j s ∘ c), inverse = 1 / (curve + λ d_j s) or 0: one row. */
function codesRow(
  num: usize,
  den: usize,
  inverse: usize,
  C: usize,
  P: usize,
  WC: usize,
  pull: usize,
  push: usize,
  curve: usize,
  size: usize,
  r: i32,
  lambda: f32,
  degree: f32,
): void {
  const l = f32x4.splat(lambda);
  const d = f32x4.splat(lambda * degree);
  const tiny = f32x4.splat(TINY);
  const one = f32x4.splat(1);
  let k: usize = 0;
  for (const end = (<usize>(r & ~3)) << 2; k < end; k += 16) {
    let a = f32x4.add(v128.load(P + k), v128.load(pull + k));
    let b = v128.load(push + k);
    let q = v128.load(curve + k);
    if (lambda > 0) {
      const s = v128.load(size + k);
      const ds = f32x4.mul(d, s);
      a = f32x4.add(a, f32x4.mul(f32x4.mul(l, s), v128.load(WC + k)));
      b = f32x4.add(f32x4.mul(ds, v128.load(C + k)), b);
      q = f32x4.add(q, ds);
    }
    v128.store(num + k, a);
    v128.store(den + k, f32x4.add(v128.load(den + k), b));
    v128.store(inverse + k, v128.and(f32x4.gt(q, tiny), f32x4.div(one, q)));
  }
  for (const end = (<usize>r) << 2; k < end; k += 4) {
    let a = load<f32>(P + k) + load<f32>(pull + k);
    let b = load<f32>(push + k);
    let q = load<f32>(curve + k);
    if (lambda > 0) {
      const s = load<f32>(size + k);
      const ds = lambda * degree * s;
      a += lambda * s * load<f32>(WC + k);
      b = ds * load<f32>(C + k) + b;
      q += ds;
    }
    store<f32>(num + k, a);
    store<f32>(den + k, load<f32>(den + k) + b);
    store<f32>(inverse + k, q > TINY ? 1 / q : 0);
  }
}

/** Operands of `codesStep`. λ = 0: WC, degree and size are not read. β = 0: H is not read. */
@unmanaged
export class CodesStep {
  out: usize; // New codes, N x r; not C
  C: usize; // Old codes, N x r
  P: usize; // X ᵀU, N x r
  den: usize; // C UᵀU, N x r; overwritten
  WC: usize; // W C, N x r
  degree: usize; // f32[N]
  group: usize; // i32[N], as moments.ts has them
  label: usize; // i32[N]: the class of each row, c without one
  pull: usize; // G x r each; pull already holds the label term's numerator (`labelVectors`)
  push: usize;
  curve: usize;
  size: usize; // f32[r], s_k = |u_k|² under the scale-invariant objective, else 1
  H: usize; // c x r
  N: i32;
  r: i32;
  c: i32;
  lambda: f32;
  beta: f32;
  own: f32; // Γ on a row's own class and on the others
  other: f32;
  stats: usize; // f64[3]
  scratch: usize; // 8·r bytes
}

/**
 * The V step for all N codes at once, from old codes C to new codes out:
 *
 *   out_j = c_j ∘ (p_j + λ s∘(W C)_j + pull_g) ⊘ max((C B)_j + λ d_j s∘c_j + push_g + β Σ_i Γ_ij (h_i·c_j) h_i, tiny)
 *
 * where g = group[j].
 */
export function codesStep(step: CodesStep): void {
  let out = step.out;
  let C = step.C;
  let P = step.P;
  let den = step.den;
  let WC = step.WC;
  const group = step.group;
  const H = step.H;
  const N = step.N;
  const r = step.r;
  const c = step.c;
  const lambda = step.lambda;
  const beta = step.beta;
  const stats = step.stats;
  assert(counts(N, r, c) && lambda >= 0 && beta >= 0);
  assert(
    apart(out, bytesOf<f32>(N, r), C, bytesOf<f32>(N, r)) &&
      apart(out, bytesOf<f32>(N, r), den, bytesOf<f32>(N, r)),
  );
  memory.fill(stats, 0, 24);
  const stride = (<usize>r) << 2;
  const num = step.scratch;
  const inverse = num + stride;
  for (let j = 0; j < N; j++) {
    const g = load<i32>(group + ((<usize>j) << 2));
    const at = <usize>g * stride;
    const d: f32 = lambda > 0 ? load<f32>(step.degree + ((<usize>j) << 2)) : 0;
    codesRow(
      num,
      den,
      inverse,
      C,
      P,
      WC,
      step.pull + at,
      step.push + at,
      step.curve + at,
      step.size,
      r,
      lambda,
      d,
    );
    const own = load<i32>(step.label + ((<usize>j) << 2));
    if (beta > 0 && own < c)
      for (let i = 0; i < c; i++) {
        const h = H + <usize>i * stride;
        accumulate(den, beta * ((i == own ? step.own : step.other) * inner(h, C, r)), h, r);
      }
    ratioRow(out, C, num, den, inverse, r, stats);
    out += stride;
    C += stride;
    P += stride;
    den += stride;
    WC += stride;
  }
}

/**
 * The H step: H ← H ∘ ((Γ∘Y) Vᵀ) ⊘ max((Γ∘(H V)) Vᵀ, tiny), over the labelled source rows.
 * H: c x r; C: codes; label: i32[n], the class of each row, c without one; scratch: 12·c·r bytes.
 */
export function labelStep(
  H: usize,
  C: usize,
  label: usize,
  n: i32,
  r: i32,
  c: i32,
  own: f32,
  other: f32,
  stats: usize,
  scratch: usize,
): void {
  assert(counts(n, r, c));
  assert(apart(H, bytesOf<f32>(c, r), scratch, 3 * bytesOf<f32>(c, r)));
  memory.fill(stats, 0, 24);
  const stride = (<usize>r) << 2;
  const block = <usize>c * stride;
  const num = scratch;
  const den = scratch + block;
  const curve = den + block;
  memory.fill(scratch, 0, 3 * block);
  for (let j = 0; j < n; j++, C += stride) {
    const g = load<i32>(label + ((<usize>j) << 2));
    if (g >= c) continue;
    accumulate(num + <usize>g * stride, own, C, r);
    for (let i = 0; i < c; i++) {
      const w = i == g ? own : other;
      accumulate(den + <usize>i * stride, w * inner(H + <usize>i * stride, C, r), C, r);
      const q = curve + <usize>i * stride;
      for (let k: usize = 0; k < stride; k += 4) {
        const v = load<f32>(C + k);
        store<f32>(q + k, load<f32>(q + k) + w * (v * v));
      }
    }
  }
  for (let k: usize = 0; k < block; k += 4) {
    const q = load<f32>(curve + k);
    store<f32>(curve + k, q > TINY ? 1.0 / q : 0);
  }
  for (let i: usize = 0; i < block; i += stride)
    ratioRow(H + i, H + i, num + i, den + i, curve + i, r, stats);
}

/** S (n x c, f64) = H V for the first n codes, as rows. */
export function scores(S: usize, C: usize, H: usize, n: i32, r: i32, c: i32): void {
  assert(counts(n, r, c));
  assert(apart(S, bytesOf<f64>(n, c), C, bytesOf<f32>(n, r)));
  const stride = (<usize>r) << 2;
  for (let j = 0; j < n; j++, C += stride)
    for (let i = 0; i < c; i++, S += 8) store<f64>(S, dot(H + <usize>i * stride, C, r));
}

/** Σ Γ_ij (Y_ij − (H V)_ij)² over the labelled source rows, in f64 from the scores S (n x c). */
export function labelLoss(S: usize, label: usize, n: i32, c: i32, own: f64, other: f64): f64 {
  assert(counts(n, c));
  let sum: f64 = 0;
  for (let j = 0; j < n; j++) {
    const g = load<i32>(label + ((<usize>j) << 2));
    if (g < c)
      for (let i = 0; i < c; i++) {
        const t = (i == g ? 1.0 : 0.0) - load<f64>(S + ((<usize>(j * c + i)) << 3));
        sum += (i == g ? own : other) * (t * t);
      }
  }
  return sum;
}
