// FSTSL: its options and its fit are in fstsl.ts, the objective's matrix in transfer-matrix.ts, the solver in
// sparse-subspace.ts.
import type { Declaration } from '../../contract/index.js';
import { C, NEIGHBOURS, RANKS, WEIGHTS } from '../../learn/fit/index.js';
import { fstsl, type FstslOptions } from './fstsl.js';

export { fstsl, type FstslOptions };

export const FSTSL: Declaration<'fstsl', FstslOptions> = {
  name: 'fstsl',
  label: 'FSTSL',
  make: fstsl,
  searched: { r: RANKS, neighbours: NEIGHBOURS, delta: WEIGHTS, mu: WEIGHTS, C },
  // It takes as long as 60 Gram matrices, as measured on 958 rows (ours).
  work: (_, rows) => ({ subspace: 60 * rows }),
  digest: { r: 6, maxIterations: 3 },
  traits: { small: { r: 4, maxIterations: 4 } },
};
