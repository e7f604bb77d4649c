/**
 * TCA: transfer component analysis and a linear SVM (Pan, Tsang, Kwok & Yang, IEEE TNN 2011).
 *
 * @module
 */
import { featureRows } from '../../core/samples/index.js';
import {
  centredKernel,
  COMPONENT_CHECKS,
  COMPONENT_DEFAULTS,
  type ComponentOptions,
  componentsBytes,
  learntFrom,
  meanDifference,
  transferComponents,
} from '../../learn/components/index.js';
import {
  type Checks,
  checkWeight,
  comparedMethod,
  type Defaults,
  defaultsWith,
} from '../../learn/fit/index.js';
import type { Method } from '../../contract/index.js';

/** Options of {@link tca}. */
export interface TcaOptions extends ComponentOptions {
  /** μ ≥ 0, weight of |W|², with a kernel of mean diagonal 1; counts as at least 1e-9. Default 1 (ours). */
  mu: number;
}

const DEFAULTS: Defaults<TcaOptions> = defaultsWith('baseC', { ...COMPONENT_DEFAULTS, mu: 1 });

const CHECKS: Checks<TcaOptions> = {
  ...COMPONENT_CHECKS,
  mu: checkWeight,
};

const make = comparedMethod<TcaOptions>('tca', DEFAULTS, CHECKS, {
  bytes: (core, { r }, { N, d }) => ({ withGram: 0, learn: componentsBytes(core, N, d, r, 1) }),
  async learn(context) {
    const { core, options, prepared, samples, report, breathe, work } = context;
    const features = featureRows([prepared.source, prepared.target]);
    report('components', 0, 1);
    const kernel = await work(centredKernel(core, features));
    const difference = meanDifference(samples.N, samples.n, () => true);
    const found = await work(transferComponents(core, kernel, [difference as Float64Array], options));
    report('components', 1, 1, { objective: found.objective });
    await breathe();
    return learntFrom(context, features, kernel, found);
  },
});

/**
 * Transfer component analysis, and a linear SVM on the components.
 *
 *   min_W  Tr(Wᵀ K L K W) + μ |W|²   subject to   Wᵀ K Hc K W = I
 *
 * W is N x r, K the linear kernel of the utterances about their mean, over its mean diagonal, L = a aᵀ with 1 / n for the source and
 * −1 / m for the target: components in which the corpora's means are near to each other (L) while the utterances vary
 * as much as ever (the constraint). Pan, Tsang, Kwok & Yang (2011), unsupervised form. Their kernel is not prescribed;
 * the linear one has a map for new recordings that needs no stored utterances. Its scale, r, μ, codes about the mean
 * and their scaling to a mean length of 1 are ours (docs/compared-methods.md, TCA and JDA).
 *
 * Cost: d·N² + about 6·N³ flops; a new recording 2·d·r.
 *
 * @example
 * const model = await tca({ r: 32, mu: 10 }).fit({ source: emodb, target: recordings });
 *
 * @throws {SatnmfError} `bad-argument` (options), and from `fit` as `satnmf` does
 */
export function tca(options: Partial<TcaOptions> = {}): Method<TcaOptions> {
  return make(options);
}
