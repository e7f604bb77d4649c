/**
 * Rows of a text table on their way to a `Corpus`; CSV and ARFF share it.
 *
 * @module
 */
import { type Corpus, corpus, counted, quote, replaceMissing } from '../data/index.js';
import { decimal, whyNot } from './decimal.js';
import { checkSize, MAX_ROWS } from './limits.js';
import type { Columns } from './row-data.js';
import { complain } from './text.js';

/** How a table is read. */
export interface TableOptions {
  /**
   * What happens to a missing or non-finite value: `refuse` (default) names its place in an error,
   * `median` puts the median of its column there and reports how many there were.
   */
  missing?: 'refuse' | 'median';
  /** Receives sentences that the user should read. */
  onWarning?: (sentence: string) => void;
}

/** `emodb` of `some/where/emodb.npy`. */
export function corpusName(file: string): string {
  const base = file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
  const dot = base.lastIndexOf('.');
  return dot > 0 ? base.slice(0, dot) : base;
}

/** Replaces missing values if the options say so, and reports it. The table has none otherwise. */
export function settleMissing(table: Corpus, file: string, options: TableOptions): Corpus {
  if (options.missing !== 'median') return table;
  const { corpus: whole, values, columns } = replaceMissing(table);
  if (values > 0)
    options.onWarning?.(
      `${file}: replaced ${counted(values, 'missing or non-finite value')} in ` +
        `${counted(columns, 'column')} by the median of the column`,
    );
  return whole;
}

/** A cell of row data; nothing, or ARFF's `?`, is null. */
const known = (cell: string): string | null => {
  const text = cell.trim();
  return text === '' || text === '?' ? null : text;
};

/** Collects rows of cells. Complaints count rows and columns from 1, as an editor shows them. */
export class Rows {
  readonly #file: string;
  readonly #columns: Columns;
  readonly #names: readonly string[];
  readonly #keepMissing: boolean;
  readonly #lists: (string | null)[][];
  #features: Float32Array;
  #rows = 0;

  constructor(file: string, names: readonly string[], columns: Columns, options: TableOptions) {
    this.#file = file;
    this.#names = names;
    this.#columns = columns;
    this.#keepMissing = options.missing === 'median';
    this.#lists = names.map(() => []);
    this.#features = new Float32Array(Math.max(1, columns.features.length) * 16);
  }

  /** @throws {SatnmfError} `bad-file` for a wrong number of cells or a bad number, `not-finite`, `too-large` */
  add(cells: readonly string[], line: number): void {
    const names = this.#names;
    if (cells.length !== names.length)
      complain(
        'bad-file',
        { file: this.#file, row: line },
        `has ${cells.length} cells, the header has ${names.length}`,
        { expected: `${names.length} cells`, actual: String(cells.length) },
      );
    const width = this.#columns.features.length;
    checkSize(this.#file, this.#rows + 1, width);
    let at = this.#rows * width;
    if (at + width > this.#features.length) this.#grow();
    for (let j = 0; j < cells.length; j++) {
      const field = this.#columns.field[j];
      if (field === null) {
        const value = decimal(cells[j]);
        if (value !== value) this.#refuse(cells[j], line, j);
        this.#features[at++] = value;
      } else {
        const text = known(cells[j]);
        this.#lists[j].push(field === 'emotion' && text !== null ? text.toLowerCase() : text);
      }
    }
    this.#rows++;
  }

  /** @throws {SatnmfError} `too-few-rows` if no row was added */
  finish(options: TableOptions): Corpus {
    const { field, key, features } = this.#columns;
    if (this.#rows === 0) complain('too-few-rows', { file: this.#file }, 'has no rows');
    const list = (name: string): { [key: string]: (string | null)[] } => {
      const column = (field as readonly (string | null)[]).indexOf(name);
      return column < 0 ? {} : { [name]: this.#lists[column] };
    };
    const extra = this.#lists.flatMap((values, j) =>
      field[j] === 'extra' ? [[key[j], values] as const] : [],
    );
    const table = corpus({
      name: corpusName(this.#file),
      features: {
        rows: this.#rows,
        cols: features.length,
        data: this.#features.slice(0, this.#rows * features.length),
      },
      columns: features,
      ...list('file'),
      ...list('speaker'),
      ...list('emotion'),
      extra: Object.fromEntries(extra),
    });
    return settleMissing(table, this.#file, options);
  }

  #grow(): void {
    const limit = MAX_ROWS * this.#columns.features.length;
    const size = Math.min(this.#features.length * 2, limit);
    let larger: Float32Array;
    try {
      larger = new Float32Array(size);
    } catch (cause) {
      const needed = `${size * 4} bytes of memory`;
      complain('too-large', { file: this.#file }, `needs ${needed}, more than there are`, {
        expected: needed,
        cause,
      });
    }
    larger.set(this.#features);
    this.#features = larger;
  }

  /** Says why a cell is no number, unless missing values are to be replaced and it is one. */
  #refuse(cell: string, line: number, column: number): void {
    const place = { file: this.#file, row: line, column: column + 1, name: this.#names[column].trim() };
    const why = whyNot(cell);
    if (why === 'not a number') {
      const comma = /^[+-]?\d+,\d+$/.test(cell.trim()) ? ' (decimals are written with a point)' : '';
      complain('bad-file', place, `${quote(cell)} is not a decimal number${comma}`, {
        expected: 'a decimal number',
        actual: cell.slice(0, 40),
      });
    }
    if (this.#keepMissing) return;
    const said =
      why === 'missing'
        ? cell.trim() === ''
          ? 'is empty'
          : `is missing (${quote(cell.trim())})`
        : `${quote(cell)} is not finite in float32`;
    complain('not-finite', place, said, { expected: 'a finite number', actual: cell.slice(0, 40) });
  }
}
