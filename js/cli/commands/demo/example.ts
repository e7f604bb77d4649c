/**
 * What `satnmf demo` shows.
 *
 * @module
 */
import type { Method } from '../../../contract/method.js';
import type { Pair } from '../../../experiment/evaluation.js';

/** Two corpora, what is said of them, and the methods that are compared. */
export interface Example {
  readonly title: string;
  readonly text: string;
  readonly pair: Pair;
  readonly methods: readonly Method[];
}
