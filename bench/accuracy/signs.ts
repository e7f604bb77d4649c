/**
 * What can be seen without the target's labels and may tell how far the answers are to be trusted.
 */
import { applyNormalizer, fitNormalizer, forgetSpeakers } from '../../js/data/scaling/index.js';
import type { Matrix } from '../../js/data/index.js';
import { decide, predictClasses } from '../../js/learn/svm/index.js';
import type { Task } from '../../js/contract/index.js';
import type { Corpus } from '../../js/data/index.js';
import type { AdaptedModel } from '../../js/learn/model/index.js';

export interface Signs {
  /** Mean share of trials that agree with the answer. */
  readonly agreement: number;
  /** Share of utterances to which the base SVM says the same. */
  readonly base: number;
  /** Median over the target: distance to the nearest source row over that to the nearest other target row. */
  readonly distance: number;
  /** Entropy of the answers over the classes, 1: all equally often. */
  readonly balance: number;
}

function nearest(rows: Matrix, others: Matrix, same: boolean): Float64Array {
  const { cols } = rows;
  const found = new Float64Array(rows.rows).fill(Infinity);
  for (let i = 0; i < rows.rows; i++)
    for (let j = 0; j < others.rows; j++) {
      if (same && i === j) continue;
      let sum = 0;
      for (let k = 0; k < cols && sum < found[i]; k++) {
        const gap = rows.data[i * cols + k] - others.data[j * cols + k];
        sum += gap * gap;
      }
      if (sum < found[i]) found[i] = sum;
    }
  return found.map(Math.sqrt);
}

export function signsOf(
  { source, target }: Task & { readonly source: Corpus },
  { parts }: AdaptedModel,
): Signs {
  const { emotions, shares } = parts.target;
  const scaled = applyNormalizer(parts.normalizer, target.features, target.speaker);
  const base = predictClasses(decide(parts.base, scaled.data));
  const m = emotions.length;
  // Corpus by corpus, so that the figure does not depend on what is known of speakers.
  const [from, to] = [source, target].map((rows) =>
    applyNormalizer(forgetSpeakers(fitNormalizer(rows, 'z-clip')), rows.features),
  );
  const [across, within] = [nearest(to, from, false), nearest(to, to, true)];
  const ratios = across.map((value, i) => value / within[i]).sort();
  const c = parts.classes.length;
  const entropy = parts.classes.reduce((sum, name) => {
    const p = emotions.filter((one) => one === name).length / m;
    return p > 0 ? sum - p * Math.log(p) : sum;
  }, 0);
  return {
    agreement: emotions.reduce((sum, one, i) => sum + shares[i * c + parts.classes.indexOf(one)], 0) / m,
    base: emotions.filter((one, i) => one === parts.classes[base[i]]).length / m,
    distance: ratios[m >> 1],
    balance: entropy / Math.log(c),
  };
}
