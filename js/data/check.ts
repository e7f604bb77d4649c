// The sentences: what every method asks of its rows and options before any arithmetic.
//
// Each function passes good input through (and returns it where that is handy) and throws a
// `SatnmfError` that names the argument, what was expected and what came.
import { type ErrorCode, SatnmfError } from '../errors.js';
import type { Matrix } from './matrix.js';
import { counted, quote } from './quote.js';
import { didYouMean, unknownWord } from './suggest.js';

/** Rows of features with the names that a message needs; a `Corpus` is one. */
export interface NamedRows {
  readonly name: string;
  readonly features: Matrix;
  readonly columns: readonly string[];
  readonly file: readonly (string | null)[];
}

/** Refuses the value at `at`, with its row and column, which count from 0. */
function refuseValue(code: ErrorCode, rows: NamedRows, at: number, what: string, expected: string): never {
  const { data, cols } = rows.features;
  const row = Math.floor(at / cols);
  const column = at - row * cols;
  const [file, name] = [rows.file[row] ?? null, rows.columns[column]];
  const place =
    `row ${row}${file === null ? '' : ` (${quote(file)})`}, ` +
    `column ${column}${name === undefined ? '' : ` (${quote(name)})`}`;
  throw new SatnmfError(code, `${rows.name}: ${place} is ${data[at]}; ${what}`, {
    argument: 'features',
    row,
    column,
    expected,
    actual: String(data[at]),
  });
}

/**
 * @throws {SatnmfError} `not-finite`, naming the first row and column (counted from 0) whose value is NaN or infinite
 */
export function checkFinite(rows: NamedRows): void {
  const { data } = rows.features;
  for (let at = 0; at < data.length; at++)
    // NaN for NaN and for both infinities.
    if (data[at] - data[at] !== 0)
      refuseValue('not-finite', rows, at, 'features must be finite numbers', 'a finite number');
}

/**
 * Largest size of features that nothing scales: their squares, summed over 10⁵ of them, are still
 * within float32 (ours).
 */
const LARGEST = 1e15;

/**
 * Features that are taken as they are must leave room for their products.
 * @throws {SatnmfError} `bad-argument`, naming the first row and column (counted from 0) beyond ±10¹⁵
 */
export function checkMagnitude(rows: NamedRows): void {
  const { data } = rows.features;
  for (let at = 0; at < data.length; at++)
    if (!(Math.abs(data[at]) <= LARGEST))
      refuseValue(
        'bad-argument',
        rows,
        at,
        `features that are not normalised must lie within ±${LARGEST}`,
        `within ±${LARGEST}`,
      );
}

/** @throws {SatnmfError} `negative-feature`, naming the first row and column (counted from 0) below zero */
export function checkNonNegative(rows: NamedRows): void {
  const { data } = rows.features;
  for (let at = 0; at < data.length; at++)
    if (data[at] < 0)
      refuseValue(
        'negative-feature',
        rows,
        at,
        'this method needs features ≥ 0 (every normalisation but "none" gives them)',
        'a number ≥ 0',
      );
}

/** @throws {SatnmfError} `too-few-rows` if there are fewer than `minimum` rows */
export function checkRows(rows: Pick<NamedRows, 'name' | 'features'>, minimum: number): void {
  const count = rows.features.rows;
  if (count < minimum)
    throw new SatnmfError(
      'too-few-rows',
      `${rows.name}: has ${counted(count, 'row')}, at least ${minimum} are needed`,
      { argument: 'features', expected: `at least ${minimum} rows`, actual: String(count) },
    );
}

/**
 * A matrix may be made by hand.
 * @throws {SatnmfError} `bad-argument` if it is none, `shape-mismatch` if its numbers do not fill its rows
 */
export function checkFilled(name: string, features: Matrix): void {
  if (!(features?.data instanceof Float32Array))
    throw new SatnmfError(
      'bad-argument',
      `${name}: "features" must be a matrix: rows, cols and a Float32Array of their values`,
      { argument: 'features', expected: 'a matrix' },
    );
  const { rows, cols, data } = features;
  if (Number.isSafeInteger(rows) && rows >= 0 && Number.isSafeInteger(cols) && cols >= 0)
    if (data.length === rows * cols) return;
  throw new SatnmfError(
    'shape-mismatch',
    `${name}: ${rows} rows of ${cols} features must hold ${rows * cols} values, got ${data.length}`,
    { argument: 'features', expected: String(rows * cols), actual: String(data.length) },
  );
}

