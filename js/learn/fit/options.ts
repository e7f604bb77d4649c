// Options of methods: what all have, presets, and reading them with every value checked.
import type { SigmaRule } from '../../core/samples/index.js';
import { checkKeys, checkNumber, checkOneOf, checkWhole } from '../../data/index.js';
import { NORMALIZE_CHOICES, type NormalizeChoice } from '../../data/scaling/index.js';
import { SVM_SCHEMES, type SvmScheme } from '../svm/index.js';

/** Names of the sets of defaults (method.md, Presets). */
export const PRESETS = ['auto', 'paper', 'robust'] as const;
export type Preset = (typeof PRESETS)[number];

/** Presets that state a value for everything. */
type Stated = Exclude<Preset, 'auto'>;

/** Defaults of a method by preset; `auto` is `robust` with other values for some, for all methods `normalize: 'auto'`. */
export type Defaults<O extends CommonOptions> = Readonly<Record<Stated, O> & { auto?: Partial<O> }>;

/** What every method has. */
export interface CommonOptions {
  /**
   * Where the other defaults come from: `robust` (default), `paper`, which follows Luo & Han 2019, or `auto`, which
   * looks at the data (docs/accuracy.md).
   */
  preset: Preset;
  /** How features get into [0, 1], each corpus by itself. `robust`: `min-max`, `paper`: `speaker-min-max`, `auto`: `auto`. */
  normalize: NormalizeChoice;
  /** Multi-class scheme of SVMs. `robust` `ovr-l2`, `paper` `ovo`. */
  svm: SvmScheme;
  /** Constant appended to each row of an SVM; 0 or less: none. Default 1. */
  bias: number;
  /** Seed of everything random, a whole number in [0, 2^53). Default 1. */
  seed: number;
}

/** A check of each option: passes a good value through, refuses others by a sentence. */
export type Checks<O> = { readonly [K in keyof O]: (name: string, value: unknown) => O[K] };

export const COMMON_CHECKS: Checks<CommonOptions> = {
  preset: (name, value) => checkOneOf(name, value, PRESETS),
  normalize: (name, value) => checkOneOf(name, value, NORMALIZE_CHOICES),
  svm: (name, value) => checkOneOf(name, value, SVM_SCHEMES),
  bias: (name, value) => checkNumber(name, value, { min: -1, max: 1e30 }),
  seed: (name, value) => checkWhole(name, value),
};

/** Common defaults by preset (contracts: the tables of docs/method.md, Presets). */
export const COMMON_DEFAULTS: Defaults<CommonOptions> = {
  paper: { preset: 'paper', normalize: 'speaker-min-max', svm: 'ovo', bias: 1, seed: 1 },
  robust: { preset: 'robust', normalize: 'min-max', svm: 'ovr-l2', bias: 1, seed: 1 },
};

/** What methods have that end in no SVM on the features: it decides where a target is too small. */
export interface BaseOptions extends CommonOptions {
  /** C > 0 of the SVM that decides where a target is too small. `robust` 0.001, `paper` 1. */
  baseC: number;
}

/** C of an SVM on the features, by preset. */
const FEATURES_C: Readonly<Record<Stated, number>> = { paper: 1, robust: 0.001 };

/**
 * Defaults of a method whose presets differ in what all methods have, and in the C of the SVM on the features.
 * @param name what the method calls this C: `baseC` where it is not the SVM that the method ends in
 * @param same the other options
 */
export function defaultsWith<S extends object, K extends 'C' | 'baseC'>(
  name: K,
  same: S,
): Defaults<CommonOptions & S & Record<K, number>> {
  const of = (preset: Stated) =>
    ({ ...COMMON_DEFAULTS[preset], ...same, [name]: FEATURES_C[preset] }) as CommonOptions &
      S &
      Record<K, number>;
  return { paper: of('paper'), robust: of('robust') };
}

/** C of an SVM: beyond these no solver could tell it from none. */
export function checkC(name: string, value: unknown): number {
  return checkNumber(name, value, { min: 1e-30, max: 1e30 });
}

export const BASE_CHECKS: Checks<BaseOptions> = { ...COMMON_CHECKS, baseC: checkC };

/** A weight of a term ≥ 0. Past 1e12 the products would leave float32. */
export function checkWeight(name: string, value: unknown): number {
  return checkNumber(name, value, { min: 0, max: 1e12 });
}

/** A number of components, units, trials …, at least one. */
export function checkCount(name: string, value: unknown): number {
  return checkWhole(name, value, 1, 65536);
}

/** As {@link checkCount}, where 0 means none. */
export function checkOptionalCount(name: string, value: unknown): number {
  return checkWhole(name, value, 0, 65536);
}

/** Most iterations. */
export function checkIterations(name: string, value: unknown): number {
  return checkWhole(name, value, 1, 1e6);
}

/** A part of something. */
export function checkPart(name: string, value: unknown): number {
  return checkNumber(name, value, { min: 0, max: 1 });
}

/** A rule for the width of the graph's heat kernel. */
export function checkSigma(name: string, value: unknown): SigmaRule {
  return checkOneOf(name, value, ['mean-pair', 'mean-neighbour', 'local']);
}

/**
 * All options of a method, defaults filled in; frozen.
 * @param method its name, for messages
 * @throws {SatnmfError} `bad-argument` for an unknown option or one out of range
 */
export function readOptions<O extends CommonOptions>(
  method: string,
  defaults: Defaults<O>,
  checks: Checks<O>,
  given: Partial<O>,
): Readonly<O> {
  checkKeys(method, given, Object.keys(checks));
  const preset = COMMON_CHECKS.preset('preset', given.preset ?? 'robust');
  const options: O =
    preset === 'auto'
      ? { ...defaults.robust, ...defaults.auto, preset, normalize: 'auto' }
      : { ...defaults[preset] };
  for (const name of Object.keys(given) as (keyof O & string)[])
    if (given[name] !== undefined) options[name] = checks[name](name, given[name]);
  return Object.freeze(options);
}
