/**
 * Samples: the features of both corpora in wasm memory, packed once for a whole fit.
 *
 * @module
 */
import type { Matrix } from '../data/matrix.js';
import { aligned, type Core } from './core.js';
import { SMALL_PANELS, SMALL_ROWS, type Pointer } from './exports.js';

/**
 * X (N x d, an utterance a row, source first) as panels of its rows, for X U, and as panels of its
 * columns, for XᵀV. Lives in the arena of its Core until that is released.
 */
export interface Samples {
  readonly core: Core;
  /** Source, target and all rows; features. */
  readonly n: number;
  readonly m: number;
  readonly N: number;
  readonly d: number;
  /** Panels of the N x d matrix X. */
  readonly rows: Pointer;
  /** Panels of the d x N matrix Xᵀ. */
  readonly columns: Pointer;
  /** |X|². */
  readonly square: number;
}

function panels(M: number, K: number): number {
  return aligned(Math.ceil(M / 8) * K * 32);
}

/** Bytes that `pack` takes for as long as the samples are kept, … */
export function samplesBytes(N: number, d: number): number {
  return panels(N, d) + panels(d, N);
}

/** … and beside them while it runs. */
export function packScratchBytes(d: number): number {
  return aligned(8 * d * 4);
}

/** Copies the two corpora into wasm memory. Both have d columns. */
export function pack(core: Core, source: Matrix, target: Matrix): Samples {
  const [n, m, d] = [source.rows, target.rows, source.cols];
  const N = n + m;
  const rows = core.alloc(panels(N, d));
  const columns = core.alloc(panels(d, N));
  const mark = core.exports.mark();
  const stage = core.alloc(packScratchBytes(d));
  const { packRows, packColumns, dot } = core.exports;
  let square = 0;
  for (let i = 0; i < N; i += 8) {
    const count = Math.min(8, N - i);
    const view = core.f32(stage, count * d);
    for (let j = 0; j < count; j++) {
      const [from, row] = i + j < n ? [source, i + j] : [target, i + j - n];
      view.set(from.data.subarray(row * d, (row + 1) * d), j * d);
    }
    square += dot(stage, stage, count * d);
    packRows(rows + i * d * 4, stage, d, count, d);
    packColumns(columns, stage, d, d, N, i, count);
  }
  core.exports.release(mark);
  return { core, n, m, N, d, rows, columns, square };
}

/** Rows of X that are the small operand of its Gram matrix at a time (ours: bounds the memory, changes no bit). */
const STRIP = 512;

/** Bytes that `gram` takes for as long as its caller keeps it, … */
export function gramBytes(N: number): number {
  return aligned(N * N * 4);
}

/** … and beside them while it runs. */
export function gramScratchBytes(N: number, d: number): number {
  return splats(Math.min(N, STRIP), d, 1);
}

/** Bytes of the splatted small operand of a product (assembly/core/gemm.ts). */
export function splats(R: number, K: number, parts: number): number {
  return aligned(parts * Math.ceil(R / 4) * Math.min(K, 256) * 64);
}

/** K = X Xᵀ, N x N, left in the arena: the caller marks and releases. */
export function gram(samples: Samples): Pointer {
  const { core, N, d, rows } = samples;
  const { gemm } = core.exports;
  const out = core.alloc(N * N * 4);
  core.scoped(() => {
    const scratch = core.alloc(gramScratchBytes(N, d));
    for (let first = 0; first < N; first += STRIP) {
      const width = Math.min(STRIP, N - first);
      const own = rows + first * d * 4;
      const at = out + (first * N + first) * 4;
      gemm(at, N, 0, own, own, 0, 0, SMALL_PANELS, width, width, d, 1, 1, scratch);
      const below = N - first - width;
      if (below > 0)
        gemm(
          at + width * N * 4,
          N,
          0,
          own + width * d * 4,
          own,
          0,
          0,
          SMALL_PANELS,
          below,
          width,
          d,
          1,
          0,
          scratch,
        );
    }
  });
  mirror(core.f32(out, N * N), N);
  return out;
}

/** Fills the part above the blocks of STRIP rows from the part below them. */
function mirror(K: Float32Array, N: number): void {
  for (let first = STRIP; first < N; first += STRIP)
    for (let i = first; i < Math.min(N, first + STRIP); i++)
      for (let j = 0; j < first; j++) K[j * N + i] = K[i * N + j];
}

/** Bytes that `combineRows` takes. */
export function combineBytes(N: number, d: number, k: number): number {
  return aligned(N * k * 4) + aligned(d * k * 4) + splats(k, N, 1);
}

/** W = Xᵀ A for A (N x k): the primal weights of classifiers given by coefficients of the rows. */
export function combineRows(samples: Samples, coefficients: Matrix): Float32Array {
  const { core, N, d, columns } = samples;
  const k = coefficients.cols;
  return core.scoped(() => {
    const small = core.alloc(N * k * 4);
    core.f32(small, N * k).set(coefficients.data);
    const out = core.alloc(d * k * 4);
    const scratch = core.alloc(splats(k, N, 1));
    core.exports.gemm(out, k, 0, columns, small, k, 0, SMALL_ROWS, d, k, N, 1, 0, scratch);
    return core.f32(out, d * k).slice();
  });
}
