/**
 * What fits to the same task share: each of them asks here before it computes something that another may have computed.
 *
 * @module
 */
import type { Core, Pointer } from '../core/index.js';
import type { Samples } from '../core/samples/index.js';
import type { Matrix } from '../data/index.js';

/** Rows of both corpora in the arena of a Core. */
export interface PackedRows {
  readonly samples: Samples;
  /** X Xᵀ, N x N. */
  readonly gram: Pointer;
}

/** Keeps the results of some fits for others. */
export interface Keeper {
  /**
   * The value of that kind for that key: the one kept, or a new one.
   *
   * @param key every option that the value depends on, and nothing else. `make` gets it, and reads options from there
   *   only: then no option can be forgotten. test/js/learn/fit/shared-work.options.test.ts tries every option of every method
   * @param most how many values of the kind are kept: the latest ones. Default 8
   */
  once<K extends object, T>(kind: string, key: K, make: (key: K) => T, most?: number): T;
}

/** What several fits to one task share (`fit(task, { shared })`). */
export interface SharedWork extends Keeper {
  /** The Core whose arena holds the packed rows. */
  readonly core: Core;
  /** @throws {SatnmfError} `bad-argument`: a fit to another task, or on another Core */
  check(
    task: { readonly source?: object | undefined; readonly target: { readonly features: Matrix } },
    core: Core,
  ): void;
  /** What is kept of that kind for that key; undefined if nothing is. */
  kept<T>(kind: string, key: object): T | undefined;
  /** Packed rows and Gram matrix of a normalisation, in the arena below whatever the fits allocate. */
  rows(normalize: string, scaled: { readonly source: Matrix; readonly target: Matrix }): PackedRows;
}
