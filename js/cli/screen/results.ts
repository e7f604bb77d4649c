/**
 * Results of evaluations as people read them: percent, one table of all methods, one confusion matrix each.
 *
 * @module
 */
import type { Evaluation } from '../../experiment/index.js';
import type { Screen } from './screen.js';
import { markdownTable, right } from '../../experiment/report/index.js';

/** An evaluation with the time its fit took. */
export interface Timed extends Evaluation {
  readonly seconds: number;
}

/** `46.5` for 0.465. A class without utterances has no recall: shown as –. */
export const percent = (fraction: number | null): string =>
  fraction === null ? '–' : (fraction * 100).toFixed(1);

/** Name of a method, with its preset if it has one. */
export const label = ({ method, preset }: Evaluation): string =>
  preset === null ? method : `${method} (${preset})`;

/** Prints a table of UAR, WAR and recalls, the best UAR in bold, then one confusion matrix a method. */
export function printResults(screen: Screen, classes: readonly string[], results: readonly Timed[]): void {
  const best = Math.max(...results.map(({ uar }) => uar));
  const rows = results.map((one) => [
    label(one),
    percent(one.uar),
    percent(one.war),
    ...one.recalls.map(percent),
    one.seconds.toFixed(1),
  ]);
  const columns = [{ head: 'method' }, ...['UAR %', 'WAR %', ...classes, 'seconds'].map(right)];
  const paint = (text: string, row: number, column: number): string =>
    column === 1 && results[row].uar === best ? screen.styled('bold', text) : text;
  screen.print(markdownTable(columns, rows, paint));
  for (const one of results) printConfusion(screen, classes, one);
}

function printConfusion(screen: Screen, classes: readonly string[], one: Timed): void {
  const columns = [{ head: 'truth \\ said' }, ...[...classes, 'recall %'].map(right)];
  const rows = classes.map((emotion, k) => [
    emotion,
    ...one.confusion[k].map(String),
    percent(one.recalls[k]),
  ]);
  const paint = (text: string, row: number, column: number): string =>
    column === row + 1 ? screen.styled('green', text) : text;
  screen.print(`\n${label(one)}\n\n${markdownTable(columns, rows, paint)}`);
}
