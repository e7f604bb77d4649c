/**
 * Tables: files with the features of a corpus, one line an utterance.
 *
 * | extension                | what                                                                       |
 * | ------------------------ | -------------------------------------------------------------------------- |
 * | `.npy`                   | features (`<f4` or `<f8`, rows x features); beside it `X.csv` and `X.columns.txt` |
 * | `.csv`, `.tsv`, `.txt`   | everything in one file: see `parseCsv`                                     |
 * | `.arff`                  | everything in one file: see `parseArff`                                    |
 *
 * Files are asked for by name and handed back as bytes, so all of this works where there is no file system.
 *
 * @module
 */
import { columnsOfWidth, type Corpus, corpus, quote } from '../data/index.js';
import { formatArff, parseArff } from './arff.js';
import { formatCsv, formatRowData, isSideCar, parseCsv, parseRowData } from './csv.js';
import { checkSize } from './limits.js';
import { readNpy, writeNpy } from './npy.js';
import { checkNameLines } from './row-data.js';
import { corpusName, settleMissing, type TableOptions } from './rows.js';
import { complain, readText, writeText } from './text.js';

/** Bytes of the file of that name, null if there is none. */
export type ReadFile = (name: string) => Promise<Uint8Array | null>;

const FORMATS = '.npy, .csv, .tsv, .txt or .arff';

/** `{ stem: 'a/b', extension: '.npy' }` of `a/b.NPY`. */
function splitName(name: string): { stem: string; extension: string } {
  const found = /\.[^./\\]*$/.exec(name);
  return found === null
    ? { stem: name, extension: '' }
    : { stem: name.slice(0, found.index), extension: found[0].toLowerCase() };
}

/** Names in the `X.columns.txt` beside a table: one a line, `cols` of them, all different. */
function readColumnNames(bytes: Uint8Array, file: string, cols: number): string[] {
  const names = readText(bytes, file).replace(/\n+$/, '').split('\n');
  if (names.length !== cols)
    complain('bad-file', { file }, `has ${names.length} lines, the table has ${cols} columns`, {
      expected: String(cols),
      actual: String(names.length),
    });
  const seen = new Map<string, number>();
  names.forEach((name, j) => {
    const before = seen.get(name);
    if (name.trim() === '') complain('bad-file', { file, row: j + 1 }, 'is empty, it should name a column');
    if (before !== undefined)
      complain('bad-file', { file, row: j + 1 }, `names ${quote(name)}, and so does row ${before + 1}`);
    seen.set(name, j);
  });
  return names;
}

/** Features of an NPY file as float32, refused if a value does not fit unless it may be replaced. */
function toFloat32(
  data: ArrayLike<number>,
  cols: number,
  names: readonly string[],
  file: string,
  options: TableOptions,
): Float32Array {
  const features = data instanceof Float32Array ? data : Float32Array.from(data);
  if (options.missing === 'median') return features;
  for (let at = 0; at < features.length; at++) {
    if (features[at] - features[at] === 0) continue;
    const row = Math.floor(at / cols);
    const column = at - row * cols;
    const place = { file, row: row + 1, column: column + 1, name: names[column] };
    const actual = String(data[at]);
    complain('not-finite', place, `is ${actual}, not finite in float32`, {
      expected: 'a finite number',
      actual,
    });
  }
  return features;
}

