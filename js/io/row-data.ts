/**
 * Row data: the columns of a table that say something about the utterance and are no features.
 *
 * @module
 */
import { type Corpus, quote } from '../data/index.js';
import { SatnmfError } from '../errors.js';

/** Fields of a `Corpus` that a column may fill; `extra` columns are kept under their names. */
export type RowField = 'file' | 'speaker' | 'emotion' | 'extra';

/** Names (lower case) by what they fill; where several columns fill one field, the first listed here does. */
const FIELDS: Record<Exclude<RowField, 'extra'>, readonly string[]> = {
  file: ['file', 'filename', 'name'],
  speaker: ['speaker'],
  emotion: ['emotion', 'class', 'label'],
};

/** Known columns that are kept but not interpreted. */
const KEPT = ['sex', 'gender', 'text', 'seconds', 'frametime', 'start', 'end', 'remarks'];

const KNOWN = new Set([...Object.values(FIELDS).flat(), ...KEPT]);

type NamedColumns = Pick<Corpus, 'name' | 'columns'>;

/** Is `name`, in any case, a column of row data? */
export const isRowData = (name: string): boolean => KNOWN.has(name.trim().toLowerCase());

/** Places of the first two columns with one name, or null; case does not tell names of row data apart. */
export function findRepeated(names: readonly string[]): [first: number, second: number] | null {
  const seen = new Map<string, number>();
  for (let j = 0; j < names.length; j++) {
    const name = names[j].trim();
    const key = isRowData(name) ? name.toLowerCase() : name;
    const before = seen.get(key);
    if (before !== undefined) return [before, j];
    seen.set(key, j);
  }
  return null;
}

/** @throws {SatnmfError} `bad-argument` */
function refuseName({ name: table, columns }: NamedColumns, column: number, why: string): never {
  const name = columns[column];
  throw new SatnmfError('bad-argument', `${table}: feature ${column} is called ${quote(name)}, ${why}`, {
    argument: 'columns',
    column,
    actual: name,
  });
}

/**
 * A table in one file tells features from row data by their names.
 *
 * @throws {SatnmfError} `bad-argument` for a feature that would be taken for row data, or whose name is
 *   empty, begins or ends with a space, or is another one's too
 */
export function checkFeatureNames(table: NamedColumns): void {
  const refuse = (column: number, why: string): never =>
    refuseName(table, column, `${why}; rename it, or write an NPY table`);
  table.columns.forEach((name, j) => {
    if (isRowData(name)) refuse(j, 'which a CSV or ARFF table would take for row data');
    if (name === '' || name.trim() !== name)
      refuse(j, 'and names must not be empty or begin or end with a space');
  });
  const repeated = findRepeated(table.columns);
  if (repeated !== null) refuse(repeated[1], `and so is feature ${repeated[0]}`);
}

/**
 * Names that stand one a line in a file of their own.
 *
 * @throws {SatnmfError} `bad-argument` for a name that is blank, holds a line break, or is another one's too
 */
export function checkNameLines(table: NamedColumns): void {
  const seen = new Set<string>();
  table.columns.forEach((name, column) => {
    if (name.trim() !== '' && !/[\r\n]/.test(name) && !seen.has(name)) return void seen.add(name);
    const why = seen.has(name) ? 'as an earlier one is' : 'which cannot stand in a line';
    refuseName(table, column, `${why}; rename it`);
  });
}

/** What each column of a table is: a feature (null), or row data under a key. */
export interface Columns {
  readonly field: readonly (RowField | null)[];
  /** Key of each row-data column: the field's name, or that of an extra column. */
  readonly key: readonly string[];
  /** Names of the features, in order. */
  readonly features: readonly string[];
}

/**
 * Sorts columns into row data and features.
 *
 * @param textual columns that hold words by their type, whatever their name: kept as extra row data
 */
export function planColumns(names: readonly string[], textual: (column: number) => boolean): Columns {
  const lower = names.map((name) => name.trim().toLowerCase());
  const filledBy = new Map<number, RowField>();
  for (const [field, known] of Object.entries(FIELDS)) {
    const first = known.map((name) => lower.indexOf(name)).find((column) => column >= 0);
    if (first !== undefined) filledBy.set(first, field as RowField);
  }
  const field = lower.map((name, column): RowField | null => {
    const filled = filledBy.get(column);
    if (filled !== undefined) return filled;
    return KNOWN.has(name) || textual(column) ? 'extra' : null;
  });
  return {
    field,
    key: names.map((name, j) =>
      field[j] === 'extra' ? (KNOWN.has(lower[j]) ? lower[j] : name.trim()) : (field[j] ?? ''),
    ),
    features: names.filter((_, j) => field[j] === null).map((name) => name.trim()),
  };
}
