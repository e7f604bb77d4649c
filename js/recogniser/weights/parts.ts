/**
 * Trained weights: all that is needed to recognise emotions without a training corpus (docs/recogniser.md).
 *
 * @module
 */
import type { TrainedOn } from '../../contract/index.js';
import { decodeHalf, encodeHalf } from '../../io/index.js';
import type { Moments } from '../moments.js';
import type { LinearWeights } from '../training.js';

/** Weights as plain data. What files hold in half precision is rounded so already: saving changes no bit. */
export interface WeightsParts {
  /** What they are called: `open`, `research`, or the user's own name for them. */
  readonly name: string;
  /** Emotions that they know, ascending by code unit. */
  readonly classes: readonly string[];
  /** Names of the features that they expect, in order. */
  readonly columns: readonly string[];
  /** Mean over the training corpora of their moments. */
  readonly pool: Moments;
  readonly linear: LinearWeights;
  /** Factors of decisions before the softmax: of those of the weights, and of those after adaptation. */
  readonly sharpness: { readonly trained: number; readonly adapted: number };
  readonly corpora: readonly TrainedOn[];
  /** Of the training rows. */
  readonly prints: Uint32Array;
}

const bits = new Uint32Array(1);
const single = new Float32Array(bits.buffer);

/** The upper half of a float32, rounded to nearest: 8 bits of fraction, and the range of a float32 (bfloat16). */
export function toBrain(value: number): number {
  single[0] = value;
  return (bits[0] + 0x7fff + ((bits[0] >>> 16) & 1)) >>> 16;
}

/** The value of such a half, exactly. */
export function fromBrain(half: number): number {
  bits[0] = half << 16;
  return single[0];
}

const half = (value: number): number => decodeHalf(encodeHalf(Float32Array.of(value)))[0];

/** What a bfloat16 holds with room for rounding. */
const LARGEST_VARIANCE = 1e76;
/** Largest mean, in deviations, that a half holds. A feature that varies less about it is taken as constant. */
const LARGEST_MEAN = 6e4;

/**
 * The pool as files hold it: deviations as bfloat16 (within 0.4 %), means as halves in units of those (within 1/2048 of
 * their distance from 0). A feature that is constant in all corpora, or varies by less than 1/60,000 of its mean, has
 * deviation 0.
 */
export function roundedPool({ mean, variance }: Moments): Moments {
  const deviation = variance.map((v, f) => {
    const s = Math.sqrt(Math.min(v, LARGEST_VARIANCE));
    return s * LARGEST_MEAN <= Math.abs(mean[f]) ? 0 : fromBrain(toBrain(s));
  });
  return {
    mean: mean.map((m, f) => (deviation[f] === 0 ? 0 : half(m / deviation[f]) * deviation[f])),
    variance: deviation.map((s) => s * s),
  };
}

/** Linear weights as files hold them: halves, each class in units of its largest weight; constants weigh nothing. */
export function roundedLinear(linear: LinearWeights, { variance }: Moments): LinearWeights {
  const K = linear.bias.length;
  const largest = largestWeights(linear.weights, K);
  return {
    featureWeights: linear.featureWeights.map((f, j) => (variance[j] === 0 ? 0 : half(f))),
    scale: linear.scale,
    weights: linear.weights.map((w, i) => Math.fround(half(w / largest[i % K]) * largest[i % K])),
    bias: linear.bias,
  };
}

/** The unit of each class: its largest weight, rounded up to a power of two. */
export function largestWeights(weights: Float32Array, K: number): Float64Array {
  const largest = new Float64Array(K);
  weights.forEach((w, i) => (largest[i % K] = Math.max(largest[i % K], Math.abs(w))));
  return largest.map((value) => {
    let unit = 1;
    while (unit < value) unit *= 2;
    while (unit / 2 >= value && unit > 2 ** -60) unit /= 2;
    return unit;
  });
}
