// Regression of a contour on its row number: a line, a parabola, and the centroid; closed forms
// in f64 with Σ i³ = (Σ i)².
import { meanOf } from './summary';

/** x, or 0 where it left the range. */
@inline
function finite(x: f64): f64 {
  return x - x == 0.0 ? x : 0.0;
}

/** Four contours; writes 8 f32x4: linregc1, linregc2, linregerrQ, qregc1, qregc2, qregc3, qregerrQ, centroid. */
export function regression(out: usize, v: usize, n: i32): usize {
  for (let lane = 0; lane < 4; lane++) fit(out + (lane << 2), v + (lane << 2), n, meanOf(lane));
  return out + 128;
}

function fit(out: usize, v: usize, n: i32, mean: f32): void {
  let num = 0.0;
  let num2 = 0.0;
  for (let i = 0; i < n; i++) {
    const x = <f64>load<f32>(v + ((<usize>i) << 4));
    const at = <f64>i;
    num += at * x;
    num2 += at * at * x;
  }
  const N = <f64>n;
  const asum = <f64>mean * N;
  const S1 = (N * (N - 1.0)) / 2.0;
  const S2 = (N * (N - 1.0) * (2.0 * N - 1.0)) / 6.0;
  const S3 = S1 * S1;
  const S4 = (S2 * (3.0 * ((N - 1.0) * (N - 1.0) + (N - 1.0)) - 1.0)) / 5.0;
  let m = 0.0;
  let t = 0.0;
  let a = 0.0;
  let b = 0.0;
  let c = 0.0;
  if (n == 1) {
    t = <f64>load<f32>(v);
    c = t;
  } else {
    const divisor = N - (S1 * S1) / S2;
    t = divisor != 0.0 ? finite((asum - (num * S1) / S2) / divisor) : 0.0;
    m = finite((num - t * S1) / S2);
    const det = S4 * S2 * N + 2.0 * S3 * S1 * S2 - S2 * S2 * S2 - S3 * S3 * N - S1 * S1 * S4;
    if (det != 0.0) {
      a = finite(((S2 * N - S1 * S1) * num2 + (S1 * S2 - S3 * N) * num + (S3 * S1 - S2 * S2) * asum) / det);
      b = finite(((S1 * S2 - S3 * N) * num2 + (S4 * N - S2 * S2) * num + (S3 * S2 - S4 * S1) * asum) / det);
      c = finite(((S3 * S1 - S2 * S2) * num2 + (S3 * S2 - S4 * S1) * num + (S4 * S2 - S3 * S3) * asum) / det);
    }
  }
  let lineError = 0.0;
  let parabolaError = 0.0;
  for (let i = 0; i < n; i++) {
    const x = <f64>load<f32>(v + ((<usize>i) << 4));
    const at = <f64>i;
    const line = x - (m * at + t);
    const parabola = x - (a * at * at + b * at + c);
    lineError += line * line;
    parabolaError += parabola * parabola;
  }
  store<f32>(out, <f32>m);
  store<f32>(out, <f32>t, 16);
  store<f32>(out, <f32>finite(lineError / N), 32);
  store<f32>(out, <f32>a, 48);
  store<f32>(out, <f32>b, 64);
  store<f32>(out, <f32>c, 80);
  store<f32>(out, <f32>finite(parabolaError / N), 96);
  store<f32>(out, asum != 0.0 ? <f32>finite(num / asum / N) : 0, 112);
}
