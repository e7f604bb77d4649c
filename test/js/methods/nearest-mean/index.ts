/**
 * A method as somebody would add it: the class whose mean of the source's rows is nearest. The test beside it copies this
 * folder to js/methods/ of a copy of the sources, where `../../../../js/` is `../../`.
 *
 * @module
 */
import type { Declaration } from '../../../../js/contract/declaration.js';
import { comparedMethod } from '../../../../js/learn/fit/compared-method.js';
import { BASE_CHECKS, type BaseOptions, defaultsWith } from '../../../../js/learn/fit/options.js';
import type { PreparedTask } from '../../../../js/learn/fit/preparation.js';
import { linearClassifier } from '../../../../js/learn/model/linear-classifier.js';
import { decide } from '../../../../js/learn/svm/linear-svm.js';

const nearestMean = comparedMethod<BaseOptions>('nearest-mean', defaultsWith('baseC', {}), BASE_CHECKS, {
  learn({ prepared }) {
    const base = classifierOf(prepared);
    return { base, decisions: [decide(base, prepared.target.data)] };
  },
});

/** |x − mean|² is least where mean · x − |mean|² / 2 is largest. A class without rows has no chance. */
function classifierOf({ source: { cols: d, data }, labels, classes }: PreparedTask) {
  const means = new Float64Array(classes.length * d);
  const intercepts = new Float64Array(classes.length);
  for (let k = 0; k < classes.length; k++) {
    const rows = [...labels.keys()].filter((i) => labels[i] === k);
    let square = 0;
    for (let f = 0; f < d; f++) {
      let sum = 0;
      for (const i of rows) sum += data[i * d + f];
      const mean = rows.length === 0 ? 0 : sum / rows.length;
      means[k * d + f] = mean;
      square += mean * mean;
    }
    intercepts[k] = rows.length === 0 ? -1e30 : -square / 2;
  }
  return linearClassifier(means, intercepts, classes.length);
}

export const NEAREST_MEAN: Declaration<'nearest-mean', BaseOptions> = {
  name: 'nearest-mean',
  label: 'Nearest mean',
  make: nearestMean,
  searched: { baseC: [0.001, 1] },
  digest: {},
};
