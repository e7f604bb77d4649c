// Options of SATNMF and its special cases: meanings, ranges, presets.
import type { Scale, Update } from '../factor/index.js';
import type { SigmaRule } from '../../core/samples/index.js';
import { checkOneOf, checkWhole } from '../../data/index.js';
import { SatnmfError } from '../../errors.js';
import {
  checkC,
  checkCount,
  checkIterations,
  checkOptionalCount,
  checkPart,
  type Checks,
  checkSigma,
  checkWeight,
  COMMON_CHECKS,
  COMMON_DEFAULTS,
  type CommonOptions,
  type Defaults,
  readOptions,
} from '../fit/index.js';

/** Options of {@link satnmf}; every one may be left out. Defaults are those of the preset. */
export interface NmfOptions extends CommonOptions {
  /** Rank r ≥ 1: columns of U. `robust` 128, `paper` 64 (ours; the paper searches 16 … 512). */
  r: number;
  /** k ≥ 0 nearest neighbours of the graph, clamped to N − 1. Default 5 (ours; the paper searches 1 … 15). */
  neighbours: number;
  /** Random starts, ≥ 1, that vote. `robust` 5, `paper` 11 (ours; the paper does not say). */
  trials: number;
  /** α ≥ 0, class-wise against marginal discrepancy. Default 1 (ours; the paper searches 0.01 … 1000). */
  alpha: number;
  /** β ≥ 0, weight of the source's labels. `robust` 10, `paper` 100. */
  beta: number;
  /** λ ≥ 0, weight of the graph. Default 0.1. */
  lambda: number;
  /** γ ≥ 0, weight of the discrepancy between corpora (MMD). `robust` 100, `paper` 10. */
  gamma: number;
  /** Label weight E of a row's own class, ≥ 0. `paper` 0.001 (the paper's (2)), `robust` 1. */
  pos: number;
  /** Label weight E of the other classes, ≥ 0. Default 1. */
  neg: number;
  /** The rules descend Γ = E^power: 1 is the printed rule (3), 2 the printed objective (8) (method.md, Label weights). Default 1. */
  power: 1 | 2;
  /** Width of the heat kernel: mean distance of all pairs (default) or of neighbours, or a width a row. */
  sigma: SigmaRule;
  /** Scale that U and V share: `robust` `invariant`, `paper` `end` (method.md, Scale). */
  scale: Scale;
  /** Rules of an iteration: `robust` `accelerated-hals`, `paper` `mu` (method.md, Multiplicative updates, method.md, Coordinate descent). */
  update: Update;
  /** Most iterations, ≥ 1. `robust` 100, `paper` 300. */
  maxIterations: number;
  /** Stops once the KKT residual (method.md, KKT residual) is at most this; 0 never. `robust` 1e-3, `paper` 0. */
  tolerance: number;
  /** Stops, from iteration 10 on, once five of them lower the objective by at most this part; 0 never. `robust` 0.01, `paper` 0. */
  objectiveTolerance: number;
  /** C > 0 of the SVM on the codes. Default 1. */
  C: number;
  /** C > 0 of the base SVM on the features, which gives the pseudo labels. `robust` 0.001, `paper` 1. */
  baseC: number;
  /** What the codes' SVM sees: codes as they are (`paper`), or scaled to a mean row norm of 1 (`robust`). */
  codes: 'as-they-are' | 'unit-mean-norm';
  /** Vote of the trials: `majority` (`paper`) or highest mean decision value, `margin` (`robust`). */
  vote: 'majority' | 'margin';
  /**
   * Weight ≥ 0 of the base SVM's decision values beside the trials' mean, both scaled to a deviation of 1 over the
   * target; a vote by majority does not look at it. Unless it is 0 it grows where the two agree on less than 80 % of the target, until
   * at 60 % the base SVM is alone. Default 0, `auto` 0.5 (ours: docs/accuracy.md).
   */
  fusion: number;
  /**
   * Rounds ≥ 1 of all trials: those after the first take what the round before says of the target as its pseudo
   * labels. Default 1, `auto` 2 (ours: docs/accuracy.md).
   */
  rounds: number;
}

const COMMON = {
  neighbours: 5,
  alpha: 1,
  lambda: 0.1,
  neg: 1,
  power: 1,
  sigma: 'mean-pair',
  C: 1,
  fusion: 0,
  rounds: 1,
} as const;

const DEFAULTS: Defaults<NmfOptions> = {
  paper: {
    ...COMMON_DEFAULTS.paper,
    ...COMMON,
    r: 64,
    trials: 11,
    beta: 100,
    gamma: 10,
    pos: 0.001,
    scale: 'end',
    update: 'mu',
    maxIterations: 300,
    tolerance: 0,
    objectiveTolerance: 0,
    baseC: 1,
    codes: 'as-they-are',
    vote: 'majority',
  },
  robust: {
    ...COMMON_DEFAULTS.robust,
    ...COMMON,
    r: 128,
    trials: 5,
    beta: 10,
    gamma: 100,
    pos: 1,
    scale: 'invariant',
    update: 'accelerated-hals',
    maxIterations: 100,
    tolerance: 1e-3,
    objectiveTolerance: 1e-2,
    baseC: 0.001,
    codes: 'unit-mean-norm',
    vote: 'margin',
  },
  auto: { fusion: 0.5, rounds: 2 },
};

/** Checks of an option; nothing is left to be found out in the middle of a fit. */
const CHECKS: Checks<NmfOptions> = {
  ...COMMON_CHECKS,
  r: checkCount,
  neighbours: checkOptionalCount,
  trials: checkCount,
  alpha: checkWeight,
  beta: checkWeight,
  lambda: checkWeight,
  gamma: checkWeight,
  pos: checkWeight,
  neg: checkWeight,
  power: (name, value) => checkWhole(name, value, 1, 2) as 1 | 2,
  sigma: checkSigma,
  scale: (name, value) => checkOneOf(name, value, ['end', 'invariant']),
  update: (name, value) => checkOneOf(name, value, ['mu', 'accelerated-hals']),
  maxIterations: checkIterations,
  tolerance: checkPart,
  objectiveTolerance: checkPart,
  C: checkC,
  baseC: checkC,
  codes: (name, value) => checkOneOf(name, value, ['as-they-are', 'unit-mean-norm']),
  vote: (name, value) => checkOneOf(name, value, ['majority', 'margin']),
  fusion: checkWeight,
  rounds: checkCount,
};

/**
 * All options of a factorisation.
 * @param method its name, for messages
 * @param zero weights that this special case has at 0 (method.md, Special cases)
 * @throws {SatnmfError} `bad-argument` for an unknown option or one out of range
 */
export function nmfOptions(
  method: string,
  given: Partial<NmfOptions>,
  zero: readonly ('alpha' | 'beta' | 'lambda' | 'gamma')[] = [],
): Readonly<NmfOptions> {
  const without = (options: NmfOptions): NmfOptions => {
    const special = { ...options };
    for (const name of zero) special[name] = 0;
    return special;
  };
  const { paper, robust, ...others } = DEFAULTS;
  const defaults = { paper: without(paper), robust: without(robust), ...others };
  const options = readOptions(method, defaults, CHECKS, given);
  for (const name of zero)
    if (options[name] !== 0)
      throw new SatnmfError(
        'bad-argument',
        `"${name}" is 0 in ${method}, got ${options[name]}; satnmf has it`,
        {
          argument: name,
          expected: '0',
          actual: String(options[name]),
        },
      );
  return options;
}
