/**
 * The figures of docs/accuracy.md, from the answers.
 */
import type { Core } from '../../js/core/index.js';
import { differenceOf, meanOfSchemes, resample, type Resampled } from '../../js/experiment/results/index.js';
import { markdownTable } from '../../js/experiment/report/index.js';
import { CANDIDATES, oracleSearch } from './candidates.js';
import { choosing } from './choosing.js';
import { BETWEEN, BOOTSTRAP, type Question, TARGETS, WITHIN } from './protocol.js';
import { type Answer, answerOf, uarOf } from './records.js';
import { SIZES } from './small.js';

type Kept = Pick<Answer, 'said' | 'truth'>;

const DEFAULT = 'auto';
const percent = (part: number): string => (100 * part).toFixed(1);
const signed = (part: number): string => `${part < 0 ? '−' : '+'}${Math.abs(100 * part).toFixed(1)}`;

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  markdownTable(
    heads.map((head, j) => ({ head, ...(j > 0 && { align: 'right' as const }) })),
    rows,
  );

const BINS = [0, 0.25, 0.35, 0.45, 0.55, 0.6, 0.65, 1];

/** Entries of a question drawn together, so that their differences are paired. */
function drawn(core: Core, stream: number, entries: readonly Kept[]): Resampled[] {
  const { resamples, seed } = BOOTSTRAP;
  return resample(
    core,
    entries[0].truth,
    entries.map(({ said }) => [said]),
    { resamples, seed, stream },
  );
}

/** UAR of the default beside the base and the oracle, question by question. */
function comparison(core: Core, asked: readonly Question[]): string {
  const rows: string[][] = [];
  const all: Resampled[][] = [];
  asked.forEach(({ name }, stream) => {
    const [base, ours, oracle] = ['base', DEFAULT, 'oracle'].map((entry) => answerOf(name, entry));
    if (base === undefined || ours === undefined) return;
    const found = drawn(core, stream, [base, ours, ...(oracle === undefined ? [] : [oracle])]);
    all.push(found);
    rows.push(row(name, choiceOf(base), found));
  });
  if (rows.length === asked.length && rows.length > 1) {
    const depth = Math.min(...all.map((found) => found.length));
    const means = Array.from({ length: depth }, (_, j) => meanOfSchemes(all.map((found) => found[j])));
    rows.push(row('**mean**', '', means));
  }
  return table(['question', 'base', 'chosen by the rule', 'auto', 'auto − base', 'oracle − auto'], rows);
}

function choiceOf({ chosen = '{}' }: Answer): string {
  const { normalize, C } = JSON.parse(chosen) as { normalize: string; C: number };
  return `${normalize}, C = ${C}`;
}

function row(name: string, choice: string, [base, ours, oracle]: readonly Resampled[]): string[] {
  const { difference, low, high } = differenceOf(ours, base);
  return [
    name,
    percent(base.uar),
    choice,
    percent(ours.uar),
    `${signed(difference)} (${signed(low)} … ${signed(high)})`,
    oracle === undefined ? 'not computed' : signed(oracle.uar - ours.uar),
  ];
}

/** The verdict on the targets of the protocol, in a sentence. */
function verdict(core: Core): string {
  const gaps = BETWEEN.flatMap(({ name }, stream) => {
    const [base, ours] = ['base', DEFAULT].map((entry) => answerOf(name, entry));
    if (base === undefined || ours === undefined) return [];
    const [from, to] = drawn(core, stream, [base, ours]);
    return [to.uar - from.uar];
  });
  if (gaps.length < BETWEEN.length) return '';
  const [mean, worst] = [gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length, Math.min(...gaps)];
  const met = ({ mean: least, worst: lowest }: { readonly mean: number; readonly worst: number }): string =>
    100 * mean >= least && 100 * worst >= lowest ? 'met' : 'not met';
  return `Between corpora: ${signed(mean)} on average, ${signed(worst)} at worst. Must ${met(TARGETS.must)}, goal ${met(TARGETS.goal)}.`;
}

