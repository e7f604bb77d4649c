/**
 * Several SVMs' decisions on the same utterances become one.
 *
 * @module
 */
import { type Decisions, highestColumns, predictClasses } from './linear-svm.js';

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
  const { rows, classes } = said[0];
  const shares = new Float64Array(rows * classes);
  const margins = new Float64Array(rows * classes);
  for (const decisions of said) {
    predictClasses(decisions).forEach((k, i) => shares[i * classes + k]++);
    for (let at = 0; at < margins.length; at++) margins[at] += decisions.margins[at];
  }
  for (let at = 0; at < margins.length; at++) {
    shares[at] /= said.length;
    margins[at] /= said.length;
  }
  return { winners: highestColumns(vote === 'majority' ? shares : margins, rows, classes), shares, margins };
}
