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
import { trainOnCodes, unitMeanNorm } from './coded-trial.js';
import { type Decisions, predictClasses } from './linear-svm.js';
import type { Method } from './method.js';
import { decideCodes } from './model.js';
import type { Trial } from './model-parts.js';
import { type NmfOptions, nmfOptions } from './nmf-options.js';
import {
  type FitSizes,
  frameBytes,
  type Learnt,
  methodOf,
  type Setting,
  type StageBytes,
} from './procedure.js';
import { Stopping } from './stopping.js';

type Weight = 'alpha' | 'beta' | 'lambda' | 'gamma';

/** The factory of the special case that has these weights at 0. */
function special(name: string, zero: readonly Weight[]): (given: Partial<NmfOptions>) => Method<NmfOptions> {
  return methodOf<NmfOptions, Graph | null>({
    name,
    options: (given) => nmfOptions(name, given, zero),
    baseC: ({ baseC }) => baseC,
    nonNegative: true,
    trials: ({ trials }) => trials,
    vote: ({ vote }) => vote,
    bytes(core, options, sizes) {
      const parts = batchWidth(core, options, (count) => fitBytes(core, options, sizes, count));
      return nmfBytes(core, options, sizes, parts);
    },
    early(setting, products) {
      const { lambda, neighbours, sigma } = setting.options;
      if (!(lambda > 0)) return null;
      setting.report('graph', 0, 1);
      const graph = buildGraph(setting.samples, products, neighbours, sigma);
      setting.report('graph', 1, 1);
      return graph;
    },
    learn: runTrials,
  });
}

const METHODS = {
  satnmf: special('satnmf', []),
  snmf: special('snmf', ['alpha', 'lambda', 'gamma']),
  snmfGamma: special('snmf-gamma', ['alpha', 'lambda']),
  stnmfLambda: special('stnmf-lambda', ['alpha']),
  tnmf: special('tnmf', ['alpha', 'beta']),
};

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
  return METHODS.satnmf(options);
}

/** Semi-supervised NMF: fitted to the source's labels, nothing else (α = λ = γ = 0). */
export function snmf(options: Partial<NmfOptions> = {}): Method<NmfOptions> {
  return METHODS.snmf(options);
}

/** SNMF with the marginal discrepancy (α = λ = 0): SNMF-γ. */
export function snmfGamma(options: Partial<NmfOptions> = {}): Method<NmfOptions> {
  return METHODS.snmfGamma(options);
}

/** SATNMF without the class-wise discrepancy (α = 0): STNMF-λ. */
export function stnmfLambda(options: Partial<NmfOptions> = {}): Method<NmfOptions> {
  return METHODS.stnmfLambda(options);
}

/** Transfer NMF (Song et al. 2016): graph and marginal discrepancy, no labels (α = β = 0). */
export function tnmf(options: Partial<NmfOptions> = {}): Method<NmfOptions> {
  return METHODS.tnmf(options);
}

/**
 * Bytes of wasm memory that a fit takes beside what its Core holds already.
 *
 * @param parts trials side by side
 */
export function fitBytes(core: Core, options: NmfOptions, sizes: FitSizes, parts: number): number {
  return frameBytes(sizes, nmfBytes(core, options, sizes, parts));
}

function nmfBytes(core: Core, options: NmfOptions, sizes: FitSizes, parts: number): StageBytes {
  const { N, d, classes: c } = sizes;
  const { r, neighbours, lambda } = options;
  const k = lambda > 0 ? Math.min(neighbours, N - 1) : 0;
  return { early: k > 0 ? graphBytes(core, N, k) : 0, late: factorBytes(core, { N, d, r, c, k, parts }) };
}

/** As many trials side by side as the Core's cap allows; 1 if not even that is sure. */
function batchWidth(core: Core, { trials }: NmfOptions, bytes: (parts: number) => number): number {
  const held = core.exports.mark() >>> 0;
  let parts = trials;
  while (parts > 1 && held + bytes(parts) > core.maxBytes) parts--;
  return parts;
}

/** Factorises all trials, `parts` side by side, and classifies the target's codes by each. */
async function runTrials(setting: Setting<NmfOptions>, graph: Graph | null): Promise<Learnt> {
  const { core, options, prepared, samples, said } = setting;
  const { n } = samples;
  const { r } = options;
  const c = prepared.classes.length;
  const sizes = { N: samples.N, d: samples.d, classes: c };
  // What is packed is held already, so this is as wide as was reserved.
  const parts = batchWidth(core, options, (count) => nmfBytes(core, options, sizes, count).late);
  const groups = rowGroups(prepared.labels, predictClasses(said), c);
  const norm = options.mmdScale === 'frobenius' ? mmdNorm(groups, n, c, options.alpha) : 1;
  const descent = { ...options, gamma: options.gamma / norm };
  const trials: Trial[] = [];
  const decisions: Decisions[] = [];
  const iterations: number[] = [];
  for (let first = 0; first < options.trials; first += parts) {
    const count = Math.min(parts, options.trials - first);
    const mark = core.exports.mark();
    const factorization = new Factorization(samples, groups, c, graph, descent, count);
    await factorize(factorization, setting, first, (trial, factors, done) => {
      const scale = options.codes === 'unit-mean-norm' ? unitMeanNorm([factors.C], r) : 1;
      const svm = trainOnCodes(setting, factors.C.subarray(0, n * r), scale, trial);
      const coder = { kind: 'dictionary', r, U: factors.U } as const;
      trials[trial] = { coder, scale, agreement: 1, svm };
      decisions[trial] = decideCodes(svm, factors.C.subarray(n * r), scale);
      iterations[trial] = done;
    });
    core.exports.release(mark);
  }
  const full = Math.min(samples.d, samples.N);
  const warnings =
    r > full ? [`r = ${r} is more than the rank of ${samples.N} rows of ${samples.d} features`] : [];
  return { trials, decisions, iterations, warnings };
}

/** Runs a batch to its end; trials that stop early leave it, which changes no bit of the others. */
async function factorize(
  factorization: Factorization,
  { options, report, breathe }: Setting<NmfOptions>,
  first: number,
  done: (trial: number, factors: ReturnType<Factorization['take']>, iterations: number) => void,
): Promise<void> {
  const { maxIterations, seed, init } = options;
  const running = Array.from({ length: factorization.active }, (_, slot) => {
    factorization.draw(slot, seed, first + slot);
    if (init === 'fitted') factorization.fitScale(slot);
    return { trial: first + slot, stopping: new Stopping(options) };
  });
  for (let iteration = 1; running.length > 0; iteration++) {
    await breathe();
    const reports = factorization.step();
    report('factorize', iteration, maxIterations, { trial: first, objective: reports[0].objective.total });
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
