/**
 * `linear`: linear weights as several corpora taught them, applied to the target as they are (docs/recogniser.md).
 *
 * @module
 */
import type { Declaration, Method } from '../../contract/index.js';
import {
  RECOGNISER_CHECKS,
  RECOGNISER_DEFAULTS,
  recogniserMethod,
  type RecogniserOptions,
} from '../../recogniser/index.js';

/** Options of {@link linear}. */
export type LinearOptions = RecogniserOptions;

const make = recogniserMethod<LinearOptions>({
  name: 'linear',
  defaults: RECOGNISER_DEFAULTS,
  checks: RECOGNISER_CHECKS,
  adaptation: () => null,
});

/**
 * Linear weights without adaptation: trained on the sources by a ridge regression, or given, or given and corrected by
 * sources.
 *
 * @example
 * const model = await linear().fit({ weights, target: recordings });
 * model.predict(); // ["anger", "fear", …]
 *
 * @throws {SatnmfError} `bad-argument` (options), and from `fit` as `satnmf` does
 */
export function linear(options: Partial<LinearOptions> = {}): Method<LinearOptions> {
  return make(options);
}

export const LINEAR: Declaration<'linear', LinearOptions> = {
  name: 'linear',
  label: 'Linear',
  make: linear,
  // Ours: it is not in the paper.
  searched: { ridge: [0.3, 1, 3, 10, 30] },
  digest: {},
  traits: { adapts: false, scalesItself: true },
};
