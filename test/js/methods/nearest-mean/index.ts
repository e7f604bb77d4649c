/**
 * A method as somebody would add it, with options that no other method has: the class whose mean of the source's rows is
 * nearest. The test beside it copies this
 * folder to js/methods/ of a copy of the sources, where `../../../../js/` is `../../`.
 *
 * @module
 */
import type { Declaration } from '../../../../js/contract/declaration.js';
import { checkNumber, checkOneOf } from '../../../../js/data/check.js';
import { comparedMethod } from '../../../../js/learn/fit/compared-method.js';
import {
  BASE_CHECKS,
  type BaseOptions,
  type Checks,
  defaultsWith,
} from '../../../../js/learn/fit/options.js';
import type { PreparedTask } from '../../../../js/learn/fit/preparation.js';
import { linearClassifier } from '../../../../js/learn/model/linear-classifier.js';
import { decide } from '../../../../js/learn/svm/decide.js';

export interface NearestMeanOptions extends BaseOptions {
  /** How far the means of the classes are moved towards 0, in [0, 1). Default 0. */
  shrink: number;
  /** How large classes are preferred to small ones: not at all (default), or by their rows. */
  prefer: 'none' | 'large';
}

const DEFAULTS = defaultsWith('baseC', { shrink: 0, prefer: 'none' } as const);

const CHECKS: Checks<NearestMeanOptions> = {
  ...BASE_CHECKS,
  shrink: (name, value) => checkNumber(name, value, { min: 0, max: 0.99 }),
  prefer: (name, value) => checkOneOf(name, value, ['none', 'large']),
};

const nearestMean = comparedMethod<NearestMeanOptions>('nearest-mean', DEFAULTS, CHECKS, {
  learn({ prepared, options }) {
    const base = classifierOf(prepared, options);
    return { base, decisions: [decide(base, prepared.target.data)] };
  },
});

/** |x − mean|² is least where mean · x − |mean|² / 2 is largest. A class without rows has no chance. */
function classifierOf(
  { source: { cols: d, data }, labels, classes }: PreparedTask,
  { shrink, prefer }: NearestMeanOptions,
) {
  const means = new Float64Array(classes.length * d);
  const intercepts = new Float64Array(classes.length);
  for (let k = 0; k < classes.length; k++) {
    const rows = [...labels.keys()].filter((i) => labels[i] === k);
    let square = 0;
    for (let f = 0; f < d; f++) {
      let sum = 0;
      for (const i of rows) sum += data[i * d + f];
      const mean = rows.length === 0 ? 0 : ((1 - shrink) * sum) / rows.length;
      means[k * d + f] = mean;
      square += mean * mean;
    }
    const more = prefer === 'large' ? rows.length / labels.length : 0;
    intercepts[k] = rows.length === 0 ? -1e30 : more - square / 2;
  }
  return linearClassifier(means, intercepts, classes.length);
}

export const NEAREST_MEAN: Declaration<'nearest-mean', NearestMeanOptions> = {
  name: 'nearest-mean',
  label: 'Nearest mean',
  make: nearestMean,
  searched: { shrink: [0, 0.5] },
  digest: {},
};
