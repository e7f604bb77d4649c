// DoSL: its options and its fit are in dosl.ts, the solvers in row-sparse/.
import type { Declaration } from '../../contract/index.js';
import { WEIGHTS } from '../../learn/fit/index.js';
import { dosl, type DoslOptions } from './dosl.js';

export { dosl, type DoslOptions };

export const DOSL: Declaration<'dosl', DoslOptions> = {
  name: 'dosl',
  label: 'DoSL',
  make: dosl,
  searched: { lambda: WEIGHTS, mu: WEIGHTS },
  // It takes as long as 6.5 Gram matrices, as measured on 958 rows (ours).
  work: ({ solver }, rows) => ({ [solver === 'bcd' ? 'coordinates' : 'multipliers']: 6.5 * rows }),
  digest: { lambda: 20, maxIterations: 4 },
  traits: { small: { lambda: 1 } },
};
