// `ulsif`: unconstrained least-squares importance fitting and a weighted SVM.
import { checkNumber } from '../../data/index.js';
import {
  CENTRED_CHECKS,
  CENTRED_DEFAULTS,
  type CentredOptions,
  importanceWeighting,
  WIDTH_FACTORS,
} from '../../learn/importance/index.js';
import { fitRatio, leaveOneOutError, ratioProblem } from './least-squares.js';
import type { Method } from '../../contract/index.js';

/** Options of {@link ulsif}. */
export interface UlsifOptions extends CentredOptions {
  /** Ridge λ ≥ 0 where `width` is `median`; cross-validation chooses it, too. Default 0.1 (ours). */
  ridge: number;
}

/** Candidates for the ridge (ours). */
export const RIDGES: readonly number[] = [1e-3, 1e-2, 1e-1, 1, 10];

const make = importanceWeighting<UlsifOptions>(
  'ulsif',
  { paper: { ...CENTRED_DEFAULTS.paper, ridge: 0.1 }, robust: { ...CENTRED_DEFAULTS.robust, ridge: 0.1 } },
  { ...CENTRED_CHECKS, ridge: (name, value) => checkNumber(name, value, { min: 0, max: 1e12 }) },
  async (distances, { options, report, breathe }) => {
    const { source, target } = distances.centred(options.centres);
    const problem = (factor: number) => {
      const sigma = factor * distances.median;
      return ratioProblem(distances.kernel(source, sigma), distances.kernel(target, sigma));
    };
    let [factor, ridge] = [options.widthFactor, options.ridge];
    if (options.width === 'cross-validation') {
      let best = Infinity;
      for (const [tried, candidate] of WIDTH_FACTORS.entries()) {
        await breathe();
        const there = problem(candidate);
        for (const value of RIDGES) {
          const score = leaveOneOutError(there, value);
          if (score < best) [best, factor, ridge] = [score, candidate, value];
        }
        report('width', tried + 1, WIDTH_FACTORS.length, Number.isFinite(best) ? { objective: best } : {});
      }
    }
    await breathe();
    return { weights: fitRatio(problem(factor), ridge).weights, iterations: 1 };
  },
);

/**
 * uLSIF: the ratio of densities as a sum of Gaussian kernels at target rows, fitted by ridge regression in closed form
 * with negative coefficients set to 0, and a linear SVM with C_i = C·w(s_i).
 *
 *     w(x) = Σ_l a_l k(x, c_l);   a = [(Φ_sᵀΦ_s / n + λI)⁻¹ (mean row of Φ_t)]₊
 *
 * Kanamori, Hido & Sugiyama (2009); for emotion in speech Hassan, Damper & Niranjan (2013), whose settings are not
 * known here: up to 100 centres, widths of 0.25 … 3 times the median distance and ridges of 0.001 … 10 are ours.
 * Width and ridge have the least leave-one-out error, which is exact and needs no refit. Weights are scaled to a mean
 * of 1. Costs O((n + m)·100²) flops a width and ridge.
 *
 * @example
 * const model = await ulsif({ centres: 50 }).fit({ source: emodb, target: recordings });
 * @throws {SatnmfError} as every method does (see `linearSvm`)
 */
export function ulsif(options: Partial<UlsifOptions> = {}): Method<UlsifOptions> {
  return make(options);
}