/** Mean UAR between corpora. */
function meanUar(entry: string): number {
  const uars = BETWEEN.map(({ name }) => uarOf(answerOf(name, entry) as Answer));
  return uars.reduce((sum, one) => sum + one, 0) / uars.length;
}

/** Mean UAR of every candidate between corpora and within them. */
function ablation(): string {
  const uars = (questions: readonly Question[], entry: string): number[] | null => {
    const found = questions.map(({ name }) => answerOf(name, entry));
    if (found.some((one) => one === undefined)) return null;
    return found.map((one) => uarOf(one as Answer));
  };
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, one) => sum + one, 0) / values.length;
  const rows = ['base', ...CANDIDATES.map(({ name }) => name)].flatMap((entry) => {
    const between = uars(BETWEEN, entry);
    if (between === null) return [];
    const within = uars(WITHIN, entry);
    return [
      [entry, ...between.map(percent), percent(mean(between)), within === null ? '' : percent(mean(within))],
    ];
  });
  return table(['', ...BETWEEN.map(({ name }) => name), 'mean', 'within, mean'], rows);
}

interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly confidence: number;
  readonly right: number;
}

/** Utterances of the default on all pairs: how sure, and right or not. */
function judged(): { confidence: number; right: boolean; question: string }[] {
  return BETWEEN.flatMap(({ name }) => {
    const answer = answerOf(name, DEFAULT);
    return (answer?.confidence ?? []).map((confidence, i) => ({
      confidence,
      right: answer?.said[i] === answer?.truth[i],
      question: name,
    }));
  });
}

function bins(): Bin[] {
  const all = judged();
  return BINS.slice(1).flatMap((to, b) => {
    const from = BINS[b];
    const inside = all.filter(({ confidence }) => confidence > from && confidence <= to);
    if (inside.length === 0) return [];
    return [
      {
        from,
        to,
        count: inside.length,
        confidence: inside.reduce((sum, one) => sum + one.confidence, 0) / inside.length,
        right: inside.filter(({ right }) => right).length / inside.length,
      },
    ];
  });
}

/** The surest half of each pair's utterances against the rest; of equally sure ones, those that come first. */
function halves(): string {
  let [high, low, sum] = [0, 0, 0];
  let pairs = 0;
  let [least, worst] = [Infinity, ''];
  for (const { name } of BETWEEN) {
    const one = judged().filter(({ question }) => question === name);
    if (one.length === 0) continue;
    const order = [...one.keys()].sort((a, b) => one[b].confidence - one[a].confidence || a - b);
    const half = order.length >> 1;
    const share = (rows: readonly number[]): number => rows.filter((i) => one[i].right).length / rows.length;
    const [sure, rest] = [share(order.slice(0, half)), share(order.slice(half))];
    high += sure;
    low += rest;
    sum += sure - rest;
    if (sure - rest < least) [least, worst] = [sure - rest, name];
    pairs++;
  }
  return `The surest half of a pair's utterances is right in ${percent(high / pairs)} %, the rest in ${percent(low / pairs)} %: ${signed(sum / pairs)} points, mean of the pairs, ${signed(least)} on ${worst}.`;
}

function smallTargets(): string {
  const rows = SIZES.map((size) => {
    const cells = (['auto', 'base'] as const).map((who) => {
      const found = BETWEEN.map(({ name }) => answerOf(name, `small ${size} ${who}`));
      if (found.some((one) => one === undefined)) return null;
      const said = found.flatMap((one) => one?.said ?? []);
      const truth = found.flatMap((one) => one?.truth ?? []);
      const right = said.filter((k, i) => k === truth[i]).length;
      const warned = found.reduce((sum, one) => sum + Number.parseInt(one?.chosen ?? '0', 10), 0);
      const fits = found.reduce((sum, one) => sum + Number(/of (\d+)/.exec(one?.chosen ?? '')?.[1] ?? 0), 0);
      return {
        share: right / said.length,
        right: `${right} of ${said.length}`,
        warned: `${warned} of ${fits}`,
      };
    });
    const [ours, base] = cells;
    if (ours === null || base === null) return [String(size), 'not computed', '', ''];
    return [
      String(size),
      `${percent(ours.share)} % (${ours.right})`,
      `${percent(base.share)} % (${base.right})`,
      ours.warned,
    ];
  });
  return table(['recordings', 'auto is right', 'base is right', 'fits of auto with a warning'], rows);
}

