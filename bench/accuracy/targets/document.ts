/**
 * The tables of docs/accuracy.md on the targets, from what was said of them. They stand between the document's marks.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { type Core, random } from '../../../js/core/index.js';
import { markdownTable } from '../../../js/experiment/report/index.js';
import { type Said, uarOf, warOf } from './ask.js';
import {
  LABELLED,
  LANGUAGES,
  LISTS,
  type List,
  ONE_SPEAKER,
  type Target,
  TARGETS,
  UNBALANCED,
} from './targets.js';

type Lines = ReadonlyMap<string, Said | number | number[]>;

const MARKS = ['<!-- targets -->', '<!-- end of targets -->'] as const;
const AROUSED = ['anger', 'fear', 'happiness'];
const PLEASANT = ['happiness', 'neutral'];
const RESAMPLES = 500;

const percent = (part: number): string => (Number.isFinite(part) ? (100 * part).toFixed(1) : '–');
const signed = (part: number): string => `${part < 0 ? '−' : '+'}${Math.abs(100 * part).toFixed(1)}`;
const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  markdownTable(
    heads.map((head, j) => ({ head, ...(j > 0 && { align: 'right' as const }) })),
    rows,
  );

const saidOf = (lines: Lines, list: List, target: Target, entry: string): Said | undefined =>
  lines.get(`${list} ${target} ${entry}`) as Said | undefined;

/** What was said of each target that there is. */
const all = (lines: Lines, list: List, entry: string): Said[] =>
  TARGETS.flatMap((target) => saidOf(lines, list, target, entry) ?? []);

/** Binary UAR from the sum of the probabilities of one side against the other. */
function binary({ classes, probabilities, truth }: Said, side: readonly string[]): number {
  const c = classes.length;
  const said = truth.map((_, i) => {
    let sum = 0;
    classes.forEach((name, k) => (sum += side.includes(name) ? probabilities[i * c + k] : 0));
    return sum > 0.5 ? 'yes' : 'no';
  });
  return uarOf({ truth: truth.map((one) => (side.includes(one) ? 'yes' : 'no')), emotions: said });
}

/** Expected calibration error in ten bins, and how much oftener the surer half is right. */
function calibration({ classes, probabilities, truth, emotions }: Said): { error: number; surer: number } {
  const c = classes.length;
  const judged = emotions.map((emotion, i) => ({
    sure: probabilities[i * c + classes.indexOf(emotion)],
    right: emotion === truth[i] ? 1 : 0,
  }));
  let error = 0;
  for (let bin = 0; bin < 10; bin++) {
    const inside = judged.filter(({ sure }) => Math.min(9, Math.floor(10 * sure)) === bin);
    if (inside.length === 0) continue;
    const gap = mean(inside.map(({ right }) => right)) - mean(inside.map(({ sure }) => sure));
    error += (Math.abs(gap) * inside.length) / judged.length;
  }
  const order = [...judged].sort((a, b) => b.sure - a.sure);
  const half = order.length >> 1;
  const right = (some: typeof order): number => mean(some.map((one) => one.right));
  return { error, surer: right(order.slice(0, half)) - right(order.slice(half)) };
}

/** 95 % interval of the mean UAR over targets, rows drawn with replacement within each. */
function interval(core: Core, said: readonly Said[]): string {
  const means: number[] = [];
  core.scoped(() => {
    const draw = random(core, 1, 6);
    for (let n = 0; n < RESAMPLES; n++)
      means.push(
        mean(
          said.map(({ truth, emotions }) => {
            const rows = truth.map(() => draw.below(truth.length));
            return uarOf({ truth: rows.map((i) => truth[i]), emotions: rows.map((i) => emotions[i]) });
          }),
        ),
      );
  });
  means.sort((a, b) => a - b);
  return `${percent(means[Math.floor(0.025 * RESAMPLES)])}–${percent(means[Math.floor(0.975 * RESAMPLES)])}`;
}

const ENTRIES = ['trained', 'adapted', 'trained, no speakers', 'adapted, no speakers', 'predict'];

function means(core: Core, lines: Lines): string {
  const rows = (Object.keys(LISTS) as List[]).map((list) => [
    `\`${list}\``,
    ...ENTRIES.map((entry) => percent(mean(all(lines, list, entry).map(uarOf)))),
    interval(core, all(lines, list, 'adapted')),
  ]);
  return table(['weights', ...ENTRIES, 'adapted, 95 %'], rows);
}

