/**
 * SATNMF (Luo & Han, Interspeech 2019) and the methods that are special cases of it.
 *
 *   J = |X − UV|² + β Σ Γ∘(Y − HV)² + λ Tr(V L Vᵀ) + γ Tr(V M Vᵀ),   U, H, V ≥ 0
 *
 * | factory         | β   | α   | λ   | γ   |  (method.md, Special cases)
 * | --------------- | --- | --- | --- | --- |
 * | `snmf`          | > 0 | 0   | 0   | 0   |
 * | `snmfGamma`     | > 0 | 0   | 0   | > 0 |
 * | `stnmfLambda`   | > 0 | 0   | > 0 | > 0 |
 * | `satnmf`        | > 0 | > 0 | > 0 | > 0 |
 * | `tnmf`          | 0   | 0   | > 0 | > 0 |  TNMF, Song et al. 2016
 *
 * @module
 */
import type { Core } from '../../core/core.js';
import type { Pointer } from '../../core/exports.js';
import { mmdNorm, rowGroups } from '../factor/corpus-class-groups.js';
import { buildGraph, type Graph, graphBytes } from '../../core/samples/graph.js';
import { ballotOf, fusionFactor } from '../model/ballot.js';
import { predictClasses } from '../svm/linear-svm.js';
import type { Method } from '../../contract/method.js';
import { type NmfOptions, nmfOptions } from './options.js';
import {
  batchWidth,
  classifyTrial,
  factorizeTrials,
  type FactoredTrial,
  trialBytes,
  type TrialOutcome,
  type TrialsInput,
  type TrialsReport,
} from './trials.js';
import {
  type FitSizes,
  frameBytes,
  type Learnt,
  methodOf,
  type Setting,
  type StageBytes,
} from '../fit/procedure.js';
import type { SharedWork } from '../fit/shared-work.js';

type Weight = 'alpha' | 'beta' | 'lambda' | 'gamma';

/** The factory of the special case that has these weights at 0. */
function special(name: string, zero: readonly Weight[]): (given: Partial<NmfOptions>) => Method<NmfOptions> {
  return methodOf<NmfOptions, Graph | null>({
    name,
    options: (given) => nmfOptions(name, given, zero),
    baseC: ({ baseC }) => baseC,
    nonNegative: true,
    trials: ({ trials, rounds }) => trials * rounds,
    vote: ({ vote }) => vote,
    fusion: ({ fusion, vote }) => (vote === 'margin' ? fusion : 0),
    // Of one trial there is nothing to spread.
    spreads: ({ trials }) => trials > 1,
    bytes(core, options, sizes, spread) {
      // Factors on workers take no memory here.
      const width = (): number =>
        batchWidth(core, options.trials, (parts) => fitBytes(core, options, sizes, parts));
      return nmfBytes(core, options, sizes, spread ? 0 : width());
    },
    early: graphOf,
    learn,
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
 * Descends objective (8) of Luo & Han 2019 (method.md, SATNMF); under `update: 'mu'`, `'accelerated'` and
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
  return frameBytes(core, sizes, nmfBytes(core, options, sizes, parts));
}

function nmfBytes(core: Core, options: NmfOptions, sizes: FitSizes, parts: number): StageBytes {
  const { N } = sizes;
  const { neighbours, lambda } = options;
  const k = lambda > 0 ? Math.min(neighbours, N - 1) : 0;
  const early = k > 0 ? graphBytes(core, N, k) : 0;
  return { early, late: parts > 0 ? trialBytes(core, options, sizes, parts) : 0 };
}

function graphOf({ options, samples, shared, report }: Setting<NmfOptions>, products: Pointer): Graph | null {
  const { lambda, neighbours, sigma, normalize } = options;
  if (!(lambda > 0)) return null;
  report('graph', 0, 1);
  const graph = shared.once('graph', { normalize, neighbours, sigma }, () =>
    buildGraph(samples, products, neighbours, sigma),
  );
  report('graph', 1, 1);
  return graph;
}

/**
 * What the factors of a round depend on: in the first on all options but those that matter only when the factors are there,
 * in later ones on those too, which decide the pseudo labels.
 */
const deciding = (options: Readonly<NmfOptions>, round: number): object =>
  round === 0 ? { ...options, C: 0, codes: 0, vote: 0, round } : { ...options, round };

/** What fits that differ in nothing else share. */
interface Factored {
  readonly factored: FactoredTrial[];
  readonly reports: TrialsReport[];
}

/**
 * @internal Codes of both corpora (N x r, the source's first) of the first trial of the last fit with these options
 * that was given `shared` and no workers; null if there was none, or its target was too small to learn from.
 */
export async function keptCodes(
  shared: SharedWork,
  options: Readonly<NmfOptions>,
): Promise<Float32Array | null> {
  const kept = await shared.kept<Promise<Factored>>('factors', deciding(options, options.rounds - 1));
  return kept?.factored[0].factors.C ?? null;
}

/** Trials on this Core. Fits that differ only in what follows the factors share these, reports of them included. */
async function trialsHere(
  { options, prepared, samples, shared, breathe }: Setting<NmfOptions>,
  input: TrialsInput,
  round: number,
  tell: (report: TrialsReport) => void,
): Promise<TrialOutcome[]> {
  let fresh = false;
  const make = async (): Promise<Factored> => {
    fresh = true;
    const reports: TrialsReport[] = [];
    const report = (progress: TrialsReport): void => {
      reports.push(progress);
      tell(progress);
    };
    const hooks = { report, breathe };
    return { factored: await factorizeTrials(samples, prepared.classes.length, input, hooks), reports };
  };
  const { factored, reports } = await shared.once('factors', deciding(options, round), make, 1);
  if (!fresh) reports.forEach(tell);
  return factored.map((one, t) => classifyTrial(samples, prepared, options, one, t));
}

/** Factorises all trials and classifies the target's codes by each; in several rounds, if pseudo labels are refined. */
async function learn(setting: Setting<NmfOptions>, graph: Graph | null): Promise<Learnt> {
  const { options, prepared, samples, said, spread, report } = setting;
  const { n, N, d } = samples;
  const { r, alpha, maxIterations, mmdScale, trials: count, rounds, fusion, vote } = options;
  const c = prepared.classes.length;
  let pseudo: ArrayLike<number> = predictClasses(said);
  let outcomes: TrialOutcome[] = [];
  for (let round = 0; round < rounds; round++) {
    const groups = rowGroups(prepared.labels, pseudo, c);
    const norm = mmdScale === 'frobenius' ? mmdNorm(groups, n, c, alpha) : 1;
    const input = { options, gamma: options.gamma / norm, groups, graph, first: 0, count };
    const tell = ({ trial, iteration, objective }: TrialsReport): void =>
      report('factorize', iteration, maxIterations, { trial: round * count + trial, objective });
    outcomes =
      spread === null ? await trialsHere(setting, input, round, tell) : await spread.trials(input, tell);
    const decisions = outcomes.map((outcome) => outcome.decisions);
    const beside =
      fusion > 0 && vote === 'margin'
        ? { base: said, factor: fusionFactor(fusion, decisions, said) }
        : undefined;
    pseudo = ballotOf(decisions, vote, beside).winners;
  }
  return {
    trials: outcomes.map(({ trial }) => trial),
    decisions: outcomes.map(({ decisions }) => decisions),
    iterations: outcomes.map(({ iterations }) => iterations),
    warnings: r > Math.min(d, N) ? [`r = ${r} is more than the rank of ${N} rows of ${d} features`] : [],
  };
}
