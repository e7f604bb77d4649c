/**
 * coordinate — exact coordinate descent (HALS) on the same objective (method.md §3.12).
 *
 * Every step minimises over one entry and never goes below `floor`. `stats` (f64[3]) as in update.ts,
 * with each residual taken when its entry's turn comes.
 */
import { inner } from './row';

/** Moves the entry at `x` by the step −gradient/curvature, not below floor; returns the move. */
// @ts-ignore: decorator
@inline
function move(x: usize, gradient: f64, curvature: f64, floor: f64, stats: usize): f64 {
  const old = <f64>load<f32>(x);
  store<f64>(stats, load<f64>(stats, 16) + old * old, 16);
  if (!(curvature > 0)) return 0;
  const step = gradient / curvature;
  const value = <f32>max<f64>(floor, old - step);
  const residual = min<f64>(old, step);
  const delta = <f64>value - old;
  store<f32>(x, value);
  store<f64>(stats, load<f64>(stats) + delta * delta);
  store<f64>(stats, load<f64>(stats, 8) + residual * residual, 8);
  return delta;
}

/**
 * The U step: u_k ← max(floor, u_k + (A_k − U B_k) / B_kk), k ascending with the newest columns;
 * rows do not depend on each other, so a row is finished before the next. x, num: rows x r; B: r x r.
 */
export function coordinateRows(
  x: usize,
  num: usize,
  B: usize,
  rows: i32,
  r: i32,
  floor: f64,
  stats: usize,
): void {
  memory.fill(stats, 0, 24);
  const stride = (<usize>r) << 2;
  for (let i = 0; i < rows; i++, x += stride, num += stride)
    for (let k = 0; k < r; k++) {
      const b = B + <usize>k * stride;
      const at = (<usize>k) << 2;
      move(x + at, <f64>(inner(b, x, r) - load<f32>(num + at)), <f64>load<f32>(b + at), floor, stats);
    }
}

/**
 * The H step, rows i then entries k: minimises Σ_j Γ_ij (y_ij − s_ij)² over h_ik, keeping the scores
 * S (n x c, f64) = H V up to date. C: n codes; group: labels are the groups < c.
 */
export function coordinateLabels(
  H: usize,
  C: usize,
  S: usize,
  group: usize,
  n: i32,
  r: i32,
  c: i32,
  own: f32,
  other: f32,
  floor: f64,
  stats: usize,
): void {
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
        const g = load<i32>(group + ((<usize>j) << 2));
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

/**
 * The V step, k outer and rows j inner. L and M couple the rows: sums of column k over the groups
 * are kept running, so that (V M)_kj costs O(c).
 *
 * C, P: N x r; B = UᵀU; S (n x c, f64) = H V, kept up to date; start, column, weight, degree: affinity;
 * group: i32[N]; sizes: f64[G]; curve: G x r (UᵀU diagonal + label + γ M_jj, without λ d_j);
 * size: f32[r], |u_k|² under the scale-invariant objective, else 1; sums: f64[G] of scratch. λ, β or γ = 0 skip their term.
 */
export function coordinateCodes(
  C: usize,
  P: usize,
  B: usize,
  S: usize,
  H: usize,
  start: usize,
  column: usize,
  weight: usize,
  degree: usize,
  group: usize,
  sizes: usize,
  curve: usize,
  size: usize,
  sums: usize,
  N: i32,
  n: i32,
  r: i32,
  c: i32,
  alpha: f64,
  beta: f32,
  gamma: f64,
  lambda: f32,
  own: f32,
  other: f32,
  floor: f64,
  stats: usize,
): void {
  memory.fill(stats, 0, 24);
  const stride = (<usize>r) << 2;
  const T = c + 1;
  const G = 2 * T;
  const invN = 1.0 / <f64>n;
  const invM = 1.0 / <f64>(N - n);
  for (let k = 0; k < r; k++) {
    const at = (<usize>k) << 2;
    const b = B + <usize>k * stride;
    const gammaK = gamma * <f64>load<f32>(size + at);
    const lambdaK = lambda * load<f32>(size + at);
    let source: f64 = 0;
    let target: f64 = 0;
    if (gamma > 0) {
      memory.fill(sums, 0, (<usize>G) << 3);
      for (let j = 0; j < N; j++) {
        const s = sums + ((<usize>load<i32>(group + ((<usize>j) << 2))) << 3);
        store<f64>(s, load<f64>(s) + <f64>load<f32>(C + <usize>j * stride + at));
      }
      for (let g = 0; g < T; g++) {
        source += load<f64>(sums + ((<usize>g) << 3));
        target += load<f64>(sums + ((<usize>(T + g)) << 3));
      }
    }
    for (let j = 0; j < N; j++) {
      const x = C + <usize>j * stride;
      const g = load<i32>(group + ((<usize>j) << 2));
      let gradient = <f64>(inner(b, x, r) - load<f32>(P + <usize>j * stride + at));
      let curvature = <f64>load<f32>(curve + <usize>g * stride + at);
      const s = S + ((<usize>j * <usize>c) << 3);
      const labelled = beta > 0 && g < c;
      if (labelled) {
        let t: f64 = 0;
        for (let i = 0; i < c; i++) {
          const w = <f64>(i == g ? own : other) * <f64>load<f32>(H + <usize>i * stride + at);
          t += w * (load<f64>(s + ((<usize>i) << 3)) - (i == g ? 1.0 : 0.0));
        }
        gradient += <f64>beta * t;
      }
      if (lambda > 0) {
        const dj = load<f32>(degree + ((<usize>j) << 2));
        let near: f32 = 0;
        const to = load<i32>(start + ((<usize>(j + 1)) << 2));
        for (let e = load<i32>(start + ((<usize>j) << 2)); e < to; e++)
          near +=
            load<f32>(weight + ((<usize>e) << 2)) *
            load<f32>(C + <usize>load<i32>(column + ((<usize>e) << 2)) * stride + at);
        gradient += <f64>(lambdaK * (dj * load<f32>(x + at) - near));
        curvature += <f64>(lambdaK * dj);
      }
      if (gamma > 0) {
        const own_ = g < T;
        const i = own_ ? g : g - T;
        const nk = load<f64>(sizes + ((<usize>i) << 3));
        const mk = load<f64>(sizes + ((<usize>(T + i)) << 3));
        let pull = (source * invN - target * invM) * (own_ ? invN : -invM);
        if (i < c && nk > 0 && mk > 0) {
          const gap =
            load<f64>(sums + ((<usize>i) << 3)) / nk - load<f64>(sums + ((<usize>(T + i)) << 3)) / mk;
          pull += alpha * gap * (own_ ? 1.0 / nk : -1.0 / mk);
        }
        gradient += gammaK * pull;
      }
      const delta = move(x + at, gradient, curvature, floor, stats);
      if (delta == 0) continue;
      if (gamma > 0) {
        const sum = sums + ((<usize>g) << 3);
        store<f64>(sum, load<f64>(sum) + delta);
        if (g < T) source += delta;
        else target += delta;
      }
      if (labelled)
        for (let i = 0; i < c; i++) {
          const si = s + ((<usize>i) << 3);
          store<f64>(si, load<f64>(si) + delta * <f64>load<f32>(H + <usize>i * stride + at));
        }
    }
  }
}
