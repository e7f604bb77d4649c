/**
 * What a model is made of: plain data, as it is stored.
 *
 * @module
 */
import type { Normalizer } from '../../data/scaling/index.js';
import type { Vote } from './ballot.js';
import type { Coder } from './coders/coder.js';
import type { LinearSvm } from '../svm/index.js';
import type { Classification } from '../../contract/index.js';

/** What voters say, before probabilities are made of it. */
export type Said = Pick<Classification, 'emotions' | 'shares' | 'margins'>;

/** One fitted coder with the SVM on its codes. */
export interface Trial {
  readonly coder: Coder;
  /** Factor of the codes before the SVM sees them. */
  readonly scale: number;
  /** Share of the target's utterances for which it gave the emotion that the vote gave. */
  readonly agreement: number;
  /** On the codes. */
  readonly svm: LinearSvm;
}

/** Everything a model is made of; plain data. */
export interface ModelParts {
  readonly method: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly classes: readonly string[];
  readonly columns: readonly string[];
  readonly warnings: readonly string[];
  readonly iterations: readonly number[];
  /** For new rows. */
  readonly normalizer: Normalizer;
  /** On d features; decides where there are no trials. */
  readonly base: LinearSvm;
  readonly trials: readonly Trial[];
  readonly vote: Vote;
  /** Factor of the base SVM's decision values beside the trials' (`Fusion`); 0 where it has no say. */
  readonly fusion: number;
  /** Factor > 0 of the margins before the softmax that makes probabilities of them. */
  readonly sharpness: number;
  /** Whether it knows no map for new recordings: it speaks of its target only. */
  readonly transductive: boolean;
  /** What it says of the target that it was fitted with. */
  readonly target: Said;
  /** What was chosen and why, in sentences; empty where {@link explain} finds them. */
  readonly explanation: readonly string[];
}
