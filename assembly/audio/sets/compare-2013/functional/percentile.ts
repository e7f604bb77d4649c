// Percentiles of four contours, from sorted copies.

/**
 * Sorts four contours at once, ascending, by Batcher's merge exchange (Knuth, TAOCP 3, 5.2.2, Algorithm M): the
 * comparisons do not depend on the values, so the lanes stay together. v: f32x4[n], in place.
 */
export function sort(v: usize, n: i32): void {
  if (n < 2) return;
  const top = 1 << (31 - clz(n - 1));
  for (let p = top; p > 0; p >>= 1) {
    let d = p;
    let r = 0;
    for (let q = top; ; q >>= 1) {
      const gap = (<usize>d) << 4;
      for (let i = r; i < n - d; i += 2 * p) {
        let at = v + ((<usize>i) << 4);
        for (const end = v + ((<usize>min(i + p, n - d)) << 4); at < end; at += 16) {
          const a = v128.load(at);
          const b = v128.load(at + gap);
          v128.store(at, f32x4.pmin(a, b));
          v128.store(at + gap, f32x4.pmax(b, a));
        }
      }
      if (q == p) break;
      d = q - p;
      r = p;
    }
  }
}

/** Linear interpolation between the neighbours of rank p (n − 1), weights and products in f32. */
function percentile(sorted: usize, n: i32, p: f64): v128 {
  const rank = p * <f64>(n - 1);
  const below = Math.floor(rank);
  const above = Math.ceil(rank);
  const s = sorted + ((<usize>below) << 4);
  if (below == above) return v128.load(s);
  return f32x4.add(
    f32x4.mul(v128.load(s), f32x4.splat(<f32>(above - rank))),
    f32x4.mul(v128.load(s, 16), f32x4.splat(<f32>(rank - below))),
  );
}

/**
 * Writes 9 f32x4: quartile1–3, iqr1-2, iqr2-3, iqr1-3, percentile1.0, percentile99.0, pctlrange0-1. sorted: f32x4[n].
 */
export function percentiles(out: usize, sorted: usize, n: i32): usize {
  const q1 = percentile(sorted, n, 0.25);
  const q2 = percentile(sorted, n, 0.5);
  const q3 = percentile(sorted, n, 0.75);
  const p1 = percentile(sorted, n, 0.01);
  const p99 = percentile(sorted, n, 0.99);
  v128.store(out, q1);
  v128.store(out, q2, 16);
  v128.store(out, q3, 32);
  v128.store(out, f32x4.sub(q2, q1), 48);
  v128.store(out, f32x4.sub(q3, q2), 64);
  v128.store(out, f32x4.sub(q3, q1), 80);
  v128.store(out, p1, 96);
  v128.store(out, p99, 112);
  v128.store(out, f32x4.abs(f32x4.sub(p99, p1)), 128);
  return out + 144;
}
