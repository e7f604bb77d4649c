/**
 * `self-training`: linear weights that adapt to the target by their own answers (docs/recogniser.md, "Adaptation").
 *
 * @module
 */
import type { Declaration, Method } from '../../contract/index.js';
import { checkBoolean, checkNumber, checkWhole } from '../../data/index.js';
import {
  ADAPTATION,
  RECOGNISER_CHECKS,
  RECOGNISER_DEFAULTS,
  recogniserMethod,
  type RecogniserOptions,
} from '../../recogniser/index.js';

/** Options of {@link selfTraining}. */
export interface SelfTrainingOptions extends RecogniserOptions {
  /** Rounds of pseudo labels, at least 1. Default 5. */
  rounds: number;
  /** How firmly answers are taken for pseudo labels, above 0. Default 3. */
  firmness: number;
  /** Share of the answers' own frequencies in the prior of the classes, in [0, 1]; the rest is uniform. Default 0.75. */
  observed: number;
  /** Whether uneven answers are believed more, and a correction that changes many answers is taken in part. Default true. */
  cautious: boolean;
}

const { rounds, firmness, observed, cautious } = ADAPTATION;

const make = recogniserMethod<SelfTrainingOptions>({
  name: 'self-training',
  defaults: { ...RECOGNISER_DEFAULTS, rounds, firmness, observed, cautious },
  checks: {
    ...RECOGNISER_CHECKS,
    rounds: (name, value) => checkWhole(name, value, 1, 1000),
    firmness: (name, value) => checkNumber(name, value, { min: 1e-3, max: 1e3 }),
    observed: (name, value) => checkNumber(name, value, { min: 0, max: 1 }),
    cautious: checkBoolean,
  },
  adaptation: ({ rounds, correction, firmness, observed, cautious }) => ({
    rounds,
    correction,
    firmness,
    observed,
    cautious,
  }),
});

/**
 * Class-balanced self-training around linear weights (Zou et al., ECCV 2018; Yang, Yan & Hauptmann 2007): the weights of
 * {@link linear}, corrected by ridge regressions on their own most certain answers. A target of few rows is not adapted
 * to. Emotions of the target that are handed over as `known` count as what they are.
 *
 * @example
 * const model = await selfTraining().fit({ weights, target: recordings });
 * model.predict(); // ["anger", "fear", …]
 *
 * @throws {SatnmfError} `bad-argument` (options), and from `fit` as `satnmf` does
 */
export function selfTraining(options: Partial<SelfTrainingOptions> = {}): Method<SelfTrainingOptions> {
  return make(options);
}

export const SELF_TRAINING: Declaration<'self-training', SelfTrainingOptions> = {
  name: 'self-training',
  label: 'Self-training',
  make: selfTraining,
  // Ours: it is not in the paper.
  searched: { correction: [1, 3, 10, 30, 100] },
  digest: {},
  traits: { scalesItself: true, usesKnown: true },
};
