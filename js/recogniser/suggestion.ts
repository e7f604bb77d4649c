/**
 * Which recordings to listen to and label, so that the rest is answered better: those of which the adapted weights are
 * not sure, and that stand for many others.
 *
 * @module
 */
import { type Task, type Weights } from '../contract/index.js';
import type { Core } from '../core/index.js';
import { checkWhole } from '../data/index.js';
import { decide } from '../learn/svm/index.js';
import { ADAPTATION, adapt, standardised } from './adaptation.js';
import { contentOrder } from './content-order.js';
import { ridgeBytes, rowProducts } from './gram.js';
import { checkedTarget, classifierOf } from './method.js';
import { finish } from './running.js';
import { scaleTarget } from './scaling.js';
import { weightedRows } from './training.js';
import { trainedWeights } from './weights/trained-weights.js';

/**
 * Rows of the target to label, the most useful first.
 *
 * Each row has a doubt: 1 less the lead of its most probable emotion over the second. Each next row is the one that
 * brings most doubt near to a row that was chosen: the sum over all rows of doubt times the gain in their similarity
 * (cosine of the weighted features) to the most similar chosen row. So no odd recording is named for its oddity.
 *
 * @param count how many; all rows if there are fewer
 * @param signal cancels: the promise rejects with `signal.reason`
 * @throws {SatnmfError} `bad-argument`; `shape-mismatch`: other features than those of the weights; `too-few-rows`: no
 *   rows; `not-finite`; `too-large`
 */
export async function suggestRows(
  core: Core,
  given: Weights,
  unlabelled: Task['target'],
  count: number,
  signal?: AbortSignal,
): Promise<number[]> {
  checkWhole('count', count, 1);
  const weights = trainedWeights(given).parts;
  const { linear, pool } = weights;
  const target = checkedTarget(unlabelled, weights);
  const { features } = target;
  const m = features.rows;
  const K = linear.bias.length;
  return core.exclusive(async () => {
    core.reserve(ridgeBytes(m, features.cols, K), 'This suggestion');
    const order = contentOrder(
      features,
      target.speaker.map((one) => one ?? ''),
    );
    const { rows } = scaleTarget(target, pool, order);
    const A = weightedRows([rows], linear.featureWeights);
    const first = decide(classifierOf(linear), rows.data).margins;
    const products = rowProducts(core, A, order, linear.scale);
    const decided = { rows: A, first, order, products };
    const steps = adapt(core, linear, decided, new Int32Array(m).fill(-1), ADAPTATION);
    const { decisions } = await finish(steps, signal);
    const doubt = doubts(decisions, K);
    const lengths = Float64Array.from(order, (row) => {
      const own = A.data.subarray(row * A.cols, (row + 1) * A.cols);
      return Math.sqrt(linear.scale * own.reduce((sum, value) => sum + value * value, 0));
    });
    const similarity = (place: number): Float64Array => {
      // A column of A Aᵀ, in the order of the sums.
      const one = new Float64Array(m);
      one[place] = 1;
      return products.times(one, 1).map((value, i) => {
        const size = lengths[i] * lengths[place];
        return size > 0 ? (value - 1) / size : 0;
      });
    };
    return chosenFrom(
      Float64Array.from(order, (row) => doubt[row]),
      similarity,
      Math.min(count, m),
    ).map((place) => order[place]);
  });
}

/** 1 − (largest − second) of each row, decisions standardised: at most 1, at least 0. */
function doubts(decisions: Float64Array, K: number): Float64Array {
  const all = standardised(decisions, K);
  return Float64Array.from({ length: all.length / K }, (_, i) => {
    const own = all.slice(i * K, (i + 1) * K).sort();
    return Math.max(0, 1 - (own[K - 1] - own[K - 2]) / 2);
  });
}

function chosenFrom(
  doubt: Float64Array,
  similarity: (place: number) => Float64Array,
  count: number,
): number[] {
  const m = doubt.length;
  const columns = Array.from({ length: m }, (_, place) => Float32Array.from(similarity(place)));
  const best = new Float64Array(m).fill(-1);
  const chosen: number[] = [];
  while (chosen.length < count) {
    let [most, next] = [-1, -1];
    columns.forEach((column, place) => {
      if (chosen.includes(place)) return;
      let gain = 0;
      for (let i = 0; i < m; i++) if (column[i] > best[i]) gain += doubt[i] * (column[i] - best[i]);
      if (gain > most) [most, next] = [gain, place];
    });
    chosen.push(next);
    columns[next].forEach((value, i) => (best[i] = Math.max(best[i], value)));
  }
  return chosen;
}
