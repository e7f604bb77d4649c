/**
 * The parts of a model from its bytes. Every length and index is checked before use; predictions after
 * a round trip have the same bits.
 *
 * @module
 */
import { compareNames } from '../data/compare-names.js';
import type { Normalizer } from '../data/normalize.js';
import { normalizerFromTensors } from '../data/normalizer-tensors.js';
import type { Tensor, TensorData } from '../data/tensor.js';
import { SatnmfError } from '../errors.js';
import { readContainer } from '../io/container.js';
import { decodeHalf } from '../io/half.js';
import type { LinearSvm, SvmScheme } from './linear-svm.js';
import type { Classification } from './method.js';
import { namesHash } from './model-bytes.js';
import type { ModelParts, Trial } from './model-parts.js';

/** What the bytes say, checked. */
export function modelParts(bytes: Uint8Array, file: string): ModelParts {
  const { meta, tensors } = readContainer(bytes, 'model', file);
  return new Reader(meta, tensors, file).parts();
}

/** Largest size of a weight and of an entry of a dictionary: products of features with them are still numbers (ours). */
const LARGEST_WEIGHT = 1e100;
const LARGEST_ATOM = 1e17;
/** How far the shares of a row may be from 1 in sum (ours): they are quotients of counts. */
const SHARE_ERROR = 1e-12;

/** Which classes the vectors of an SVM speak for and against, in their order (js/methods/svm/problem.ts). */
function sides(paired: boolean, present: Int32Array): { positive: number[]; negative: number[] } {
  const classes = Array.from(present);
  const pairs = paired ? classes.flatMap((a, i) => classes.slice(i + 1).map((b) => [a, b] as const)) : [];
  return paired
    ? { positive: pairs.map(([a]) => a), negative: pairs.map(([, b]) => b) }
    : { positive: classes, negative: classes.map(() => -1) };
}

type Fields = { readonly [key: string]: unknown };

/** Takes a model's file apart; each getter refuses what does not fit. */
class Reader {
  readonly #meta: Fields;
  readonly #tensors: readonly Tensor[];
  readonly #file: string;

  constructor(meta: unknown, tensors: readonly Tensor[], file: string) {
    this.#file = file;
    this.#tensors = tensors;
    this.#meta = this.#fields(meta, 'meta');
  }

  #broken(what: string): never {
    throw new SatnmfError('bad-model', `${this.#file}: is not a usable model: ${what}`, { file: this.#file });
  }

  #fields(value: unknown, what: string): Fields {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      this.#broken(`"${what}" is not an object`);
    return value as Fields;
  }

