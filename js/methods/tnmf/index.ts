// TNMF: transfer NMF, SATNMF without labels. The fit is in js/learn/nmf/.
import type { Declaration, Method } from '../../contract/index.js';
import { C, NEIGHBOURS, RANKS, WEIGHTS } from '../../learn/fit/index.js';
import { NMF_TRAITS, nmfMethod, type NmfOptions, nmfWork } from '../../learn/nmf/index.js';

const make = nmfMethod('tnmf', 'alpha', 'beta');

/** Transfer NMF (Song et al. 2016): graph and marginal discrepancy, no labels (α = β = 0). */
export function tnmf(options: Partial<NmfOptions> = {}): Method<NmfOptions> {
  return make(options);
}

export const TNMF: Declaration<'tnmf', NmfOptions> = {
  name: 'tnmf',
  label: 'TNMF',
  make: tnmf,
  searched: { r: RANKS, neighbours: NEIGHBOURS, lambda: WEIGHTS, gamma: WEIGHTS, C },
  work: nmfWork,
  digest: {
    r: 9,
    trials: 2,
    maxIterations: 4,
    update: 'mu',
    sigma: 'mean-neighbour',
    svm: 'ovo',
    normalize: 'speaker-rank',
  },
  traits: NMF_TRAITS,
};
