/**
 * The protocol of bench/accuracy: base, default and its ingredients, small targets, oracle, on every question.
 *
 *   npm run bench -- accuracy
 *
 * Takes hours; what bench/results/accuracy.jsonl has is not computed again. Tables go to docs/accuracy.md, between its marks.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { baseSvm, chooseBase } from '../accuracy/base.js';
import { askReverse } from '../accuracy/choosing.js';
import { CANDIDATES, oracleSearch } from '../accuracy/candidates.js';
import { figures, reliability } from '../accuracy/document.js';
import { BETWEEN, type Question, WITHIN } from '../accuracy/protocol.js';
import { answered, uarOf } from '../accuracy/records.js';
import { signsOf } from '../accuracy/signs.js';
import { askSmall, SIZES } from '../accuracy/small.js';
import { type AskedTask, taskOf } from '../accuracy/tasks.js';
import { load } from '../../js/core/index.js';
import type { Method } from '../../js/contract/index.js';
import { AdaptedModel } from '../../js/learn/model/index.js';
import { satnmf } from '../../js/methods/satnmf/index.js';
import { shareWork } from '../../js/learn/fit/index.js';

const core = await load();
const questions = [...BETWEEN, ...WITHIN];
const say = (sentence: string): void => console.error(sentence);

async function ask({ task, truth, classes }: AskedTask, method: Method) {
  const model = await method.fit(task, { core });
  const { emotions, confidence } = model.classify();
  return {
    ...(model instanceof AdaptedModel && { signs: signsOf(task, model) }),
    said: emotions.map((emotion) => classes.indexOf(emotion)),
    truth: truth.map((emotion) => classes.indexOf(emotion)),
    confidence: Array.from(confidence, (value) => Math.round(1000 * value) / 1000),
  };
}

async function base(question: Question, asked: AskedTask) {
  const answer = await answered(question.name, 'base', async () => {
    const chosen = await chooseBase(core, asked.task.source);
    return { chosen: JSON.stringify(chosen), ...(await ask(asked, baseSvm(chosen))) };
  });
  return JSON.parse(answer.chosen as string) as Parameters<typeof baseSvm>[0];
}

/** What is told first, and within corpora, for time's sake, all that is asked. */
const FIRST = ['auto', 'robust', 'SVM, scaling of auto', 'SVM, min–max', 'one round'];

const candidates =
  (chosen: (name: string) => boolean) =>
  async (question: Question, asked: AskedTask): Promise<void> => {
    for (const { name, method } of CANDIDATES.filter((one) => chosen(one.name))) {
      const answer = await answered(question.name, name, () => ask(asked, method));
      say(`${question.name}  ${(100 * uarOf(answer)).toFixed(1)}  ${name}  ${answer.seconds} s`);
    }
  };

async function small(question: Question, asked: AskedTask): Promise<void> {
  const chosen = await base(question, asked);
  for (const size of SIZES)
    for (const [who, method] of [
      ['auto', satnmf({ preset: 'auto' })],
      ['base', baseSvm(chosen)],
    ] as const)
      await answered(question.name, `small ${size} ${who}`, async () => {
        const { warned, fits, ...answer } = await askSmall(core, asked, size, method);
        return { chosen: `${warned} of ${fits} fits warned`, ...answer };
      });
}

const reverse = (question: Question, asked: AskedTask): Promise<void> => askReverse(core, question, asked);

async function oracle(question: Question, asked: AskedTask): Promise<void> {
  await answered(question.name, 'oracle', async () => {
    let best: (Awaited<ReturnType<typeof ask>> & { readonly chosen: string }) | undefined;
    const search = oracleSearch();
    await shareWork(core, async (shared) => {
      for (const options of search) {
        const model = await satnmf(options).fit(asked.task, { core, shared });
        const said = model.predict().map((emotion) => asked.classes.indexOf(emotion));
        const truth = asked.truth.map((emotion) => asked.classes.indexOf(emotion));
        if (best === undefined || uarOf({ said, truth }) > uarOf(best))
          best = { said, truth, confidence: [], chosen: JSON.stringify(options) };
      }
    });
    const found = best as NonNullable<typeof best>;
    say(`${question.name}  ${(100 * uarOf(found)).toFixed(1)}  oracle of ${search.length}  ${found.chosen}`);
    return found;
  });
}

for (const [stage, over] of [
  [base, questions],
  [candidates((name) => FIRST.includes(name)), BETWEEN],
  [small, BETWEEN],
  [candidates((name) => FIRST.includes(name)), WITHIN],
  [candidates(() => true), BETWEEN],
  [reverse, BETWEEN],
  [oracle, BETWEEN],
] as const)
  for (const question of over) await stage(question, await taskOf(question));

const FILE = 'docs/accuracy.md';
const text = readFileSync(FILE, 'utf8');
const [head] = text.split('<!-- figures -->');
writeFileSync('docs/reliability.svg', reliability());
writeFileSync(
  FILE,
  await format(`${head}<!-- figures -->\n\n${figures(core)}`, { parser: 'markdown', printWidth: 120 }),
);
