/**
 * What came of each question, one JSON object a line in bench/results/accuracy.jsonl: what is there is not computed
 * again, so a run that was stopped goes on. Remove lines to have them made anew.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { score } from '../../js/experiment/index.js';

import type { Signs } from './signs.js';

const FILE = 'bench/results/accuracy.jsonl';

export interface Answer {
  readonly question: string;
  /** `base`, `oracle`, `small`, or a candidate. */
  readonly entry: string;
  /** What was chosen, where there was a choice. */
  readonly chosen?: string;
  /** Class index of each utterance of the target. */
  readonly said: readonly number[];
  readonly truth: readonly number[];
  readonly confidence?: readonly number[];
  readonly signs?: Signs;
  /** CPU seconds of this process. */
  readonly seconds: number;
}

const answers: Answer[] = existsSync(FILE)
  ? readFileSync(FILE, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Answer)
  : [];

export const answerOf = (question: string, entry: string): Answer | undefined =>
  answers.find((one) => one.question === question && one.entry === entry);

/** Computes an answer unless it is there. */
export async function answered(
  question: string,
  entry: string,
  make: () => Promise<Omit<Answer, 'question' | 'entry' | 'seconds'>>,
): Promise<Answer> {
  const kept = answerOf(question, entry);
  if (kept !== undefined) return kept;
  const before = process.cpuUsage();
  const made = await make();
  const { user, system } = process.cpuUsage(before);
  const answer = { question, entry, ...made, seconds: Math.round((user + system) / 1e4) / 100 };
  answers.push(answer);
  mkdirSync('bench/results', { recursive: true });
  appendFileSync(FILE, `${JSON.stringify(answer)}\n`);
  return answer;
}

/** Mean recall of the classes of the truth, a fraction. */
export function uarOf({ said, truth }: Pick<Answer, 'said' | 'truth'>): number {
  const classes = [...new Set([...truth, ...said])].map(String);
  return score(truth.map(String), said.map(String), classes).uar;
}
