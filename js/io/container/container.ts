/**
 * Container: the file format of models (`.satnmf`) and packed corpora.
 *
 *     8 bytes   "SATNMF\r\n"; a transfer that rewrites line ends breaks it at once
 *     u32       length of the header in bytes, little-endian like everything here
 *     header    JSON (UTF-8, ends with spaces): format, kind, meta, tensors, crc32
 *     tensors   raw numbers, one after the other, each beginning at a multiple of 16 bytes of the file
 *
 * The header lists name, element type, shape and offset of each tensor; offsets count from the end of
 * the header. `crc32`, its last entry, is the checksum of the header's text before it and of all tensors.
 * A file is data only: reading one runs no code of it.
 *
 * @module
 */
import { quote, type Tensor, type TensorData } from '../../data/index.js';
import { type ErrorDetail, SatnmfError } from '../../errors.js';
import { crc32 } from './crc32.js';

/** Version of the format that is written, and the highest that is read. */
export const FORMAT = 1;

const MAGIC = [0x53, 0x41, 0x54, 0x4e, 0x4d, 0x46, 0x0d, 0x0a];
const PREFIX = 12;
const ALIGNMENT = 16;
const MAX_TENSORS = 10_000;
const MAX_DIMENSIONS = 8;
/** What stands between the checked part of the header and the checksum. */
const SUM = ',"crc32":';

/** What a file holds. */
export type Kind = 'model' | 'corpus' | 'weights';

/** JSON without `undefined`, functions or numbers that are not finite. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A file's content. */
export interface Container {
  readonly kind: Kind;
  /** Whatever the kind stores beside its numbers; the reader of that kind must check it. */
  readonly meta: Json;
  readonly tensors: readonly Tensor[];
}

/** Element types by name. `f2` is kept as the bits of its halves, see `decodeHalf`. */
const TYPES = {
  f8: { size: 8, of: Float64Array },
  f4: { size: 4, of: Float32Array },
  f2: { size: 2, of: Uint16Array },
  i4: { size: 4, of: Int32Array },
  u1: { size: 1, of: Uint8Array },
} as const;

type Dtype = keyof typeof TYPES;

interface TensorEntry {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly offset: number;
}

const isDtype = (word: unknown): word is Dtype => typeof word === 'string' && Object.hasOwn(TYPES, word);

function dtypeOf(data: TensorData): Dtype {
  const found = Object.entries(TYPES).find(([, { of }]) => data instanceof of);
  if (found === undefined)
    throw new SatnmfError('bad-argument', `"data" of a tensor has a type that files do not have`);
  return found[0] as Dtype;
}

const align = (offset: number): number => Math.ceil(offset / ALIGNMENT) * ALIGNMENT;

const product = (shape: readonly number[]): number => shape.reduce((size, side) => size * side, 1);

/** A value that no result may hold. Halves of infinity and NaN have all five bits of exponent set. */
function firstNotFinite(data: TensorData): number {
  if (data instanceof Uint16Array) return data.findIndex((half) => (half & 0x7c00) === 0x7c00);
  if (data instanceof Int32Array || data instanceof Uint8Array) return -1;
  for (let i = 0; i < data.length; i++) if (data[i] - data[i] !== 0) return i;
  return -1;
}

/**
 * The bytes of a file.
 *
 * @throws {SatnmfError} `bad-argument` for a repeated name, `shape-mismatch` if a tensor's data does not fill
 *   its shape, `not-finite` for a NaN or infinity in a tensor
 */
export function writeContainer({ kind, meta, tensors }: Container): Uint8Array {
  const entries: TensorEntry[] = [];
  let end = 0;
  for (const { name, shape, data } of tensors) {
    if (entries.some((entry) => entry.name === name))
      throw new SatnmfError('bad-argument', `"tensors" holds ${quote(name)} twice`, { argument: 'tensors' });
    if (product(shape) !== data.length)
      throw new SatnmfError(
        'shape-mismatch',
        `tensor ${quote(name)} of shape ${shape.join(' x ')} must hold ${product(shape)} numbers, got ${data.length}`,
        { argument: name, expected: String(product(shape)), actual: String(data.length) },
      );
    const bad = firstNotFinite(data);
    if (bad >= 0)
      throw new SatnmfError(
        'not-finite',
        `tensor ${quote(name)} holds a value that is not finite at ${bad}`,
        { argument: name },
      );
    const dtype = dtypeOf(data);
    const offset = align(end);
    entries.push({ name, dtype, shape, offset });
    end = offset + data.length * TYPES[dtype].size;
  }
  const payload = new Uint8Array(end);
  tensors.forEach(({ data }, t) => {
    payload.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), entries[t].offset);
  });
  const utf8 = new TextEncoder();
  const head = JSON.stringify({ format: FORMAT, kind, meta, tensors: entries }).slice(0, -1);
  const text = utf8.encode(`${head}${SUM}${crc32(utf8.encode(head), payload)}}`);
  const begin = align(PREFIX + text.length);
  const bytes = new Uint8Array(begin + end);
  bytes.set(MAGIC);
  new DataView(bytes.buffer).setUint32(8, begin - PREFIX, true);
  bytes.set(text, PREFIX);
  bytes.fill(0x20, PREFIX + text.length, begin);
  bytes.set(payload, begin);
  return bytes;
}

/** Where what was found belongs. */
function advice(found: unknown): string {
  if (found === 'weights') return '; weights go with --pretrained, or loadWeights';
  if (found === 'model') return '; models go with --model, or loadModel';
  return '';
}

