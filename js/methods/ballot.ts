/**
 * Several SVMs' decisions on the same utterances become one.
 *
 * @module
 */
import { type Decisions, predictClasses } from './linear-svm.js';
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

/** Counts the decisions of one or more trials, in their order. */
export function ballotOf(said: readonly Decisions[], vote: Vote): Ballot {
  const { classes } = said[0];
  const { shares, winners } = majorityVote(said.map(predictClasses), classes);
  const mean = marginVote(
    said.map(({ margins }) => margins),
    classes,
  );
  return { winners: vote === 'majority' ? winners : mean.winners, shares, margins: mean.margins };
}
