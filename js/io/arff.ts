/**
 * ARFF: tables as Weka defines them, and as openSMILE and people write them.
 *
 * Read: `@attribute name type` with type `numeric`, `real`, `integer`, `string`, `date …`, `{a, b}`, and
 * the sloppy `a, b` without braces and `unknown`; names and values with or without quotes; `?` for what is
 * missing; comment lines (`%`), blank lines, a comma after the last value. Not read: sparse rows.
 *
 * @module
 */
import { classesOf, type Corpus, quote } from '../data/index.js';
import { rowDataColumns } from './csv.js';
import { exactDecimal } from './decimal.js';
import { checkLimit, MAX_COLUMNS } from './limits.js';
import { checkFeatureNames, findRepeated, planColumns } from './row-data.js';
import { Rows, type TableOptions } from './rows.js';
import { complain, type Place, readText, writeText } from './text.js';

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** A quoted piece of a line from `at`, which is at its quote; null if the quote is never closed. */
function quoted(line: string, at: number): { value: string; end: number } | null {
  const mark = line[at];
  let value = '';
  let from = at + 1;
  for (let i = from; i < line.length; i++) {
    if (line[i] === mark) return { value: value + line.slice(from, i), end: i + 1 };
    if (line[i] !== '\\') continue;
    const next = line[i + 1] ?? '';
    value += line.slice(from, i) + (Object.hasOwn(ESCAPES, next) ? ESCAPES[next] : next);
    i++;
    from = i + 1;
  }
  return null;
}

const isQuote = (letter: string | undefined): boolean => letter === "'" || letter === '"';

/** Values between commas, trimmed, without their quotes. */
function splitValues(line: string, place: Place): string[] {
  const values: string[] = [];
  if (!line.includes("'") && !line.includes('"')) {
    for (const value of line.split(',')) values.push(value.trim());
  } else
    for (let at = 0; at <= line.length;) {
      while (line[at] === ' ' || line[at] === '\t') at++;
      let value: string;
      let end: number;
      if (isQuote(line[at])) {
        const piece = quoted(line, at);
        const column = values.length + 1;
        if (piece === null) complain('bad-file', { ...place, column }, 'has a quote that is never closed');
        value = piece.value;
        end = piece.end;
        while (line[end] === ' ' || line[end] === '\t') end++;
        if (end < line.length && line[end] !== ',')
          complain('bad-file', { ...place, column }, 'has text between a closing quote and the next comma');
      } else {
        end = line.indexOf(',', at);
        if (end < 0) end = line.length;
        value = line.slice(at, end).trim();
      }
      values.push(value);
      at = end + 1;
    }
  return values;
}

type Type = 'numeric' | 'text' | 'unknown' | ReadonlySet<string>;

interface Attribute {
  readonly name: string;
  /** `unknown` is a word that ARFF does not know; a set holds the values that are allowed. */
  readonly type: Type;
  readonly line: number;
}

function parseType(text: string, place: Place): Type {
  const word = text.toLowerCase();
  if (word === 'numeric' || word === 'real' || word === 'integer') return 'numeric';
  if (word === 'string' || word.startsWith('date')) return 'text';
  if (text.startsWith('{')) {
    if (!text.endsWith('}')) complain('bad-file', place, `its list of values ${quote(text)} has no end`);
    return new Set(splitValues(text.slice(1, -1), place));
  }
  // The sloppy list says too little to refuse a value by it.
  return text.includes(',') ? 'text' : 'unknown';
}

