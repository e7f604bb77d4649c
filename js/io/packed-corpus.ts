/**
 * Packed corpora: a corpus in one byte a value, kind `corpus` of the container.
 *
 * Every feature has a scale of its own from 0 to 1, half of it rank and half of it size:
 *
 *     s(x) = ½·q(x) + ½·(x − low) / (high − low)
 *
 * where q is the rank of x among the corpus's values of that feature, interpolated between 17 of them (the knots,
 * evenly spaced in rank, lowest and highest among them). The byte is s in steps of 1/255; reading inverts the scale.
 * Size alone would put all rows of a feature with one outlier into a few steps, rank alone would lose the outliers:
 * with both, a value comes back within 1/255 of its feature's range (and rounding to float32), and within 1/255 of
 * its q. Values that a sixteenth of the rows have in common, and the lowest and the highest, come back exactly.
 * Equal values stay equal and order is kept.
 *
 * @module
 */
import {
  checkFinite,
  type Corpus,
  corpus,
  longColumns,
  quote,
  shortColumns,
  type Tensor,
} from '../data/index.js';
import { SatnmfError } from '../errors.js';
import { type Json, readContainer, writeContainer } from './container/container.js';

/** Stretches between two knots. */
const STRETCHES = 16;
const KNOTS = STRETCHES + 1;
const STEPS = 255;

/** Largest error of a packed value, as a part of its feature's range. */
export const PACKING_ERROR = 1 / STEPS;

/** Smallest, largest and those between, evenly spaced in rank, of the values of a feature. */
function knotsOf(column: Float32Array): Float32Array {
  const sorted = column.slice().sort();
  return Float32Array.from(
    { length: KNOTS },
    (_, k) => sorted[Math.round((k * (sorted.length - 1)) / STRETCHES)],
  );
}

/** The value of each of the 256 bytes, ascending. */
function valuesOf(knots: Float32Array): Float32Array {
  const low = knots[0];
  const range = knots[STRETCHES] - low;
  if (range === 0) return new Float32Array(STEPS + 1).fill(low);
  const scale = Float64Array.from(knots, (x, k) => (k / STRETCHES + (x - low) / range) / 2);
  let k = 0;
  return Float32Array.from({ length: STEPS + 1 }, (_, byte) => {
    const s = byte / STEPS;
    while (k + 1 < STRETCHES && scale[k + 1] <= s) k++;
    const part = Math.min((s - scale[k]) / (scale[k + 1] - scale[k]), 1);
    return part === 1 ? knots[k + 1] : knots[k] + (knots[k + 1] - knots[k]) * part;
  });
}

/** The byte whose value is nearest to `x`, the lower of two. */
function nearest(values: Float32Array, x: number): number {
  let at = 0;
  let end = STEPS;
  while (at < end) {
    const middle = (at + end) >>> 1;
    if (values[middle] < x) at = middle + 1;
    else end = middle;
  }
  return at > 0 && x - values[at - 1] <= values[at] - x ? at - 1 : at;
}

/**
 * The bytes of a packed corpus.
 *
 * @param table at least one row and one feature, finite values
 * @throws {SatnmfError} `too-few-rows` for a table without rows or features, `not-finite`
 */
export function packCorpus(table: Corpus): Uint8Array {
  const { rows, cols, data } = table.features;
  if (rows === 0 || cols === 0)
    throw new SatnmfError('too-few-rows', `${table.name}: has ${rows} rows of ${cols} features to pack`, {
      expected: 'at least one row of one feature',
      actual: `${rows} x ${cols}`,
    });
  checkFinite(table);
  const knots = new Float32Array(cols * KNOTS);
  const codes = new Uint8Array(rows * cols);
  const column = new Float32Array(rows);
  for (let j = 0; j < cols; j++) {
    for (let i = 0; i < rows; i++) column[i] = data[i * cols + j];
    const own = knotsOf(column);
    knots.set(own, j * KNOTS);
    const values = valuesOf(own);
    for (let i = 0; i < rows; i++) codes[i * cols + j] = nearest(values, column[i]);
  }
  const { name, columns, file, speaker, emotion, extra } = table;
  const meta = { name, columns: shortColumns(columns), file, speaker, emotion, extra };
  return writeContainer({
    kind: 'corpus',
    meta,
    tensors: [
      { name: 'knots', shape: [cols, KNOTS], data: knots },
      { name: 'codes', shape: [rows, cols], data: codes },
    ],
  });
}

