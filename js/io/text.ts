/**
 * Bytes of a text table as lines, and places in it for messages.
 *
 * @module
 */
import { quote } from '../data/index.js';
import { type ErrorCode, type ErrorDetail, SatnmfError } from '../errors.js';
import { checkLimit, MAX_TEXT_BYTES } from './limits.js';

/**
 * The text of a file: UTF-8 (a byte order mark is dropped), every line end (CR LF, CR) made LF.
 *
 * @throws {SatnmfError} `bad-file` if it is empty, not UTF-8 or holds a NUL; `too-large` beyond 500 MB
 */
export function readText(bytes: Uint8Array, file: string): string {
  checkLimit(file, 'bytes', bytes.length, MAX_TEXT_BYTES);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new SatnmfError('bad-file', `${file}: is not UTF-8 text; save it as UTF-8`, {
      file,
      expected: 'UTF-8 text',
      cause,
    });
  }
  if (text.includes('\0'))
    throw new SatnmfError('bad-file', `${file}: holds a NUL character, so it is not a text table`, {
      file,
      expected: 'UTF-8 text',
    });
  if (text.trim() === '')
    throw new SatnmfError('bad-file', `${file}: is empty`, { file, expected: 'a table', actual: 'nothing' });
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

/**
 * Lines as UTF-8, each ended by LF.
 *
 * @throws {SatnmfError} `too-large` beyond 500 MB, which {@link readText} would refuse
 */
export function writeText(lines: Iterable<string>, file: string): Uint8Array {
  const utf8 = new TextEncoder();
  const pieces: Uint8Array[] = [];
  let size = 0;
  for (const line of lines) {
    const piece = utf8.encode(`${line}\n`);
    size += piece.length;
    checkLimit(file, 'bytes of text', size, MAX_TEXT_BYTES);
    pieces.push(piece);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/** A place in a text file; row and column count from 1, as an editor shows them. */
export interface Place {
  readonly file: string;
  readonly row?: number;
  readonly column?: number;
  /** Name of the column. */
  readonly name?: string;
}

/** Throws `file, row 3, column 7 ("f6"): what`. */
export function complain(code: ErrorCode, place: Place, what: string, detail: ErrorDetail = {}): never {
  const { file, row, column, name } = place;
  const parts = [file];
  if (row !== undefined) parts.push(`row ${row}`);
  if (column !== undefined) parts.push(`column ${column}${name === undefined ? '' : ` (${quote(name)})`}`);
  const where: ErrorDetail = { file };
  if (row !== undefined) where.row = row;
  if (column !== undefined) where.column = column;
  throw new SatnmfError(code, `${parts.join(', ')}: ${what}`, { ...where, ...detail });
}
