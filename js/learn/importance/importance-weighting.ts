/**
 * Importance weighting: source rows weigh as much as target rows are likely where they are, w(x) ≈ p_target(x) /
 * p_source(x), and a linear SVM is trained with C_i = C·w_i (compared-methods.md, Importance weighting). What `kmm`,
 * `kliep` and `ulsif` share.
 *
 * @module
 */
import {
  allBut,
  checkC,
  checkCount,
  checkOptionalCount,
  type Checks,
  COMMON_CHECKS,
  type CommonOptions,
  comparedMethod,
  type Defaults,
  defaultsWith,
  type FitContext,
  type Learnt,
} from '../fit/index.js';
import { decide, trainBaseSvm } from '../svm/index.js';
import type { Method } from '../../contract/index.js';
import { checkNumber, checkOneOf } from '../../data/index.js';
import { Distances, principalBytes, principalGram } from './distances.js';

/** Options of every importance weighting. */
export interface ImportanceOptions extends CommonOptions {
  /** C > 0, the price of a violated margin of a row of mean weight. `robust`: 0.001, `paper`: 1. */
  C: number;
  /** Width of the kernel as a multiple of the median distance of all pairs of rows, in [0.001, 1000]. Default 1. */
  widthFactor: number;
  /** Principal components of both corpora in which distances are taken; 0 (default): of the features themselves. */
  pca: number;
}

export const IMPORTANCE_DEFAULTS: Defaults<ImportanceOptions> = defaultsWith('C', {
  widthFactor: 1,
  pca: 0,
});

export const IMPORTANCE_CHECKS: Checks<ImportanceOptions> = {
  ...COMMON_CHECKS,
  C: checkC,
  widthFactor: (name, value) => checkNumber(name, value, { min: 1e-3, max: 1e3 }),
  pca: checkOptionalCount,
};

/** Options of the estimators that expand the ratio in kernels at target rows. */
export interface CentredOptions extends ImportanceOptions {
  /** How the width is chosen: `cross-validation` (default) among multiples of the median, or `median`. */
  width: 'cross-validation' | 'median';
  /** Target rows that are centres of kernels, ≥ 1, evenly spread. Default 100. */
  centres: number;
}

export const CENTRED_DEFAULTS: Defaults<CentredOptions> = {
  paper: { ...IMPORTANCE_DEFAULTS.paper, width: 'cross-validation', centres: 100 },
  robust: { ...IMPORTANCE_DEFAULTS.robust, width: 'cross-validation', centres: 100 },
};

export const CENTRED_CHECKS: Checks<CentredOptions> = {
  ...IMPORTANCE_CHECKS,
  width: (name, value) => checkOneOf(name, value, ['cross-validation', 'median']),
  centres: checkCount,
};

/** Weights of the source rows, in any unit. */
export interface Estimate {
  /** Null if there is nothing to tell them by. */
  readonly weights: Float64Array | null;
  readonly iterations: number;
}

/** Estimates the weights of the source rows. */
export type Estimator<O extends ImportanceOptions> = (
  distances: Distances,
  context: FitContext<Omit<O, 'C' | 'svm' | 'bias'>>,
) => Promise<Estimate> | Estimate;

/**
 * Weights with a mean of 1 over the labelled rows, so that C keeps its meaning; null if none of those is worth
 * anything.
 */
export function unitMean(weights: Float64Array, labels: Int32Array): Float64Array | null {
  let sum = 0,
    rows = 0;
  labels.forEach((label, i) => {
    if (label < 0) return;
    sum += weights[i];
    rows++;
  });
  return sum > 0 && sum < Infinity ? weights.map((weight) => (weight * rows) / sum) : null;
}

/** The factory of an importance weighting. */
export function importanceWeighting<O extends ImportanceOptions>(
  name: string,
  defaults: Defaults<O>,
  checks: Checks<O>,
  estimate: Estimator<O>,
): (given?: Partial<O>) => Method<O> {
  return comparedMethod<O, Learnt>(name, defaults, checks, {
    bytes: (core, { pca }, { N }) => ({ withGram: pca > 0 ? principalBytes(core, N, pca) : 0, learn: 0 }),
    async withGram(context, gram) {
      const { core, samples, options, prepared } = context;
      const { n, m, N } = samples;
      const products = core.f32(gram, N * N).slice();
      const used = options.pca > 0 ? principalGram(core, products, N, options.pca) : products;
      // The others matter only when the weights are there.
      const deciding = { name, options: allBut(options, 'C', 'svm', 'bias') };
      const estimated = await context.shared.once('weights', deciding, async (key) =>
        estimate(new Distances(used, n, m, core.exports), { ...context, options: key.options }),
      );
      const { labels, classes, rowWeights } = prepared;
      // Several sources weigh the same, and within each its rows by their importance.
      const own = estimated.weights?.map((weight, i) => weight * (rowWeights?.[i] ?? 1)) ?? null;
      const weights = own === null ? null : unitMean(own, labels);
      const { svm, C, bias, seed } = options;
      const settings = { svm, C, bias, seed };
      const base =
        weights === null
          ? context.base
          : trainBaseSvm(samples, gram, labels, classes.length, settings, weights);
      const lost = classes.filter((_, k) => !base.present.includes(k));
      const warnings = [
        ...(weights === null ? [`${name} found no weight above 0: all rows weigh the same`] : []),
        ...(lost.length > 0
          ? [`${name} leaves no row of ${lost.join(', ')} any weight: it is never said`]
          : []),
      ];
      const decisions = [decide(base, prepared.target.data)];
      return { base, decisions, iterations: [estimated.iterations], warnings };
    },
    learn: (_, learnt) => learnt,
  });
}
