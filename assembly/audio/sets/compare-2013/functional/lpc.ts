// Linear prediction of order 5 of four contours. Autocorrelation and Levinson–Durbin recursion
// wholly in f32: on smooth contours the recursion is nearly singular, and its roundings show.
import { reserve } from '../../../arena';

const ORDER: i32 = 5;
const R: usize = reserve((ORDER + 1) << 4);
const A: usize = reserve(64);

/** Writes 6 f32x4: lpgain, lpc0 … lpc4; v: f32x4[n]. */
export function linearPrediction(out: usize, v: usize, n: i32): usize {
  for (let lag = 0; lag <= ORDER; lag++) {
    const gap = (<usize>lag) << 4;
    let sum = f32x4.splat(0);
    for (let at = v + gap, end = v + ((<usize>n) << 4); at < end; at += 16)
      sum = f32x4.add(sum, f32x4.mul(v128.load(at), v128.load(at - gap)));
    v128.store(R + gap, sum);
  }
  for (let lane: usize = 0; lane < 16; lane += 4) levinson(out + lane, R + lane, n);
  return out + ((ORDER + 1) << 4);
}

/** Coefficient i of the recursion. */
@inline
function a(i: i32): f32 {
  return load<f32>(A + ((<usize>i) << 2));
}

/** One lane: out: gain / n and a₁ … a₅, v[n] + Σ aᵢ v[n−i] = error; all 0 for a contour of zeros. */
function levinson(out: usize, r: usize, n: i32): void {
  for (let i = 0; i <= ORDER; i++) {
    store<f32>(out + ((<usize>i) << 4), 0);
    store<f32>(A + ((<usize>i) << 2), 0);
  }
  let error = load<f32>(r);
  if (error == 0) return;
  for (let m = 1; m <= ORDER && error != 0; m++) {
    let sum = load<f32>(r + ((<usize>m) << 4));
    for (let i = 1; i < m; i++) sum += a(i) * load<f32>(r + ((<usize>(m - i)) << 4));
    const k = (<f32>-1 / error) * sum;
    for (let i = 1, j = m - 1; i <= j; i++, j--) {
      const left = a(i);
      const right = a(j);
      store<f32>(A + ((<usize>i) << 2), left + k * right);
      if (i != j) store<f32>(A + ((<usize>j) << 2), right + k * left);
    }
    store<f32>(A + ((<usize>m) << 2), k);
    error *= <f32>1 - k * k;
  }
  store<f32>(out, error / <f32>n);
  for (let i = 1; i <= ORDER; i++) store<f32>(out + ((<usize>i) << 4), a(i));
}
