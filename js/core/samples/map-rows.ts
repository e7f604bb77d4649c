// A product of rows that are not packed with weights: rows of new recordings through a linear map.
import type { Matrix } from '../../data/index.js';
import type { Core } from '../core.js';
import { gemm } from '../dense/index.js';
import { splats } from './samples.js';

/** Rows whose products are formed at once: bounds the memory, changes no bit. */
const CHUNK = 256;

/**
 * rows (R x d) times weights (d x r), f32; a row's bits do not depend on the rows beside it.
 * @param weights d x r, row-major
 */
export function mapRows(core: Core, rows: Matrix, weights: Float32Array, r: number): Matrix {
  const { cols: d, rows: count } = rows;
  const data = new Float32Array(count * r);
  core.scoped(() => {
    const e = core.exports;
    const chunk = Math.min(CHUNK, count);
    const small = core.alloc(d * r * 4);
    core.f32(small, d * r).set(weights);
    const panels = core.alloc(Math.ceil(chunk / 8) * d * 32);
    const features = core.alloc(chunk * d * 4);
    const products = core.alloc(chunk * r * 4);
    const scratch = core.alloc(splats(r, d, 1));
    for (let i = 0; i < count; i += chunk) {
      const some = Math.min(chunk, count - i);
      core.f32(features, some * d).set(rows.data.subarray(i * d, (i + some) * d));
      e.packRows(panels, features, d, some, d);
      gemm(e, { out: products, panels, small, M: some, R: r, K: d, scratch });
      data.set(core.f32(products, some * r), i * r);
    }
  });
  return { rows: count, cols: r, data };
}
