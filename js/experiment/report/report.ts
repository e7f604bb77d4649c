// A report: what an experiment came to, in words and tables that any format can be made of.
import { counted } from '../../data/index.js';
import {
  CRITERION_LABELS,
  type DoneRun,
  type Entry,
  type Results,
  type SchemeRuns,
  type Significance,
} from '../results/index.js';
import { type Column, right } from './markdown-table.js';
import { methodLabel } from '../../methods/index.js';
import { meanLabel, optionsLabel, percent } from './names.js';

/** A piece of text; of a cell the best figure is bold. */
export interface Piece {
  readonly text: string;
  readonly bold?: boolean;
}

export type Text = string | readonly Piece[];

export interface ReportTable {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Text[])[];
  /** Rows at the end that sum up the others: a line stands before them. */
  readonly summary: number;
}

export interface Section {
  readonly heading: string;
  /** Paragraphs before the table, which is also captioned by the heading. */
  readonly text: readonly Text[];
  readonly table: ReportTable | null;
}

export interface Report {
  readonly title: string;
  readonly text: readonly Text[];
  readonly sections: readonly Section[];
}

const NONE = '–';

export const piecesOf = (text: Text): readonly Piece[] => (typeof text === 'string' ? [{ text }] : text);

const left = (head: string): Column => ({ head });

export function reportOf(results: Results, significance: Significance | null, title = 'Results'): Report {
  const sections = [
    resultsSection(results),
    choiceSection(results),
    significance && significanceSection(results, significance),
    schemesSection(results.schemes),
    failuresSection(results.schemes),
  ];
  return {
    title,
    text: [
      summary(results),
      [{ text: 'Selection: ' }, { text: CRITERION_LABELS[results.criterion], bold: true }, { text: '.' }],
    ],
    sections: sections.filter((section) => section !== null),
  };
}

function summary({ schemes, methods }: Results): string {
  const cells = schemes.flatMap((one) => one.cells);
  const done: DoneRun[] = cells.flatMap(({ configurations }) => configurations.flatMap(({ runs }) => runs));
  const failed = cells.reduce((sum, cell) => sum + cell.failed.length, 0);
  const unique = (values: readonly string[]): string => [...new Set(values)].sort().join('; ');
  const made =
    done.length === 0
      ? ''
      : ` Made by satnmf ${unique(done.map(({ versions }) => versions.satnmf))} on ${unique(done.map(({ versions }) => versions.runtime))}.`;
  return (
    `${counted(done.length, 'run')} of ${counted(methods.length, 'method')} on ${counted(schemes.length, 'scheme')}` +
    `${failed === 0 ? '' : `, and ${counted(failed, 'run')} that failed`}.${made}`
  );
}

/** Whether the j-th of a row's figures is printed as its largest; equal ones all are. */
function isBest(figures: readonly (number | undefined)[], j: number): boolean {
  const printed = figures.map((figure) => (figure === undefined ? -1 : Number(percent(figure))));
  return printed[j] >= 0 && printed[j] === Math.max(...printed);
}

function resultsSection({ criterion, schemes, methods, entries, averages }: Results): Section {
  const columns = [left('scheme'), ...methods.map((method) => right(methodLabel(method)))];
  const row = (
    head: string,
    figures: readonly ({ uar: number; war: number; label: readonly [string, string] } | null)[],
  ): Text[] => {
    const [uars, wars] = [figures.map((one) => one?.uar), figures.map((one) => one?.war)];
    return [
      head,
      ...figures.map((one, j): Text =>
        one === null
          ? NONE
          : [
              { text: one.label[0], bold: isBest(uars, j) },
              { text: ' / ' },
              { text: one.label[1], bold: isBest(wars, j) },
            ],
      ),
    ];
  };
  const rows = schemes.map(({ scheme }, i) =>
    row(
      scheme,
      entries[i].map((entry) => {
        if (!entry?.chosen) return null;
        const { uar, war } = entry.chosen;
        return { uar: uar.mean, war: war.mean, label: [meanLabel(uar), meanLabel(war)] };
      }),
    ),
  );
  const average = row(
    'average',
    averages.map((one) => one && { ...one, label: [percent(one.uar), percent(one.war)] }),
  );
  const searched = methods.map((_, j) => {
    const counts = entries.flatMap((line) => line[j]?.searched ?? []);
    const [least, most] = [Math.min(...counts), Math.max(...counts)];
    return counts.length === 0 ? NONE : least === most ? String(most) : `${least}–${most}`;
  });
  const several = entries.flat().some((entry) => (entry?.chosen?.uar.count ?? 0) > 1);
  return {
    heading: `UAR / WAR in % on the target (${CRITERION_LABELS[criterion]})`,
    text: [
      'The best figures of each scheme are bold.' +
        (several ? ' Mean ± standard deviation over seeds.' : '') +
        ' The last row counts the configurations that were tried on each scheme.',
    ],
    table: { columns, rows: [...rows, average, ['configurations', ...searched]], summary: 2 },
  };
}

