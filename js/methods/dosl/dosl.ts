/**
 * DoSL: domain-adaptive subspace learning (Liu et al., ICASSP 2018), reconstructed.
 *
 * @module
 */
import type { Core } from '../../core/index.js';
import { wide, wideValues } from '../../core/dense/index.js';
import { checkNumber, checkOneOf, quote } from '../../data/index.js';
import {
  BASE_CHECKS,
  type BaseOptions,
  checkIterations,
  checkPart,
  type Checks,
  checkWeight,
  comparedMethod,
  type Defaults,
  defaultsWith,
  type FitContext,
  type FitSizes,
  type Learnt,
  type PreparedTask,
} from '../../learn/fit/index.js';
import { linearClassifier } from '../../learn/model/index.js';
import { decide, type LinearSvm } from '../../learn/svm/index.js';
import type { Method } from '../../contract/index.js';
import { descendRows, descentBytes, weightsTo } from './row-sparse/descent.js';
import { multiplierPasses, multipliersBytes } from './row-sparse/multipliers.js';
import { emptyFrom, type RowPass, RowSparse, rowSparseBytes } from './row-sparse/problem.js';

/** Options of {@link dosl}. */
export interface DoslOptions extends BaseOptions {
  /**
   * λ ≥ 0, weight of the row sparsity. From a value on that depends on the task (some hundreds) all weights are 0, and
   * a warning says so; less than 1e-9 of that counts as that, since at 0 the solution is not unique. Default 5.
   */
  lambda: number;
  /** μ ≥ 0, weight of the distance of the corpora's means. Default 5. */
  mu: number;
  /** `bcd`: block coordinate descent (default). `ialm`: inexact augmented Lagrange multipliers. */
  solver: 'bcd' | 'ialm';
  /** Stops once the objective is certain to be within this part of that of zero weights; 0 never. Default 1e-6. */
  tolerance: number;
  /** Most passes: of `bcd` 11 sweeps with two Newton steps, of `ialm` 25 iterations. Default 200. */
  maxIterations: number;
  /** Penalty κ at the start of `ialm`, in [1e-6, 1e6]. Default 0.1. */
  kappa: number;
  /** Growth of κ in an iteration of `ialm`, in [1, 10]. Default 1.1. */
  rho: number;
  /** Where κ stops growing, in [1e-6, 1e12]. Default 1e6. */
  kappaMax: number;
}

const DEFAULTS: Defaults<DoslOptions> = defaultsWith('baseC', {
  lambda: 5,
  mu: 5,
  solver: 'bcd',
  tolerance: 1e-6,
  maxIterations: 200,
  kappa: 0.1,
  rho: 1.1,
  kappaMax: 1e6,
} as const);

const CHECKS: Checks<DoslOptions> = {
  ...BASE_CHECKS,
  lambda: checkWeight,
  mu: checkWeight,
  solver: (name, value) => checkOneOf(name, value, ['bcd', 'ialm']),
  tolerance: checkPart,
  maxIterations: checkIterations,
  kappa: (name, value) => checkNumber(name, value, { min: 1e-6, max: 1e6 }),
  rho: (name, value) => checkNumber(name, value, { min: 1, max: 10 }),
  kappaMax: (name, value) => checkNumber(name, value, { min: 1e-6, max: 1e12 }),
};

const make = comparedMethod<DoslOptions>('dosl', DEFAULTS, CHECKS, {
  bytes: (core, options, sizes) => ({ withGram: 0, learn: learnBytes(core, options, sizes) }),
  learn,
});

/**
 * Domain-adaptive subspace learning: a linear map of the features to the classes that uses few of them, and under
 * which the means of the two corpora come close.
 *
 *   min_C  |L − Cᵀ X_s|² + λ Σ_i |c_i| + μ |Cᵀ (x̄_s − x̄_t)|²
 *
 * C is d x classes with rows c_i, L is 1 for the class of an utterance of the source and 0 for the others; an
 * utterance is of the class with the largest Cᵀx, without intercept and without SVM. Convex; both solvers end at
 * the same minimum, certified by the duality gap. Liu et al. (ICASSP 2018); the formula is inferred from the later
 * JDAR of the same group, whose marginal half it is (docs/compared-methods.md, DoSL). The defaults, the middle ones
 * of the nine values that Luo & Han searched for λ and μ, are ours, as are the constants of `ialm`.
 *
 * Cost: 4·d·n·classes flops to check all features once a pass, and as much for `ialm` in an iteration; a pass of
 * `bcd` works on the features in use only, about as many as n, with some n³ flops. Small λ take more passes than
 * large ones. A new recording 2·d·classes.
 *
 * @example
 * const model = await dosl({ lambda: 10 }).fit({ source: emodb, target: recordings });
 * model.iterations; // passes
 *
 * @throws {SatnmfError} `bad-argument` (options), and from `fit` as `satnmf` does
 */
