// mSDA: its options and its fit are in msda.ts, the layers in js/learn/model/coders/denoising.ts.
import type { Declaration } from '../../contract/index.js';
import { C } from '../../learn/fit/index.js';
import { msda, type MsdaOptions } from './msda.js';

export { msda, type MsdaOptions };

export const MSDA: Declaration<'msda', MsdaOptions> = {
  name: 'msda',
  label: 'mSDA',
  make: msda,
  // Ours: noise and depth (compared-methods.md, mSDA).
  searched: { p: [0.1, 0.3, 0.5, 0.7, 0.9], layers: [1, 2, 3, 4, 5], C },
  // A layer takes as long as 5.4 Gram matrices, as measured on 958 rows (ours).
  work: ({ layers }, rows) => ({ denoise: 5.4 * layers * rows }),
  digest: { layers: 2, p: 0.3 },
};
