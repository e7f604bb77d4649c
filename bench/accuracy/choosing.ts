/**
 * Choosing one of the candidates for each question without its labels: what that would come to.
 */
import type { Core } from '../../js/core/index.js';
import { markdownTable } from '../../js/experiment/report/index.js';
import { linearSvm } from '../../js/methods/svm/index.js';
import { CANDIDATES } from './candidates.js';
import { BETWEEN, type Question } from './protocol.js';
import { answered, answerOf, uarOf } from './records.js';
import type { Signs } from './signs.js';
import { type AskedTask, unlabelled } from './tasks.js';

/** Those of which signs are kept. */
const chosenFrom = (question: Question): string[] =>
  CANDIDATES.map(({ name }) => name).filter(
    (name) => answerOf(question.name, name)?.signs?.balance !== undefined,
  );

/**
 * Reverse validation (Zhong et al. 2010): an SVM learns from what a candidate said of the target, and is held against the
 * labels of the source.
 */
export async function askReverse(
  core: Core,
  question: Question,
  { task, classes }: AskedTask,
): Promise<void> {
  const { source, target } = task;
  for (const name of chosenFrom(question))
    await answered(question.name, `reverse ${name}`, async () => {
      const said = (answerOf(question.name, name)?.said ?? []).map((k) => classes[k]);
      const truth = source.emotion.map((emotion) => classes.indexOf(emotion as string));
      // Where one emotion is said of all, that is all that can be learnt.
      if (new Set(said).size < 2) return { said: truth.map(() => classes.indexOf(said[0])), truth };
      const learnt = {
        ...source,
        ...target,
        emotion: said,
        sex: said.map(() => null),
        text: said.map(() => null),
      };
      const model = await linearSvm({ preset: 'auto' }).fit(
        { source: { ...learnt, extra: {} }, target: unlabelled(source) },
        { core },
      );
      return { said: model.predict().map((emotion) => classes.indexOf(emotion)), truth };
    });
}

type Sign = (question: Question, name: string) => number;

const seen =
  (sign: keyof Signs): Sign =>
  (question, name) =>
    answerOf(question.name, name)?.signs?.[sign] ?? -Infinity;

const uarAt: Sign = (question, name) => {
  const answer = answerOf(question.name, name);
  return answer === undefined ? -Infinity : uarOf(answer);
};

const others: Sign = (question, name) =>
  BETWEEN.filter((one) => one !== question).reduce((sum, one) => sum + uarAt(one, name), 0);

const WAYS: readonly (readonly [string, Sign])[] = [
  ['highest mean confidence (agreement of the trials)', seen('agreement')],
  ['most answers as the base SVM', seen('base')],
  ['emotions most equally often (entropy)', seen('balance')],
  [
    'reverse validation',
    (question, name) => {
      const answer = answerOf(question.name, `reverse ${name}`);
      return answer === undefined ? -Infinity : uarOf(answer);
    },
  ],
  ['best on the mean of the other five pairs', others],
  ['best on its own labels (what no one has)', uarAt],
];

/** UAR of what each way would choose, pair by pair; of equals the first. */
export function choosing(): string {
  const percent = (part: number): string => (100 * part).toFixed(1);
  const rows = WAYS.map(([way, sign]) => {
    const uars = BETWEEN.map((question) => {
      const names = chosenFrom(question);
      const [best] = names
        .map((name) => ({ name, value: sign(question, name) }))
        .sort((a, b) => b.value - a.value);
      return uarAt(question, best.name);
    });
    return [way, ...uars.map(percent), percent(uars.reduce((sum, one) => sum + one, 0) / uars.length)];
  });
  return markdownTable(
    ['chosen by', ...BETWEEN.map(({ name }) => name), 'mean'].map((head, j) => ({
      head,
      ...(j > 0 && { align: 'right' as const }),
    })),
    rows,
  );
}
