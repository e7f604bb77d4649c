/**
 * The parts of a model from its bytes. Every length and index is checked before use; predictions after
 * a round trip have the same bits.
 *
 * @module
 */
import { compareNames } from '../data/compare-names.js';
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

  #size(of: Fields, key: string, max: number): number {
    const value = this.#number(of, key);
    return Number.isSafeInteger(value) && value >= 0 && value <= max
      ? value
      : this.#broken(`"${key}" is not a size up to ${max}`);
  }

  #list<T>(of: Fields, key: string, kind: 'string' | 'number'): T[] {
    const value = of[key];
    if (!Array.isArray(value) || value.some((item) => typeof item !== kind))
      this.#broken(`"${key}" is not a list of ${kind}s`);
    return value as T[];
  }

  #indices(of: Fields, key: string, length: number, below: number, least = 0): Int32Array {
    const list = this.#list<number>(of, key, 'number');
    if (length >= 0 && list.length !== length) this.#broken(`"${key}" must have ${length} entries`);
    if (list.some((k) => !Number.isSafeInteger(k) || k < least || k >= below))
      this.#broken(`"${key}" names a class that is not there`);
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

  #wide(name: string, shape: readonly number[]): Float64Array {
    return Float64Array.from(
      this.#tensor<Float32Array | Float64Array>(name, shape, Float32Array, Float64Array),
    );
  }

  #svm(value: unknown, name: string, inputs: number, classes: number): LinearSvm {
    const of = this.#fields(value, name);
    const scheme = this.#text(of, 'scheme');
    if (!['ovr-l2', 'ovr-l1', 'cs', 'ovo'].includes(scheme)) this.#broken(`"scheme" of ${name} is unknown`);
    if (this.#size(of, 'inputs', 2 ** 31) !== inputs) this.#broken(`${name} must have ${inputs} inputs`);
    if (this.#size(of, 'classes', 2 ** 16) !== classes) this.#broken(`${name} must have ${classes} classes`);
    const outputs = this.#size(of, 'outputs', classes * classes);
    const present = this.#indices(of, 'present', -1, classes);
    if (present.length === 0 || present.some((k, i) => i > 0 && k <= present[i - 1]))
      this.#broken(`"present" of ${name} is not a list of classes`);
    if ((outputs === 0) !== (present.length === 1)) this.#broken(`${name} has no vectors for its classes`);
    return {
      scheme: scheme as SvmScheme,
      form: 'weights',
      C: this.#number(of, 'C'),
      bias: this.#number(of, 'bias'),
      classes,
      present,
      inputs,
      outputs,
      vectors: this.#wide(`${name}.vectors`, [outputs, inputs]),
      intercepts: this.#wide(`${name}.intercepts`, [outputs]),
      positive: this.#indices(of, 'positive', outputs, classes),
      negative: this.#indices(of, 'negative', outputs, classes, -1),
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
    if (r < 1 || U.some((entry) => entry < 0))
      this.#broken(`the dictionary of trial ${t} has a negative entry`);
    const svm = this.#svm(of['svm'], `trial.${t}.svm`, r, classes);
    return { r, U, scale: this.#number(of, 'scale'), agreement: this.#number(of, 'agreement'), svm };
  }

  #target(classes: readonly string[]): Classification {
    const c = classes.length;
    const m = this.#tensors.find((tensor) => tensor.name === 'target.class')?.data.length ?? 0;
    const index = this.#tensor('target.class', [m], Int32Array);
    if (index.some((k) => k < 0 || k >= c)) this.#broken('"target.class" names a class that is not there');
    return {
      emotions: Array.from(index, (k) => classes[k]),
      confidence: this.#wide('target.confidence', [m]),
      shares: this.#wide('target.shares', [m, c]),
      margins: this.#wide('target.margins', [m, c]),
    };
  }

  parts(): ModelParts {
    const meta = this.#meta;
    const classes = this.#list<string>(meta, 'classes', 'string');
    if (classes.length < 2) this.#broken('it has fewer than two classes');
    const columns =
      meta['columns'] === 'compare-2013' ? compareNames() : this.#list<string>(meta, 'columns', 'string');
    if (namesHash(columns) !== meta['columnsHash'])
      this.#broken('its feature names do not agree with their checksum');
    const vote = this.#text(meta, 'vote');
    if (vote !== 'majority' && vote !== 'margin') this.#broken('"vote" is unknown');
    const trials = meta['trials'];
    if (!Array.isArray(trials)) this.#broken('"trials" is not a list');
    const normalizer = normalizerFromTensors(meta['normalizer'], this.#tensors);
    if (normalizer.cols !== columns.length) this.#broken('its normaliser has another width');
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
