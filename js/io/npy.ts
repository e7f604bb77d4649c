/**
 * NPY: arrays as NumPy saves them (format versions 1 to 3).
 *
 * The file is six magic bytes, a version, the length of a header, the header (the text of a Python
 * dictionary with element type, order and shape) and the elements. All lengths are recomputed from the
 * header and compared with the file before any element is read.
 *
 * @module
 */
import { type Matrix, quote } from '../data/index.js';
import { checkLimit, MAX_VALUES } from './limits.js';
import { complain } from './text.js';

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]; // \x93NUMPY

/** Longest header that is read; real ones have some hundred bytes. */
const MAX_HEADER = 65_536;

/** Most dimensions. */
const MAX_DIMENSIONS = 8;

/** An array of an NPY file, in C order whatever the file's order was. */
export interface NpyArray {
  /** Element type in the file: `<f4`, `<f8`, `<i4`, `<i8` or `|u1`. */
  readonly dtype: string;
  readonly shape: readonly number[];
  /** `<i8` becomes float64: exact up to 2⁵³, rounded beyond. */
  readonly data: Float32Array | Float64Array | Int32Array | Uint8Array;
}

/**
 * Bytes an element, and how a block of them becomes an array. The block is a copy, so it is aligned; every
 * engine that runs WebAssembly in practice is little-endian, as the files are.
 */
const TYPES: Readonly<Record<string, { size: number; read: (block: ArrayBuffer) => NpyArray['data'] }>> = {
  '<f4': { size: 4, read: (block) => new Float32Array(block) },
  '<f8': { size: 8, read: (block) => new Float64Array(block) },
  '<i4': { size: 4, read: (block) => new Int32Array(block) },
  '<i8': { size: 8, read: (block) => Float64Array.from(new BigInt64Array(block), Number) },
  '|u1': { size: 1, read: (block) => new Uint8Array(block) },
};

interface Header {
  readonly dtype: string;
  readonly fortran: boolean;
  readonly shape: readonly number[];
}

/** One entry of a header, with the comma behind it; the last one may have none. */
const ENTRY = new RegExp(
  String.raw`\s*(['"])(?:descr\1\s*:\s*(['"])(?<descr>[^'"\\]*)\2|fortran_order\1\s*:\s*(?<fortran>True|False)|` +
    String.raw`shape\1\s*:\s*\((?<shape>[\dL,\s]*)\))\s*(?:,|(?=\}))\s*`,
  'gy',
);

/** A size of at most 15 digits, so that it is exact; Python 2 wrote `3L` for 3. */
const SIZE = /^\s*(\d{1,15})L?\s*$/;

