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
import type { Core } from '../../core/index.js';
import { rowGroups } from '../factor/index.js';
import { type Graph, graphBytes } from '../../core/samples/index.js';
import { ballotOf, fusionFactor } from '../model/index.js';
import { predictClasses } from '../svm/index.js';
import type { FitOptions, Method, SharedWork, Task, Traits } from '../../contract/index.js';
import { type NmfOptions, nmfOptions } from './options.js';
import {
  batchWidth,
  classifyTrial,
  type FactoredTrial,
  factorizeTrials,
  type FactorOptions,
  trialBytes,
  type TrialOutcome,
  type TrialsInput,
  type TrialsReport,
} from './trials.js';
import {
  allBut,
  type FitContext,
  type FitSizes,
  frameBytes,
  type Learnt,
  methodOf,
  preparedOnce,
  type PreparedTask,
  sharedGraph,
  type StageBytes,
} from '../fit/index.js';
import type { Matrix } from '../../data/index.js';
import { spreadFit, type SpreadTrials } from './spread.js';

/**
 * The factory of SATNMF, or of a special case of it.
 *
 * @param zero weights that it has at 0
 */
export function nmfMethod(
  name: string,
  ...zero: readonly ('alpha' | 'beta' | 'lambda' | 'gamma')[]
): (given?: Partial<NmfOptions>) => Method<NmfOptions> {
  return methodOf<NmfOptions, Graph | null, SpreadTrials>({
    name,
    options: (given) => nmfOptions(name, given, zero),
    baseC: ({ baseC }) => baseC,
    nonNegative: true,
    usesKnown: true,
    trials: ({ trials, rounds }) => trials * rounds,
    vote: ({ vote }) => vote,
    fusion: ({ fusion, vote }) => (vote === 'margin' ? fusion : 0),
    // Of one trial there is nothing to spread.
    spread: { pays: ({ trials }) => trials > 1, open: spreadFit },
    bytes(core, options, sizes, spread) {
      // Factors on workers take no memory here.
      const width = (): number =>
        batchWidth(core, options.trials, (parts) => fitBytes(core, options, sizes, parts));
      return nmfBytes(core, options, sizes, spread ? 0 : width());
    },
    withGram: (context, products) => (context.options.lambda > 0 ? sharedGraph(context, products) : null),
    learn,
  });
}

/** Multiply–adds of all iterations over the values of both corpora: two products with X each. */
export function nmfWork({ r, trials, rounds, maxIterations }: NmfOptions): Record<string, number> {
  return { factorize: 2 * r * trials * rounds * maxIterations };
}

/** What the contract must know of a factorisation. */
export const NMF_TRAITS: Traits<NmfOptions> = {
  draws: true,
  factorizes: true,
  usesKnown: true,
  inductive: false,
  small: { r: 4, trials: 3, maxIterations: 4 },
};

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
  return {
    withGram: k > 0 ? graphBytes(core, N, k) : 0,
    learn: parts > 0 ? trialBytes(core, options, sizes, parts) : 0,
  };
}

/**
 * What the factors of a round depend on: in the first on all options but those that matter only when the factors are
 * there, in later ones on those too, which decide the pseudo labels.
 */
function factorsKey(options: Readonly<NmfOptions>, round: number): FactorsKey {
  return { options: round === 0 ? allBut(options, 'C', 'codes', 'vote') : options, round };
}

interface FactorsKey {
  readonly options: FactorOptions;
  readonly round: number;
}

/** What fits that differ in nothing else share. */
interface Factored {
  readonly factored: FactoredTrial[];
  readonly reports: TrialsReport[];
}

/** Both corpora before and after a factorisation: scaled features, and codes of the first trial, the source's first. */
export interface Adapted {
  readonly scaled: PreparedTask;
  /** N x r, V of the paper. */
  readonly codes: Matrix;
}

/**
 * Fits a method with a single trial, on one thread.
 *
 * @returns null if it is no factorisation, or the target is too small to learn from
 * @throws as `fit`
 */
export async function adapted(
  shared: SharedWork,
  method: Method,
  task: Task,
  how: Pick<FitOptions, 'signal' | 'onProgress'>,
): Promise<Adapted | null> {
  if (!('trials' in method.options)) return null;
  // The first trial is the same whatever others there are.
  const one = (method as Method<NmfOptions>).with({ trials: 1 });
  await one.fit(task, { ...how, core: shared.core, shared });
  const { r, rounds, normalize } = one.options;
  const kept = await shared.kept<Promise<Factored>>('factors', factorsKey(one.options, rounds - 1));
  if (kept === undefined) return null;
  const data = kept.factored[0].factors.C;
  return {
    scaled: preparedOnce(shared, task, { normalize, nonNegative: true }),
    codes: { rows: data.length / r, cols: r, data },
  };
}

/** Trials on this Core. Fits that differ only in what follows the factors share these, reports of them included. */
async function trialsHere(
  { options, prepared, samples, shared, breathe }: FitContext<NmfOptions, SpreadTrials>,
  input: TrialsInput,
  round: number,
  tell: (report: TrialsReport) => void,
): Promise<TrialOutcome[]> {
  let fresh = false;
  const make = async ({ options }: FactorsKey): Promise<Factored> => {
    fresh = true;
    const reports: TrialsReport[] = [];
    const report = (progress: TrialsReport): void => {
      reports.push(progress);
      tell(progress);
    };
    const hooks = { report, breathe };
    return {
      factored: await factorizeTrials(samples, prepared.classes.length, { ...input, options }, hooks),
      reports,
    };
  };
  const { factored, reports } = await shared.once('factors', factorsKey(options, round), make, 1);
  if (!fresh) reports.forEach(tell);
  return factored.map((one, t) => classifyTrial(samples, prepared, options, one, t));
}

/** Factorises all trials and classifies the target's codes by each; in several rounds, if pseudo labels are refined. */
async function learn(context: FitContext<NmfOptions, SpreadTrials>, graph: Graph | null): Promise<Learnt> {
  const { options, prepared, samples, said, spread, report } = context;
  const { N, d } = samples;
  const { r, maxIterations, trials: count, rounds, fusion, vote } = options;
  const c = prepared.classes.length;
  let pseudo: ArrayLike<number> = predictClasses(said);
  let outcomes: TrialOutcome[] = [];
  for (let round = 0; round < rounds; round++) {
    const groups = rowGroups(prepared.labels, pseudo, c, prepared);
    const input = { options, groups, graph, first: 0, count };
    const tell = ({ trial, iteration, objective }: TrialsReport): void =>
      report('factorize', iteration, maxIterations, { trial: round * count + trial, objective });
    outcomes =
      spread === null ? await trialsHere(context, input, round, tell) : await spread.trials(input, tell);
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
