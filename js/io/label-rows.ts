/**
 * What a labels.csv tells about recordings, found by their names.
 *
 * @module
 */
import { quote } from '../data/index.js';
import { SatnmfError } from '../errors.js';
import { parseRowData, type RowData } from './csv.js';

/** Row data by field: `speaker`, `emotion`, `sex`, `text`, … */
export type Labels = Readonly<Record<string, string | null>>;

/** The last part of a path of forward slashes. */
export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** A table with the columns file, speaker, sex, emotion, text: by whole names, then by names without folders. */
export class LabelRows {
  readonly #rows: RowData;
  readonly #byName = new Map<string, number>();
  /** Null where several rows have one name without folders, which then tells nothing. */
  readonly #byBase = new Map<string, number | null>();
  readonly #used = new Set<number>();

  /**
   * @param file for messages
   * @throws {SatnmfError} `bad-file`: a table that cannot be read, or tells of one recording twice
   */
  constructor(
    readonly file: string,
    bytes: Uint8Array,
  ) {
    this.#rows = parseRowData(bytes, file);
    for (const [row, name] of this.#rows.file.entries()) {
      if (name === null) continue;
      const path = name.replaceAll('\\', '/');
      if (this.#byName.has(path))
        throw new SatnmfError('bad-file', `${file}, row ${row + 2}: is a second row for ${quote(name)}`, {
          file,
          row: row + 2,
        });
      this.#byName.set(path, row);
      this.#byBase.set(baseName(path), this.#byBase.has(baseName(path)) ? null : row);
    }
  }

  /** Null where no row tells of it. */
  of(name: string): Labels | null {
    const path = name.replaceAll('\\', '/');
    const row = this.#byName.get(path) ?? this.#byBase.get(baseName(path)) ?? null;
    if (row === null) return null;
    this.#used.add(row);
    const { speaker, emotion, extra } = this.#rows;
    const others = Object.entries(extra).map(([key, list]) => [key, list[row]] as const);
    return { ...Object.fromEntries(others), speaker: speaker[row], emotion: emotion[row] };
  }

  /** Rows that no recording asked for. */
  get unused(): number {
    return this.#rows.rows - this.#used.size;
  }
}