/**
 * The content of a file. Every length, offset, type and shape is checked against the file, then the
 * checksum; arrays are copies.
 *
 * @param kind what the file must hold
 * @param file name for messages
 * @throws {SatnmfError} `bad-file` if it is no such file at all; `wrong-version` if a newer version wrote it;
 *   `bad-model` if it is damaged, truncated, or holds another kind
 */
export function readContainer(bytes: Uint8Array, kind: Kind, file = 'model'): Container {
  const damaged = (what: string, detail: ErrorDetail = {}): never => {
    throw new SatnmfError('bad-model', `${file}: is damaged: ${what}`, { file, ...detail });
  };
  if (MAGIC.some((byte, i) => bytes[i] !== byte))
    throw new SatnmfError('bad-file', `${file}: is not a satnmf file`, {
      file,
      expected: 'a file that begins with SATNMF',
    });
  if (bytes.length < PREFIX) damaged('it ends within its first 12 bytes');
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(8, true);
  const begin = PREFIX + length;
  if (begin > bytes.length)
    damaged(`its header should end at byte ${begin}, the file ends at ${bytes.length}`, {
      expected: `at least ${begin} bytes`,
      actual: String(bytes.length),
    });
  const { text, header } = parseHeader(bytes.subarray(PREFIX, begin), damaged);
  const { format, kind: found, meta, tensors, crc32: sum, ...rest } = header;
  if (typeof format !== 'number' || !Number.isSafeInteger(format) || format < 1)
    damaged('it has no format version');
  if (format !== FORMAT)
    throw new SatnmfError(
      'wrong-version',
      `${file}: has format ${String(format)}, this version reads ${FORMAT}`,
      { file, expected: String(FORMAT), actual: String(format) },
    );
  if (found !== kind)
    throw new SatnmfError(
      'bad-model',
      `${file}: holds a ${quote(String(found))}, a "${kind}" was expected${advice(found)}`,
      {
        file,
        expected: kind,
        actual: String(found).slice(0, 40),
      },
    );
  if (!Array.isArray(tensors) || tensors.length > MAX_TENSORS) damaged('it has no list of tensors');
  if (Object.keys(rest).length > 0 || meta === undefined)
    damaged('its header has other entries than it should');

  let end = 0;
  const names = new Set<string>();
  const entries = (tensors as unknown[]).map((given, t) => {
    const entry = checkEntry(given, `tensor ${t}`, damaged);
    if (names.has(entry.name)) damaged(`it holds tensor ${quote(entry.name)} twice`);
    names.add(entry.name);
    // One after the other with nothing between: so no two overlap and none is outside.
    if (entry.offset !== align(end))
      damaged(`tensor ${quote(entry.name)} should begin at byte ${align(end)}`);
    end = entry.offset + product(entry.shape) * TYPES[entry.dtype].size;
    return entry;
  });
  if (bytes.length - begin !== end)
    damaged(`it should have ${begin + end} bytes and has ${bytes.length}`, {
      expected: `${begin + end} bytes`,
      actual: String(bytes.length),
    });
  const payload = bytes.subarray(begin);
  const head = new TextEncoder().encode(text.slice(0, text.lastIndexOf(SUM)));
  if (crc32(head, payload) !== sum) damaged('its checksum does not agree with its content');
  return { kind, meta: meta as Json, tensors: entries.map((entry) => readTensor(entry, payload, damaged)) };
}

type Damaged = (what: string) => never;

/** The header as text and as an object. A key `__proto__` would reach objects made from it by assignment. */
function parseHeader(bytes: Uint8Array, damaged: Damaged): { text: string; header: Record<string, unknown> } {
  let text = '';
  let header: unknown;
  let polluted = false;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    header = JSON.parse(text, (key, value: unknown) => {
      polluted ||= key === '__proto__';
      return value;
    });
  } catch {
    damaged('its header is not JSON');
  }
  if (polluted) damaged('its header holds the key "__proto__"');
  if (typeof header !== 'object' || header === null || Array.isArray(header))
    damaged('its header is not an object');
  return { text, header: header as Record<string, unknown> };
}

function checkEntry(given: unknown, what: string, damaged: Damaged): TensorEntry {
  if (typeof given !== 'object' || given === null) damaged(`${what} is not described`);
  const { name, dtype, shape, offset, ...rest } = given as Record<string, unknown>;
  if (typeof name !== 'string' || Object.keys(rest).length > 0) damaged(`${what} is not described`);
  if (!isDtype(dtype)) damaged(`${what} has an element type that is not known`);
  if (!Array.isArray(shape) || shape.length > MAX_DIMENSIONS) damaged(`${what} has no shape`);
  const sides = shape as unknown[];
  if (!sides.every((side) => typeof side === 'number' && Number.isSafeInteger(side) && side >= 0))
    damaged(`${what} has a side that is not a size`);
  if (!Number.isSafeInteger(product(sides as number[]) * TYPES[dtype].size))
    damaged(`${what} is larger than any file`);
  if (typeof offset !== 'number' || !Number.isSafeInteger(offset) || offset < 0)
    damaged(`${what} has no offset`);
  return { name, dtype, shape: sides as number[], offset };
}

function readTensor(
  { name, dtype, shape, offset }: TensorEntry,
  payload: Uint8Array,
  damaged: Damaged,
): Tensor {
  const { size, of } = TYPES[dtype];
  // A copy by hand: `slice` of a Node Buffer would be a view, and perhaps not aligned.
  const block = new Uint8Array(product(shape) * size);
  block.set(payload.subarray(offset, offset + block.length));
  const data = new of(block.buffer);
  if (firstNotFinite(data) >= 0) damaged(`tensor ${quote(name)} holds a value that is not finite`);
  return { name, shape, data };
}
