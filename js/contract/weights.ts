/**
 * Weights that labelled corpora taught once and for all: what methods take in place of a source, or beside one.
 *
 * @module
 */

/** A corpus that weights were trained on. */
export interface TrainedOn {
  readonly name: string;
  readonly rows: number;
  /** Its licence; empty if nobody said. */
  readonly licence: string;
  /** Whom to credit; empty if nobody said. */
  readonly credit: string;
}

/** Trained weights (docs/recogniser.md): plain learnt data, without recordings or features of anybody. */
export interface Weights {
  /** What they are called: `open`, `research`, or the name that whoever trained them gave. */
  readonly name: string;
  /** Emotions that they answer, ascending by code unit. */
  readonly classes: readonly string[];
  /** Names of the features that they expect, in order. */
  readonly columns: readonly string[];
  readonly corpora: readonly TrainedOn[];
  /**
   * The same weights for some of their emotions: the others are never answered.
   *
   * @throws {SatnmfError} `unknown-class`: an emotion that they do not know; `one-class`: fewer than two emotions
   */
  only(emotions: readonly string[]): Weights;
  /** The weights as bytes (`loadWeights` reads them). */
  toBytes(): Uint8Array;
}