export function dosl(options: Partial<DoslOptions> = {}): Method<DoslOptions> {
  return make(options);
}

/** As if all utterances of the source had a class. */
function learnBytes(core: Core, { solver }: DoslOptions, { N, n = N, d, classes }: FitSizes): number {
  const solve = solver === 'bcd' ? descentBytes : multipliersBytes;
  return rowSparseBytes(d, n + 1, classes) + solve(core, d, n + 1, classes);
}

/** Part of the weight that leaves nothing which `lambda` counts as at least (ours). */
const LEAST_LAMBDA = 1e-9;

async function learn(context: FitContext<DoslOptions>): Promise<Learnt> {
  const { core, options, prepared, report, breathe } = context;
  const { solver, tolerance, maxIterations } = options;
  const { classes, target } = prepared;
  const mark = core.exports.mark();
  const problem = regression(core, prepared, options.mu);
  const empty = emptyFrom(problem);
  const lambda = Math.max(options.lambda, LEAST_LAMBDA * empty);
  const weights = weightsTo(lambda, empty);
  const steps = solver === 'bcd' ? descendRows(problem, weights) : multiplierPasses(problem, lambda, options);
  const phase = solver === 'bcd' ? 'coordinates' : 'multipliers';
  let pass = 0;
  let last: RowPass | undefined;
  for (const found of steps) {
    await breathe();
    if (found === undefined) continue;
    if (found.lambda > lambda) {
      report('larger weights', weights.indexOf(found.lambda) + 1, weights.length - 1);
      continue;
    }
    last = found;
    report(phase, pass, maxIterations, { objective: found.objective });
    if (found.gap <= tolerance * problem.scale || pass === maxIterations) break;
    pass++;
  }
  const classifier = classifierOf(problem);
  core.exports.release(mark);
  const warnings: string[] = [];
  if (classifier.vectors.every((weight) => weight === 0))
    warnings.push(
      `lambda = ${lambda} is not below ${empty}, from which on all weights of this task are 0: ` +
        `${quote(classes[0])}, the first class, is said of every utterance`,
    );
  const { gap, objective } = last as RowPass;
  if (gap > tolerance * problem.scale)
    warnings.push(
      `after ${pass} passes the objective ${objective} may still be ${gap} above its minimum: ` +
        `a larger "lambda" or "maxIterations" brings it nearer`,
    );
  await breathe();
  return {
    base: classifier,
    decisions: [decide(classifier, target.data)],
    iterations: [pass],
    warnings,
  };
}

/**
 * The objective as a regression: the labelled utterances of the source are columns of A, their classes of B, and
 * √μ (x̄_s − x̄_t) is one more column whose class is none. Means are of all utterances.
 */
function regression(core: Core, { source, target, labels, classes }: PreparedTask, mu: number): RowSparse {
  const d = source.cols;
  const labelled = Array.from(labels.keys()).filter((i) => labels[i] >= 0);
  const m = labelled.length + 1;
  const A = wide(core, d, m);
  const values = wideValues(core, A);
  const B = new Float64Array(classes.length * m);
  labelled.forEach((row, j) => {
    for (let f = 0; f < d; f++) values[f * m + j] = source.data[row * d + f];
    B[labels[row] * m + j] = 1;
  });
  const [near, far] = [source, target].map(({ rows, data }) => {
    const sums = new Float64Array(d);
    for (let at = 0; at < data.length; at++) sums[at % d] += data[at];
    return sums.map((sum) => sum / rows);
  });
  const root = Math.sqrt(mu);
  for (let f = 0; f < d; f++) values[f * m + m - 1] = root * (near[f] - far[f]);
  return new RowSparse(core, A, B);
}

/** Cᵀ, a vector a class. */
function classifierOf({ core, C, classes }: RowSparse): LinearSvm {
  const weights = wideValues(core, C);
  const d = C.rows;
  const vectors = Float64Array.from(
    { length: classes * d },
    (_, at) => weights[(at % d) * classes + Math.floor(at / d)],
  );
  return linearClassifier(vectors, new Float64Array(classes), classes);
}
