// Samples: the features of both corpora in wasm memory, packed once for a whole fit.
import type { Matrix } from '../../data/index.js';
import { aligned, type Core } from '../core.js';
import { gemm } from '../dense/index.js';
import { type Pointer, SMALL_PANELS } from '../exports.js';

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
  const { packSome, packColumns, dot } = core.exports;
  let square = 0;
  for (let i = 0; i < N; i += 8) {
    const count = Math.min(8, N - i);
    const view = core.f32(stage, count * d);
    for (let j = 0; j < count; j++) {
      const [from, row] = i + j < n ? [source, i + j] : [target, i + j - n];
      view.set(from.data.subarray(row * d, (row + 1) * d), j * d);
    }
    square += dot(stage, stage, count * d);
    packSome(rows, stage, d, N, d, i, count);
    packColumns(columns, stage, d, d, N, i, count);
  }
  core.exports.release(mark);
  return { core, n, m, N, d, rows, columns, square };
}

/** Bytes that `gram` takes for as long as its caller keeps it, … */
export function gramBytes(N: number): number {
  return aligned(N * N * 4);
}

/** … and beside them while it runs. */
export function gramScratchBytes(N: number, d: number): number {
  return splats(N, d, 1);
}

/** Bytes of the splatted small operand of a product (assembly/core/linear/gemm.ts). */
export function splats(R: number, K: number, parts: number): number {
  return aligned(parts * Math.ceil(R / 4) * Math.min(K, 256) * 64);
}

/** K = X Xᵀ, N x N, left in the arena: the caller marks and releases. */
export function gram(samples: Samples): Pointer {
  const { core, N, d, rows } = samples;
  const out = core.alloc(N * N * 4);
  core.scoped(() => {
    const scratch = core.alloc(gramScratchBytes(N, d));
    const form = SMALL_PANELS;
    gemm(core.exports, { out, panels: rows, small: rows, form, M: N, R: N, K: d, symmetric: 1, scratch });
  });
  return out;
}

/** Columns `from … to` of the lower triangle of K, which somebody else may compute; `from` is a multiple of 16. */
export interface GramColumns {
  readonly from: number;
  readonly to: number;
  /** Rows `from … N` of them, row by row; above the diagonal undefined. */
  readonly data: Float32Array;
}

/** All columns of K, N x N, in at most `parts` parts that take about the same time. */
export function gramParts(N: number, parts: number): Pick<GramColumns, 'from' | 'to'>[] {
  const ranges: { from: number; to: number }[] = [];
  for (let from = 0, part = 1; from < N; part++) {
    // Columns 0 … to hold this share of the triangle.
    const share = part >= parts ? N : N * (1 - Math.sqrt(1 - part / parts));
    const to = Math.min(N, 16 * Math.ceil(Math.max(share, from + 1) / 16));
    ranges.push({ from, to });
    from = to;
  }
  return ranges;
}

/** Some columns of K, with the bits of {@link gram}. */
export function gramColumns(
  { core, N, d, rows }: Samples,
  { from, to }: Pick<GramColumns, 'from' | 'to'>,
): Float32Array {
  return core.scoped(() => {
    const length = (N - from) * (to - from);
    const out = core.alloc(length * 4);
    core.exports.gramColumns(out, rows, N, d, from, to, core.alloc(splats(to - from, d, 1)));
    return core.f32(out, length).slice();
  });
}

/** Bytes that {@link gramColumns} takes while it runs. */
export function gramColumnsBytes(
  N: number,
  d: number,
  { from, to }: Pick<GramColumns, 'from' | 'to'>,
): number {
  return aligned((N - from) * (to - from) * 4) + splats(to - from, d, 1);
}

/** K from its columns, left in the arena as {@link gram} leaves it. */
export function gramOfColumns({ core, N }: Samples, parts: readonly GramColumns[]): Pointer {
  const at = core.alloc(N * N * 4);
  const out = core.f32(at, N * N);
  for (const { from, to, data } of parts)
    for (let i = from; i < N; i++) {
      const row = (i - from) * (to - from);
      for (let j = from; j < to && j <= i; j++) out[i * N + j] = out[j * N + i] = data[row + j - from];
    }
  return at;
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
    gemm(core.exports, { out, panels: columns, small, M: d, R: k, K: N, scratch });
    return core.f32(out, d * k).slice();
  });
}
