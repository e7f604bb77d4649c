/**
 * CSV: tables with one line of names and one line an utterance, and the side-cars of NPY tables.
 *
 * @module
 */
import Papa from 'papaparse';
import { type Corpus, quote } from '../data/index.js';
import { SatnmfError } from '../errors.js';
import { exactDecimal } from './decimal.js';
import { checkLimit, MAX_COLUMNS } from './limits.js';
import { checkFeatureNames, type Columns, findRepeated, isRowData, planColumns } from './row-data.js';
import { Rows, type TableOptions } from './rows.js';
import { complain, type Place, readText, writeText } from './text.js';

const DELIMITERS = [',', ';', '\t'] as const;

/** The delimiter that occurs most often outside quotes in the line of names; a comma if none does. */
function guessDelimiter(text: string): string {
  const counts = new Map<string, number>();
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at];
    if (letter === '"') quoted = !quoted;
    else if (letter === '\n' && !quoted) break;
    else if (!quoted) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  }
  return DELIMITERS.reduce<string>(
    (best, one) => ((counts.get(one) ?? 0) > (counts.get(best) ?? 0) ? one : best),
    ',',
  );
}

/** Lines that a row with line breaks inside its cells takes. */
const height = (cells: readonly string[]): number =>
  cells.reduce((lines, cell) => (cell.includes('\n') ? lines + cell.split('\n').length - 1 : lines), 1);

/** Calls `take` with the cells of each row that is not blank, and the line (from 1) that it begins in. */
function eachRow(text: string, file: string, take: (cells: string[], line: number) => void): void {
  let line = 1;
  Papa.parse<string[]>(text, {
    delimiter: guessDelimiter(text),
    newline: '\n',
    quoteChar: '"',
    step: ({ data, errors }) => {
      if (errors.length > 0)
        complain('bad-file', { file, row: line }, 'a quoted cell does not end where it should', {
          expected: 'a quote before the next delimiter or the end of the line',
        });
      if (data.length > 1 || (data[0] ?? '').trim() !== '') take(data, line);
      line += height(data);
    },
  });
}

/** Names must be there, differ, and not be numbers, which would be a table without its first line. */
function checkNames(names: readonly string[], file: string, line: number): void {
  checkLimit(file, 'columns', names.length, MAX_COLUMNS);
  names.forEach((name, j) => {
    if (name.trim() !== '') return;
    const place = { file, row: line, column: j + 1 };
    complain('bad-file', place, 'has no name; the first line must name every column');
  });
  const repeated = findRepeated(names);
  if (repeated !== null) {
    const [first, second] = repeated;
    const place = { file, row: line, column: second + 1 };
    complain('bad-file', place, `is called ${quote(names[second].trim())}, and so is column ${first + 1}`);
  }
  if (names.every((name) => Number.isFinite(Number(name))))
    complain('bad-file', { file, row: line }, 'holds numbers; the first line must name the columns');
}

/**
 * A table of features: a line of names, then a line an utterance. Columns called
 * `file`/`filename`/`name`, `speaker` and `emotion`/`class`/`label` fill these fields; `sex`, `gender`,
 * `text`, `seconds`, `frametime`, `start` and `end` are kept as they are; all others are features and
 * must be decimal numbers. Emotions become lower case. Delimiter: comma, semicolon or tab.
 *
 * @param file name for messages, and for the corpus (without folder and extension)
 * @throws {SatnmfError} `bad-file`, `not-finite`, `too-few-rows` or `too-large`, with file, row and column
 *   counted from 1
 */
export function parseCsv(bytes: Uint8Array, file: string, options: TableOptions = {}): Corpus {
  return parseRows(bytes, file, options, (names, place) => {
    const columns = planColumns(names, () => false);
    if (columns.features.length === 0)
      complain('bad-file', place, 'names no feature; every column is row data', {
        expected: 'at least one numeric column',
      });
    return columns;
  });
}

