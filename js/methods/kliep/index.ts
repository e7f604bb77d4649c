// KLIEP: its options are in kliep.ts, the estimate of the weights in likelihood.ts, the rest in js/learn/importance/.
import type { Declaration } from '../../contract/index.js';
import { C } from '../../learn/fit/index.js';
import { kliep, type KliepOptions } from './kliep.js';

export { kliep, type KliepOptions };

export const KLIEP: Declaration<'kliep', KliepOptions> = {
  name: 'kliep',
  label: 'KLIEP',
  make: kliep,
  searched: { C },
  digest: { centres: 30 },
  traits: { small: { centres: 7 } },
};
