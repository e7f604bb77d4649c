/**
 * What all methods have in common: check the task, scale it, train the base SVM, learn, and make a Model of it.
 * A method is a {@link Procedure}; `methodOf` makes the {@link Method} of it.
 *
 * @module
 */
import { type Core, pause, type Pointer, sharedCore } from '../../core/index.js';
import {
  combineBytes,
  gram,
  gramBytes,
  gramScratchBytes,
  pack,
  packScratchBytes,
  type Samples,
  samplesBytes,
} from '../../core/samples/index.js';
import {
  AdaptedModel,
  agreementOf,
  classify,
  fusionFactor,
  sharpnessOf,
  type Trial,
  trustIn,
  type Vote,
} from '../model/index.js';
import {
  baseSvmBytes,
  decide,
  type Decisions,
  type LinearSvm,
  predictClasses,
  type SvmSettings,
  trainBaseSvm,
  usesGram,
} from '../svm/index.js';
import type {
  FitOptions,
  Keeper,
  Method,
  Model,
  PackedRows,
  Progress,
  Task,
  Workers,
} from '../../contract/index.js';
import { SatnmfError } from '../../errors.js';
import type { CommonOptions } from './options.js';
import { preparedOnce, type PreparedTask } from './preparation.js';
import { KEEPS_NOTHING } from './shared-work.js';

/** Sizes that decide how much memory a fit takes. */
export interface FitSizes {
  /** Rows of both corpora together. */
  readonly N: number;
  /** Rows of the source. Default: as if all were. */
  readonly n?: number;
  /** Features. */
  readonly d: number;
  /** Classes. */
  readonly classes: number;
  /** Sources. Default 1. */
  readonly sources?: number;
  /** Whether emotions of some rows of the target are known. Default false. */
  readonly known?: boolean;
}

/** Bytes of wasm memory beside the samples: while the Gram matrix lies there too, and after it is given back. */
export interface StageBytes {
  readonly withGram: number;
  readonly learn: number;
}

/** Workers that have the rows of a fit, and do a part of it. */
export interface SpreadFit {
  /** K = X Xᵀ, left in the arena as `gram` leaves it. */
  gram(samples: Samples): Promise<Pointer>;
  /** Ends what is under way; the workers give back what they hold. */
  close(): void;
}

/** What a method learns from, and how it says how far it is. */
export interface FitContext<O, S = SpreadFit> {
  readonly core: Core;
  readonly options: Readonly<O>;
  /** Classes, labels, scaled source and target. */
  readonly prepared: PreparedTask;
  /** Both corpora, packed. */
  readonly samples: Samples;
  /** The base SVM, and what it says of the target. */
  readonly base: LinearSvm;
  readonly said: Decisions;
  /** Workers that have the rows, if the caller has any and the method spreads its trials. */
  readonly spread: S | null;
  /** Keeps what other fits to the task may need again. */
  readonly shared: Keeper;
  /**
   * Tells the caller; within a phase `iteration` never falls. Default: trial 0.
   *
   * @throws what the caller's listener throws
   */
  report(
    phase: string,
    iteration: number,
    iterations: number,
    more?: Partial<Pick<Progress, 'trial' | 'objective'>>,
  ): void;
  /**
   * Lets the event loop run. Call it between two iterations, every 10 ms or so.
   *
   * @throws the signal's reason, if the fit was cancelled
   */
  breathe(): Promise<void>;
  /** Runs work to its end and breathes wherever it yields. Its memory stays the caller's to give back. */
  work<T>(steps: Generator<unknown, T>): Promise<T>;
}

/** What a method learnt. */
export interface Learnt {
  /** Classifier of the features in place of the base SVM, for methods that end in one. */
  readonly base?: LinearSvm;
  /** Coders with their SVMs. Default: none, the base decides. */
  readonly trials?: readonly Trial[];
  /** What each trial, or the base, says of the target. */
  readonly decisions: readonly Decisions[];
  /** Iterations of each trial. Default: none. */
  readonly iterations?: readonly number[];
  /** Sentences that the user should read. */
  readonly warnings?: readonly string[];
  /** Whether the model knows no map for new recordings. Default false. */
  readonly transductive?: boolean;
}

/**
 * What tells one method from another. `E` is what `withGram` hands to `learn`, `S` what workers do for it.
 */
