// STNMF-λ: SATNMF without the class-wise discrepancy. The fit is in js/learn/nmf/.
import type { Declaration, Method } from '../../contract/index.js';
import { C, NEIGHBOURS, RANKS, WEIGHTS } from '../../learn/fit/index.js';
import { NMF_TRAITS, nmfMethod, type NmfOptions, nmfWork } from '../../learn/nmf/index.js';

const make = nmfMethod('stnmf-lambda', 'alpha');

/** SATNMF without the class-wise discrepancy (α = 0): STNMF-λ. */
export function stnmfLambda(options: Partial<NmfOptions> = {}): Method<NmfOptions> {
  return make(options);
}

export const STNMF_LAMBDA: Declaration<'stnmf-lambda', NmfOptions> = {
  name: 'stnmf-lambda',
  label: 'STNMF-λ',
  make: stnmfLambda,
  searched: { r: RANKS, neighbours: NEIGHBOURS, beta: WEIGHTS, lambda: WEIGHTS, gamma: WEIGHTS, C },
  work: nmfWork,
  digest: { r: 7, trials: 1, maxIterations: 5 },
  traits: NMF_TRAITS,
};
