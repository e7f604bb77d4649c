/**
 * The one number grammar of text tables: an optional sign, digits with an optional point, an optional
 * decimal exponent. No hexadecimal, no separators, no decimal comma.
 *
 * @module
 */

/** No two parts of it can match the same digits, so it never backtracks more than once over a cell. */
const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/** Words that programs write for a value that is not there. */
const ABSENT = new Set(['', '?', 'na', 'n/a', 'nan', 'null', 'none']);

const INFINITE = new Set(['inf', '+inf', '-inf', 'infinity', '+infinity', '-infinity']);

/** A number that float32 can hold, rounded to it; NaN for everything else (see {@link whyNot}). */
export function decimal(cell: string): number {
  if (!DECIMAL.test(cell)) {
    const trimmed = cell.trim();
    return trimmed.length === cell.length ? NaN : decimal(trimmed);
  }
  const value = Math.fround(Number(cell));
  return value - value === 0 ? value : NaN;
}

/** Why {@link decimal} gave NaN: nothing is there, the value is beyond float32, or it is not a number. */
export function whyNot(cell: string): 'missing' | 'infinite' | 'not a number' {
  const word = cell.trim().toLowerCase();
  if (ABSENT.has(word) || word === '-nan' || word === '+nan') return 'missing';
  return INFINITE.has(word) || DECIMAL.test(word) ? 'infinite' : 'not a number';
}

/** A float32 in nine significant digits, as many as it takes for {@link decimal} to read the same bits. */
export function exactDecimal(value: number): string {
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const text = value.toPrecision(9);
  if (!text.includes('.')) return text;
  const exponent = text.indexOf('e');
  const end = exponent < 0 ? text.length : exponent;
  let last = end;
  while (text[last - 1] === '0') last--;
  if (text[last - 1] === '.') last--;
  return last === end ? text : text.slice(0, last) + text.slice(end);
}
