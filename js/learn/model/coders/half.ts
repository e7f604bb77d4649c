// Float32 weights that may be kept in half precision.
import { decodeHalf, encodeHalf } from '../../../io/index.js';
import type { ModelFields } from '../fields.js';

/** Rounded to half precision; as they are if one is beyond its range. */
export function halves(weights: Float32Array): Float32Array {
  const rounded = decodeHalf(encodeHalf(weights));
  return rounded.every(Number.isFinite) ? rounded : weights;
}

/** For a file: the bits of the halves where that loses nothing. */
export function shortWeights(weights: Float32Array): Float32Array | Uint16Array {
  const bits = encodeHalf(weights);
  return decodeHalf(bits).every((value, i) => value === weights[i]) ? bits : weights;
}

/** Back from a file: float32 or halves, within [low, high]. */
export function readWeights(
  fields: ModelFields,
  name: string,
  shape: readonly number[],
  low: number,
  high: number,
): Float32Array {
  const stored = fields.tensor<Float32Array | Uint16Array>(name, shape, Float32Array, Uint16Array);
  const weights = stored instanceof Uint16Array ? decodeHalf(stored) : stored;
  if (!weights.every((value) => value >= low && value <= high))
    fields.broken(`tensor "${name}" has a value outside of [${low}, ${high}]`);
  return weights;
}
