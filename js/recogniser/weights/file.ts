/**
 * Weights as bytes: kind `weights` of the container (docs/formats.md).
 *
 * @module
 */
import type { TrainedOn } from '../../contract/index.js';
import { longColumns, quote, shortColumns, type Tensor } from '../../data/index.js';
import { SatnmfError } from '../../errors.js';
import { crc32, decodeHalf, encodeHalf, readContainer, writeContainer } from '../../io/index.js';
import { packPrints, unpackPrints } from './fingerprint.js';
import { fromBrain, largestWeights, toBrain, type WeightsParts } from './parts.js';

/** Most classes, features, corpora and characters of a text that a file may have: all that is allocated follows. */
const MOST = { classes: 64, features: 1e6, corpora: 1000, text: 10_000 };

const hashOf = (columns: readonly string[]): string =>
  crc32(new TextEncoder().encode(columns.join('\n')))
    .toString(16)
    .padStart(8, '0');

/** The bytes of weights. */
export function weightsBytes(weights: WeightsParts): Uint8Array {
  const { classes, columns, pool, linear, prints } = weights;
  const [d, K] = [columns.length, classes.length];
  const unit = largestWeights(linear.weights, K);
  const deviation = pool.variance.map(Math.sqrt);
  const brains = new Uint8Array(2 * d);
  deviation.forEach((s, f) => {
    const brain = toBrain(s);
    brains[2 * f] = brain & 255;
    brains[2 * f + 1] = brain >>> 8;
  });
  const packed = packPrints(prints);
  const halves = (values: Float64Array): Uint16Array => encodeHalf(Float32Array.from(values));
  const tensors: Tensor[] = [
    { name: 'weights', shape: [d, K], data: encodeHalf(linear.weights.map((w, i) => w / unit[i % K])) },
    { name: 'featureWeights', shape: [d], data: halves(linear.featureWeights) },
    {
      name: 'mean',
      shape: [d],
      data: halves(pool.mean.map((m, f) => (deviation[f] === 0 ? 0 : m / deviation[f]))),
    },
    { name: 'deviation', shape: [d, 2], data: brains },
    { name: 'unit', shape: [K], data: unit },
    { name: 'bias', shape: [K], data: linear.bias },
    { name: 'prints', shape: [packed.length], data: packed },
  ];
  const meta = {
    package: __VERSION__,
    name: weights.name,
    classes,
    columns: shortColumns(columns),
    columnsHash: hashOf(columns),
    scale: linear.scale,
    sharpness: weights.sharpness,
    corpora: weights.corpora.map((corpus) => ({ ...corpus })),
  };
  return writeContainer({ kind: 'weights', meta: meta, tensors });
}

/**
 * Weights from their bytes.
 *
 * @param file for messages
 * @throws {SatnmfError} `bad-file`: not a file of this package; `bad-model`: damaged, or no weights; `wrong-version`
 */
export function readWeights(bytes: Uint8Array, file = 'weights'): WeightsParts {
  const { meta, tensors } = readContainer(bytes, 'weights', file);
  const broken = (what: string): never => {
    throw new SatnmfError('bad-model', `${file}: these are no usable weights: ${what}`, { file });
  };
  const fields = isFields(meta) ? meta : broken('their header is not an object');
  const text = (value: unknown, what: string): string =>
    typeof value === 'string' && value.length <= MOST.text ? value : broken(`${what} is not a short text`);
  const number = (value: unknown, what: string, low: number, high: number): number =>
    typeof value === 'number' && value >= low && value <= high
      ? value
      : broken(`${what} is not a number from ${low} to ${high}`);
  const words = (value: unknown, what: string, most: number): string[] =>
    Array.isArray(value) && value.length <= most && value.every((word) => typeof word === 'string')
      ? value
      : broken(`${what} is not a list of at most ${most} texts`);

  const classes = words(fields['classes'], '"classes"', MOST.classes);
  if (classes.length < 2 || classes.some((word, k) => k > 0 && !(classes[k - 1] < word)))
    broken('"classes" must be two or more, in ascending order');
  const columns = words(longColumns(fields['columns']), '"columns"', MOST.features);
  if (columns.length === 0 || hashOf(columns) !== fields['columnsHash'])
    broken('their feature names do not agree with their checksum');
  const [d, K] = [columns.length, classes.length];

  const found = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const tensor = <T extends Tensor['data']>(
    name: string,
    shape: readonly number[] | null,
    type: abstract new (...args: never[]) => T,
  ): T => {
    const one = found.get(name);
    const fits =
      one !== undefined &&
      one.data instanceof type &&
      (shape === null || String(one.shape) === String(shape));
    return fits ? one.data : broken(`tensor ${quote(name)} is missing, or has another shape or type`);
  };
  const unit = tensor('unit', [K], Float64Array);
  if (unit.some((value) => !(value > 0 && value <= 2 ** 40))) broken('a unit is not a positive number');
  const bias = tensor('bias', [K], Float64Array);
  if (bias.some((value) => Math.abs(value) > 1e9)) broken('a bias is too large');
  const halves = decodeHalf(tensor('weights', [d, K], Uint16Array));
  const brains = tensor('deviation', [d, 2], Uint8Array);
  const deviation = Float64Array.from({ length: d }, (_, f) =>
    fromBrain(brains[2 * f] | (brains[2 * f + 1] << 8)),
  );
  if (deviation.some((value) => !(value >= 0 && value <= 1e30))) broken('a deviation is not a number ≥ 0');
  const means = decodeHalf(tensor('mean', [d], Uint16Array));
  const featureWeights = Float64Array.from(decodeHalf(tensor('featureWeights', [d], Uint16Array)));
  if (featureWeights.some((value) => value < 0)) broken('a feature weight is negative');
  const prints =
    unpackPrints(tensor('prints', null, Uint8Array)) ?? broken('their fingerprints cannot be read');
  const sharpness = isFields(fields['sharpness'])
    ? fields['sharpness']
    : broken('"sharpness" is not an object');
  const corpora = fields['corpora'];
  if (!Array.isArray(corpora) || corpora.length > MOST.corpora) broken('"corpora" is not a list of corpora');
  return {
    name: text(fields['name'], '"name"'),
    classes,
    columns,
    pool: {
      mean: deviation.map((s, f) => means[f] * s),
      variance: deviation.map((s) => s * s),
    },
    linear: {
      featureWeights,
      scale: number(fields['scale'], '"scale"', 0, 1e30),
      weights: halves.map((w, i) => w * unit[i % K]),
      bias,
    },
    sharpness: {
      trained: number(sharpness['trained'], '"trained"', 1e-3, 1e3),
      adapted: number(sharpness['adapted'], '"adapted"', 1e-3, 1e3),
    },
    corpora: (corpora as unknown[]).map((entry): TrainedOn => {
      const of = isFields(entry) ? entry : broken('a corpus is not described');
      return {
        name: text(of['name'], 'the name of a corpus'),
        rows: number(of['rows'], 'the rows of a corpus', 0, 2 ** 53),
        licence: text(of['licence'], 'the licence of a corpus'),
        credit: text(of['credit'], 'the credit of a corpus'),
      };
    }),
    prints,
  };
}

function isFields(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
