/**
 * All methods, by the names that the command line and model files use; in `satnmf/methods`.
 *
 * To add a method: a folder whose index.ts exports a Declaration, its import and its place here, its test, and its section
 * in docs/method.md.
 *
 * @module
 */
import { checkOneOf } from '../data/index.js';
import type { Declaration, Method, SearchedValues } from '../contract/index.js';
import { CORAL } from './coral/index.js';
import { DBN } from './dbn/index.js';
import { DOSL } from './dosl/index.js';
import { FSTSL } from './fstsl/index.js';
import { JDA } from './jda/index.js';
import { KLIEP } from './kliep/index.js';
import { KMM } from './kmm/index.js';
import { LINEAR } from './linear/index.js';
import { MSDA } from './msda/index.js';
import { SATNMF } from './satnmf/index.js';
import { SELF_TRAINING } from './self-training/index.js';
import { SNMF } from './snmf/index.js';
import { SNMF_GAMMA } from './snmf-gamma/index.js';
import { STNMF_LAMBDA } from './stnmf-lambda/index.js';
import { SVM } from './svm/index.js';
import { TCA } from './tca/index.js';
import { TNMF } from './tnmf/index.js';
import { ULSIF } from './ulsif/index.js';

/**
 * In the order in which `all` runs them, the paper's: the method to beat first, then what the paper compares with,
 * what it does not, SATNMF, and what learns from several corpora last.
 */
const DECLARED = [
  SVM,
  MSDA,
  TNMF,
  FSTSL,
  DOSL,
  DBN,
  SNMF,
  SNMF_GAMMA,
  STNMF_LAMBDA,
  KMM,
  KLIEP,
  ULSIF,
  CORAL,
  TCA,
  JDA,
  SATNMF,
  LINEAR,
  SELF_TRAINING,
] as const;

type Declared = (typeof DECLARED)[number];
export type MethodName = Declared['name'];

/** What each method says of itself, in the order in which `all` runs them. */
export const DECLARATIONS: readonly Declaration[] = Object.freeze(DECLARED);

/** Names of {@link METHODS}. */
export const METHOD_NAMES: readonly MethodName[] = Object.freeze(DECLARED.map(({ name }) => name));

const byName = <T>(part: (declared: Declaration) => T): Readonly<Record<string, T>> =>
  Object.freeze(Object.fromEntries(DECLARATIONS.map((declared) => [declared.name, part(declared)])));

/** The factory of each method, by its name. */
export const METHODS = byName(({ make }) => make) as {
  readonly [N in MethodName]: Extract<Declared, { name: N }>['make'];
};

/** Options of each method with the values that Luo & Han (2019, §3) searched, or those that stand in for them. */
export const SEARCHED: Readonly<Record<string, SearchedValues>> = byName(({ searched }) => searched);

const LABELS = byName(({ label }) => label);

/** Whether a method takes trained weights in place of sources, or beside them. */
export const takesWeights = (name: string): boolean =>
  DECLARATIONS.some((declared) => declared.name === name && declared.traits?.scalesItself === true);

/** The name of a method as its authors write it; a name that is not known stays as it is. */
export function methodLabel(name: string): string {
  return Object.hasOwn(LABELS, name) ? LABELS[name] : name;
}

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
