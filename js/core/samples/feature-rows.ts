// Features in rows, an utterance a column, and what dense methods make of them: weighted Gram matrices and linear
// combinations of utterances, in f64, slice by slice of features.
import type { Matrix } from '../../data/index.js';
import type { Core } from '../core.js';
import type { Pointer } from '../exports.js';
import { multiply, transposed, type Wide, wideBytes, wideValues } from '../dense/index.js';

/** d x N values outside of the wasm memory: feature f of utterance j is `data[f * N + j]`. */
export interface FeatureRows {
  readonly d: number;
  readonly N: number;
  readonly data: Float32Array;
}

/** Features a slice: one block of the sums of assembly/core/linear/f64-rows.ts. */
const SLICE = 256;

/** The rows of some corpora, one after another, as columns. All have the same number of features. */
export function featureRows(corpora: readonly Matrix[]): FeatureRows {
  const d = corpora[0].cols;
  const N = corpora.reduce((sum, { rows }) => sum + rows, 0);
  const data = new Float32Array(d * N);
  let j = 0;
  for (const { rows, data: values } of corpora)
    for (let i = 0; i < rows; i++, j++) for (let f = 0; f < d; f++) data[f * N + j] = values[i * d + f];
  return { d, N, data };
}

/** Features `first … first + count`. */
export interface Slice {
  readonly first: number;
  readonly count: number;
}

export function* slices({ d }: FeatureRows): Generator<Slice> {
  for (let first = 0; first < d; first += SLICE) yield { first, count: Math.min(SLICE, d - first) };
}

/** Bytes of a slice of d features of N utterances. */
export function sliceBytes(d: number, N: number): number {
  return wideBytes(Math.min(SLICE, d), N);
}

/** Copies a slice of X to `at`, count x N; feature f times `weight[f]` if there are weights. */
export function loadSlice(
  core: Core,
  { N, data }: FeatureRows,
  { first, count }: Slice,
  at: Pointer,
  weight?: Float64Array,
): Wide {
  const values = core.f64(at, count * N);
  values.set(data.subarray(first * N, (first + count) * N));
  if (weight !== undefined)
    for (let f = 0; f < count; f++) {
      const w = weight[first + f];
      for (let j = f * N; j < (f + 1) * N; j++) values[j] *= w;
    }
  return { at, rows: count, cols: N, rowStep: N, colStep: 1 };
}

/** Bytes that {@link addGram} takes while it runs, with weights (default) or without. */
export function addGramBytes(core: Core, d: number, N: number, weighted = true): number {
  return (weighted ? 2 : 1) * sliceBytes(d, N) + core.exports.multiplyBytes(N, Math.min(SLICE, d));
}

/** G += Xᵀ diag(weight) X over one slice, of as many first utterances as G has rows; G: on and below the diagonal. */
export function addGram(core: Core, G: Wide, X: FeatureRows, slice: Slice, weight?: Float64Array): void {
  core.scoped(() => {
    const bytes = sliceBytes(X.d, X.N);
    const first = (given: Wide): Wide => ({ ...given, cols: G.rows });
    const plain = first(loadSlice(core, X, slice, core.alloc(bytes)));
    const other = weight === undefined ? plain : first(loadSlice(core, X, slice, core.alloc(bytes), weight));
    multiply(core, G, transposed(other), plain, { add: true, lower: true });
  });
}

/** G = Xᵀ diag(weight) X, on and below the diagonal. A generator: pauses after some milliseconds of work. */
export function* featureGram(
  core: Core,
  G: Wide,
  X: FeatureRows,
  weight?: Float64Array,
): Generator<undefined, void> {
  wideValues(core, G).fill(0);
  for (const slice of slices(X)) {
    addGram(core, G, X, slice, weight);
    yield;
  }
}

/** Bytes that {@link combineSlice} takes while it runs. */
export function combineSliceBytes(core: Core, d: number, N: number, k: number): number {
  return sliceBytes(d, N) + wideBytes(Math.min(SLICE, d), k) + core.exports.multiplyBytes(k, N);
}

/**
 * X A over one slice of features, for A (rows of utterances x k, in the arena); `use` gets count x k values, a view
 * that is valid during the call. A with fewer rows than N takes the first utterances.
 */
export function combineSlice(
  core: Core,
  X: FeatureRows,
  slice: Slice,
  A: Wide,
  use: (values: Float64Array, slice: Slice) => void,
): void {
  core.scoped(() => {
    const left = loadSlice(core, X, slice, core.alloc(sliceBytes(X.d, X.N)));
    const k = A.cols;
    const at = core.alloc(wideBytes(slice.count, k));
    multiply(core, { at, rows: slice.count, cols: k, rowStep: k, colStep: 1 }, { ...left, cols: A.rows }, A);
    use(core.f64(at, slice.count * k), slice);
  });
}

/** X A, d x k; A as for {@link combineSlice}. */
export function combine(core: Core, X: FeatureRows, A: Wide): Float64Array {
  const whole = new Float64Array(X.d * A.cols);
  for (const slice of slices(X))
    combineSlice(core, X, slice, A, (values, { first }) => whole.set(values, first * A.cols));
  return whole;
}

export function featureMeans({ d, N, data }: FeatureRows): Float32Array {
  return Float32Array.from({ length: d }, (_, f) => {
    let sum = 0;
    for (let j = f * N; j < (f + 1) * N; j++) sum += data[j];
    return sum / N;
  });
}
