/**
 * The one contract of every method: immutable options, `fit(task) -> Model`.
 *
 * @module
 */
import type { Core } from '../core/index.js';
import type { Corpus, Matrix } from '../data/index.js';
import type { SharedWork } from './shared-work.js';
import type { Weights } from './weights.js';
import type { Workers } from './workers.js';

/** A target corpus as a method sees it: its emotions cannot be read, so they cannot leak. */
export type Unlabelled = Pick<Corpus, 'name' | 'features' | 'columns' | 'file' | 'speaker'>;

/** What a method learns from: labelled source corpora, or weights, and a target corpus without labels. */
export interface Task {
  /** One corpus or several; each is scaled by itself and weighs the same. Not needed beside weights. */
  readonly source?: Corpus | readonly Corpus[];
  readonly target: Unlabelled;
  /**
   * Emotion of each row of the target that the method may use, null elsewhere; those of `linear`, `self-training` and
   * SATNMF's kin do; an emotion that nothing teaches is refused. Default: none.
   */
  readonly known?: readonly (string | null)[];
  /** Weights that were trained before, for `linear` and `self-training`: in place of a source, or beside one. */
  readonly weights?: Weights;
}

/** The sources of a task as a list, none if it has none. Whatever else stands there is checked by whoever asks. */
export const sourcesOf = ({ source }: Pick<Task, 'source'>): readonly Corpus[] =>
  source === undefined || source === null ? [] : [source].flat();

/** One report of a long fit. Within a phase `trial` never falls, within a batch of trials `iteration` never does. */
export interface Progress {
  /** `base svm`, `graph`, `factorize`; other methods have others. */
  readonly phase: string;
  /**
   * Trials that are done, which is the first trial of the batch that runs, and how many there are. On workers
   * `iteration` is the mean of the trials that run.
   */
  readonly trial: number;
  readonly trials: number;
  readonly iteration: number;
  readonly iterations: number;
  /** Objective of the first trial of the batch (of any that runs, on workers), where it was just computed. */
  readonly objective?: number;
}

/** How to run a fit; nothing here changes its result. */
export interface FitOptions {
  /** Cancels: the promise rejects with `signal.reason`, the Core stays usable. */
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
  /** Core to run on. Default: one shared Core of this thread, made at first use. */
  core?: Core;
  /**
   * Workers that trials are spread over (`startWorkers` of `satnmf/worker`), and the Gram matrix before them; a fit
   * of one trial does not need them. All else runs on `core`. Default: none.
   */
  workers?: Workers;
  /** @internal Keeps what fits to this task have in common (js/learn/fit/shared-work.ts); needs `core`. */
  shared?: SharedWork;
}

/** Decisions for a set of utterances; row i of each field belongs to utterance i. */
export interface Classification {
  readonly emotions: string[];
  /** In [0, 1]: the probability of the emotion given. */
  readonly confidence: Float64Array;
  /** `rows x classes`, each row sums to 1: softmax of the margins (docs/recogniser.md, "Confidence"). */
  readonly probabilities: Float64Array;
  /** `rows x classes`, each row sums to 1: share of trials that voted for each class. */
  readonly shares: Float64Array;
  /** `rows x classes`: decision values, averaged over the trials. */
  readonly margins: Float64Array;
}

/** What `fit` returns: plain learnt data, and predictions from it. */
export interface Model {
  /** Name of the method, as the command line spells it. */
  readonly method: string;
  /** Emotions that it knows, ascending by code unit. */
  readonly classes: readonly string[];
  /** Names of the features that it expects, in order. */
  readonly columns: readonly string[];
  /** Sentences that the user should read: small target, missing speakers, … */
  readonly warnings: readonly string[];
  /** Iterations done by each trial (empty for methods that do not iterate). */
  readonly iterations: readonly number[];
  /** Emotions of the target it was fitted with, or of new recordings (rows of raw features). */
  predict(rows?: Matrix): string[];
  /** As {@link predict}, with confidence, probabilities, vote shares and margins. */
  classify(rows?: Matrix): Classification;
  /** Features that the final SVM sees, for new recordings: `rows x (r * trials)` codes for the factorisations. */
  transform(rows: Matrix): Matrix;
  /** The model as bytes (`loadModel` reads them); data only. */
  toBytes(): Uint8Array;
}

/** Immutable hyper-parameters and the procedure that uses them. */
export interface Method<Options extends object = object> {
  /** Name as the command line spells it: `svm`, `satnmf`, … */
  readonly name: string;
  /** All options, defaults filled in; frozen. */
  readonly options: Readonly<Options>;
  /** The same method with some options changed; this one stays as it is. */
  with(change: Partial<Options>): Method<Options>;
  fit(task: Task, options?: FitOptions): Promise<Model>;
}
