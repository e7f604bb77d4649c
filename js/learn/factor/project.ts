// Codes of new recordings against a fitted dictionary: min_{v ≥ 0} |x − U v|² (method.md, The whole procedure).
import type { Matrix } from '../../data/index.js';
import type { Core } from '../../core/index.js';
import { gemm } from '../../core/dense/index.js';
import { splats } from '../../core/samples/index.js';

/** Rows whose products are formed at once: bounds the memory, changes no bit. */
const CHUNK = 256;
/** A row is done when no entry moves by more than this part of its largest over a sweep (ours). */
const TOLERANCE = 1e-6;
/** Most sweeps over a row's entries (ours). */
const SWEEPS = 2000;

/**
 * rows x r codes for rows x d features.
 * @param U d x r, non-negative
 * @returns codes, and how many rows had not converged after the last sweep
 */
export function project(
  core: Core,
  rows: Matrix,
  U: Float32Array,
  r: number,
): { codes: Matrix; open: number } {
  const d = rows.cols;
  const data = new Float32Array(rows.rows * r);
  let open = 0;
  core.scoped(() => {
    const e = core.exports;
    const chunk = Math.min(CHUNK, rows.rows);
    const dictionary = core.alloc(d * r * 4);
    core.f32(dictionary, d * r).set(U);
    const panels = core.alloc(Math.max(Math.ceil(r / 8) * d, Math.ceil(chunk / 8) * d) * 32);
    const square = core.alloc(r * r * 4);
    const scratch = core.alloc(Math.max(splats(r, d, 1), 8 * (r * r + 2 * r)));
    e.packColumns(panels, dictionary, r, r, d, 0, d);
    gemm(e, { out: square, panels, small: dictionary, M: r, R: r, K: d, symmetric: 1, scratch });
    const features = core.alloc(chunk * d * 4);
    const products = core.alloc(chunk * r * 4);
    const codes = core.alloc(chunk * r * 4);
    for (let i = 0; i < rows.rows; i += chunk) {
      const count = Math.min(chunk, rows.rows - i);
      core.f32(features, count * d).set(rows.data.subarray(i * d, (i + count) * d));
      e.packRows(panels, features, d, count, d);
      gemm(e, { out: products, panels, small: dictionary, M: count, R: r, K: d, scratch });
      open += e.nonNegative(codes, products, square, count, r, TOLERANCE, SWEEPS, scratch);
      data.set(core.f32(codes, count * r), i * r);
    }
  });
  return { codes: { rows: rows.rows, cols: r, data }, open };
}
