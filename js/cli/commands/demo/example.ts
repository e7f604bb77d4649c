/**
 * What `satnmf demo` shows.
 *
 * @module
 */
import type { Method } from '../../../contract/index.js';
import type { Pair } from '../../../experiment/index.js';

/** Two corpora, what is said of them, and the methods that are compared. */
export interface Example {
  readonly title: string;
  readonly text: string;
  readonly pair: Pair;
  readonly methods: readonly Method[];
}
