// Distances between the utterances of both corpora, and the widths of kernels of them.
import type { Core } from '../../core/index.js';
import { eigenBytes, symmetricEigen, wide, wideBytes, wideValues } from '../../core/dense/index.js';
import {
  type Elementary,
  evenlySpaced,
  gaussian,
  medianDistance,
  squaredDistances,
  type Table,
} from './kernel.js';

/** Candidates for the width, as multiples of the median distance (ours). */
export const WIDTH_FACTORS: readonly number[] = [0.25, 0.5, 0.75, 1, 1.5, 2, 3];

/** Distances of n source and m target rows. */
export class Distances {
  readonly n: number;
  readonly m: number;
  /** Median distance of all pairs of rows, of either corpus. */
  readonly median: number;
  readonly #gram: Float32Array | Float64Array;
  readonly #elementary: Elementary;

  /** @param gram inner products of all rows, source first; a copy is not made */
  constructor(gram: Float32Array | Float64Array, n: number, m: number, elementary: Elementary) {
    this.n = n;
    this.m = m;
    this.#gram = gram;
    this.#elementary = elementary;
    this.median = medianDistance(gram, n + m);
  }

  /** Source rows against each other, and against the target's. */
  matching(): { readonly within: Table; readonly across: Table } {
    const [source, target] = [range(0, this.n), range(this.n, this.m)];
    return { within: this.#squares(source, source), across: this.#squares(source, target) };
  }

  /** Source and target rows against `count` centres, target rows spread evenly over the target. */
  centred(count: number): { readonly source: Table; readonly target: Table } {
    const centres = evenlySpaced(this.m, count).map((j) => this.n + j);
    return {
      source: this.#squares(range(0, this.n), centres),
      target: this.#squares(range(this.n, this.m), centres),
    };
  }

  /** The kernel of squared distances. */
  kernel(squares: Table, sigma: number): Table {
    return gaussian(squares, sigma, this.#elementary);
  }

  #squares(rows: Int32Array, cols: Int32Array): Table {
    return squaredDistances(this.#gram, this.n + this.m, rows, cols);
  }
}

const range = (from: number, count: number): Int32Array =>
  Int32Array.from({ length: count }, (_, i) => from + i);

/** Bytes that {@link principalGram} takes. */
export function principalBytes(core: Core, N: number, dimensions: number): number {
  return wideBytes(N, N) + eigenBytes(core, N, Math.min(dimensions, N));
}

/** Inner products of the rows' first principal components, from the inner products of the rows (N x N). */
export function principalGram(core: Core, gram: Float32Array, N: number, dimensions: number): Float64Array {
  return core.scoped(() => {
    const means = new Float64Array(N);
    let mean = 0;
    for (let i = 0; i < N; i++) {
      for (let j = 0; j < N; j++) means[i] += gram[i * N + j] / N;
      mean += means[i] / N;
    }
    const centred = wide(core, N, N);
    const values = wideValues(core, centred);
    for (let i = 0; i < N; i++)
      for (let j = 0; j < N; j++) values[i * N + j] = gram[i * N + j] - means[i] - means[j] + mean;
    const count = Math.min(dimensions, N);
    const { values: variances, vectors } = symmetricEigen(core, centred, count);
    const directions = wideValues(core, vectors);
    const out = new Float64Array(N * N);
    for (let k = 0; k < count; k++)
      for (let i = 0; i < N; i++) {
        const scaled = Math.max(0, variances[k]) * directions[k * N + i];
        for (let j = 0; j < N; j++) out[i * N + j] += scaled * directions[k * N + j];
      }
    return out;
  });
}
