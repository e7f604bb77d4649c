// SNMF: SATNMF fitted to the source's labels and nothing else. The fit is in js/learn/nmf/.
import type { Declaration, Method } from '../../contract/index.js';
import { C, RANKS, WEIGHTS } from '../../learn/fit/index.js';
import { NMF_TRAITS, nmfMethod, type NmfOptions, nmfWork } from '../../learn/nmf/index.js';

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
