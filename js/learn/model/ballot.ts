// Several SVMs' decisions on the same utterances become one.
import { type Decisions, highestColumns, predictClasses } from '../svm/index.js';
import { majorityVote, marginVote } from './vote.js';

/** `majority`: the class that most trials give; `margin`: the highest mean decision value. */
export type Vote = 'majority' | 'margin';

/** What the trials say together; row i of each field belongs to utterance i. */
export interface Ballot {
  /** Class index; ties go to the lowest. */
  readonly winners: Int32Array;
  /** `rows x classes`: share of the trials that gave the class. */
  readonly shares: Float64Array;
  /** `rows x classes`: mean decision values. */
  readonly margins: Float64Array;
}

/** The base SVM's decisions on the same utterances, which join those of the trials. */
export interface Fusion {
  readonly base: Decisions;
  /** Factor of its decision values before they are added to the mean of the trials'. */
  readonly factor: number;
}

/** Counts the decisions of one or more trials, in their order; with a fusion the base SVM is one more voter. */
export function ballotOf(said: readonly Decisions[], vote: Vote, fusion?: Fusion): Ballot {
  const { classes } = said[0];
  const voters = fusion === undefined ? said : [...said, fusion.base];
  const { shares, winners } = majorityVote(voters.map(predictClasses), classes);
  const mean = meanMargins(said);
  if (vote === 'majority') return { winners, shares, margins: mean };
  if (fusion !== undefined)
    for (let i = 0; i < mean.length; i++) mean[i] += fusion.factor * fusion.base.margins[i];
  return { winners: highestColumns(mean, mean.length / classes, classes), shares, margins: mean };
}

/**
 * Shares of utterances on which trials and base SVM agree: from the upper one on the trials are trusted, below the
 * lower one not at all (ours: docs/accuracy.md). Adaptation that changes every third answer went astray.
 */
const TRUST = { none: 0.6, full: 0.8 };

/** Share of utterances on which the mean of the trials and the base SVM name the same class. */
export function agreementOf(said: readonly Decisions[], base: Decisions): number {
  const { rows, classes } = base;
  const [trials, own] = [meanMargins(said), base.margins].map((margins) =>
    highestColumns(margins, rows, classes),
  );
  return own.reduce((sum, k, i) => sum + (k === trials[i] ? 1 : 0), 0) / rows;
}

/** How far trials are trusted that agree with the base SVM on that share of the utterances: in [0.001, 1]. */
export const trustIn = (agreement: number): number =>
  Math.min(1, Math.max(0.001, (agreement - TRUST.none) / (TRUST.full - TRUST.none)));

/**
 * Factor by which the base SVM's decision values weigh `weight` times as much as the mean of the trials', both
 * measured by their standard deviation over all utterances and classes; more where the trials are not trusted: their
 * part 1 / (1 + weight) of the sum shrinks with {@link trustIn}. 0 where either says the same throughout.
 */
export function fusionFactor(weight: number, said: readonly Decisions[], base: Decisions): number {
  const [trials, own] = [deviation(meanMargins(said)), deviation(base.margins)];
  if (!(trials > 0 && own > 0)) return 0;
  return (((1 + weight) / trustIn(agreementOf(said, base)) - 1) * trials) / own;
}

function meanMargins(said: readonly Decisions[]): Float64Array {
  return marginVote(
    said.map(({ margins }) => margins),
    said[0].classes,
  ).margins;
}

/** Population standard deviation; both sums in the order of the values. */
function deviation(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) * (value - mean);
  return Math.sqrt(squares / values.length);
}
