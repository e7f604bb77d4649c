// KMM: its options are in kmm.ts, the estimate of the weights in mean-matching.ts, the rest in js/learn/importance/.
import type { Declaration } from '../../contract/index.js';
import { C } from '../../learn/fit/index.js';
import { kmm, type KmmOptions } from './kmm.js';

export { kmm, type KmmOptions };

export const KMM: Declaration<'kmm', KmmOptions> = {
  name: 'kmm',
  label: 'KMM',
  make: kmm,
  searched: { C },
  digest: { pca: 20 },
};
