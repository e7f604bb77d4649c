/**
 * Which recordings to listen to and label, so that the rest is answered better: those of which the adapted weights are
 * not sure, spread over the whole set.
 *
 * @module
 */
import { type Task, type Weights } from '../contract/index.js';
import type { Core } from '../core/index.js';
import { checkWhole, corpus } from '../data/index.js';
import { decide } from '../learn/svm/index.js';
import { ADAPTATION, adapt, standardised } from './adaptation.js';
import { contentOrder } from './content-order.js';
import { ridgeBytes, rowProducts } from './gram.js';
import { classifierOf } from './method.js';
import { finish } from './running.js';
import { scaleTarget } from './scaling.js';
import { weightedRows } from './training.js';
import { trainedWeights } from './weights/trained-weights.js';

/**
 * Rows of the target to label, the most useful first.
 *
 * The first is the least sure one. Each next one has the largest product of its doubt (1 less the lead of the most
 * probable emotion over the second) and its squared distance to the nearest row that was chosen, in the space of the
 * weighted features.
 *
 * @param count how many; all rows if there are fewer
 * @throws {SatnmfError} `bad-argument`, `shape-mismatch`, `not-finite`, `too-large`
 */
export async function suggestRows(
  core: Core,
  given: Weights,
  { name, features, columns, file, speaker }: Task['target'],
  count: number,
): Promise<number[]> {
  checkWhole('count', count, 1);
  const target = corpus({ name, features, columns, file, speaker });
  const { linear, pool } = trainedWeights(given).parts;
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
    const { decisions } = await finish(steps, undefined);
    const doubt = doubts(decisions, K);
    const squares = Float64Array.from(order, (row) => {
      const own = A.data.subarray(row * A.cols, (row + 1) * A.cols);
      return linear.scale * own.reduce((sum, value) => sum + value * value, 0);
    });
    return chosenFrom(doubt, squares, order, Math.min(count, m), (row) => {
      // One column of A Aᵀ: the products of one row with all others, in the order of the sums.
      const one = new Float64Array(m);
      one[row] = 1;
      return products.times(one, 1).map((value) => value - 1);
    });
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
  squares: Float64Array,
  order: Int32Array,
  count: number,
  products: (place: number) => Float64Array,
): number[] {
  const m = order.length;
  const nearest = new Float64Array(m).fill(Infinity);
  const chosen: number[] = [];
  while (chosen.length < count) {
    let best = -1;
    let most = -1;
    for (let place = 0; place < m; place++) {
      if (nearest[place] === 0) continue;
      const value = doubt[order[place]] * (nearest[place] === Infinity ? 1 : nearest[place]);
      if (value > most) [best, most] = [place, value];
    }
    // What is left equals rows that were chosen.
    if (best < 0) break;
    chosen.push(order[best]);
    const own = products(best);
    for (let place = 0; place < m; place++) {
      const distance = Math.max(0, squares[place] + squares[best] - 2 * own[place]);
      nearest[place] = place === best ? 0 : Math.min(nearest[place], distance);
    }
  }
  return chosen;
}
