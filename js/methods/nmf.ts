/**
 * SATNMF (Luo & Han, Interspeech 2019) and the methods that are special cases of it.
 *
 *   J = |X − UV|² + β Σ Γ∘(Y − HV)² + λ Tr(V L Vᵀ) + γ Tr(V M Vᵀ),   U, H, V ≥ 0
 *
 * | factory         | β   | α   | λ   | γ   |  (method.md §4)
 * | --------------- | --- | --- | --- | --- |
 * | `snmf`          | > 0 | 0   | 0   | 0   |
 * | `snmfGamma`     | > 0 | 0   | 0   | > 0 |
 * | `stnmfLambda`   | > 0 | 0   | > 0 | > 0 |
 * | `satnmf`        | > 0 | > 0 | > 0 | > 0 |
 * | `tnmf`          | 0   | 0   | > 0 | > 0 |  TNMF, Song et al. 2016
 *
 * @module
 */
import type { Core } from '../core/core.js';
import { factorBytes } from '../core/factor-memory.js';
import { Factorization } from '../core/factorization.js';
import { mmdNorm, rowGroups } from '../core/groups.js';
import { buildGraph, type Graph, graphBytes } from '../core/graph.js';
import { sharedCore } from '../core/load.js';
import { PURPOSE, random } from '../core/random.js';
import { combineBytes, gram, gramBytes, pack, type Samples, samplesBytes } from '../core/samples.js';
import { trainBaseSvm } from './base-svm.js';
import { type Decisions, decide, type LinearSvm, predictClasses, trainLinearSvm } from './linear-svm.js';
import type { FitOptions, Method, Model, Progress, Task } from './method.js';
import { AdaptedModel, classify, decideCodes } from './model.js';
import type { Trial } from './model-parts.js';
import { type NmfOptions, nmfOptions } from './nmf-options.js';
import { type Prepared, prepareTask } from './preparation.js';
import { Stopping } from './stopping.js';

type Weight = 'alpha' | 'beta' | 'lambda' | 'gamma';

function method(name: string, zero: readonly Weight[], given: Partial<NmfOptions>): Method<NmfOptions> {
  // A copy: the object may be changed by whoever gave it.
  const own = { ...given };
  const options = nmfOptions(name, own, zero);
  return Object.freeze({
    name,
    options,
    with: (change: Partial<NmfOptions>) => method(name, zero, { ...own, ...change }),
    fit: (task: Task, how?: FitOptions) => fit(name, options, task, how),
  });
}

/**
 * SATNMF: learns one non-negative dictionary from a labelled source corpus and an unlabelled target
 * corpus, so that a linear SVM trained on the source's codes classifies the target's.
 *
 * Descends objective (8) of Luo & Han 2019 (method.md §3); under `update: 'mu'`, `'accelerated'` and
 * `'hals'` it never rises from one iteration to the next, but for `scale: 'each'`. Pseudo labels of
 * the target come from the base SVM, once. Cost: about 4·d·N·r flops an iteration and trial. Memory
 * is asked for once, before the first iteration ({@link fitBytes}).
 *
 * Same task, options and seed give the same bits on every runtime that has wasm SIMD.
 *
 * @example
 * const model = await satnmf({ r: 128, seed: 7 }).fit({ source: emodb, target: recordings });
 * model.predict();                                 // ["anger", "fear", …], one per target utterance
 * uar(truth, model.predict());                     // chance is 1 / number of classes
 *
 * @throws {SatnmfError} `bad-argument` (options), and from `fit`: `not-finite`, `negative-feature`
 *   (naming corpus, row and column), `shape-mismatch`, `one-class`, `too-few-rows`, `too-large`
 */
export function satnmf(options: Partial<NmfOptions> = {}): Method<NmfOptions> {
  return method('satnmf', [], options);
}

/** Semi-supervised NMF: fitted to the source's labels, nothing else (α = λ = γ = 0). */
export function snmf(options: Partial<NmfOptions> = {}): Method<NmfOptions> {
  return method('snmf', ['alpha', 'lambda', 'gamma'], options);
}

/** SNMF with the marginal discrepancy (α = λ = 0): SNMF-γ. */
export function snmfGamma(options: Partial<NmfOptions> = {}): Method<NmfOptions> {
  return method('snmf-gamma', ['alpha', 'lambda'], options);
}

/** SATNMF without the class-wise discrepancy (α = 0): STNMF-λ. */
export function stnmfLambda(options: Partial<NmfOptions> = {}): Method<NmfOptions> {
  return method('stnmf-lambda', ['alpha'], options);
}

