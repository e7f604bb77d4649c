// SNMF-γ: SATNMF without graph and class-wise discrepancy. The fit is in js/learn/nmf/.
import type { Declaration, Method } from '../../contract/index.js';
import { C, RANKS, WEIGHTS } from '../../learn/fit/index.js';
import { NMF_TRAITS, nmfMethod, type NmfOptions, nmfWork } from '../../learn/nmf/index.js';

const make = nmfMethod('snmf-gamma', 'alpha', 'lambda');

/** SNMF with the marginal discrepancy (α = λ = 0): SNMF-γ. */
export function snmfGamma(options: Partial<NmfOptions> = {}): Method<NmfOptions> {
  return make(options);
}

export const SNMF_GAMMA: Declaration<'snmf-gamma', NmfOptions> = {
  name: 'snmf-gamma',
  label: 'SNMF-γ',
  make: snmfGamma,
  searched: { r: RANKS, beta: WEIGHTS, gamma: WEIGHTS, C },
  work: nmfWork,
  digest: { r: 6, trials: 1, maxIterations: 5 },
  traits: NMF_TRAITS,
};