/** `@attribute NAME TYPE`; `rest` is what follows the keyword. */
function parseAttribute(rest: string, file: string, line: number, column: number): Attribute {
  const place = { file, row: line, column };
  const text = rest.trim();
  let name: string;
  let end: number;
  if (isQuote(text[0])) {
    const piece = quoted(text, 0);
    if (piece === null) complain('bad-file', place, 'its name has a quote that is never closed');
    ({ value: name, end } = piece);
  } else {
    end = text.search(/[\s{]/);
    if (end < 0) end = text.length;
    name = text.slice(0, end);
  }
  const type = text.slice(end).trim();
  if (name.trim() === '') complain('bad-file', place, 'an attribute has no name');
  if (type === '')
    complain('bad-file', { ...place, name }, 'has no type', { expected: 'numeric, string or {…}' });
  return { name: name.trim(), type: parseType(type, { ...place, name }), line };
}

/** An attribute with a list of values. */
interface Nominal {
  readonly column: number;
  readonly name: string;
  readonly values: ReadonlySet<string>;
}

const EMOTION = ['emotion', 'class', 'label'];

/**
 * Attributes as columns. The last one is the emotion if it is not numeric and no other is called so.
 * Attributes of words are kept as row data; a type that is not known must not hide a feature.
 */
function plan(attributes: readonly Attribute[], file: string) {
  const repeated = findRepeated(attributes.map(({ name }) => name));
  if (repeated !== null) {
    const [first, second] = repeated;
    const { name, line } = attributes[second];
    const place = { file, row: line, column: second + 1 };
    complain('bad-file', place, `is called ${quote(name)}, and so is column ${first + 1}`);
  }
  const names = attributes.map(({ name }) => name);
  const last = attributes.length - 1;
  const told = names.some((name) => EMOTION.includes(name.toLowerCase()));
  if (!told && attributes[last].type !== 'numeric' && last > 0) names[last] = 'emotion';
  const columns = planColumns(
    names,
    (j) => attributes[j].type !== 'numeric' && attributes[j].type !== 'unknown',
  );
  attributes.forEach(({ name, type, line }, j) => {
    if (type === 'unknown' && columns.field[j] === null)
      complain('bad-file', { file, row: line, column: j + 1, name }, 'has a type that is not known', {
        expected: 'numeric, string or {…}',
      });
  });
  if (columns.features.length === 0) complain('bad-file', { file }, 'has no numeric attribute');
  const nominal = attributes.flatMap(({ name, type }, column): Nominal[] =>
    typeof type === 'string' ? [] : [{ column, name, values: type }],
  );
  return { names, columns, nominal };
}

/**
 * A table in one ARFF file. Which attribute is the file name, the speaker or the emotion goes by its
 * name, as in CSV tables; `class` and `emotion` are the emotion, and so is a last attribute of words.
 *
 * @param file name for messages, and for the corpus (without folder and extension)
 * @throws {SatnmfError} `bad-file`, `not-finite`, `too-few-rows`, `too-large` or `unsupported` (sparse rows),
 *   with file, row and column counted from 1
 */
export function parseArff(bytes: Uint8Array, file: string, options: TableOptions = {}): Corpus {
  const text = readText(bytes, file);
  const attributes: Attribute[] = [];
  let rows: Rows | undefined;
  let nominal: readonly Nominal[] = [];
  for (let at = 0, line = 1; at <= text.length; line++) {
    const end = text.indexOf('\n', at);
    const content = text.slice(at, end < 0 ? text.length : end).trim();
    at = end < 0 ? text.length + 1 : end + 1;
    if (content === '' || content.startsWith('%')) continue;
    const place = { file, row: line };
    if (rows !== undefined) {
      if (content.startsWith('{')) complain('unsupported', place, 'is a sparse row, which is not read');
      const cells = splitValues(content, place);
      if (cells.length === attributes.length + 1 && cells[attributes.length] === '') cells.pop();
      checkNominal(cells, nominal, place);
      rows.add(cells, line);
      continue;
    }
    const keyword = content.split(/\s/, 1)[0].toLowerCase();
    const rest = content.slice(keyword.length);
    if (keyword === '@attribute') {
      checkLimit(file, 'columns', attributes.length + 1, MAX_COLUMNS);
      attributes.push(parseAttribute(rest, file, line, attributes.length + 1));
    } else if (keyword === '@data') {
      if (attributes.length === 0) complain('bad-file', place, 'begins the data before any @attribute');
      const planned = plan(attributes, file);
      nominal = planned.nominal;
      rows = new Rows(file, planned.names, planned.columns, options);
    } else if (keyword !== '@relation')
      complain('bad-file', place, `${quote(content)} is not ARFF`, {
        expected: '@relation, @attribute or @data',
      });
  }
  if (rows === undefined) complain('bad-file', { file }, 'has no @data');
  return rows.finish(options);
}

/** Values of `{a, b}` attributes must be in the list. */
function checkNominal(cells: readonly string[], nominal: readonly Nominal[], place: Place): void {
  for (const { column, name, values } of nominal) {
    const cell = cells[column] ?? '?'; // a row that is too short will be refused for that
    if (cell === '?' || values.has(cell)) continue;
    const where = { ...place, column: column + 1, name };
    complain('bad-file', where, `${quote(cell)} is none of the values of the attribute`, {
      expected: [...values].slice(0, 20).join(', '),
      actual: cell.slice(0, 40),
    });
  }
}

/** A value or name, in quotes where ARFF needs them. */
function arffWord(word: string): string {
  if (word !== '' && word !== '?' && !/[\s,{}%'"\\]/.test(word)) return word;
  return arffString(word);
}

const arffString = (value: string): string =>
  `'${value.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t')}'`;

/**
 * A corpus as ARFF: `name` first, further row data as strings, the features, and `emotion` last with the
 * list of its values. Reads back as the same corpus.
 *
 * @throws {SatnmfError} `bad-argument` for a feature whose name would be taken for row data; `too-large`
 */
export function formatArff(table: Corpus): Uint8Array {
  checkFeatureNames(table);
  const emotions = classesOf(table.emotion);
  const about = rowDataColumns(table).filter(([name]) => name !== 'file' && name !== 'emotion');
  const cell = (value: string | null): string => (value === null ? '?' : arffString(value));
  const { rows, cols, data } = table.features;
  function* lines(): Generator<string> {
    yield `@relation ${arffWord(table.name)}`;
    yield '';
    yield `@attribute ${about.some(([name]) => name === 'name' || name === 'filename') ? 'file' : 'name'} string`;
    for (const [name] of about) yield `@attribute ${arffWord(name)} string`;
    for (const name of table.columns) yield `@attribute ${arffWord(name)} numeric`;
    yield `@attribute emotion ${emotions.length > 0 ? `{${emotions.map(arffWord).join(',')}}` : 'string'}`;
    yield '';
    yield '@data';
    yield '';
    for (let i = 0; i < rows; i++) {
      const emotion = table.emotion[i];
      yield [
        cell(table.file[i]),
        ...about.map(([, values]) => cell(values[i])),
        ...Array.from(data.subarray(i * cols, (i + 1) * cols), exactDecimal),
        emotion === null ? '?' : arffWord(emotion),
      ].join(',');
    }
  }
  return writeText(lines(), table.name);
}