/** Transfer NMF (Song et al. 2016): graph and marginal discrepancy, no labels (α = β = 0). */
export function tnmf(options: Partial<NmfOptions> = {}): Method<NmfOptions> {
  return method('tnmf', ['alpha', 'beta'], options);
}

/** Sizes that decide how much memory a fit takes. */
export interface FitSizes {
  /** Rows of both corpora together. */
  readonly N: number;
  /** Features. */
  readonly d: number;
  /** Classes. */
  readonly classes: number;
}

/**
 * Bytes of wasm memory that a fit takes beside what its Core holds already.
 *
 * @param parts trials side by side
 */
export function fitBytes(core: Core, options: NmfOptions, sizes: FitSizes, parts: number): number {
  const { N, d, classes: c } = sizes;
  const { r, neighbours, lambda } = options;
  const k = lambda > 0 ? Math.min(neighbours, N - 1) : 0;
  const outputs = Math.max(c, (c * (c - 1)) / 2);
  const first = gramBytes(N, d) + Math.max(combineBytes(N, d, outputs), k > 0 ? graphBytes(core, N, k) : 0);
  const second = factorBytes(core, { N, d, r, c, k, parts });
  return samplesBytes(N, d) + Math.max(first, second);
}

/** As many trials side by side as the Core's cap allows; 1 if not even that is sure. */
function batchWidth(core: Core, options: NmfOptions, sizes: FitSizes): number {
  const held = core.exports.mark() >>> 0;
  let parts = options.trials;
  while (parts > 1 && held + fitBytes(core, options, sizes, parts) > core.maxBytes) parts--;
  return parts;
}

async function fit(
  name: string,
  options: Readonly<NmfOptions>,
  task: Task,
  how: FitOptions = {},
): Promise<Model> {
  how.signal?.throwIfAborted();
  const core = how.core ?? (await sharedCore());
  const prepared = prepareTask(task, options.normalize, true);
  return core.exclusive(async () => {
    how.signal?.throwIfAborted();
    const { source, classes } = prepared;
    const sizes = { N: source.rows + prepared.target.rows, d: source.cols, classes: classes.length };
    const parts = batchWidth(core, options, sizes);
    core.reserve(fitBytes(core, options, sizes, parts), 'This fit');
    const samples = pack(core, source, prepared.target);
    const { base, graph } = learnBase(samples, prepared, options, how);
    const said = decide(base, prepared.target.data);
    const outcome = prepared.small
      ? { trials: [], decisions: [said], iterations: [], warnings: [SMALL_TARGET] }
      : await runTrials(samples, prepared, graph, predictClasses(said), options, parts, how);
    // The last report may have been the one at which the caller gave up.
    how.signal?.throwIfAborted();
    const target = classify(classes, outcome.decisions, options.vote);
    return new AdaptedModel(core, {
      method: name,
      options: { ...options },
      classes,
      columns: prepared.columns,
      warnings: [...prepared.warnings, ...outcome.warnings],
      iterations: outcome.iterations,
      normalizer: prepared.normalizer,
      base,
      trials: withAgreement(outcome, target.emotions, classes),
      vote: options.vote,
      target,
    });
  });
}

const SMALL_TARGET = 'the base SVM decides, since so few recordings give a factorisation nothing to adapt to';

/** The base SVM and the graph, both from one Gram matrix, which is then given back. */
function learnBase(
  samples: Samples,
  { labels, classes, small }: Prepared,
  options: NmfOptions,
  { onProgress }: FitOptions,
): { base: LinearSvm; graph: Graph | null } {
  const { core } = samples;
  const { svm, baseC, bias, seed, lambda, neighbours, sigma } = options;
  return core.scoped(() => {
    const phase = (phase: string, iteration: number) =>
      onProgress?.({ phase, trial: 0, trials: options.trials, iteration, iterations: 1 });
    phase('base svm', 0);
    const products = gram(samples);
    const base = trainBaseSvm(samples, products, labels, classes.length, { svm, C: baseC, bias, seed });
    phase('base svm', 1);
    if (!(lambda > 0) || small) return { base, graph: null };
    phase('graph', 0);
    const graph = buildGraph(samples, products, neighbours, sigma);
    phase('graph', 1);
    return { base, graph };
  });
}

interface Outcome {
  trials: Trial[];
  decisions: Decisions[];
  iterations: number[];
  warnings: string[];
}