/** All tables. */
export function figures(core: Core): string {
  const oracle = oracleSearch().length;
  return `## Figures

Written by \`npm run bench -- accuracy\` from \`bench/results/accuracy.jsonl\`. UAR in %, intervals of 95 %.

### Between corpora

${comparison(core, BETWEEN)}

${verdict(core)} The oracle is the best of ${oracle} configurations on the target's labels.

### Within corpora

${comparison(core, WITHIN)}

### What each ingredient gives

${CANDIDATES.length} candidates; \`auto\` has two rounds of pseudo labels; its ingredients were changed with one.

${ablation()}

### Choosing without labels

UAR of one of the candidates, taken for each pair by what can be seen without its labels. \`auto\` for all comes to
${percent(meanUar(DEFAULT))}.

${choosing()}

### Confidence

${halves()}

![Share of right answers against confidence](reliability.svg)

${table(
  ['confidence', 'utterances', 'mean confidence', 'right'],
  bins().map(({ from, to, count, confidence, right }) => [
    `${from.toFixed(2)} … ${to.toFixed(2)}`,
    String(count),
    percent(confidence),
    percent(right),
  ]),
)}

### Small targets

Recordings drawn from each target, four draws of each size, all pairs together.

${smallTargets()}
`;
}

const SIDE = 300;
const MARGIN = 48;

/** The reliability diagram: a point a bin, its area by how many utterances are in it. */
export function reliability(): string {
  const x = (value: number): number => Math.round(10 * (MARGIN + value * SIDE)) / 10;
  const y = (value: number): number => Math.round(10 * (16 + (1 - value) * SIDE)) / 10;
  const all = bins();
  const most = Math.max(1, ...all.map(({ count }) => count));
  const ticks = [0, 0.25, 0.5, 0.75, 1];
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIDE + MARGIN + 16} ${SIDE + 60}" role="img" aria-label="Share of right answers against confidence">`,
    `<style>text{font:12px system-ui,sans-serif;fill:#1f2328}.grid{stroke:#d1d9e0}.ideal{stroke:#59636e;stroke-dasharray:4 3}.dot{fill:#2f7fc1}@media(prefers-color-scheme:dark){text{fill:#e6edf3}.grid{stroke:#3d444d}.ideal{stroke:#9198a1}.dot{fill:#58a6e6}}</style>`,
    ...ticks.flatMap((tick) => [
      `<line class="grid" x1="${x(0)}" x2="${x(1)}" y1="${y(tick)}" y2="${y(tick)}"/>`,
      `<text x="${x(0) - 6}" y="${y(tick) + 4}" text-anchor="end">${100 * tick}</text>`,
      `<text x="${x(tick)}" y="${y(0) + 16}" text-anchor="middle">${100 * tick}</text>`,
    ]),
    `<line class="ideal" x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}"/>`,
    ...all.map(
      ({ confidence, right, count }) =>
        `<circle class="dot" cx="${x(confidence)}" cy="${y(right)}" r="${(3 + 9 * Math.sqrt(count / most)).toFixed(1)}"><title>${count} utterances</title></circle>`,
    ),
    `<text x="${x(0.5)}" y="${y(0) + 34}" text-anchor="middle">confidence, %</text>`,
    `<text x="14" y="${y(0.5)}" text-anchor="middle" transform="rotate(-90 14 ${y(0.5)})">right, %</text>`,
    '</svg>',
  ];
  return `${lines.join('\n')}\n`;
}