/** Names that stand for "not named": `f0`, `f1`, … in their places. */
const unnamed = (columns: readonly string[]): boolean => columns.every((name, j) => name === `f${j}`);

/**
 * Two tables must hold the same features in the same order. A table without names (`f0, f1, …`)
 * agrees with any other of its width.
 * @throws {SatnmfError} `shape-mismatch` with both widths, or with the first column whose names differ
 */
export function checkColumns(
  first: Pick<NamedRows, 'name' | 'features' | 'columns'>,
  second: Pick<NamedRows, 'name' | 'features' | 'columns'>,
): void {
  const [a, b] = [first.features.cols, second.features.cols];
  if (a !== b)
    throw new SatnmfError(
      'shape-mismatch',
      `${first.name} has ${a} features and ${second.name} has ${b}; both must have the same ones`,
      { argument: 'features', expected: String(a), actual: String(b) },
    );
  const column = first.columns.findIndex((name, j) => name !== second.columns[j]);
  if (column < 0 || unnamed(first.columns) || unnamed(second.columns)) return;
  throw new SatnmfError(
    'shape-mismatch',
    `column ${column} is ${quote(first.columns[column])} in ${first.name} and ` +
      `${quote(second.columns[column])} in ${second.name}; both must have the same features in the same order`,
    { argument: 'columns', column, expected: first.columns[column], actual: second.columns[column] },
  );
}

/** What came instead of a number, for a message. */
const shown = (value: unknown): string =>
  typeof value === 'string'
    ? quote(value)
    : typeof value === 'object' && value !== null
      ? 'an object'
      : String(value);

function refuse(argument: string, expected: string, value: unknown, hint = ''): never {
  const actual = shown(value);
  throw new SatnmfError('bad-argument', `"${argument}" must be ${expected}, got ${actual}.${hint}`, {
    argument,
    expected,
    actual,
  });
}

/**
 * A whole number in [min, max].
 * @throws {SatnmfError} `bad-argument`
 */
export function checkWhole(argument: string, value: unknown, min = 0, max = Number.MAX_SAFE_INTEGER): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max) return value;
  const range = max === Number.MAX_SAFE_INTEGER ? `≥ ${min}` : `from ${min} to ${max}`;
  refuse(argument, `a whole number ${range}`, value);
}

/** Bounds of a real option: `min` and `max` may be reached, `above` and `below` may not. */
export interface Bounds {
  readonly min?: number;
  readonly max?: number;
  readonly above?: number;
  readonly below?: number;
}

/**
 * A finite number within bounds.
 * @throws {SatnmfError} `bad-argument`
 */
export function checkNumber(argument: string, value: unknown, bounds: Bounds = {}): number {
  const { min = -Infinity, max = Infinity, above = -Infinity, below = Infinity } = bounds;
  if (typeof value === 'number' && Number.isFinite(value))
    if (value >= min && value <= max && value > above && value < below) return value;
  const parts: string[] = [];
  if (bounds.min !== undefined) parts.push(`≥ ${min}`);
  if (bounds.above !== undefined) parts.push(`> ${above}`);
  if (bounds.max !== undefined) parts.push(`≤ ${max}`);
  if (bounds.below !== undefined) parts.push(`< ${below}`);
  refuse(argument, ['a finite number', parts.join(' and ')].join(' ').trimEnd(), value);
}

/**
 * One of a list of words.
 * @throws {SatnmfError} `bad-argument`, with the closest word as a suggestion
 */
export function checkOneOf<Word extends string>(
  argument: string,
  value: unknown,
  words: readonly Word[],
): Word {
  if (typeof value === 'string' && (words as readonly string[]).includes(value)) return value as Word;
  const hint = typeof value === 'string' ? didYouMean(value, words) : '';
  refuse(argument, `one of ${words.join(', ')}`, value, hint);
}

/** @throws {SatnmfError} `bad-argument` if `value` is not `true` or `false` */
export function checkBoolean(argument: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  refuse(argument, 'true or false', value);
}

/**
 * An options object must not have keys that nobody reads: a misspelt option would silently keep its default.
 * @throws {SatnmfError} `bad-argument`, naming the key and the closest known one
 */
export function checkKeys(what: string, given: object, known: readonly string[]): void {
  for (const key of Object.keys(given))
    if (!known.includes(key))
      throw unknownWord(key, known, `${what} has no option ${quote(key)}; it has ${known.join(', ')}`, {
        argument: key,
      });
}
