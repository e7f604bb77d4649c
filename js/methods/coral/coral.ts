/**
 * CORAL: correlation alignment and a linear SVM (Sun, Feng & Saenko, AAAI 2016).
 *
 * @module
 */
import { type Core, PURPOSE, random } from '../../core/index.js';
import { multiply, multiplyBytes, transposed, wide, wideBytes, wideValues } from '../../core/dense/index.js';
import { featureRows } from '../../core/samples/index.js';
import { align, alignBytes } from './alignment.js';
import {
  checkC,
  type Checks,
  checkWeight,
  COMMON_CHECKS,
  type CommonOptions,
  comparedMethod,
  type Defaults,
  defaultsWith,
  featureWeights,
  featureWeightsBytes,
  type FitContext,
  type FitSizes,
  type Learnt,
} from '../../learn/fit/index.js';
import { decide, trainLinearSvm } from '../../learn/svm/index.js';
import type { Method } from '../../contract/index.js';

/** Options of {@link coral}. */
export interface CoralOptions extends CommonOptions {
  /**
   * λ ≥ 0, added to both covariances, in units of the mean variance of a feature (of both corpora); counts as at least
   * 1e-9. 1 (default) is the article's for its features of variance 1. Large ones align the means alone.
   */
  lambda: number;
  /** C > 0 of the SVM on the aligned source. `robust` 0.001, `paper` 1. */
  C: number;
}

const DEFAULTS: Defaults<CoralOptions> = defaultsWith('C', { lambda: 1 });

const CHECKS: Checks<CoralOptions> = { ...COMMON_CHECKS, lambda: checkWeight, C: checkC };

const make = comparedMethod<CoralOptions>('coral', DEFAULTS, CHECKS, {
  bytes: (core, _options, sizes) => ({ withGram: 0, learn: learnBytes(core, sizes) }),
  learn,
});

/**
 * Correlation alignment: moves the source so that its means and covariances are the target's, and trains a linear SVM
 * there; the target stays as it is.
 *
 *   x' = A (x − x̄_s) + x̄_t,   A = (C_t + λI)^½ (C_s + λI)^−½
 *
 * which makes A (C_s + λI) Aᵀ = C_t + λI exactly, and A the linear map nearest to that aim. Sun, Feng & Saenko (2016)
 * take features of mean 0 and variance 1 and λ = 1; here λ is in units of the mean variance, and the means are aligned
 * too. What SVM and which C is ours. Exact for any number of features: n x n and m x m eigenproblems stand for the
 * d x d roots (docs/compared-methods.md, CORAL).
 *
 * Models are linear SVMs on the features. Cost: d·N² + about 10·(n³ + m³) + 2·n²·N flops.
 *
 * @example
 * const model = await coral({ lambda: 0.1 }).fit({ source: emodb, target: recordings });
 *
 * @throws {SatnmfError} `bad-argument` (options), and from `fit` as `satnmf` does
 */
export function coral(options: Partial<CoralOptions> = {}): Method<CoralOptions> {
  return make(options);
}

function learnBytes(core: Core, { N, n = N, d, classes }: FitSizes): number {
  const outputs = Math.max(classes, (classes * (classes - 1)) / 2);
  const product = multiplyBytes(core, outputs, n);
  const weights =
    wideBytes(n, outputs) +
    Math.max(wideBytes(N, outputs) + product, featureWeightsBytes(core, N, d, outputs));
  // Beside K, P and the inner products with their scratch, which are left.
  return Math.max(
    alignBytes(core, { n, N, d }),
    wideBytes(N, N) + 2 * wideBytes(n, N) + wideBytes(n, n) + weights,
  );
}

async function learn(context: FitContext<CoralOptions>): Promise<Learnt> {
  const { core, options, prepared, samples, report, breathe, work } = context;
  const { svm: scheme, C, bias, seed, lambda } = options;
  const { labels, classes, source, target, rowWeights } = prepared;
  const features = featureRows([source, target]);
  report('alignment', 0, 1);
  const mark = core.exports.mark();
  const { P, gram } = await work(align(core, features, samples.n, lambda));
  report('alignment', 1, 1);
  await breathe();
  const svm = trainLinearSvm(
    {
      gram: wideValues(core, gram).slice(),
      labels,
      classes: classes.length,
      ...(rowWeights && { weights: rowWeights }),
    },
    { scheme, C, bias },
    random(core, seed, PURPOSE.svm),
  );
  const A = wide(core, samples.N, svm.outputs);
  const coefficients = wide(core, svm.outputs, samples.n, svm.vectors);
  multiply(core, A, transposed(P), transposed(coefficients));
  const base = featureWeights(core, svm, [features], A);
  core.exports.release(mark);
  return { base, decisions: [decide(base, target.data)] };
}
