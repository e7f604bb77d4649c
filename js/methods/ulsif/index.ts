// uLSIF: its options are in ulsif.ts, the estimate of the weights in least-squares.ts, the rest in js/learn/importance/.
import type { Declaration } from '../../contract/index.js';
import { C } from '../../learn/fit/index.js';
import { ulsif, type UlsifOptions } from './ulsif.js';

export { ulsif, type UlsifOptions };

export const ULSIF: Declaration<'ulsif', UlsifOptions> = {
  name: 'ulsif',
  label: 'uLSIF',
  make: ulsif,
  searched: { C },
  digest: { centres: 30, svm: 'ovo' },
  traits: { small: { centres: 7 } },
};
