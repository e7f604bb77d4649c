/**
 * Rows of a report: a figure, what it was held against, and whether it got there.
 */
import type { Spread } from './measure.js';

export const NOT_MEASURED = 'not measured';

/** One line of a report, as `--json` prints it. */
export interface Row {
  readonly name: string;
  /** Median, in `unit`. */
  readonly value: number | typeof NOT_MEASURED;
  readonly unit: string;
  /** Against the peer that the name says; null where the value itself is what counts. */
  readonly ratio: number | null;
  /** `'≥ 0.85'`, `'≤ 25 ms'`: of the ratio, or of the value where there is none. Empty: for information. */
  readonly target: string;
  /** Null: not measured, or nothing was asked. */
  readonly met: boolean | null;
  /** What would be better still; same form as `target`, never judged. */
  readonly goal: string;
  /** Smallest and largest of what is judged; null if it was taken once. */
  readonly range: readonly [number, number] | null;
  /** What the reader must know: versions, the kernel a peer chose, why it is absent. */
  readonly note: string;
}

/** What a subject says of one row. Figures may be single numbers or spreads. */
export interface RowParts {
  readonly name: string;
  readonly value: number | Spread;
  readonly unit: string;
  readonly ratio?: number | Spread;
  readonly target?: string;
  readonly goal?: string;
  readonly note?: string;
}

const TARGET = /^(≥|≤|<|>)\s*(\d+(?:\.\d+)?)/;

/** Comparison and bound of a target such as `'≥ 0.85'`. */
function parsed(target: string): { atLeast: boolean; strict: boolean; bound: number } {
  const parts = TARGET.exec(target);
  if (!parts) throw new RangeError(`A target reads like "≥ 0.85" or "≤ 25 ms", not "${target}".`);
  const [, sign, number] = parts;
  return {
    atLeast: sign === '≥' || sign === '>',
    strict: sign === '<' || sign === '>',
    bound: Number(number),
  };
}

/** How a measured row stands to a target: 1 is just there, 2 twice as good, 0.5 half as good. */
export function standing({ value, ratio }: Row, target: string): number {
  const { atLeast, bound } = parsed(target);
  const got = ratio ?? Number(value);
  return atLeast ? got / bound : bound / got;
}

/**
 * Whether a figure reaches a target such as `'≥ 0.85'`, `'≤ 2x'` or `'≤ 25 ms'`; text behind the number
 * is for the reader. Null for an empty target.
 */
export function reaches(figure: number, target: string): boolean | null {
  if (target === '') return null;
  const { atLeast, strict, bound } = parsed(target);
  if (figure === bound) return !strict;
  return atLeast ? figure > bound : figure < bound;
}

const middle = (figure: number | Spread): number => (typeof figure === 'number' ? figure : figure.median);

/** A measured row. Medians are judged. */
export function row({ name, value, unit, ratio, target = '', goal = '', note = '' }: RowParts): Row {
  const judged = ratio ?? value;
  return {
    name,
    value: middle(value),
    unit,
    ratio: ratio === undefined ? null : middle(ratio),
    target,
    met: reaches(middle(judged), target),
    goal,
    range: typeof judged === 'number' ? null : [judged.low, judged.high],
    note,
  };
}

/** A row that could not be measured, with the reason: which peer or runtime is absent. */
export function notMeasured(name: string, because: string, { target = '', goal = '' } = {}): Row {
  return {
    name,
    value: NOT_MEASURED,
    unit: '',
    ratio: null,
    target,
    met: null,
    goal,
    range: null,
    note: because,
  };
}

/** Three significant digits, without exponents for what a reader meets. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return '0';
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value.toFixed(Math.min(digits, 8));
}

/** How the table says whether the target was met. */
export function verdict({ value, target, met }: Row): string {
  if (value === NOT_MEASURED) return NOT_MEASURED;
  if (target === '' || met === null) return '';
  return met ? 'met' : 'falls short';
}

/** The rows as a Markdown table, their notes numbered below it. */
export function markdown(rows: readonly Row[]): string {
  const notes = [...new Set(rows.map(({ note }) => note).filter((note) => note !== ''))];
  const mark = (note: string): string => (note === '' ? '' : ` [${notes.indexOf(note) + 1}]`);
  const head = ['what', 'value', 'ratio', 'range', 'target', 'goal', ''];
  const body = rows.map((one) => [
    one.name + mark(one.note),
    one.value === NOT_MEASURED ? NOT_MEASURED : `${figure(one.value)} ${one.unit}`.trim(),
    one.ratio === null ? '' : figure(one.ratio),
    one.range === null ? '' : `${figure(one.range[0])}–${figure(one.range[1])}`,
    one.target,
    one.goal,
    verdict(one),
  ]);
  const widths = head.map((_, j) => Math.max(3, ...[head, ...body].map((cells) => cells[j].length)));
  const onTheLeft = (j: number): boolean => j === 0 || j > 3;
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, j) => (onTheLeft(j) ? cell.padEnd(widths[j]) : cell.padStart(widths[j]))).join(' | ')} |`;
  const rule = widths.map((width, j) => (onTheLeft(j) ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  const below = notes.map((note, i) => `[${i + 1}] ${note}`);
  return [
    line(head),
    `| ${rule.join(' | ')} |`,
    ...body.map(line),
    ...(below.length > 0 ? ['', below.join('  \n')] : []),
  ].join('\n');
}