export interface Procedure<O extends CommonOptions, E = undefined, S extends SpreadFit = SpreadFit> {
  /** Name as the command line spells it. */
  readonly name: string;
  /** All options, checked; frozen. */
  options(given: Partial<O>): Readonly<O>;
  /** C of the base SVM. */
  baseC(options: Readonly<O>): number;
  /** Refuse negative features. Default false. */
  readonly nonNegative?: boolean;
  /** Whether it learns from emotions of the target that are known. Default false: it refuses them. */
  readonly usesKnown?: boolean;
  /** Trials that are reported. Default 1. */
  trials?(options: Readonly<O>): number;
  /** Default `majority`. */
  vote?(options: Readonly<O>): Vote;
  /** Weight ≥ 0 of the base SVM in a vote by margin. Default 0. */
  fusion?(options: Readonly<O>): number;
  /** How a fit is spread over workers. Default: it is not. */
  readonly spread?: {
    /** Whether these options leave something to spread. */
    readonly pays: (options: Readonly<O>) => boolean;
    /** Opens a round of jobs; the workers pack the rows while the fit goes on. @throws as `Workers.open` */
    readonly open: (workers: Workers, rows: PreparedTask, signal: AbortSignal | undefined) => Promise<S>;
  };
  /** Wasm memory of the two parts beside the samples and the Gram matrix; `spread`: trials on workers. Default: none. */
  bytes?(core: Core, options: Readonly<O>, sizes: FitSizes, spread: boolean): StageBytes;
  /** Runs while K = X Xᵀ (N x N) lies in the arena; everything that it allocates is given back with K. */
  withGram?(context: FitContext<O, S>, gram: Pointer): E | Promise<E>;
  /** Learns. Absent: the base SVM is the method. Not called for a target too small to learn from. */
  learn?(context: FitContext<O, S>, found: E): Learnt | Promise<Learnt>;
}

const SMALL_TARGET = 'the base SVM decides, since so few recordings give a method nothing to adapt to';

/**
 * The factory of a method.
 *
 * @throws {SatnmfError} the factory: `bad-argument` for an option; `fit`: as `prepareTask` does, and `too-large`
 */
export function methodOf<O extends CommonOptions, E, S extends SpreadFit = SpreadFit>(
  procedure: Procedure<O, E, S>,
): (given?: Partial<O>) => Method<O> {
  return (given = {}) => {
    // A copy: the object may be changed by whoever gave it.
    const own = { ...given };
    const options = procedure.options(own);
    return Object.freeze({
      name: procedure.name,
      options,
      with: (change: Partial<O>) => methodOf(procedure)({ ...own, ...change }),
      fit: (task: Task, how?: FitOptions) => fit(procedure, options, task, how),
    });
  };
}

/** Bytes that a fit takes beside what its Core holds already. */
export function frameBytes(core: Core, sizes: FitSizes, { withGram, learn }: StageBytes): number {
  const { N, d } = sizes;
  const base = baseBytes(core, sizes);
  return samplesBytes(N, d) + Math.max(packScratchBytes(d), gramBytes(N) + Math.max(base, withGram), learn);
}

/** Bytes that the base SVM takes while the Gram matrix lies there. */
function baseBytes(core: Core, { N, d, classes: c }: FitSizes): number {
  const outputs = Math.max(c, (c * (c - 1)) / 2);
  return Math.max(gramScratchBytes(N, d), baseSvmBytes(core, N, d), combineBytes(N, d, outputs));
}

