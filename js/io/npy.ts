/**
 * NPY: arrays as NumPy saves them (format versions 1 to 3).
 *
 * The file is six magic bytes, a version, the length of a header, the header (the text of a Python
 * dictionary with element type, order and shape) and the elements. All lengths are recomputed from the
 * header and compared with the file before any element is read.
 *
 * @module
 */
import type { Matrix } from '../data/matrix.js';
import { quote } from '../data/quote.js';
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

/** Reads `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }`, and nothing else that Python allows. */
class HeaderText {
  readonly #text: string;
  readonly #file: string;
  #at = 0;

  constructor(text: string, file: string) {
    this.#text = text;
    this.#file = file;
  }

  #fail(): never {
    complain('bad-file', { file: this.#file }, `its NPY header cannot be read at character ${this.#at + 1}`, {
      expected: "{'descr': …, 'fortran_order': …, 'shape': …}",
      actual: this.#text.slice(this.#at, this.#at + 20),
    });
  }

  #skip(): void {
    while (' \n\t'.includes(this.#text[this.#at] || '.')) this.#at++;
  }

  /** Takes `token` if it is next. */
  #take(token: string): boolean {
    this.#skip();
    if (!this.#text.startsWith(token, this.#at)) return false;
    this.#at += token.length;
    return true;
  }

  #need(token: string): void {
    if (!this.#take(token)) this.#fail();
  }

  #string(): string {
    const mark = this.#take("'") ? "'" : this.#take('"') ? '"' : this.#fail();
    const end = this.#text.indexOf(mark, this.#at);
    if (end < 0) this.#fail();
    const value = this.#text.slice(this.#at, end);
    if (value.includes('\\')) this.#fail();
    this.#at = end + 1;
    return value;
  }

  /** A whole number of at most 15 digits, so that it is exact; `3L`, as Python 2 wrote it, is 3. */
  #whole(): number {
    this.#skip();
    const begin = this.#at;
    while (this.#text[this.#at] >= '0' && this.#text[this.#at] <= '9') this.#at++;
    const length = this.#at - begin;
    if (length === 0 || length > 15) this.#fail();
    const value = Number(this.#text.slice(begin, this.#at));
    if (this.#text[this.#at] === 'L') this.#at++;
    return value;
  }

  #shape(): number[] {
    this.#need('(');
    const shape: number[] = [];
    while (!this.#take(')')) {
      if (shape.length === MAX_DIMENSIONS) this.#fail();
      shape.push(this.#whole());
      if (!this.#take(',') && !this.#text.startsWith(')', this.#at)) this.#fail();
    }
    return shape;
  }

  #type(): string {
    if (this.#take('['))
      complain(
        'unsupported',
        { file: this.#file },
        'holds records with named fields; save one array of numbers',
        {
          expected: Object.keys(TYPES).join(' '),
        },
      );
    return this.#string();
  }

  read(): Header {
    let dtype: string | undefined;
    let fortran: boolean | undefined;
    let shape: number[] | undefined;
    this.#need('{');
    while (!this.#take('}')) {
      const key = this.#string();
      this.#need(':');
      if (key === 'descr' && dtype === undefined) dtype = this.#type();
      else if (key === 'fortran_order' && fortran === undefined)
        fortran = this.#take('True') || (this.#take('False') ? false : this.#fail());
      else if (key === 'shape' && shape === undefined) shape = this.#shape();
      else this.#fail();
      if (!this.#take(',') && !this.#text.startsWith('}', this.#at)) this.#fail();
    }
    this.#skip();
    if (this.#at !== this.#text.length) this.#fail();
    if (dtype === undefined || fortran === undefined || shape === undefined) this.#fail();
    return { dtype, fortran, shape };
  }
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
  const { dtype, fortran, shape } = new HeaderText(text, file).read();
  const type = Object.hasOwn(TYPES, dtype) ? TYPES[dtype] : refuseType(dtype, file);

  const count = shape.reduce((product, size) => product * size, 1);
  checkLimit(file, 'values', count, MAX_VALUES);
  const needed = begin + count * type.size;
  if (needed !== bytes.length)
    complain(
      'bad-file',
      place,
      `has ${bytes.length} bytes, its header (${shape.join(' x ')} ${dtype}) means ${needed}`,
      {
        expected: `${needed} bytes`,
        actual: String(bytes.length),
      },
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
