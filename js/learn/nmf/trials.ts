/**
 * Trials of a factorisation, here or on workers: a trial has the same bits alone, side by side with others, and
 * wherever it runs.
 *
 * @module
 */
import type { Core } from '../../core/index.js';
import { factorBytes, Factorization, type RowGroups, Stopping } from '../factor/index.js';
import type { Graph, Samples } from '../../core/samples/index.js';
import { type FitSizes, type PreparedTask, trainOnCodes, unitMeanNorm } from '../fit/index.js';
import type { Decisions } from '../svm/index.js';
import { decideCodes, type Trial } from '../model/index.js';
import type { NmfOptions } from './options.js';
import type { JobListener } from '../../contract/index.js';

/** What trials see of the task. */
export type TrialRows = Pick<
  PreparedTask,
  'classes' | 'labels' | 'source' | 'target' | 'rowWeights' | 'known'
>;

/** What decides about factors. */
export type FactorOptions = Readonly<Omit<NmfOptions, 'C' | 'codes' | 'vote'>>;

/** What is factorised, and how. */
export interface TrialsInput<O extends FactorOptions = Readonly<NmfOptions>> {
  readonly options: O;
  /** From `rowGroups`. */
  readonly groups: RowGroups;
  readonly graph: Graph | null;
  /** First trial and how many. */
  readonly first: number;
  readonly count: number;
}

/** What came of a trial. */
export interface TrialOutcome {
  readonly trial: Trial;
  /** What it says of the target. */
  readonly decisions: Decisions;
  readonly iterations: number;
}

/** After each iteration: the first trial of the batch that runs, and its objective. */
export interface TrialsReport {
  readonly trial: number;
  readonly iteration: number;
  readonly objective: number;
}

/** How trials tell where they are, and hear that nobody waits for them any more. */
interface Hooks {
  report(progress: TrialsReport): void;
  /** @throws if the fit was cancelled */
  breathe(): Promise<void>;
}

/** Bytes of the factors of `parts` trials side by side. */
export function trialBytes(core: Core, options: FactorOptions, sizes: FitSizes, parts: number): number {
  const { N, d, classes: c, sources = 1, known = false } = sizes;
  const { r, neighbours, lambda, update } = options;
  const k = lambda > 0 ? Math.min(neighbours, N - 1) : 0;
  return factorBytes(core, { N, d, r, c, k, update, parts, sources, targets: known ? 2 : 1 });
}

/** As many of `trials` side by side as the Core's cap allows; 1 if not even that is sure. */
export function batchWidth(core: Core, trials: number, bytes: (parts: number) => number): number {
  const held = core.exports.mark() >>> 0;
  let parts = trials;
  while (parts > 1 && held + bytes(parts) > core.maxBytes) parts--;
  return parts;
}

/** Factorises trials and classifies the target's codes by each. */
export async function runTrials(
  samples: Samples,
  rows: TrialRows,
  input: TrialsInput,
  hooks: Hooks,
): Promise<TrialOutcome[]> {
  const factored = await factorizeTrials(samples, rows.classes.length, input, hooks);
  return factored.map((one, t) => classifyTrial(samples, rows, input.options, one, input.first + t));
}

/** Factors of a trial. */
export interface FactoredTrial {
  readonly factors: ReturnType<Factorization['take']>;
  readonly iterations: number;
}

/** Factorises trials, as many side by side as there is memory for. Nothing here depends on `C`, `codes` and `vote`. */
export async function factorizeTrials(
  samples: Samples,
  c: number,
  input: TrialsInput<FactorOptions>,
  hooks: Hooks,
): Promise<FactoredTrial[]> {
  const { core, N, d } = samples;
  const { options, groups, graph } = input;
  const { sources, targets } = groups;
  const sizes = { N, d, classes: c, sources, known: targets === 2 };
  const bytes = (parts: number): number => trialBytes(core, options, sizes, parts);
  // In a fit what is packed is held already, so this is as wide as was reserved.
  const parts = batchWidth(core, input.count, bytes);
  core.reserve(bytes(parts), 'This fit');
  const factored: FactoredTrial[] = [];
  const end = input.first + input.count;
  for (let first = input.first; first < end; first += parts) {
    const mark = core.exports.mark();
    const count = Math.min(parts, end - first);
    const factorization = new Factorization(samples, groups, c, graph, options, count);
    await factorize(factorization, options, first, hooks, (t, factors, iterations) => {
      factored[t - input.first] = { factors, iterations };
    });
    core.exports.release(mark);
  }
  return factored;
}

/** Trains the SVM of trial `t` on the source's codes, and on the target's that are known, and decides on the target's. */
export function classifyTrial(
  { core, n }: Samples,
  rows: TrialRows,
  options: Readonly<NmfOptions>,
  { factors, iterations }: FactoredTrial,
  t: number,
): TrialOutcome {
  const { r } = options;
  const scale = options.codes === 'unit-mean-norm' ? unitMeanNorm([factors.C], r) : 1;
  const { known, labels, rowWeights } = rows;
  const prepared =
    known === null
      ? rows
      : {
          ...rows,
          labels: Int32Array.from([...labels, ...known]),
          rowWeights: rowWeights && Float64Array.from([...rowWeights, ...known.map(() => 1)]),
        };
  const taught = known === null ? factors.C.subarray(0, n * r) : factors.C;
  const svm = trainOnCodes({ core, options, prepared }, taught, scale, t);
  const coder = { kind: 'dictionary', r, U: factors.U } as const;
  return {
    trial: { coder, scale, agreement: 1, svm },
    decisions: decideCodes(svm, factors.C.subarray(n * r), scale),
    iterations,
  };
}

/** Runs a batch to its end; trials that stop early leave it, which changes no bit of the others. */
async function factorize(
  factorization: Factorization,
  options: FactorOptions,
  first: number,
  { report, breathe }: Hooks,
  done: (trial: number, factors: ReturnType<Factorization['take']>, iterations: number) => void,
): Promise<void> {
  const { seed } = options;
  const running = Array.from({ length: factorization.active }, (_, slot) => {
    factorization.draw(slot, seed, first + slot);
    return { trial: first + slot, stopping: new Stopping(options) };
  });
  for (let iteration = 1; running.length > 0; iteration++) {
    await breathe();
    const reports = factorization.step();
    report({ trial: first, iteration, objective: reports[0].objective.total });
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

/**
 * Reports of single trials on workers as those of one fit: `trial` counts those that are done, `iteration` is the
 * mean of those that run, so neither falls.
 */
export function spreadProgress(
  { first, count }: Pick<TrialsInput, 'first' | 'count'>,
  workers: number,
  report: (progress: TrialsReport) => void,
): JobListener<TrialsReport> {
  const reached = new Map<number, number>();
  let done = 0;
  return {
    report(index, { iteration, objective }) {
      reached.set(index, iteration);
      let sum = 0;
      for (const its of reached.values()) sum += its;
      // Those that have not reported yet run too.
      const running = Math.min(workers, count - done);
      report({ trial: first + done, iteration: Math.floor(sum / running), objective });
    },
    done(index) {
      reached.delete(index);
      done++;
    },
  };
}