async function fit<O extends CommonOptions, E, S extends SpreadFit>(
  procedure: Procedure<O, E, S>,
  options: Readonly<O>,
  task: Task,
  how: FitOptions = {},
): Promise<Model> {
  const { signal, workers, onProgress } = how;
  signal?.throwIfAborted();
  const core = how.core ?? (await sharedCore());
  const { normalize } = options;
  const nonNegative = procedure.nonNegative ?? false;
  if (procedure.usesKnown !== true && task?.known?.some((emotion) => emotion !== null) === true)
    throw new SatnmfError(
      'unsupported',
      `"known": ${procedure.name} cannot use emotions of the target; self-training and satnmf can`,
      { argument: 'known', expected: 'nothing' },
    );
  how.shared?.check(task, core);
  const shared: Keeper = how.shared ?? KEEPS_NOTHING;
  const prepared = preparedOnce(shared, task, { normalize, nonNegative });
  const trials = procedure.trials?.(options) ?? 1;
  const report: FitContext<O>['report'] = (phase, iteration, iterations, more) =>
    onProgress?.({ phase, trial: 0, trials, iteration, iterations, ...more });
  const breathe = async (): Promise<void> => {
    await pause();
    signal?.throwIfAborted();
  };
  const work = async <T>(steps: Generator<unknown, T>): Promise<T> => {
    let step = steps.next();
    while (step.done !== true) {
      await breathe();
      step = steps.next();
    }
    return step.value;
  };
  const run = async (held?: PackedRows): Promise<Model> => {
    signal?.throwIfAborted();
    const { source, target, classes } = prepared;
    const sizes: FitSizes = {
      N: source.rows + target.rows,
      n: source.rows,
      d: source.cols,
      classes: classes.length,
      sources: prepared.sizes.length,
      known: prepared.known !== null,
    };
    const adapts = procedure.learn !== undefined && !prepared.small;
    const spreads = adapts && procedure.spread?.pays(options) === true ? procedure.spread : undefined;
    const lent = spreads === undefined ? undefined : workers;
    const bytes = procedure.bytes?.(core, options, sizes, lent !== undefined) ?? { withGram: 0, learn: 0 };
    const beside = Math.max(baseBytes(core, sizes), bytes.withGram, bytes.learn);
    core.reserve(held === undefined ? frameBytes(core, sizes, bytes) : beside, 'This fit');
    const spread = (lent && (await spreads?.open(lent, prepared, signal))) ?? null;
    try {
      const samples = held?.samples ?? pack(core, source, target);
      const mark = core.exports.mark();
      report('base svm', 0, 1);
      const { svm, bias, seed } = options;
      // A matrix that nobody looks at would take more time than all else.
      const wanted = (adapts && procedure.withGram !== undefined) || usesGram(svm, samples.n, samples.d);
      const products = held?.gram ?? (wanted ? await (spread?.gram(samples) ?? gram(samples)) : undefined);
      const settings: SvmSettings = { svm, bias, seed, C: procedure.baseC(options) };
      const { base, said } = shared.once('base', { normalize, ...settings }, (key) => {
        const { labels, rowWeights } = prepared;
        const base = trainBaseSvm(samples, products, labels, classes.length, key, rowWeights ?? undefined);
        return { base, said: decide(base, target.data) };
      });
      report('base svm', 1, 1);
      const context = { core, options, prepared, samples, base, said, spread, shared, report, breathe, work };
      const found = adapts ? await procedure.withGram?.(context, products as Pointer) : undefined;
      core.exports.release(mark);
      const learnt: Learnt = adapts
        ? await (procedure.learn as NonNullable<typeof procedure.learn>)(context, found as E)
        : { decisions: [said], warnings: procedure.learn === undefined ? [] : [SMALL_TARGET] };
      // The last report may have been the one at which the caller gave up.
      signal?.throwIfAborted();
      return modelOf(procedure, context, learnt);
    } finally {
      spread?.close();
    }
  };
  if (how.shared === undefined) return core.exclusive(() => run());
  const rows = how.shared.rows(normalize, prepared);
  return core.within(() => run(rows));
}

/** The Model of what was learnt. */
function modelOf<O extends CommonOptions, E, S extends SpreadFit>(
  procedure: Procedure<O, E, S>,
  { core, options, prepared, base, said }: FitContext<O, S>,
  learnt: Learnt,
): Model {
  const { classes, small } = prepared;
  const vote = procedure.vote?.(options) ?? 'majority';
  // What was too small to adapt to has the base SVM's answer alone.
  const weight = small ? 0 : (procedure.fusion?.(options) ?? 0);
  const fusion = weight === 0 ? 0 : fusionFactor(weight, learnt.decisions, said);
  const beside = fusion === 0 ? undefined : { base: said, factor: fusion };
  const answer = classify(classes, learnt.decisions, vote, beside);
  const agreement = fusion === 0 ? 1 : agreementOf(learnt.decisions, said);
  const doubts =
    trustIn(agreement) < 0.5
      ? [
          `adaptation changes ${Math.round(100 * (1 - agreement))} % of the answers: source and target may be too far ` +
            'apart to trust them, and the base SVM has most of the say',
        ]
      : [];
  return new AdaptedModel(core, {
    method: procedure.name,
    options: { ...options },
    classes,
    columns: prepared.columns,
    warnings: [...prepared.warnings, ...(learnt.warnings ?? []), ...doubts],
    iterations: learnt.iterations ?? [],
    normalizer: prepared.normalizer,
    base: learnt.base ?? base,
    trials: withAgreement(learnt, answer.emotions, classes),
    vote,
    fusion,
    sharpness: sharpnessOf(
      small ? decide(base, prepared.source.data).margins : answer.margins,
      classes.length,
    ),
    transductive: learnt.transductive ?? false,
    target: answer,
    explanation: [],
  });
}

/** Each trial with the share of utterances for which it sides with the vote. */
function withAgreement(
  { trials = [], decisions }: Learnt,
  emotions: readonly string[],
  classes: readonly string[],
): Trial[] {
  return trials.map((trial, t) => {
    const own = predictClasses(decisions[t]);
    const agreed = emotions.reduce((sum, emotion, i) => sum + (classes[own[i]] === emotion ? 1 : 0), 0);
    return { ...trial, agreement: agreed / emotions.length };
  });
}