/** Reads `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }`, and nothing else that Python allows. */
function parseHeader(text: string, file: string): Header {
  let at = 0;
  const fail = (): never =>
    complain('bad-file', { file }, `its NPY header cannot be read at character ${at + 1}`, {
      expected: "{'descr': …, 'fortran_order': …, 'shape': …}",
      actual: text.slice(at, at + 20),
    });
  if (/(['"])descr\1\s*:\s*\[/.test(text))
    complain('unsupported', { file }, 'holds records with named fields; save one array of numbers', {
      expected: Object.keys(TYPES).join(' '),
    });
  const begin = /^\s*\{/.exec(text) ?? fail();
  at = begin[0].length;
  const fields = new Map<string, string>();
  for (const { 0: entry, groups = {} } of text.slice(at).matchAll(ENTRY)) {
    for (const [field, value] of Object.entries(groups as Record<string, string | undefined>))
      if (value !== undefined) fields.set(fields.has(field) ? fail() : field, value);
    at += entry.length;
  }
  if (!/^\}\s*$/.test(text.slice(at))) fail();
  const { descr = fail(), fortran = fail(), shape = fail() } = Object.fromEntries(fields);
  // A list of one size, or of any number of them, may end with a comma.
  const sizes = shape.replace(/(?<=[\dL]\s*),\s*$/, '');
  const parts = sizes.trim() === '' ? [] : sizes.split(',').map((size) => SIZE.exec(size) ?? fail());
  if (parts.length > MAX_DIMENSIONS) fail();
  return { dtype: descr, fortran: fortran === 'True', shape: parts.map(([, size]) => Number(size)) };
}

/** `rows x cols` in column-major order to row-major. */
function transpose<Data extends NpyArray['data']>(data: Data, rows: number, cols: number): Data {
  const result = data.slice() as Data;
  for (let j = 0; j < cols; j++) for (let i = 0; i < rows; i++) result[i * cols + j] = data[j * rows + i];
  return result;
}

/** Type by type, why it is not read. */
function refuseType(dtype: string, file: string): never {
  const expected = Object.keys(TYPES).join(' ');
  const why = dtype.includes('O')
    ? 'holds Python objects, which only Python can read'
    : `holds elements of type ${quote(dtype)}`;
  complain('unsupported', { file }, `${why}; save it as float32 or float64 (array.astype("<f4"))`, {
    expected,
    actual: dtype,
  });
}

/**
 * One array. Fortran order is turned into C order (two dimensions at most).
 *
 * @throws {SatnmfError} `bad-file` if it is no NPY file or its header and its length disagree;
 *   `unsupported` for an element type, version or order that is not read; `too-large` beyond 2²⁸ elements
 */
export function readNpy(bytes: Uint8Array, file = 'array'): NpyArray {
  const place = { file };
  if (MAGIC.some((byte, i) => bytes[i] !== byte))
    complain('bad-file', place, 'is not an NPY file', { expected: 'a file that begins with \\x93NUMPY' });
  const truncated = (needed: number): never =>
    complain('bad-file', place, `ends after ${bytes.length} bytes, its header needs ${needed}`, {
      expected: `${needed} bytes`,
      actual: String(bytes.length),
    });
  if (bytes.length < 10) truncated(10);
  const version = bytes[6];
  if (version < 1 || version > 3 || bytes[7] !== 0)
    complain('unsupported', place, `has NPY version ${version}.${bytes[7]}`, { expected: '1.0, 2.0 or 3.0' });
  const start = version === 1 ? 10 : 12;
  if (bytes.length < start) truncated(start);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  const begin = start + length;
  if (begin > bytes.length) truncated(begin);
  checkLimit(file, 'bytes of header', length, MAX_HEADER);
  const text = Array.from(bytes.subarray(start, begin), (byte) => String.fromCharCode(byte)).join('');
  const { dtype, fortran, shape } = parseHeader(text, file);
  const type = Object.hasOwn(TYPES, dtype) ? TYPES[dtype] : refuseType(dtype, file);

  const count = shape.reduce((product, size) => product * size, 1);
  checkLimit(file, 'values', count, MAX_VALUES);
  const needed = begin + count * type.size;
  if (needed !== bytes.length)
    complain(
      'bad-file',
      place,
      `has ${bytes.length} bytes, its header (${shape.join(' x ')} ${dtype}) means ${needed}`,
      { expected: `${needed} bytes`, actual: String(bytes.length) },
    );
  if (fortran && shape.length > 2)
    complain('unsupported', place, `has ${shape.length} dimensions in Fortran order`, {
      expected: 'at most 2',
    });
  // A copy by hand: `slice` of a Node Buffer would be a view, and perhaps not aligned.
  const block = new Uint8Array(bytes.length - begin);
  block.set(bytes.subarray(begin));
  const data = type.read(block.buffer);
  return { dtype, shape, data: fortran && shape.length === 2 ? transpose(data, shape[0], shape[1]) : data };
}

/**
 * A matrix as an NPY file: version 1.0, `<f4`, C order, `rows x cols`; the elements begin at a multiple
 * of 64 bytes.
 */
export function writeNpy(matrix: Matrix): Uint8Array {
  const { rows, cols, data } = matrix;
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': (${rows}, ${cols}), }`;
  const begin = Math.ceil((10 + text.length + 1) / 64) * 64;
  const bytes = new Uint8Array(begin + data.length * 4);
  bytes.set(MAGIC);
  bytes.set([1, 0, (begin - 10) & 255, (begin - 10) >> 8], 6);
  bytes.set(new TextEncoder().encode(`${text.padEnd(begin - 11)}\n`), 10);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), begin);
  return bytes;
}
