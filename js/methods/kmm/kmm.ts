// `kmm`: kernel mean matching and a weighted SVM.
import { checkNumber } from '../../data/index.js';
import {
  IMPORTANCE_CHECKS,
  IMPORTANCE_DEFAULTS,
  type ImportanceOptions,
  importanceWeighting,
} from '../../learn/importance/index.js';
import { matchMeans, meanMatch, MOST_STEPS, sumSlack } from './mean-matching.js';
import type { Method } from '../../contract/index.js';

/** Options of {@link kmm}. */
export interface KmmOptions extends ImportanceOptions {
  /** B > 0, largest weight before they are scaled to a mean of 1, up to 1e6. Default 1000 (the article's). */
  bound: number;
}

const make = importanceWeighting<KmmOptions>(
  'kmm',
  {
    paper: { ...IMPORTANCE_DEFAULTS.paper, bound: 1000 },
    robust: { ...IMPORTANCE_DEFAULTS.robust, bound: 1000 },
  },
  { ...IMPORTANCE_CHECKS, bound: (name, value) => checkNumber(name, value, { min: 1e-3, max: 1e6 }) },
  async (distances, { options, report, breathe }) => {
    const sigma = options.widthFactor * distances.median;
    const { within, across } = distances.matching();
    const kappa = meanMatch(distances.kernel(across, sigma));
    return matchMeans(distances.kernel(within, sigma), kappa, {
      bound: options.bound,
      slack: sumSlack(distances.n),
      async onCheck(iteration, objective) {
        report('weights', iteration, MOST_STEPS, { objective });
        await breathe();
      },
    });
  },
);

/**
 * Kernel mean matching: weights b of the source rows whose weighted mean in the feature space of a Gaussian kernel
 * comes nearest to the target's mean, and a linear SVM with C_i = C·b_i.
 *
 *     min_b  ½ bᵀK b − κᵀb,   0 ≤ b_i ≤ B,   |Σ b_i − n| ≤ n ε,   ε = (√n − 1) / √n
 *
 * Huang, Smola, Gretton, Borgwardt & Schölkopf (2006), with their B and ε; for emotion in speech Hassan, Damper &
 * Niranjan (2013), whose widths are not known here: the median distance is ours. Solved until the objective is
 * certified to 1e-9 of itself (at most 20000 steps of 2n² flops). Weights are then scaled to a mean of 1. Wide
 * kernels leave most weights at 0.
 *
 * @example
 * const model = await kmm({ widthFactor: 0.5 }).fit({ source: emodb, target: recordings });
 * @throws {SatnmfError} as every method does (see `linearSvm`)
 */
export function kmm(options: Partial<KmmOptions> = {}): Method<KmmOptions> {
  return make(options);
}
