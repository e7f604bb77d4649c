/**
 * FSTSL + SVM: feature selection based transfer subspace learning (Song & Zheng, IEEE TAC 2018), reconstructed.
 *
 * @module
 */
import type { Core } from '../../core/index.js';
import { centre, eigenBytes, symmetricEigen, wide, wideBytes, wideValues } from '../../core/dense/index.js';
import {
  combine,
  featureGram,
  featureMeans,
  type FeatureRows,
  featureRows,
  type Graph,
  graphBytes,
  type SigmaRule,
} from '../../core/samples/index.js';
import { checkBoolean, checkNumber } from '../../data/index.js';
import {
  allBut,
  BASE_CHECKS,
  type BaseOptions,
  checkC,
  checkCount,
  checkIterations,
  checkOptionalCount,
  checkPart,
  type Checks,
  checkSigma,
  checkWeight,
  comparedMethod,
  type Defaults,
  defaultsWith,
  type FitContext,
  type FitSizes,
  type Learnt,
  sharedGraph,
  trialOnCodes,
} from '../../learn/fit/index.js';
import { projection, type ProjectionCoder } from '../../learn/model/index.js';
import type { Method } from '../../contract/index.js';
import { sparseSubspace, subspaceBytes, subspaceRank } from './sparse-subspace.js';
import { transferMatrix } from './transfer-matrix.js';

/** Options of {@link fstsl}. */
export interface FstslOptions extends BaseOptions {
  /** Dimension r ≥ 1 of the subspace; below the rank of the features, or it is lowered and a warning says so. Default 64. */
  r: number;
  /** δ, weight of the row sparsity, in [1e-6, 1e12]: at 0 there is nothing to solve. Default 1. */
  delta: number;
  /** μ ≥ 0, weight of the graph. Default 1. */
  mu: number;
  /** Nearest neighbours of the graph, ≥ 0. Default 5. */
  neighbours: number;
  /** Width of the graph's heat kernel. Default `mean-pair`. */
  sigma: SigmaRule;
  /** Whether the source's labels, not its distances, connect its utterances. Default true. */
  supervised: boolean;
  /** Scales the codes of each utterance to length 1 before the SVM. Default true. */
  unitNorm: boolean;
  /** Principal components to which the features are reduced first; 0 (default): they are not. */
  pca: number;
  /** What smooths the norm of a row at 0, in [1e-15, 1]. Default 1e-8. */
  eps: number;
  /** Most passes. Default 30. */
  maxIterations: number;
  /** Stops once a pass lowers the objective by at most this part; 0 never. Default 1e-6. */
  tolerance: number;
  /** C > 0 of the SVM on the codes. Default 1. */
  C: number;
}

const DEFAULTS: Defaults<FstslOptions> = defaultsWith('baseC', {
  r: 64,
  delta: 1,
  mu: 1,
  neighbours: 5,
  sigma: 'mean-pair',
  supervised: true,
  unitNorm: true,
  pca: 0,
  eps: 1e-8,
  maxIterations: 30,
  tolerance: 1e-6,
  C: 1,
} as const);

const CHECKS: Checks<FstslOptions> = {
  ...BASE_CHECKS,
  r: checkCount,
  // Without it the pencil of the eigenproblem is singular.
  delta: (name, value) => checkNumber(name, value, { min: 1e-6, max: 1e12 }),
  mu: checkWeight,
  neighbours: checkOptionalCount,
  sigma: checkSigma,
  supervised: checkBoolean,
  unitNorm: checkBoolean,
  pca: checkOptionalCount,
  eps: (name, value) => checkNumber(name, value, { min: 1e-15, max: 1 }),
  maxIterations: checkIterations,
  tolerance: checkPart,
  C: checkC,
};

const make = comparedMethod<FstslOptions, Graph>('fstsl', DEFAULTS, CHECKS, {
  bytes: (core, options, sizes) => ({
    withGram: graphBytes(core, sizes.N, options.neighbours),
    learn: learnBytes(core, options, sizes),
  }),
  withGram: sharedGraph,
  learn,
});

/**
 * Feature selection based transfer subspace learning, and a linear SVM on the subspace.
 *
 *   min_P  Tr(Pᵀ X K Xᵀ P) + δ |P|_{2,1}   subject to   Pᵀ X Hc Xᵀ P = I,   K = a aᵀ + μ L
 *
 * P is d x r: it brings the corpora's means together (a), keeps neighbours and the source's classes together (L),
 * keeps the variance (the constraint), and uses few features (|P|_{2,1} sums the norms of its rows). Solved by
 * iterated reweighting, every pass exactly; the smoothed objective never rises. The article's formulae are not
 * public: its abstract names these four aims, Luo & Han add that it is supervised and has neighbours; the rest is
 * ours (docs/compared-methods.md, FSTSL), as are all defaults. Scaling the codes to length 1, and PCA to 500
 * dimensions before, follow a public program for subspaces of the same task.
 *
 * Cost: a pass d·N² + about 4·N³ flops, 10 to 30 passes; a new recording 2·d·r.
 *
 * @example
 * const model = await fstsl({ r: 32, delta: 10 }).fit({ source: emodb, target: recordings });
 * model.iterations; // passes
 *
 * @throws {SatnmfError} `bad-argument` (options), and from `fit` as `satnmf` does
 */
export function fstsl(options: Partial<FstslOptions> = {}): Method<FstslOptions> {
  return make(options);
}

