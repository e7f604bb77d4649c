/**
 * SNMF: SATNMF fitted to the source's labels and nothing else. The fit is in js/learn/nmf/.
 *
 * @module
 */
import type { Declaration } from '../../contract/declaration.js';
import type { Method } from '../../contract/method.js';
import { C, RANKS, WEIGHTS } from '../../learn/fit/searched.js';
import { NMF_TRAITS, nmfMethod, nmfWork } from '../../learn/nmf/nmf.js';
import type { NmfOptions } from '../../learn/nmf/options.js';

const make = nmfMethod('snmf', 'alpha', 'lambda', 'gamma');

/** Semi-supervised NMF: fitted to the source's labels, nothing else (α = λ = γ = 0). */
export function snmf(options: Partial<NmfOptions> = {}): Method<NmfOptions> {
  return make(options);
}

export const SNMF: Declaration<'snmf', NmfOptions> = {
  name: 'snmf',
  label: 'SNMF',
  make: snmf,
  searched: { r: RANKS, beta: WEIGHTS, C },
  work: nmfWork,
  digest: { r: 5, trials: 1, maxIterations: 5 },
  traits: NMF_TRAITS,
};
