// Fields and tensors of a model's file, each checked as it is read.
import type { Tensor, TensorData } from '../../data/index.js';
import { SatnmfError } from '../../errors.js';

/** An object of a header, before anything is known of it. */
export type Fields = { readonly [key: string]: unknown };

/** Largest size of a weight: products of features with it are still numbers (ours). */
export const LARGEST_WEIGHT = 1e100;
/** Largest size of a float32 weight: sums of its products with features are still float32 (ours). */
export const LARGEST_SINGLE = 1e17;

/** Reads what a model's file holds; each function throws `bad-model` for what does not fit. */
export class ModelFields {
  readonly #tensors: ReadonlyMap<string, Tensor>;
  readonly #file: string;

  constructor(tensors: readonly Tensor[], file: string) {
    this.#tensors = new Map(tensors.map((tensor) => [tensor.name, tensor]));
    this.#file = file;
  }

  broken(what: string): never {
    throw new SatnmfError('bad-model', `${this.#file}: is not a usable model: ${what}`, { file: this.#file });
  }

  fields(value: unknown, what: string): Fields {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      this.broken(`"${what}" is not an object`);
    return value as Fields;
  }

  text(of: Fields, key: string): string {
    const value = of[key];
    return typeof value === 'string' ? value : this.broken(`"${key}" is not a text`);
  }

  /** True or false; absent: false. */
  flag(of: Fields, key: string): boolean {
    const value = of[key] ?? false;
    return typeof value === 'boolean' ? value : this.broken(`"${key}" is not true or false`);
  }

  number(of: Fields, key: string): number {
    const value = of[key];
    return typeof value === 'number' && Number.isFinite(value)
      ? value
      : this.broken(`"${key}" is not a number`);
  }

  within(of: Fields, key: string, low: number, high: number): number {
    const value = this.number(of, key);
    return value >= low && value <= high ? value : this.broken(`"${key}" is not in [${low}, ${high}]`);
  }

  /** A whole number in [0, max]. */
  size(of: Fields, key: string, max: number): number {
    const value = this.number(of, key);
    return Number.isSafeInteger(value) && value >= 0 && value <= max
      ? value
      : this.broken(`"${key}" is not a size up to ${max}`);
  }

  list<T>(of: Fields, key: string, kind: 'string' | 'number'): T[] {
    const value = of[key];
    const fits = (item: unknown): boolean =>
      typeof item === kind && (kind === 'string' || Number.isFinite(item));
    if (!Array.isArray(value) || !value.every(fits)) this.broken(`"${key}" is not a list of ${kind}s`);
    return value as T[];
  }

  has(name: string): boolean {
    return this.#tensors.has(name);
  }

  /** Number of values of a tensor; 0 if there is none. */
  length(name: string): number {
    return this.#tensors.get(name)?.data.length ?? 0;
  }

  /** The numbers of a tensor that must have this shape and one of these types. */
  tensor<T extends TensorData>(
    name: string,
    shape: readonly number[],
    ...types: readonly (abstract new (...args: never[]) => T)[]
  ): T {
    const found = this.#tensors.get(name);
    if (found === undefined) this.broken(`tensor "${name}" is missing`);
    if (found.shape.length !== shape.length || shape.some((side, i) => side !== found.shape[i]))
      this.broken(`tensor "${name}" must be ${shape.join(' x ')}, it is ${found.shape.join(' x ')}`);
    const { data } = found;
    if (!types.some((type) => data instanceof type)) this.broken(`tensor "${name}" has another type`);
    return data as T;
  }

  /** Float32 or float64 numbers within ±`largest`, as float64. */
  wide(name: string, shape: readonly number[], largest = LARGEST_WEIGHT): Float64Array {
    const found = this.tensor<Float32Array | Float64Array>(name, shape, Float32Array, Float64Array);
    if (found.some((value) => Math.abs(value) > largest))
      this.broken(`tensor "${name}" has a value beyond ±${largest}`);
    return Float64Array.from(found);
  }
}