/** @param plan tells what each column is, by the line of names */
function parseRows(
  bytes: Uint8Array,
  file: string,
  options: TableOptions,
  plan: (names: readonly string[], place: Place) => Columns,
): Corpus {
  let rows: Rows | undefined;
  eachRow(readText(bytes, file), file, (cells, line) => {
    if (rows !== undefined) return rows.add(cells, line);
    checkNames(cells, file, line);
    rows = new Rows(file, cells, plan(cells, { file, row: line }), options);
  });
  if (rows === undefined) complain('bad-file', { file }, 'is empty');
  return rows.finish(options);
}

/** Names its first line row data only, as that of an NPY table's side-car does? */
export function isSideCar(bytes: Uint8Array): boolean {
  const end = bytes.findIndex((byte) => byte === 10 || byte === 13);
  const line = new TextDecoder().decode(bytes.subarray(0, end < 0 ? bytes.length : end));
  return line.split(guessDelimiter(line)).every((name) => isRowData(name.trim().replace(/^"|"$/g, '')));
}

/** Row data of a table whose features are elsewhere. */
export type RowData = Pick<Corpus, 'file' | 'speaker' | 'emotion' | 'extra'> & { readonly rows: number };

/**
 * The side-car of an NPY table: `file,speaker,sex,emotion,text,seconds` in any order, `file` required;
 * more columns are kept.
 *
 * @throws {SatnmfError} `bad-file` or `too-large`, with file, row and column counted from 1
 */
export function parseRowData(bytes: Uint8Array, file: string): RowData {
  const table = parseRows(bytes, file, {}, (names, place) => {
    const columns = planColumns(names, () => true);
    if (!columns.field.includes('file'))
      complain('bad-file', place, 'must name a column "file"', {
        expected: 'file,speaker,sex,emotion,text,seconds',
        actual: names.join(',').slice(0, 80),
      });
    return columns;
  });
  return { ...table, rows: table.features.rows };
}

/** One line of cells, without its line end; cells are quoted where that is needed. */
export function formatCsvLine(cells: readonly (string | null)[]): string {
  return cells
    .map((cell) => {
      if (cell === null) return '';
      return /[",;\t\n\r]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
    })
    .join(',');
}

/** Order of the known columns in files that are written; others follow as they came. */
const ORDER = ['file', 'speaker', 'sex', 'emotion', 'text', 'seconds'];

/** Row data of a corpus as columns for a file: `file`, `speaker` and `emotion` always, others if it has them. */
export function rowDataColumns(table: Corpus): [name: string, values: readonly (string | null)[]][] {
  const lists = new Map<string, readonly (string | null)[]>(Object.entries(table.extra));
  lists.set('file', table.file).set('speaker', table.speaker).set('emotion', table.emotion);
  const place = (name: string): number => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);
  return [...lists].sort(([a], [b]) => place(a) - place(b));
}

/** The side-car of an NPY table: see {@link parseRowData}. */
export function formatRowData(table: Corpus): Uint8Array {
  const columns = rowDataColumns(table);
  function* lines(): Generator<string> {
    yield formatCsvLine(columns.map(([name]) => name));
    for (let i = 0; i < table.features.rows; i++) yield formatCsvLine(columns.map(([, values]) => values[i]));
  }
  return writeText(lines(), table.name);
}

/**
 * A CSV table of features: row data first, then the features in nine significant digits, which read back
 * as the same float32.
 *
 * @throws {SatnmfError} `bad-argument` for a feature whose name would be taken for row data, or row data whose
 *   name would be taken for a feature; `too-large`
 */
export function formatCsv(table: Corpus): Uint8Array {
  checkFeatureNames(table);
  const columns = rowDataColumns(table);
  const unknown = columns.find(([name]) => !isRowData(name))?.[0];
  if (unknown !== undefined)
    throw new SatnmfError(
      'bad-argument',
      `${table.name}: a CSV table would take the column ${quote(unknown)} for a feature; write an ARFF or NPY table`,
      { argument: 'extra', actual: unknown },
    );
  const { rows, cols, data } = table.features;
  function* lines(): Generator<string> {
    yield formatCsvLine([...columns.map(([name]) => name), ...table.columns]);
    for (let i = 0; i < rows; i++) {
      const values = Array.from(data.subarray(i * cols, (i + 1) * cols), exactDecimal);
      yield [formatCsvLine(columns.map(([, list]) => list[i])), ...values].join(',');
    }
  }
  return writeText(lines(), table.name);
}
