// nnls — codes of new recordings against a fitted dictionary: min_{v ≥ 0} |x − U v|².
//
// Cyclic coordinate descent on the normal equations in f64. A sweep visits the entries in order and
// keeps the gradient UᵀU v − Uᵀx up to date, so a step costs r only where an entry moves.
import { apart, bytesOf, counts } from '../../operands';
import { add64 } from '../linear/f64-rows';

/**
 * codes (rows x r, f32) for right-hand sides P (rows x r, f32, = rows of Xᵀ U) and G = UᵀU (r x r, f32). Stops a row
 * when no entry moved by more than `tolerance` times its largest entry over a sweep, or after `sweeps` sweeps.
 * scratch: 8·(r² + 2r) bytes. Returns the number of rows that did not converge.
 */
export function nonNegative(
  codes: usize,
  P: usize,
  G: usize,
  rows: i32,
  r: i32,
  tolerance: f64,
  sweeps: i32,
  scratch: usize,
): i32 {
  assert(counts(rows, r, sweeps) && tolerance >= 0);
  assert(apart(codes, bytesOf<f32>(rows, r), P, bytesOf<f32>(rows, r)));
  const wide = scratch;
  const v = wide + ((<usize>(r * r)) << 3);
  const gradient = v + ((<usize>r) << 3);
  for (let i: usize = 0; i < <usize>(r * r); i++) store<f64>(wide + (i << 3), <f64>load<f32>(G + (i << 2)));
  let open = 0;
  for (let j = 0; j < rows; j++) {
    const at = (<usize>j * <usize>r) << 2;
    for (let k: usize = 0; k < <usize>r; k++) {
      store<f64>(v + (k << 3), 0);
      store<f64>(gradient + (k << 3), -(<f64>load<f32>(P + at + (k << 2))));
    }
    let done = false;
    for (let sweep = 0; sweep < sweeps && !done; sweep++) {
      let moved: f64 = 0;
      let largest: f64 = 0;
      for (let k = 0; k < r; k++) {
        const row = wide + ((<usize>(k * r)) << 3);
        const q = load<f64>(row + ((<usize>k) << 3));
        if (!(q > 0)) continue;
        const vk = v + ((<usize>k) << 3);
        const old = load<f64>(vk);
        const value = max<f64>(0, old - load<f64>(gradient + ((<usize>k) << 3)) / q);
        largest = max<f64>(largest, value);
        const delta = value - old;
        if (delta == 0) continue;
        moved = max<f64>(moved, abs<f64>(delta));
        store<f64>(vk, value);
        add64(gradient, delta, row, r);
      }
      done = moved <= tolerance * largest;
    }
    if (!done) open++;
    for (let k: usize = 0; k < <usize>r; k++) store<f32>(codes + at + (k << 2), <f32>load<f64>(v + (k << 3)));
  }
  return open;
}
