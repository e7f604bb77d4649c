/**
 * What the page and its worker say to each other: plain data, which structured clone copies.
 *
 * @module
 */
import type { Score } from '../../js/experiment/index.js';
import type { Adaptation } from '../../js/experiment/maps/index.js';
import type { NmfOptions } from '../../js/learn/nmf/index.js';
import type { PlainError } from '../../js/outside/worker/index.js';

/** A recording as the worker knows it; features are kept there by its key. */
export interface AudioFile {
  readonly key: number;
  /** For messages: its path below what was dropped. */
  readonly name: string;
  readonly file: Blob;
}

/** What became of a recording. */
export type FileEvent =
  /** The part that is extracted, in [0, 1]. */
  | { readonly type: 'share'; readonly key: number; readonly share: number }
  | {
      readonly type: 'done';
      readonly key: number;
      readonly seconds: number;
      /** Largest sample of each stretch of the signal, in [0, 1]. */
      readonly peaks: Float32Array;
      readonly warnings: readonly string[];
    }
  | { readonly type: 'failed'; readonly key: number; readonly sentence: string };

/** A file that tells something of recordings: labels.csv, or an annotation beside one. */
export interface Note {
  readonly path: string;
  readonly file: Blob;
}

/** What names and notes tell about a recording. */
export interface Label {
  readonly emotion: string | null;
  readonly speaker: string | null;
  /** The corpus's own word, or the folder; recordings of one group are labelled together. */
  readonly group: string;
}

export interface Recognised {
  /** One a path. */
  readonly labels: readonly Label[];
  /** The end of a sentence that begins with the folder's name. */
  readonly sentence: string;
}

/** A recording that has been extracted, with what is known of it. */
export interface Row {
  readonly key: number;
  readonly name: string;
  readonly speaker: string | null;
  readonly emotion: string | null;
}

/** Recordings of the user, or utterances of EmoDB: all, or those of one sex. */
export type Rows =
  | { readonly kind: 'files'; readonly name: string; readonly rows: readonly Row[] }
  | { readonly kind: 'emodb'; readonly name: string; readonly sex: 'f' | 'm' | null };

export interface FitInput {
  readonly source: Rows;
  readonly target: Rows;
  /** Which emotions are told apart; null: all that the source has. */
  readonly emotions: readonly string[] | null;
  readonly options: Partial<NmfOptions>;
}

/** Decisions, one entry a row of the target; `shares` is rows x classes. */
export interface Said {
  readonly emotions: readonly string[];
  readonly confidence: Float64Array;
  readonly shares: Float64Array;
}

export interface FitResult {
  readonly classes: readonly string[];
  readonly satnmf: Said;
  /** Null for a model that was loaded, which has no SVM beside it. */
  readonly svm: Said | null;
  /** Against the labels of the target, where there are any of the classes. */
  readonly scores: { readonly satnmf: Score; readonly svm: Score | null; readonly known: number } | null;
  /** Trials that voted; 1 where one SVM decided. */
  readonly voters: number;
  readonly warnings: readonly string[];
  /** What was chosen and why, a sentence or two each; none for a model that was loaded. */
  readonly explanation: readonly string[];
  readonly seconds: number;
}

export type FitEvent =
  /** The part of the fit that is done, in [0, 1], and what is being done. */
  | { readonly type: 'phase'; readonly phase: string; readonly share: number }
  | {
      readonly type: 'objective';
      readonly trial: number;
      readonly iteration: number;
      readonly objective: number;
    }
  | { readonly type: 'result'; readonly result: FitResult }
  /** Emotions of the target are the true ones where they are known, else those said. */
  | { readonly type: 'map'; readonly map: Adaptation }
  /** Why there is none. */
  | { readonly type: 'no-map'; readonly sentence: string };

/** An utterance of EmoDB as the page lists it. */
export interface Utterance {
  readonly name: string;
  readonly emotion: string | null;
  readonly speaker: string | null;
}

export interface ModelInfo {
  readonly method: string;
  readonly classes: readonly string[];
  /** Of the file that it has or had. */
  readonly bytes: number;
}

/** What can be asked of the worker: input, answer, and what it tells in between. */
export interface Requests {
  /** Starts the threads and reads EmoDB. */
  open: {
    input: null;
    answer: { threads: number; credit: string; emotions: readonly string[] };
    event: never;
  };
  /** The utterances of one sex. */
  emodb: { input: { sex: 'f' | 'm' }; answer: readonly Utterance[]; event: never };
  recognise: {
    input: { paths: readonly string[]; notes: readonly Note[] };
    answer: Recognised;
    event: never;
  };
  extract: { input: readonly AudioFile[]; answer: null; event: FileEvent };
  forget: { input: readonly number[]; answer: null; event: never };
  fit: { input: FitInput; answer: null; event: FitEvent };
  /** Has the model that was loaded last classify recordings. */
  classify: { input: Rows; answer: FitResult; event: never };
  loadModel: { input: { file: Blob; name: string }; answer: ModelInfo; event: never };
  /** The model that was fitted, or has classified, or was loaded last; `compact` for a file of at most 5 MB. */
  saveModel: { input: { compact: boolean }; answer: Uint8Array<ArrayBuffer>; event: never };
  csv: { input: readonly (readonly (string | null)[])[]; answer: string; event: never };
}

export type Kind = keyof Requests;

/** To the worker. */
export type ToWorker =
  | { readonly type: 'ask'; readonly id: number; readonly kind: Kind; readonly input: unknown }
  | { readonly type: 'cancel'; readonly id: number };

/** From the worker. */
export type FromWorker =
  /** It listens. */
  | { readonly type: 'ready' }
  | { readonly type: 'event'; readonly id: number; readonly event: unknown }
  | { readonly type: 'answer'; readonly id: number; readonly answer: unknown }
  | { readonly type: 'failed'; readonly id: number; readonly error: PlainError; readonly cancelled: boolean };
