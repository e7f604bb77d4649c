// shrink — block coordinate descent for regression with a row-sparse C (compared-methods.md, DoSL): rows of C in
// turn, each to the minimum of |B − CᵀA|² + λ Σ |c_i|.
import { apart, bytesOf, counts } from '../../operands';
import { add64, dot64 } from './f64-rows';

/**
 * One pass over the rows index[0 … k − 1] of C: with z = R a_i + |a_i|² c_i, c_i ← [1 − half / |z|]₊ z / |a_i|². The
 * residual R = B − CᵀA is kept up to date. Rows with |a_i|² = 0 stay as they are. Cost: 4·k·m·c flops, half of it for a
 * row that stays 0.
 * A: f64[d][m]. C: f64[d][c]. R: f64[c][m]. square: f64[d], |a_i|². index: i32[k]. half: λ / 2. z: f64[c], scratch.
 */
export function shrinkRows(
  C: usize,
  R: usize,
  A: usize,
  square: usize,
  index: usize,
  k: i32,
  m: i32,
  c: i32,
  half: f64,
  z: usize,
): void {
  assert(counts(k, m, c) && half >= 0);
  const row = (<usize>m) << 3;
  for (let t = 0; t < k; t++) {
    const i = <usize>load<i32>(index + ((<usize>t) << 2));
    const q = load<f64>(square + (i << 3));
    if (!(q > 0)) continue;
    const a = A + i * row;
    const own = C + ((i * <usize>c) << 3);
    let sum: f64 = 0;
    for (let j: usize = 0; j < <usize>c; j++) {
      const value = dot64(a, R + j * row, m) + q * load<f64>(own + (j << 3));
      store<f64>(z + (j << 3), value);
      sum += value * value;
    }
    const size = sqrt<f64>(sum);
    const factor = size > half ? (1 - half / size) / q : 0;
    for (let j: usize = 0; j < <usize>c; j++) {
      const next = factor * load<f64>(z + (j << 3));
      const change = next - load<f64>(own + (j << 3));
      if (change == 0) continue;
      store<f64>(own + (j << 3), next);
      add64(R + j * row, -change, a, m);
    }
  }
}