function choiceSection({ criterion, entries }: Results): Section {
  const there = entries.flat().filter((entry): entry is Entry => entry !== null);
  const rows = there.map((entry) => {
    const { chosen, searched, failed } = entry;
    const set = chosen === null ? entry.why : optionsLabel(chosen.varied) || 'the base';
    return [
      entry.scheme,
      methodLabel(entry.method),
      set,
      chosen === null ? NONE : String(chosen.runs.length),
      String(searched),
      String(failed),
    ];
  });
  const columns = [
    left('scheme'),
    left('method'),
    left('parameters'),
    right('seeds'),
    right('tried'),
    right('failed'),
  ];
  return {
    heading:
      criterion === 'none' ? 'Parameters' : `Parameters that were chosen (${CRITERION_LABELS[criterion]})`,
    text: ['Options that the sweep set away from its base.'],
    table: { columns, rows, summary: 0 },
  };
}

const probability = (p: number): string => (p < 0.0001 ? '< 0.0001' : p.toFixed(4));
const signed = (fraction: number): string =>
  fraction < 0 ? `−${percent(-fraction)}` : `+${percent(fraction)}`;

function significanceSection({ criterion }: Results, significance: Significance): Section {
  const { reference, resamples, seed, comparisons } = significance;
  const name = methodLabel(reference);
  const means = comparisons.filter(({ scheme }) => scheme === null);
  const rows = comparisons.map((one): Text[] => [
    one.scheme ?? 'average',
    methodLabel(one.method),
    signed(one.difference),
    `${signed(one.low)} … ${signed(one.high)}`,
    probability(one.p),
    [{ text: probability(one.corrected), bold: one.corrected < 0.05 }],
  ]);
  const columns = [
    left('scheme'),
    left('against'),
    right('difference'),
    right('95 % interval'),
    right('p'),
    right('p, corrected'),
  ];
  return {
    heading: `UAR of ${name} minus that of the other methods, in percentage points`,
    text: [
      `Paired bootstrap over the target's utterances: ${resamples} draws, seed ${seed}; p is two-sided, corrected for ` +
        `the ${counted(comparisons.length, 'comparison')} of the table by Holm's method, bold below 0.05. It tells whether other ` +
        'utterances of the same corpora would change the order, not whether other corpora or speakers would.' +
        (criterion === 'target'
          ? ' Oracle: the parameters were chosen on these utterances, which favours methods with many of them; no p value takes that back.'
          : ''),
    ],
    table: { columns, rows, summary: means.length },
  };
}

function schemesSection(schemes: readonly SchemeRuns[]): Section {
  const columns = [
    left('scheme'),
    left('source'),
    right('rows'),
    left('target'),
    right('rows'),
    left('emotions'),
  ];
  const rows = schemes.map(({ scheme, source, target, classes }) => [
    scheme,
    source.name,
    String(source.rows),
    target.name,
    String(target.rows),
    classes.join(', '),
  ]);
  return { heading: 'Schemes', text: [], table: { columns, rows, summary: 0 } };
}

function failuresSection(schemes: readonly SchemeRuns[]): Section | null {
  const counts = new Map<string, { row: string[]; count: number }>();
  for (const { scheme, cells } of schemes)
    for (const { method, failed } of cells)
      for (const { error } of failed) {
        const row = [scheme, methodLabel(method), error.code, error.message];
        const key = JSON.stringify(row);
        counts.set(key, { row, count: (counts.get(key)?.count ?? 0) + 1 });
      }
  if (counts.size === 0) return null;
  const columns = [left('scheme'), left('method'), left('code'), left('message'), right('runs')];
  // By code unit, so that it does not depend on the order of the store.
  const rows = [...counts.keys()].sort().map((key) => {
    const { row, count } = counts.get(key) as { row: string[]; count: number };
    return [...row, String(count)];
  });
  return { heading: 'Runs that failed', text: [], table: { columns, rows, summary: 0 } };
}
