/**
 * Normal equations in wasm: sums of outer products of rows, and their factors. Matrices stay on the host.
 *
 * @module
 */
import { type Core, aligned } from './core.js';
import { choleskyBytes, multiply, multiplyBytes, transposed, wide, wideBytes, wideValues } from './dense.js';

/** Rows packed at a time (ours). */
const PACK = 1024;

/** Bytes that {@link addOuter} and {@link factorLower} take while they run, for N rows of p values. */
export function normalBytes(core: Core, N: number, p: number): number {
  const k = Math.min(N, PACK);
  return (
    wideBytes(p, p) + Math.max(wideBytes(k, p) + multiplyBytes(core, p, k), aligned(choleskyBytes(core, p)))
  );
}

/** H (p x p, lower triangle) += scale Σ weights_i x_i x_iᵀ over the chosen ones of rows of p values; weights ≥ 0. */
export function addOuter(
  core: Core,
  H: Float64Array,
  p: number,
  rows: Float64Array,
  chosen: Int32Array,
  weights: Float64Array,
  scale: number,
): void {
  for (let from = 0; from < chosen.length; from += PACK)
    core.scoped(() => {
      const k = Math.min(PACK, chosen.length - from);
      const out = wide(core, p, p, H);
      const packed = wide(core, k, p);
      const values = wideValues(core, packed);
      for (let s = 0; s < k; s++) {
        const i = chosen[from + s];
        const root = Math.sqrt(weights[i]);
        for (let j = 0; j < p; j++) values[s * p + j] = root * rows[i * p + j];
      }
      multiply(core, out, transposed(packed), packed, { alpha: scale, add: true, lower: true });
      H.set(wideValues(core, out));
    });
}

/** H = L Lᵀ: the lower triangle of H (p x p) becomes L. False, and H undefined: it is not positive definite. */
export function factorLower(core: Core, H: Float64Array, p: number): boolean {
  return core.scoped(() => {
    const A = wide(core, p, p, H);
    if (core.exports.cholesky(A.at, p, core.alloc(choleskyBytes(core, p))) >= 0) return false;
    H.set(wideValues(core, A));
    return true;
  });
}