function byTarget(lines: Lines): string {
  const rows = TARGETS.map((target) => [
    `${target} (${LANGUAGES[target]})`,
    ...(['open', 'research'] as const).flatMap((list) =>
      ENTRIES.map((entry) => {
        const said = saidOf(lines, list, target, entry);
        return said === undefined ? '–' : percent(uarOf(said));
      }),
    ),
  ]);
  const heads = (['open', 'research'] as const).flatMap((list) =>
    ENTRIES.map((entry) => `${list}: ${entry}`),
  );
  return table(['target', ...heads], rows);
}

function bySex(lines: Lines): string {
  const rows = ['f', 'm'].map((sex) => {
    const some = all(lines, 'research', 'adapted').flatMap((said) => {
      const rows = [...said.truth.keys()].filter((i) => said.sex[i] === sex);
      return rows.length === 0
        ? []
        : [uarOf({ truth: rows.map((i) => said.truth[i]), emotions: rows.map((i) => said.emotions[i]) })];
    });
    return [sex === 'f' ? 'women' : 'men', percent(mean(some)), String(some.length)];
  });
  return table(['speakers', 'adapted', 'targets'], rows);
}

function numbersOf(lines: Lines, entry: string): number[][] {
  return TARGETS.flatMap((target) => {
    const found = lines.get(`research ${target} ${entry}`);
    return Array.isArray(found) ? [found] : typeof found === 'number' ? [[found]] : [];
  });
}

function labels(lines: Lines): string {
  const rows = (['random', 'suggested'] as const).map((how) => {
    const found = numbersOf(lines, `labelled, ${how}`);
    return [
      how,
      ...LABELLED.sizes.map((_, j) => percent(mean(found.map((one) => one[j])))),
      String(found.length),
    ];
  });
  return table(['rows that are labelled', ...LABELLED.sizes.map(String), 'targets'], rows);
}

function oneSpeaker(lines: Lines): string {
  const found = ONE_SPEAKER.sizes.map((size) =>
    numbersOf(lines, `${size} of one speaker`)
      .flat()
      .filter((value) => Number.isFinite(value)),
  );
  return table(
    ['recordings of one speaker', ...ONE_SPEAKER.sizes.map(String)],
    [
      ['UAR', ...found.map((values) => percent(mean(values)))],
      ['targets', ...found.map((values) => String(values.length))],
    ],
  );
}

function unbalanced(lines: Lines): string {
  const rows = UNBALANCED.emotions.map((emotion) => {
    const found = numbersOf(lines, `mostly ${emotion}`);
    const gains = (from: number, to: number) => found.map((one) => one[to] - one[from]);
    return [
      `mostly ${emotion}`,
      signed(mean(gains(0, 1))),
      signed(Math.min(...gains(0, 1))),
      signed(mean(gains(2, 3))),
      signed(Math.min(...gains(2, 3))),
    ];
  });
  return table(['target', 'UAR', 'worst UAR', 'WAR', 'worst WAR'], rows);
}

function trust(lines: Lines): string {
  const rows = (['open', 'research'] as const).flatMap((list) =>
    ENTRIES.slice(0, 4).map((entry) => {
      const said = all(lines, list, entry);
      const found = said.map(calibration);
      return [
        `${list}: ${entry}`,
        mean(found.map(({ error }) => error)).toFixed(3),
        signed(mean(found.map(({ surer }) => surer))),
        percent(mean(said.map((one) => binary(one, AROUSED)))),
        percent(mean(said.map((one) => binary(one, PLEASANT)))),
        percent(mean(said.map(warOf))),
      ];
    }),
  );
  return table(['weights', 'calibration error', 'surer half', 'arousal', 'valence', 'WAR'], rows);
}

/** Writes the tables between the marks of docs/accuracy.md. */
export async function writeAccuracy(core: Core, lines: Lines): Promise<void> {
  const file = 'docs/accuracy.md';
  const text = readFileSync(file, 'utf8');
  const [begin, end] = MARKS.map((mark) => text.indexOf(mark));
  if (begin < 0 || end < begin) throw new Error(`${file} lacks its marks.`);
  const parts = [
    ['Means over the targets', means(core, lines)],
    ['By target', byTarget(lines)],
    ['Some rows labelled (`research`)', labels(lines)],
    ['One speaker (`research`)', oneSpeaker(lines)],
    ['Unbalanced targets (`research`): adapted − trained', unbalanced(lines)],
    ['Trust', trust(lines)],
    ['Women and men (`research`)', bySex(lines)],
  ].map(([head, body]) => `### ${head}\n\n${body}`);
  const whole = `${text.slice(0, begin)}${MARKS[0]}\n\n${parts.join('\n\n')}\n\n${text.slice(end)}`;
  writeFileSync(file, await format(whole, { parser: 'markdown', printWidth: 130, proseWrap: 'preserve' }));
}
