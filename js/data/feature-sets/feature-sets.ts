// Feature sets that are known by name: files say the name instead of thousands of column names. A new set is a row here.
import { COMPARE_WIDTH, compareNames } from './compare-2013.js';

/** Name → number of features, and their names in order. */
const SETS: readonly { readonly name: string; readonly width: number; columns(): readonly string[] }[] = [
  { name: 'compare-2013', width: COMPARE_WIDTH, columns: compareNames },
];

/** Column names as files hold them: the name of their set, or the names themselves. */
export function shortColumns(columns: readonly string[]): string | readonly string[] {
  const known = SETS.find(
    (set) => set.width === columns.length && set.columns().every((name, j) => name === columns[j]),
  );
  return known?.name ?? columns;
}

/** Column names of the set of this name, or `stored` itself if it names none. */
export const longColumns = (stored: unknown): unknown =>
  SETS.find(({ name }) => name === stored)?.columns() ?? stored;

/** Column names of a table that has nothing but numbers, if the number of its columns is that of a set. */
export const columnsOfWidth = (cols: number): readonly string[] | undefined =>
  SETS.find(({ width }) => width === cols)?.columns();
