// JDA: its options and its fit are in jda.ts, the eigenproblem in js/learn/components/.
import type { Declaration } from '../../contract/index.js';
import { C, RANKS, WEIGHTS } from '../../learn/fit/index.js';
import { jda, type JdaOptions } from './jda.js';

export { jda, type JdaOptions };

export const JDA: Declaration<'jda', JdaOptions> = {
  name: 'jda',
  label: 'JDA',
  make: jda,
  // Ours: it is not in the paper.
  searched: { r: RANKS, lambda: WEIGHTS, C },
  digest: { r: 7, maxIterations: 3 },
  traits: { small: { r: 4, maxIterations: 3 } },
};
