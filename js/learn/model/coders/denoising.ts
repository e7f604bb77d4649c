// A marginalised denoising layer: h = tanh(W [x; 1]), W the least-squares map that restores features of which each
// was zeroed with probability p, in expectation over all corruptions (Chen et al. 2012; docs/compared-methods.md,
// mSDA).
//
// W is never formed. With q = 1 − p, D = diag(p q Σ_j x_fj² + ridge), Γ = q XᵀD⁻¹X (N x N) and K = I + q Γ, z = K⁻¹1
// and s = 1ᵀz:
//
//   W [x; 1] = X (M g + z / s),   M = K⁻¹ − z zᵀ / s,   g = q XᵀD⁻¹x
//
// and for the columns of X themselves W [X; 1ᵀ] = X A, A = (I − M − (p / s) z 1ᵀ) / q, since K⁻¹Γ = (I − K⁻¹) / q.
import { aligned, type Core } from '../../../core/index.js';
import {
  cholesky,
  multiply,
  multiplyBytes,
  solveTriangle,
  transposed,
  wide,
  wideBytes,
  wideValues,
} from '../../../core/dense/index.js';
import {
  addGramBytes,
  combineSlice,
  combineSliceBytes,
  featureGram,
  type FeatureRows,
  loadSlice,
  sliceBytes,
  slices,
} from '../../../core/samples/index.js';

/** How the features are corrupted, and how much the map is held back. */
export interface Corruption {
  /** Probability, in (0, 1), with which a feature is zeroed. */
  readonly p: number;
  /** Ridge ≥ 0 on the map's weights, none on its bias. */
  readonly ridge: number;
}

/** A fitted layer: enough to map any row. */
export interface DenoisingLayer {
  /** What it was fitted to. */
  readonly inputs: FeatureRows;
  /** q / D_f of each feature; 0 for a feature of zeros without a ridge. */
  readonly weight: Float64Array;
  /** M, N x N. */
  readonly inner: Float64Array;
  /** z / s, N. */
  readonly offset: Float64Array;
}

/** Bytes that {@link denoise} takes. */
export function denoiseBytes(core: Core, N: number, d: number): number {
  const parts = [addGramBytes(core, d, N), combineSliceBytes(core, d, N, N), multiplyBytes(core, N, N)];
  return 2 * wideBytes(N, N) + Math.max(...parts.map(aligned));
}

/**
 * Fits a layer to X (d x N) and gives it with what it makes of X. A generator: it pauses after some milliseconds of
 * work, and its memory is given back by the caller.
 */
export function* denoise(
  core: Core,
  inputs: FeatureRows,
  corruption: Corruption,
): Generator<void, { layer: DenoisingLayer; outputs: FeatureRows }> {
  const { d, N } = inputs;
  const weight = weights(inputs, corruption);
  const K = wide(core, N, N);
  yield* featureGram(core, K, inputs, weight);
  const q = 1 - corruption.p;
  const lower = wideValues(core, K);
  for (let i = 0; i < lower.length; i++) lower[i] *= q;
  for (let i = 0; i < N; i++) lower[i * N + i] += 1;
  cholesky(core, K, 'The matrix of a denoising layer');
  yield;
  const inverse = wide(core, N, N);
  wideValues(core, inverse).fill(0);
  for (let i = 0; i < N; i++) wideValues(core, inverse)[i * N + i] = 1;
  for (const side of ['L', 'Lᵀ'] as const) {
    solveTriangle(core, K, inverse, side);
    yield;
  }
  const layer = { inputs, weight, ...split(wideValues(core, inverse), N) };
  trainingMap(layer, q, wideValues(core, K));
  const data = new Float32Array(d * N);
  for (const slice of slices(inputs)) {
    combineSlice(core, inputs, slice, K, (values) => data.set(squashed(core, values), slice.first * N));
    yield;
  }
  return { layer, outputs: { d, N, data } };
}

/** q / D_f. */
function weights({ d, N, data }: FeatureRows, { p, ridge }: Corruption): Float64Array {
  return Float64Array.from({ length: d }, (_, f) => {
    let square = 0;
    for (let j = f * N; j < (f + 1) * N; j++) square += data[j] * data[j];
    const D = p * (1 - p) * square + ridge;
    return D > 0 ? (1 - p) / D : 0;
  });
}

/** M and z / s from K⁻¹. */
function split(inverse: Float64Array, N: number): Pick<DenoisingLayer, 'inner' | 'offset'> {
  const z = new Float64Array(N);
  let s = 0;
  for (let i = 0; i < N; i++) {
    for (let j = 0; j < N; j++) z[i] += inverse[i * N + j];
    s += z[i];
  }
  const inner = Float64Array.from(inverse);
  for (let i = 0; i < N; i++) for (let j = 0; j < N; j++) inner[i * N + j] -= (z[i] * z[j]) / s;
  return { inner, offset: z.map((value) => value / s) };
}

/** A, what maps X to its own outputs before the squashing. */
function trainingMap({ inner, offset }: DenoisingLayer, q: number, A: Float64Array): void {
  const N = offset.length;
  for (let i = 0; i < N; i++)
    for (let j = 0; j < N; j++) {
      const at = i * N + j;
      A[at] = ((i === j ? 1 : 0) - inner[at] - (1 - q) * offset[i]) / q;
    }
}

function squashed(core: Core, values: Float64Array): Float64Array {
  const { hyperbolicTangent } = core.exports;
  for (let i = 0; i < values.length; i++) values[i] = hyperbolicTangent(values[i]);
  return values;
}

/**
 * What a fitted layer makes of any utterances; each is mapped as it would be alone. Takes less memory than
 * {@link denoise} and an N x N matrix, for up to N utterances.
 */
export function mapThrough(core: Core, layer: DenoisingLayer, rows: FeatureRows): FeatureRows {
  const { inputs, weight, inner, offset } = layer;
  const [R, N, d] = [rows.N, inputs.N, inputs.d];
  const data = new Float32Array(d * R);
  core.scoped(() => {
    const M = wide(core, N, N, inner);
    const [g, a] = [wide(core, R, N), wide(core, R, N)];
    const [fitted, asked] = [core.alloc(sliceBytes(d, N)), core.alloc(sliceBytes(d, R))];
    wideValues(core, g).fill(0);
    for (const slice of slices(inputs)) {
      const right = loadSlice(core, inputs, slice, fitted);
      const left = loadSlice(core, rows, slice, asked, weight);
      multiply(core, g, transposed(left), right, { add: true });
    }
    for (let i = 0; i < R; i++) wideValues(core, a).set(offset, i * N);
    multiply(core, a, g, M, { add: true });
    for (const slice of slices(inputs)) {
      const left = loadSlice(core, inputs, slice, fitted);
      multiply(core, { at: asked, rows: slice.count, cols: R, rowStep: R, colStep: 1 }, left, transposed(a));
      data.set(squashed(core, core.f64(asked, slice.count * R)), slice.first * R);
    }
  });
  return { d, N: R, data };
}
