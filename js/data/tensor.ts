// Tensor: a named block of numbers, as models and packed corpora store them.

/**
 * Element types and the arrays that hold them: `f4` Float32Array, `f8` Float64Array, `f2` Uint16Array
 * (the bits of half-precision numbers), `i4` Int32Array, `u1` Uint8Array.
 */
export type TensorData = Float32Array | Float64Array | Uint16Array | Int32Array | Uint8Array;

/** Row-major numbers under a name; `data.length` is the product of `shape`. */
export interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: TensorData;
}
