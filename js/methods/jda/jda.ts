/**
 * JDA: joint distribution adaptation and a linear SVM (Long, Wang, Ding, Sun & Yu, ICCV 2013).
 *
 * @module
 */
import { featureRows } from '../../core/samples/index.js';
import {
  checkIterations,
  type Checks,
  checkWeight,
  comparedMethod,
  type Defaults,
  defaultsWith,
  type FitContext,
  type Learnt,
  trainOnCodes,
  unitMeanNorm,
} from '../../learn/fit/index.js';
import {
  centredKernel,
  COMPONENT_CHECKS,
  COMPONENT_DEFAULTS,
  type ComponentOptions,
  type Components,
  componentsBytes,
  type Kernel,
  learntFrom,
  meanDifference,
  transferComponents,
} from '../../learn/components/index.js';
import { predictClasses } from '../../learn/svm/index.js';
import type { Method } from '../../contract/index.js';
import { decideCodes } from '../../learn/model/index.js';

/** Options of {@link jda}. */
export interface JdaOptions extends ComponentOptions {
  /**
   * λ ≥ 0, weight of |W|², with a kernel of mean diagonal 1; counts as at least 1e-9. Default 1, of the article's
   * two values (0.1 and 1) that which {@link tca} has.
   */
  lambda: number;
  /** Most passes, ≥ 1, each with the pseudo labels of the last. Default 10, as in the article. */
  maxIterations: number;
}

const DEFAULTS: Defaults<JdaOptions> = defaultsWith('baseC', {
  ...COMPONENT_DEFAULTS,
  lambda: 1,
  maxIterations: 10,
});

const CHECKS: Checks<JdaOptions> = {
  ...COMPONENT_CHECKS,
  lambda: checkWeight,
  maxIterations: checkIterations,
};

const make = comparedMethod<JdaOptions>('jda', DEFAULTS, CHECKS, {
  bytes: (core, { r }, { N, d, classes }) => ({
    withGram: 0,
    learn: componentsBytes(core, N, d, r, 1 + classes),
  }),
  learn,
});

/**
 * Joint distribution adaptation, and a linear SVM on the components.
 *
 *   min_W  Tr(Wᵀ K M K W) + λ |W|²   subject to   Wᵀ K Hc K W = I,   M = M_0 + Σ_k M_k
 *
 * W is N x r, K the linear kernel of the utterances about their mean, over its mean diagonal; M_0 brings the means of the corpora
 * together, M_k those of the source's class k and of the target's utterances that are thought to be of class k. The
 * first pass has M_0 alone and is {@link tca}; each further one has the pseudo labels that the SVM on the codes of the
 * last one gave, until they stay or the passes are used up. Long, Wang, Ding, Sun & Yu (2013), kernel form; the scale
 * of the kernel, the SVM in place of nearest neighbours, r, codes about the mean and their scaling to a mean length of
 * 1 are ours (docs/compared-methods.md, TCA and JDA).
 *
 * A class that no target utterance is thought to have is left out of M. Cost: d·N² + about 6·N³ flops a pass; a new
 * recording 2·d·r.
 *
 * @example
 * const model = await jda({ r: 32, lambda: 0.1 }).fit({ source: emodb, target: recordings });
 * model.iterations; // passes
 *
 * @throws {SatnmfError} `bad-argument` (options), and from `fit` as `satnmf` does
 */
export function jda(options: Partial<JdaOptions> = {}): Method<JdaOptions> {
  return make(options);
}

async function learn(context: FitContext<JdaOptions>): Promise<Learnt> {
  const { core, options, prepared, report, breathe, work } = context;
  const { r, lambda, maxIterations } = options;
  const features = featureRows([prepared.source, prepared.target]);
  report('components', 0, maxIterations);
  const kernel: Kernel = await work(centredKernel(core, features));
  let pseudo: Int32Array | null = null;
  for (let pass = 1; ; pass++) {
    const differences = meanDifferences(context, pseudo);
    const found: Components = await work(transferComponents(core, kernel, differences, { r, mu: lambda }));
    report('components', pass, maxIterations, { objective: found.objective });
    await breathe();
    const next: Int32Array | null = pass < maxIterations ? pseudoLabels(context, found) : null;
    if (next === null || next.every((k, j) => k === pseudo?.[j]))
      return { ...learntFrom(context, features, kernel, found), iterations: [pass] };
    pseudo = next;
  }
}

/** The a_i of M: of the corpora, and of each class that both have. */
function meanDifferences(
  { prepared, samples: { n, N } }: FitContext<JdaOptions>,
  pseudo: Int32Array | null,
): Float64Array[] {
  const { labels, classes } = prepared;
  const all = meanDifference(N, n, () => true) as Float64Array;
  if (pseudo === null) return [all];
  const own = classes.map((_, k) => meanDifference(N, n, (j) => (j < n ? labels[j] : pseudo[j - n]) === k));
  return [all, ...own.filter((one) => one !== null)];
}

/** What the SVM on the source's codes says of the target; null without codes. */
function pseudoLabels(context: FitContext<JdaOptions>, { r, codes }: Components): Int32Array | null {
  if (r === 0) return null;
  const scale = unitMeanNorm([codes], r);
  const own = context.samples.n * r;
  const svm = trainOnCodes(context, codes.subarray(0, own), scale);
  return predictClasses(decideCodes(svm, codes.subarray(own), scale));
}
