/**
 * All methods by the names that the command line and model files use; in `satnmf/methods`.
 *
 * @module
 */
import { checkOneOf } from '../data/check.js';
import { coral } from './coral/coral.js';
import { fstsl } from './fstsl/fstsl.js';
import { dbn } from './dbn/dbn.js';
import { dosl } from './dosl/dosl.js';
import { jda } from './jda/jda.js';
import { kliep } from './kliep/kliep.js';
import { kmm } from './kmm/kmm.js';
import type { Method } from '../contract/method.js';
import { msda } from './msda/msda.js';
import { satnmf, snmf, snmfGamma, stnmfLambda, tnmf } from '../learn/nmf/nmf.js';
import { linearSvm } from './svm/svm.js';
import { tca } from './tca/tca.js';
import { ulsif } from './ulsif/ulsif.js';

/**
 * In the order in which `all` runs them, the paper's: the method to beat first, then what the paper compares with,
 * what it does not, ours last.
 */
export const METHODS = Object.freeze({
  svm: linearSvm,
  msda,
  tnmf,
  fstsl,
  dosl,
  dbn,
  snmf,
  'snmf-gamma': snmfGamma,
  'stnmf-lambda': stnmfLambda,
  kmm,
  kliep,
  ulsif,
  coral,
  tca,
  jda,
  satnmf,
});

export type MethodName = keyof typeof METHODS;

/** Names of {@link METHODS}. */
export const METHOD_NAMES = Object.freeze(Object.keys(METHODS)) as readonly MethodName[];

/**
 * The method of that name.
 *
 * @param options of that method; what is left out has its default
 * @throws {SatnmfError} `bad-argument` for a name or an option that is not known, with the closest one as a
 *   suggestion, and for an option out of range
 *
 * @example
 * const model = await methodByName('satnmf', { r: 64 }).fit(task);
 */
export function methodByName(name: string, options: object = {}): Method {
  const known = checkOneOf('method', name, METHOD_NAMES);
  // Each factory checks its own options, unknown ones included.
  return (METHODS[known] as (options: object) => Method)(options);
}
