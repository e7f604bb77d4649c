// `kliep`: the Kullback–Leibler importance estimation procedure and a weighted SVM.
import {
  CENTRED_CHECKS,
  CENTRED_DEFAULTS,
  type CentredOptions,
  importanceWeighting,
  WIDTH_FACTORS,
} from '../../learn/importance/index.js';
import { heldOutLikelihood, maximiseLikelihood } from './likelihood.js';
import type { Method } from '../../contract/index.js';

/** Options of {@link kliep}. */
export type KliepOptions = CentredOptions;

/** Gap up to which the fits of the cross-validation are solved: it is far below what tells widths apart (ours). */
const FOLD_TOLERANCE = 1e-6;

const make = importanceWeighting<KliepOptions>(
  'kliep',
  CENTRED_DEFAULTS,
  CENTRED_CHECKS,
  async (distances, { core, options, report, breathe }) => {
    const { source, target } = distances.centred(options.centres);
    const kernels = (factor: number) => {
      const sigma = factor * distances.median;
      return [distances.kernel(source, sigma), distances.kernel(target, sigma)] as const;
    };
    let chosen = options.widthFactor;
    if (options.width === 'cross-validation') {
      let best = -Infinity;
      for (const [tried, factor] of WIDTH_FACTORS.entries()) {
        await breathe();
        const score = heldOutLikelihood(...kernels(factor), core.exports, { tolerance: FOLD_TOLERANCE });
        if (score > best) [best, chosen] = [score, factor];
        report('width', tried + 1, WIDTH_FACTORS.length, Number.isFinite(score) ? { objective: score } : {});
      }
    }
    await breathe();
    const solved = maximiseLikelihood(...kernels(chosen), core.exports);
    if (solved === null) return { weights: null, iterations: 0 };
    report('weights', 1, 1, { objective: solved.objective });
    return solved;
  },
);

/**
 * KLIEP: the ratio of densities as a mixture of Gaussian kernels at target rows, fitted so that the target is most
 * likely under the source's density times the ratio, and a linear SVM with C_i = C·w(s_i).
 *
 *     w(x) = Σ_l a_l k(x, c_l);   max_a Σ_j log w(t_j)   subject to Σ_i w(s_i) = n, a ≥ 0
 *
 * Sugiyama, Nakajima, Kashima, von Bünau & Kawanabe (2008); for emotion in speech Hassan, Damper & Niranjan (2013),
 * whose settings are not known here: up to 100 centres and widths of 0.25 … 3 times the median distance are ours. The
 * width is the likeliest in a 5-fold cross-validation over the target (fold: row mod 5). Concave; EM steps, of which
 * some are extrapolated, until the objective is certified to 1e-8. Costs about 2·m·100 flops a step, and n·100
 * values of exp a width.
 *
 * @example
 * const model = await kliep({ width: 'median' }).fit({ source: emodb, target: recordings });
 * @throws {SatnmfError} as every method does (see `linearSvm`)
 */
export function kliep(options: Partial<KliepOptions> = {}): Method<KliepOptions> {
  return make(options);
}