/** Factorises all trials, `parts` side by side, and classifies the target's codes by each. */
async function runTrials(
  samples: Samples,
  prepared: Prepared,
  graph: Graph | null,
  pseudo: Int32Array,
  options: NmfOptions,
  parts: number,
  how: FitOptions,
): Promise<Outcome> {
  const { core, n } = samples;
  const c = prepared.classes.length;
  const groups = rowGroups(prepared.labels, pseudo, c);
  const norm = options.mmdScale === 'frobenius' ? mmdNorm(groups, n, c, options.alpha) : 1;
  const descent = { ...options, gamma: options.gamma / norm };
  const outcome: Outcome = { trials: [], decisions: [], iterations: [], warnings: [] };
  if (options.r > Math.min(samples.d, samples.N))
    outcome.warnings.push(
      `r = ${options.r} is more than the rank of ${samples.N} rows of ${samples.d} features`,
    );
  for (let first = 0; first < options.trials; first += parts) {
    const count = Math.min(parts, options.trials - first);
    const mark = core.exports.mark();
    const factorization = new Factorization(samples, groups, c, graph, descent, count);
    await factorize(factorization, options, first, how, (trial, factors, iterations) => {
      const { r } = options;
      const source = factors.C.subarray(0, n * r);
      const scale = options.codes === 'unit-mean-norm' ? unitMeanNorm(factors.C, r) : 1;
      const rows = Float64Array.from(source, (value) => value * scale);
      const svm = trainLinearSvm(
        { rows, features: r, labels: prepared.labels, classes: c },
        { scheme: options.svm, C: options.C, bias: options.bias },
        random(core, options.seed, 16 * trial + PURPOSE.svm),
      );
      outcome.trials[trial] = { r, U: factors.U, scale, agreement: 1, svm };
      outcome.decisions[trial] = decideCodes(svm, factors.C.subarray(n * r), scale);
      outcome.iterations[trial] = iterations;
    });
    core.exports.release(mark);
  }
  return outcome;
}

/** Each trial with the share of utterances for which it sides with the vote. */
function withAgreement(
  { trials, decisions }: Outcome,
  emotions: readonly string[],
  classes: readonly string[],
): Trial[] {
  return trials.map((trial, t) => {
    const own = predictClasses(decisions[t]);
    const agreed = emotions.reduce((sum, emotion, i) => sum + (classes[own[i]] === emotion ? 1 : 0), 0);
    return { ...trial, agreement: agreed / emotions.length };
  });
}

/** Codes with a smaller mean norm are those of zeros, and are not blown up (ours). */
const NO_CODES = 1e-20;

/** 1 / mean Euclidean norm of the rows of r values; 1 if there is nothing to scale. */
function unitMeanNorm(codes: Float32Array, r: number): number {
  const rows = codes.length / r;
  let sum = 0;
  for (let i = 0; i < rows; i++) {
    let square = 0;
    for (let k = 0; k < r; k++) square += codes[i * r + k] * codes[i * r + k];
    sum += Math.sqrt(square);
  }
  return sum > rows * NO_CODES ? rows / sum : 1;
}

/** Runs a batch to its end; trials that stop early leave it, which changes no bit of the others. */
async function factorize(
  factorization: Factorization,
  options: NmfOptions,
  first: number,
  { signal, onProgress }: FitOptions,
  done: (trial: number, factors: ReturnType<Factorization['take']>, iterations: number) => void,
): Promise<void> {
  const { trials, maxIterations, seed, init } = options;
  const running = Array.from({ length: factorization.active }, (_, slot) => {
    factorization.draw(slot, seed, first + slot);
    if (init === 'fitted') factorization.fitScale(slot);
    return { trial: first + slot, stopping: new Stopping(options) };
  });
  const report = (progress: Pick<Progress, 'iteration' | 'objective'>) =>
    onProgress?.({ phase: 'factorize', trial: first, trials, iterations: maxIterations, ...progress });
  for (let iteration = 1; running.length > 0; iteration++) {
    await pause();
    signal?.throwIfAborted();
    const reports = factorization.step();
    report({ iteration, objective: reports[0].objective.total });
    for (let slot = running.length - 1; slot >= 0; slot--) {
      const { trial, stopping } = running[slot];
      if (!stopping.after(iteration, reports[slot])) continue;
      const { factors, moved } = factorization.retire(slot);
      running[slot] = running[moved];
      running.length--;
      done(trial, factors, iteration);
    }
  }
}

/** Lets the event loop run: cancelling, drawing, other requests. */
function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