function learnBytes(core: Core, { r, pca }: FstslOptions, { N, d }: FitSizes): number {
  const dimension = Math.min(r, Math.max(1, N - 1));
  const reduced = pca > 0 ? wideBytes(N, N) + eigenBytes(core, N, Math.min(pca, N)) : 0;
  return Math.max(reduced, subspaceBytes(core, N, d, dimension));
}

/** The map into the subspace, and how it was found. */
interface Subspace {
  /** Null if the features leave no room for one. */
  readonly coder: ProjectionCoder | null;
  readonly passes: number;
  readonly warnings: readonly string[];
}

async function learn(context: FitContext<FstslOptions>, graph: Graph): Promise<Learnt> {
  const { options, said, shared } = context;
  // The others matter only when the subspace is there.
  const deciding = allBut(options, 'C', 'svm', 'bias');
  const found = await shared.once(
    'subspace',
    deciding,
    (key) => subspaceOf({ ...context, options: key }, graph),
    1,
  );
  const { coder, passes, warnings } = found;
  if (coder === null) return { decisions: [said], warnings };
  const { trial, decisions } = trialOnCodes(
    { ...context, options: { ...options, codes: 'as-they-are' } },
    coder,
  );
  return { trials: [trial], decisions: [decisions], iterations: [passes], warnings };
}

async function subspaceOf(
  context: FitContext<Omit<FstslOptions, 'C' | 'svm' | 'bias'>>,
  graph: Graph,
): Promise<Subspace> {
  const { core, options, prepared, samples, breathe, report, work } = context;
  const { source, target, labels } = prepared;
  const { pca, supervised, mu, maxIterations, tolerance, unitNorm } = options;
  const mark = core.exports.mark();
  /** Works, and gives the memory back. */
  const drive = async <T>(steps: Generator<unknown, T>): Promise<T> => {
    const found = await work(steps);
    core.exports.release(mark);
    return found;
  };
  const features = featureRows([source, target]);
  const reduction = pca > 0 ? await drive(principal(core, features, Math.min(pca, features.N))) : null;
  const X = reduction?.scores ?? features;
  const rank = await drive(subspaceRank(core, X, Math.min(options.r, X.N - 1)));
  const r = Math.min(options.r, rank - 1);
  const told = `r = ${options.r} is not below the rank ${rank} of the ${pca > 0 ? 'components' : 'features'}`;
  if (r < 1) return { coder: null, passes: 0, warnings: [`${told}: the base SVM decides`] };
  const K = transferMatrix(graph, samples.n, mu, supervised ? labels : null);
  let before = Infinity;
  let passes = 0;
  let P: Float64Array | undefined;
  for (const found of sparseSubspace(core, X, K, { ...options, r })) {
    await breathe();
    if (found === undefined) continue;
    ({ P } = found);
    report('subspace', ++passes, maxIterations, { objective: found.objective });
    if (passes === maxIterations || before - found.objective <= tolerance * found.objective) break;
    before = found.objective;
  }
  core.exports.release(mark);
  await breathe();
  return {
    coder: coderOf(core, features, P as Float64Array, r, unitNorm, reduction),
    passes,
    warnings: r < options.r ? [`${told}: r = ${r} was used`] : [],
  };
}

/** Principal components of all utterances. */
interface Reduction {
  /** Components x N: √λ_k v_k. */
  readonly scores: FeatureRows;
  /** v_k / √λ_k, N x components: X times it gives the axes. */
  readonly axes: Float64Array;
}

function* principal(core: Core, X: FeatureRows, most: number): Generator<void, Reduction> {
  const { N } = X;
  const G = wide(core, N, N);
  yield* featureGram(core, G, X);
  centre(core, G);
  const { values, vectors } = symmetricEigen(core, G, most);
  // What rounding leaves of missing dimensions is not a component; one is kept, so that there are features at all.
  const count = Math.max(1, values.filter((value) => value > 1e-10 * values[0]).length);
  const rows = wideValues(core, vectors);
  const data = new Float32Array(count * N);
  const axes = new Float64Array(N * count);
  for (let k = 0; k < count; k++) {
    const root = Math.sqrt(Math.max(0, values[k]));
    for (let i = 0; i < N; i++) {
      data[k * N + i] = root * rows[k * N + i];
      axes[i * count + k] = root > 0 ? rows[k * N + i] / root : 0;
    }
  }
  return { scores: { d: count, N, data }, axes };
}

/**
 * The projection of scaled features: P itself, or P after the axes of the components. It is about the mean of all
 * utterances: the objective does not see where the origin is, but codes of length 1 would.
 */
function coderOf(
  core: Core,
  X: FeatureRows,
  P: Float64Array,
  r: number,
  unitNorm: boolean,
  reduction: Reduction | null,
): ProjectionCoder {
  const { N } = X;
  const mean = featureMeans(X);
  if (reduction === null) return projection(P, r, { unitNorm, mean });
  const k = reduction.scores.d;
  const combined = new Float64Array(N * r);
  for (let i = 0; i < N; i++)
    for (let l = 0; l < k; l++)
      for (let t = 0; t < r; t++) combined[i * r + t] += reduction.axes[i * k + l] * P[l * r + t];
  const whole = core.scoped(() => combine(core, X, wide(core, N, r, combined)));
  return projection(whole, r, { unitNorm, mean });
}