/**
 * The corpus of packed bytes: the same float32 values everywhere.
 *
 * @param file name for messages
 * @throws {SatnmfError} `bad-file` if it is no such file at all; `wrong-version` if a newer version wrote it;
 *   `bad-model` if it is damaged, truncated, or no corpus
 */
export function unpackCorpus(bytes: Uint8Array, file = 'packed corpus'): Corpus {
  const { meta, tensors } = readContainer(bytes, 'corpus', file);
  const broken = (what: string): never => {
    throw new SatnmfError('bad-model', `${file}: is not a usable corpus: ${what}`, { file });
  };
  const fields = fieldsOf(meta, 'meta', broken);
  const { name, columns: given, file: files, speaker, emotion, extra, ...rest } = fields;
  if (typeof name !== 'string' || Object.keys(rest).length > 0) broken('its header is not that of a corpus');
  const [knots, codes, ...others] = tensors;
  if (knots?.name !== 'knots' || codes?.name !== 'codes' || others.length > 0)
    broken('it must hold the tensors "knots" and "codes"');
  if (!(knots.data instanceof Float32Array) || !(codes.data instanceof Uint8Array))
    broken('its tensors have other types');
  const [rows, cols] = codes.shape;
  if (codes.shape.length !== 2 || rows === 0 || cols === 0) broken('"codes" is not a table');
  if (knots.shape.length !== 2 || knots.shape[0] !== cols || knots.shape[1] !== KNOTS)
    broken(`"knots" must be ${cols} x ${KNOTS}, it is ${knots.shape.join(' x ')}`);
  const columns = longColumns(given);
  if (!isList(columns, cols) || columns.includes(null)) broken(`"columns" must have ${cols} names`);
  const perRow = (list: unknown, what: string): readonly (string | null)[] =>
    isList(list, rows) ? list : broken(`${quote(what)} must have ${rows} texts`);
  const extras = Object.entries(fieldsOf(extra, 'extra', broken));
  return corpus({
    name: name as string,
    features: { rows, cols, data: unpack(knots, codes, broken) },
    columns: columns as readonly string[],
    file: perRow(files, 'file'),
    speaker: perRow(speaker, 'speaker'),
    emotion: perRow(emotion, 'emotion'),
    extra: Object.fromEntries(extras.map(([key, list]) => [key, perRow(list, key)])),
  });
}

type Broken = (what: string) => never;

function unpack(knots: Tensor, codes: Tensor, broken: Broken): Float32Array {
  const [rows, cols] = codes.shape;
  const data = new Float32Array(rows * cols);
  const table = knots.data as Float32Array;
  for (let j = 0; j < cols; j++) {
    const own = table.subarray(j * KNOTS, (j + 1) * KNOTS);
    for (let k = 0; k < STRETCHES; k++)
      if (own[k] > own[k + 1]) broken(`the knots of feature ${j} do not ascend`);
    const values = valuesOf(own);
    for (let at = j; at < data.length; at += cols) data[at] = values[codes.data[at]];
  }
  return data;
}

function fieldsOf(value: Json | undefined, what: string, broken: Broken): Record<string, Json> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    broken(`"${what}" is not an object`);
  return value as Record<string, Json>;
}

const isList = (list: unknown, length: number): list is (string | null)[] =>
  Array.isArray(list) &&
  list.length === length &&
  list.every((item) => item === null || typeof item === 'string');
