// CORAL: its options and its fit are in coral.ts, the alignment in alignment.ts.
import type { Declaration } from '../../contract/index.js';
import { C } from '../../learn/fit/index.js';
import { coral, type CoralOptions } from './coral.js';

export { coral, type CoralOptions };

export const CORAL: Declaration<'coral', CoralOptions> = {
  name: 'coral',
  label: 'CORAL',
  make: coral,
  // Ours: it is not in the paper.
  searched: { C },
  digest: { lambda: 0.3 },
};
