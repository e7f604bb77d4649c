// Layers of logistic units: what training and prediction of a network share.
import type { Matrix } from '../../../data/index.js';
import { aligned, type Core, type Pointer, SMALL_ROWS } from '../../../core/index.js';
import { gemm } from '../../../core/dense/index.js';
import { splats } from '../../../core/samples/index.js';

/** One layer of units as plain data. */
export interface Layer {
  /** inputs x units. */
  readonly W: Float32Array;
  /** A bias a unit. */
  readonly b: Float32Array;
}

/** Sizes of one layer. */
export interface LayerSize {
  readonly inputs: number;
  readonly outputs: number;
}

/** Units, from the features up. */
export function sizesOf(layers: readonly Layer[]): number[] {
  const [{ W, b }] = layers;
  return [W.length / b.length, ...layers.map((layer) => layer.b.length)];
}

/** Columns of a product at a time (ours): their splatted operand stays in the second-level cache. */
const CHUNK = 128;

/** Bytes of scratch of {@link product} for a summation over K. */
export function productBytes(K: number): number {
  return splats(CHUNK, K, 1);
}

/** Bytes of the panels of an M x K operand. */
export function panelBytes(M: number, K: number): number {
  return aligned(Math.ceil(M / 8) * K * 32);
}

/** Operand of a product: a matrix with `ld` values a row, in one of the forms of `gemm`. */
export interface Small {
  readonly at: Pointer;
  readonly ld: number;
  readonly form: number;
}

/** out (M x R) = panels (M x K) · small (K x R), a few columns at a time; no bit depends on how many. */
export function product(
  core: Core,
  out: Pointer,
  panels: Pointer,
  { at, ld, form }: Small,
  [M, R, K]: readonly [number, number, number],
  scratch: Pointer,
): void {
  for (let j = 0; j < R; j += CHUNK) {
    const small = at + 4 * j * (form === SMALL_ROWS ? 1 : ld);
    const sizes = { M, R: Math.min(CHUNK, R - j), K };
    gemm(core.exports, { out: out + 4 * j, ldo: R, panels, small, lds: ld, form, ...sizes, scratch });
  }
}

/** Rows of one pass through a network that only predicts (ours). */
const PASS = 64;

/** Bytes that {@link outputsOf} takes. */
export function outputsBytes(rows: number, sizes: readonly number[]): number {
  const count = Math.min(rows, PASS);
  const widest = Math.max(...sizes);
  let bytes = 2 * aligned(4 * count * widest) + panelBytes(count, widest) + productBytes(widest);
  for (let l = 1; l < sizes.length; l++)
    bytes += aligned(4 * sizes[l - 1] * sizes[l]) + aligned(4 * sizes[l]);
  return bytes;
}

/** Copies rows to where a network reads them. They are probabilities to it: what lies outside of [0, 1] is clipped. */
export function putRows(to: Float32Array, rows: Float32Array): void {
  for (let i = 0; i < to.length; i++) to[i] = Math.min(1, Math.max(0, rows[i]));
}

/** Activations of the last of `layers`, for rows of what the first takes; a row's bits depend on no other row. */
export function outputsOf(core: Core, layers: readonly Layer[], rows: Matrix): Matrix {
  const sizes = sizesOf(layers);
  const [d, last] = [sizes[0], sizes[layers.length]];
  const widest = Math.max(...sizes);
  const count = Math.min(rows.rows, PASS);
  const data = new Float32Array(rows.rows * last);
  core.scoped(() => {
    core.reserve(outputsBytes(rows.rows, sizes), 'This prediction');
    const held = layers.map(({ W, b }) => {
      const at = { W: core.alloc(4 * W.length), b: core.alloc(4 * b.length) };
      core.f32(at.W, W.length).set(W);
      core.f32(at.b, b.length).set(b);
      return at;
    });
    let [from, to] = [core.alloc(4 * count * widest), core.alloc(4 * count * widest)];
    const panels = core.alloc(panelBytes(count, widest));
    const scratch = core.alloc(productBytes(widest));
    for (let first = 0; first < rows.rows; first += count) {
      const some = Math.min(count, rows.rows - first);
      putRows(core.f32(from, some * d), rows.data.subarray(first * d, (first + some) * d));
      held.forEach((layer, l) => {
        const size = { inputs: sizes[l], outputs: sizes[l + 1] };
        activate(core, to, from, layer, size, some, panels, scratch);
        [from, to] = [to, from];
      });
      data.set(core.f32(from, some * last), first * last);
    }
  });
  return { rows: rows.rows, cols: last, data };
}

/** out = logistic(x W + b) for `rows` rows. */
export function activate(
  core: Core,
  out: Pointer,
  x: Pointer,
  { W, b }: { readonly W: Pointer; readonly b: Pointer },
  { inputs, outputs }: LayerSize,
  rows: number,
  panels: Pointer,
  scratch: Pointer,
): void {
  core.exports.packRows(panels, x, inputs, rows, inputs);
  product(core, out, panels, { at: W, ld: outputs, form: SMALL_ROWS }, [rows, outputs, inputs], scratch);
  core.exports.logistic(out, b, rows, outputs);
}
