/**
 * Mean and variance of each feature (docs/recogniser.md, "Scaling").
 *
 * @module
 */
import type { Matrix } from '../data/index.js';

/** Mean and population variance of each of d features. */
export interface Moments {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

/** Moments that some rows are shrunk towards, as if they were the moments of `worth` further rows. */
export interface Prior extends Moments {
  readonly worth: number;
}

/** A feature whose variance is at most this share of its squared mean is constant but for rounding. */
const CONSTANT = 1e-18;

/**
 * Moments of the named rows of X, summed in the order given.
 *
 *     mean = (Σ x + τ μ₀) / (n + τ),   variance = (Σ (x − mean)² + τ v₀) / (n + τ)
 *
 * for n rows and a prior (μ₀, v₀) worth τ rows.
 */
export function momentsOf({ cols: d, data }: Matrix, rows: ArrayLike<number>, prior?: Prior): Moments {
  const worth = prior?.worth ?? 0;
  const count = rows.length + worth;
  const mean = new Float64Array(d);
  const variance = new Float64Array(d);
  for (let i = 0; i < rows.length; i++) for (let f = 0, at = rows[i] * d; f < d; f++) mean[f] += data[at + f];
  for (let f = 0; f < d; f++) mean[f] = (mean[f] + worth * (prior?.mean[f] ?? 0)) / count;
  for (let i = 0; i < rows.length; i++)
    for (let f = 0, at = rows[i] * d; f < d; f++) {
      const deviation = data[at + f] - mean[f];
      variance[f] += deviation * deviation;
    }
  for (let f = 0; f < d; f++) variance[f] = (variance[f] + worth * (prior?.variance[f] ?? 0)) / count;
  return { mean, variance };
}

/** Standard deviations; 0 for a feature that is constant but for rounding. */
export const deviationsOf = ({ mean, variance }: Moments): Float64Array =>
  variance.map((v, f) => (v <= CONSTANT * mean[f] * mean[f] ? 0 : Math.sqrt(v)));
