// TCA: its options and its fit are in tca.ts, the eigenproblem in js/learn/components/.
import type { Declaration } from '../../contract/index.js';
import { C, RANKS, WEIGHTS } from '../../learn/fit/index.js';
import { tca, type TcaOptions } from './tca.js';

export { tca, type TcaOptions };

export const TCA: Declaration<'tca', TcaOptions> = {
  name: 'tca',
  label: 'TCA',
  make: tca,
  // Ours: it is not in the paper.
  searched: { r: RANKS, mu: WEIGHTS, C },
  digest: { r: 5 },
  traits: { small: { r: 4 } },
};
