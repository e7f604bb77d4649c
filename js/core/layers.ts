/**
 * Layers of logistic units: what training and prediction of a network share.
 *
 * @module
 */
import { aligned, type Core } from './core.js';
import { type Pointer, SMALL_ROWS } from './exports.js';
import { splats } from './samples.js';

/** Weights of one layer as plain data: `inputs x outputs`, and a bias for each output. */
export interface Layer {
  readonly inputs: number;
  readonly outputs: number;
  readonly W: Float32Array;
  readonly b: Float32Array;
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
    const from = at + 4 * j * (form === SMALL_ROWS ? 1 : ld);
    core.exports.gemm(
      out + 4 * j,
      R,
      0,
      panels,
      from,
      ld,
      0,
      form,
      M,
      Math.min(CHUNK, R - j),
      K,
      1,
      0,
      scratch,
    );
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

/** Activations of the last of `layers` for `rows` (rows x inputs of the first): rows x outputs. */
export function outputsOf(core: Core, layers: readonly Layer[], rows: Float32Array): Float32Array {
  const d = layers[0].inputs;
  const total = rows.length / d;
  const last = layers[layers.length - 1].outputs;
  const out = new Float32Array(total * last);
  const sizes = [d, ...layers.map(({ outputs }) => outputs)];
  const widest = Math.max(...sizes);
  const count = Math.min(total, PASS);
  return core.scoped(() => {
    core.reserve(outputsBytes(total, sizes), 'This prediction');
    const held = layers.map(({ W, b }) => {
      const at = { W: core.alloc(4 * W.length), b: core.alloc(4 * b.length) };
      core.f32(at.W, W.length).set(W);
      core.f32(at.b, b.length).set(b);
      return at;
    });
    let [from, to] = [core.alloc(4 * count * widest), core.alloc(4 * count * widest)];
    const panels = core.alloc(panelBytes(count, widest));
    const scratch = core.alloc(productBytes(widest));
    for (let first = 0; first < total; first += count) {
      const some = Math.min(count, total - first);
      core.f32(from, some * d).set(rows.subarray(first * d, (first + some) * d));
      layers.forEach((layer, l) => {
        activate(core, to, from, held[l], layer, some, panels, scratch);
        [from, to] = [to, from];
      });
      out.set(core.f32(from, some * last), first * last);
    }
    return out;
  });
}

/** out = logistic(x W + b) for `rows` rows. */
export function activate(
  core: Core,
  out: Pointer,
  x: Pointer,
  { W, b }: { readonly W: Pointer; readonly b: Pointer },
  { inputs, outputs }: Pick<Layer, 'inputs' | 'outputs'>,
  rows: number,
  panels: Pointer,
  scratch: Pointer,
): void {
  core.exports.packRows(panels, x, inputs, rows, inputs);
  product(core, out, panels, { at: W, ld: outputs, form: SMALL_ROWS }, [rows, outputs, inputs], scratch);
  core.exports.logistic(out, b, rows, outputs);
}