  #text(of: Fields, key: string): string {
    const value = of[key];
    return typeof value === 'string' ? value : this.#broken(`"${key}" is not a text`);
  }

  #number(of: Fields, key: string): number {
    const value = of[key];
    return typeof value === 'number' && Number.isFinite(value)
      ? value
      : this.#broken(`"${key}" is not a number`);
  }

  #within(of: Fields, key: string, low: number, high: number): number {
    const value = this.#number(of, key);
    return value >= low && value <= high ? value : this.#broken(`"${key}" is not in [${low}, ${high}]`);
  }

  #size(of: Fields, key: string, max: number): number {
    const value = this.#number(of, key);
    return Number.isSafeInteger(value) && value >= 0 && value <= max
      ? value
      : this.#broken(`"${key}" is not a size up to ${max}`);
  }

  #list<T>(of: Fields, key: string, kind: 'string' | 'number'): T[] {
    const value = of[key];
    const fits = (item: unknown): boolean =>
      typeof item === kind && (kind === 'string' || Number.isFinite(item));
    if (!Array.isArray(value) || !value.every(fits)) this.#broken(`"${key}" is not a list of ${kind}s`);
    return value as T[];
  }

  /** Distinct class indices, ascending, one at least. */
  #classes(of: Fields, key: string, below: number): Int32Array {
    const list = this.#list<number>(of, key, 'number');
    if (list.some((k) => !Number.isSafeInteger(k) || k < 0 || k >= below))
      this.#broken(`"${key}" names a class that is not there`);
    if (list.length === 0 || list.some((k, i) => i > 0 && k <= list[i - 1]))
      this.#broken(`"${key}" is not a list of classes`);
    return Int32Array.from(list);
  }

  /** A list that can only be this one. */
  #exactly(of: Fields, key: string, expected: readonly number[]): Int32Array {
    const list = this.#list<number>(of, key, 'number');
    if (list.length !== expected.length || list.some((k, i) => k !== expected[i]))
      this.#broken(`"${key}" does not go with the scheme and its classes`);
    return Int32Array.from(list);
  }

  #tensor<T extends TensorData>(
    name: string,
    shape: readonly number[],
    ...types: readonly (abstract new (...args: never[]) => T)[]
  ): T {
    const found = this.#tensors.find((tensor) => tensor.name === name);
    if (found === undefined) this.#broken(`tensor "${name}" is missing`);
    if (found.shape.length !== shape.length || shape.some((side, i) => side !== found.shape[i]))
      this.#broken(`tensor "${name}" must be ${shape.join(' x ')}, it is ${found.shape.join(' x ')}`);
    const { data } = found;
    if (!types.some((type) => data instanceof type)) this.#broken(`tensor "${name}" has another type`);
    return data as T;
  }

  #wide(name: string, shape: readonly number[], largest = LARGEST_WEIGHT): Float64Array {
    const found = this.#tensor<Float32Array | Float64Array>(name, shape, Float32Array, Float64Array);
    if (found.some((value) => Math.abs(value) > largest))
      this.#broken(`tensor "${name}" has a value beyond ±${largest}`);
    return Float64Array.from(found);
  }

  #normalizer(cols: number): Normalizer {
    let found: Normalizer;
    try {
      found = normalizerFromTensors(this.#meta['normalizer'], this.#tensors);
    } catch (error) {
      if (error instanceof SatnmfError) this.#broken(error.message);
      throw error;
    }
    return found.cols === cols ? found : this.#broken('its normaliser has another width');
  }

  #svm(value: unknown, name: string, inputs: number, classes: number): LinearSvm {
    const of = this.#fields(value, name);
    const scheme = this.#text(of, 'scheme');
    if (!['ovr-l2', 'ovr-l1', 'cs', 'ovo'].includes(scheme)) this.#broken(`"scheme" of ${name} is unknown`);
    if (this.#size(of, 'inputs', 2 ** 31) !== inputs) this.#broken(`${name} must have ${inputs} inputs`);
    if (this.#size(of, 'classes', 2 ** 16) !== classes) this.#broken(`${name} must have ${classes} classes`);
    const present = this.#classes(of, 'present', classes);
    const p = present.length;
    // `ovr-*` needs one vector for two classes; a single class needs none.
    const paired = scheme === 'ovo' || p === 1 || (p === 2 && scheme !== 'cs');
    const outputs = paired ? (p * (p - 1)) / 2 : p;
    if (this.#size(of, 'outputs', 2 ** 31) !== outputs) this.#broken(`${name} must have ${outputs} outputs`);
    // Before the lists are made that they must agree with: the file is at least as large as these.
    const vectors = this.#wide(`${name}.vectors`, [outputs, inputs]);
    const { positive, negative } = sides(paired, present);
    return {
      scheme: scheme as SvmScheme,
      form: 'weights',
      C: this.#number(of, 'C'),
      bias: this.#number(of, 'bias'),
      classes,
      present,
      inputs,
      outputs,
      vectors,
      intercepts: this.#wide(`${name}.intercepts`, [outputs]),
      positive: this.#exactly(of, 'positive', positive),
      negative: this.#exactly(of, 'negative', negative),
      reports: [],
      converged: of['converged'] === true,
    };
  }

  #trial(value: unknown, t: number, d: number, classes: number): Trial {
    const of = this.#fields(value, `trial ${t}`);
    const r = this.#size(of, 'r', 65536);
    const stored = this.#tensor<Float32Array | Uint16Array>(
      `trial.${t}.U`,
      [d, r],
      Float32Array,
      Uint16Array,
    );
    const U = stored instanceof Uint16Array ? decodeHalf(stored) : stored;
    if (r < 1 || U.some((entry) => entry < 0 || entry > LARGEST_ATOM))
      this.#broken(`the dictionary of trial ${t} is empty, or has an entry that is negative or too large`);
    const svm = this.#svm(of['svm'], `trial.${t}.svm`, r, classes);
    const scale = this.#within(of, 'scale', 0, LARGEST_WEIGHT);
    return { r, U, scale, agreement: this.#within(of, 'agreement', 0, 1), svm };
  }

  #target(classes: readonly string[]): Classification {
    const c = classes.length;
    const m = this.#tensors.find((tensor) => tensor.name === 'target.class')?.data.length ?? 0;
    if (m < 1) this.#broken('it says nothing of a target');
    const index = this.#tensor('target.class', [m], Int32Array);
    if (index.some((k) => k < 0 || k >= c)) this.#broken('"target.class" names a class that is not there');
    const confidence = this.#wide('target.confidence', [m], 1);
    const shares = this.#wide('target.shares', [m, c], 1);
    if (confidence.some((value) => value < 0) || shares.some((value) => value < 0))
      this.#broken('a confidence or a share is negative');
    for (let i = 0; i < m; i++) {
      let sum = 0;
      for (let k = 0; k < c; k++) sum += shares[i * c + k];
      if (Math.abs(sum - 1) > SHARE_ERROR) this.#broken(`the shares of row ${i} do not sum to 1`);
    }
    const margins = this.#wide('target.margins', [m, c], Infinity);
    return { emotions: Array.from(index, (k) => classes[k]), confidence, shares, margins };
  }

  parts(): ModelParts {
    const meta = this.#meta;
    const classes = this.#list<string>(meta, 'classes', 'string');
    if (classes.length < 2) this.#broken('it has fewer than two classes');
    if (classes.some((word, k) => k > 0 && !(classes[k - 1] < word)))
      this.#broken('its classes are not in order');
    const columns =
      meta['columns'] === 'compare-2013' ? compareNames() : this.#list<string>(meta, 'columns', 'string');
    if (columns.length === 0) this.#broken('it has no features');
    if (namesHash(columns) !== meta['columnsHash'])
      this.#broken('its feature names do not agree with their checksum');
    const vote = this.#text(meta, 'vote');
    if (vote !== 'majority' && vote !== 'margin') this.#broken('"vote" is unknown');
    const trials = meta['trials'];
    if (!Array.isArray(trials)) this.#broken('"trials" is not a list');
    const normalizer = this.#normalizer(columns.length);
    return {
      method: this.#text(meta, 'method'),
      options: this.#fields(meta['options'], 'options'),
      classes,
      columns,
      warnings: this.#list<string>(meta, 'warnings', 'string'),
      iterations: this.#list<number>(meta, 'iterations', 'number'),
      normalizer,
      base: this.#svm(meta['base'], 'base', columns.length, classes.length),
      trials: (trials as unknown[]).map((trial, t) => this.#trial(trial, t, columns.length, classes.length)),
      vote,
      target: this.#target(classes),
    };
  }
}
