/**
 * Decision values as probabilities: softmax with a sharpness (docs/recogniser.md, "Confidence").
 *
 * @module
 */
import type { Core } from '../../core/index.js';

/**
 * Softmax of the decision values of each row times `sharpness`, `rows x K`; each row sums to 1.
 *
 * @param sharpness > 0: one over the temperature
 */
export function probabilitiesOf(
  core: Core,
  decisions: Float64Array,
  K: number,
  sharpness: number,
): Float64Array {
  const out = new Float64Array(decisions.length);
  for (let at = 0; at < out.length; at += K) {
    let most = decisions[at];
    for (let k = 1; k < K; k++) most = Math.max(most, decisions[at + k]);
    let sum = 0;
    for (let k = 0; k < K; k++) {
      out[at + k] = core.exports.exponential(sharpness * (decisions[at + k] - most));
      sum += out[at + k];
    }
    for (let k = 0; k < K; k++) out[at + k] /= sum;
  }
  return out;
}

/**
 * Sharpness times the root mean square of decision values about their row's mean, of methods that learn from one
 * corpus (ours, chosen on the development corpora: docs/accuracy.md).
 */
const SPREAD = 1;

/**
 * The sharpness of decision values of any unit, from those of some rows. The order of the rows does not matter: squares
 * are summed from the smallest on.
 */
export function sharpnessOf(decisions: Float64Array, K: number): number {
  const squares = new Float64Array(decisions.length / K);
  for (let row = 0, at = 0; at < decisions.length; row++, at += K) {
    let mean = 0;
    for (let k = 0; k < K; k++) mean += decisions[at + k] / K;
    for (let k = 0; k < K; k++) squares[row] += (decisions[at + k] - mean) * (decisions[at + k] - mean);
  }
  const spread = Math.sqrt(squares.sort().reduce((sum, square) => sum + square, 0) / decisions.length);
  return spread > 0 ? Math.min(1e30, SPREAD / spread) : 1;
}