async function readNpyTable(
  bytes: Uint8Array,
  file: string,
  read: ReadFile,
  options: TableOptions,
): Promise<Corpus> {
  const { shape, data } = readNpy(bytes, file);
  if (shape.length !== 2)
    complain('bad-file', { file }, `has ${shape.length} dimensions, a table has two: rows x features`, {
      expected: '2 dimensions',
      actual: String(shape.length),
    });
  const [rows, cols] = shape;
  checkSize(file, rows, cols);
  if (rows === 0) complain('too-few-rows', { file }, 'has no rows');
  if (cols === 0) complain('bad-file', { file }, 'has no columns');

  const { stem } = splitName(file);
  const named = await read(`${stem}.columns.txt`);
  const columns =
    named !== null
      ? readColumnNames(named, `${stem}.columns.txt`, cols)
      : (columnsOfWidth(cols) ?? Array.from({ length: cols }, (_, j) => `f${j}`));
  const features = { rows, cols, data: toFloat32(data, cols, columns, file, options) };
  const about = await read(`${stem}.csv`);
  const rowData = about === null ? null : parseRowData(about, `${stem}.csv`);
  if (rowData !== null && rowData.rows !== rows)
    complain('bad-file', { file: `${stem}.csv` }, `tells of ${rowData.rows} rows, ${file} has ${rows}`, {
      expected: `${rows} rows`,
      actual: String(rowData.rows),
    });
  const { file: files, speaker, emotion, extra } = rowData ?? {};
  const table = corpus({
    name: corpusName(file),
    features,
    columns,
    ...(files && { file: files }),
    ...(speaker && { speaker }),
    ...(emotion && { emotion }),
    ...(extra && { extra }),
  });
  return settleMissing(table, file, options);
}

/**
 * Reads a table and what lies beside it. A CSV file that holds row data only, beside an NPY file of its
 * name, stands for that NPY table.
 *
 * @param file name of the table; its extension tells the format
 * @param read gives the bytes of files by name: of `file`, and of the side-cars if it is an NPY table
 * @returns a corpus with at least one row and one feature, all of them finite
 * @throws {SatnmfError} `bad-file` for a file that is absent or broken, `not-finite` for a missing or
 *   non-finite value (unless `missing: 'median'`), `too-few-rows`, `too-large`, `unsupported` for an unknown
 *   extension; each names the file and, where there is one, row and column counted from 1
 */
export async function readTable(file: string, read: ReadFile, options: TableOptions = {}): Promise<Corpus> {
  const { stem, extension } = splitName(file);
  if (!['.npy', '.csv', '.tsv', '.txt', '.arff'].includes(extension))
    complain(
      'unsupported',
      { file },
      'cannot be read: its extension must be .npy, .csv, .tsv, .txt or .arff',
      {
        expected: FORMATS,
        actual: extension,
      },
    );
  const bytes = await read(file);
  if (bytes === null) return complain('bad-file', { file }, 'there is no such file');
  if (extension === '.npy') return readNpyTable(bytes, file, read, options);
  if (extension === '.arff') return parseArff(bytes, file, options);
  if (isSideCar(bytes)) {
    const features = await read(`${stem}.npy`);
    if (features !== null) return readNpyTable(features, `${stem}.npy`, read, options);
  }
  return parseCsv(bytes, file, options);
}

/** A file to be written. */
export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * The files of a table: one for `.csv` and `.arff`; for `.npy` the features (`<f4`), `X.csv` with the row
 * data and `X.columns.txt` with the names. {@link readTable} gives the same corpus back: float32 values bit
 * by bit; emotions in lower case, texts without spaces at their ends, empty ones as null.
 *
 * @throws {SatnmfError} `unsupported` for another extension; `bad-argument` for feature names that the format
 *   cannot tell from row data
 */
export function writeTable(table: Corpus, file: string): NamedBytes[] {
  const { stem, extension } = splitName(file);
  switch (extension) {
    case '.npy':
      checkNameLines(table);
      return [
        { name: file, bytes: writeNpy(table.features) },
        { name: `${stem}.csv`, bytes: formatRowData(table) },
        { name: `${stem}.columns.txt`, bytes: writeText(table.columns, file) },
      ];
    case '.csv':
      return [{ name: file, bytes: formatCsv(table) }];
    case '.arff':
      return [{ name: file, bytes: formatArff(table) }];
    default:
      return complain(
        'unsupported',
        { file },
        'cannot be written: its extension must be .npy, .csv or .arff',
        {
          expected: '.npy, .csv or .arff',
          actual: extension,
        },
      );
  }
}
