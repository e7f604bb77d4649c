/**
 * Coder `projection`: a linear map, s ∘ Pᵀ(x − mean), scaled to unit length if asked for.
 *
 * @module
 */
import { mapRows } from '../../../core/samples/index.js';
import type { Matrix } from '../../../data/index.js';
import { LARGEST_SINGLE } from '../fields.js';
import { halves, readWeights, shortWeights } from './half.js';
import { type CoderKind, tellKind } from './kind.js';

export interface ProjectionCoder {
  readonly kind: 'projection';
  readonly r: number;
  /** d x r, entries in [−1, 1]. */
  readonly P: Float32Array;
  /** r factors of the columns, > 0: powers of two where {@link projection} made them. */
  readonly scales: Float64Array;
  /** What is taken off a row first; null: nothing. */
  readonly mean: Float32Array | null;
  /** Codes of each row scaled to length 1; a row of zeros stays. */
  readonly unitNorm: boolean;
}

/** How a projection goes on. */
export interface ProjectionOptions {
  /** d values that are taken off a row first. Default: nothing. */
  readonly mean?: Float32Array | null;
  /** Scales the codes of each row to length 1. Default false. */
  readonly unitNorm?: boolean;
}

/** Smallest power of two that is ≥ `size`, within what a file may hold; 1 for nothing. */
function powerAbove(size: number): number {
  if (!(size > 0)) return 1;
  let power = 1;
  while (power < size && power < 2 ** 330) power *= 2;
  while (power / 2 >= size && power > 2 ** -330) power /= 2;
  return power;
}

/**
 * A coder by the columns of `P` (d x r). Each is kept as a power of two times entries within ±1, which changes no
 * bit and lets compact models round to half precision whatever the size of the columns.
 */
export function projection(
  P: Float32Array | Float64Array,
  r: number,
  { mean = null, unitNorm = false }: ProjectionOptions = {},
): ProjectionCoder {
  tellKind('projection', PROJECTION);
  const largest = new Float64Array(r);
  for (let at = 0; at < P.length; at++) largest[at % r] = Math.max(largest[at % r], Math.abs(P[at]));
  const scales = largest.map(powerAbove);
  return {
    kind: 'projection',
    r,
    P: Float32Array.from(P, (value, at) => value / scales[at % r]),
    scales,
    mean,
    unitNorm,
  };
}

/** rows − mean, in f32. */
function centred({ rows, cols, data }: Matrix, mean: Float32Array): Matrix {
  const out = new Float32Array(data.length);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < cols; j++) out[i * cols + j] = data[i * cols + j] - mean[j];
  return { rows, cols, data: out };
}

export const PROJECTION: CoderKind<ProjectionCoder> = {
  width: ({ r }) => r,
  apply(core, { P, r, scales, mean, unitNorm }, rows) {
    const codes = mapRows(core, mean === null ? rows : centred(rows, mean), P, r);
    const { data } = codes;
    for (let i = 0; i < rows.rows; i++) {
      const at = i * r;
      let square = 0;
      for (let k = 0; k < r; k++) {
        const value = data[at + k] * scales[k];
        square += value * value;
      }
      const length = unitNorm && square > 0 ? Math.sqrt(square) : 1;
      for (let k = 0; k < r; k++) data[at + k] = (data[at + k] * scales[k]) / length;
    }
    return codes;
  },
  meta: ({ r, unitNorm }) => ({ r, unitNorm }),
  tensors: ({ P, r, scales, mean }, name) => [
    { name: `${name}.P`, shape: [P.length / r, r], data: shortWeights(P) },
    { name: `${name}.scales`, shape: [r], data: scales },
    ...(mean === null ? [] : [{ name: `${name}.mean`, shape: [mean.length], data: mean }]),
  ],
  read(fields, meta, name, d) {
    const r = fields.size(meta, 'r', 65536);
    if (r < 1) fields.broken(`the projection of ${name} is empty`);
    const P = readWeights(fields, `${name}.P`, [d, r], -1, 1);
    const scales = fields.wide(`${name}.scales`, [r]);
    if (!scales.every((scale) => scale > 0))
      fields.broken(`tensor "${name}.scales" has a value that is not > 0`);
    const mean = fields.has(`${name}.mean`)
      ? readWeights(fields, `${name}.mean`, [d], -LARGEST_SINGLE, LARGEST_SINGLE)
      : null;
    return { kind: 'projection', r, P, scales, mean, unitNorm: fields.flag(meta, 'unitNorm') };
  },
  halved: (coder) => ({ ...coder, P: halves(coder.P) }),
};
