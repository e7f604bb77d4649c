// A fitted normalisation as tensors, and back: what a model file stores of it.
import { SatnmfError } from '../../errors.js';
import type { Normalizer } from './normalize.js';
import type { Tensor, TensorData } from '../tensor.js';

/** What goes into a file's header. */
export type NormalizerMeta = {
  readonly kind: Normalizer['kind'];
  readonly cols: number;
  readonly speakers: readonly string[];
};

/** Float32 where that loses nothing (the ranges of float32 features), float64 elsewhere. */
function shortest(data: Float32Array | Float64Array): Float32Array | Float64Array {
  const short = Float32Array.from(data);
  return data.every((value, i) => value === short[i]) ? short : data;
}

/**
 * Header data and tensors of a normaliser. Tensor names begin with `normalizer.`; sizes are
 * `(1 + speakers) x cols` for the ranges and moments, and the sorted columns for ranks.
 */
export function normalizerTensors(normalizer: Normalizer): { meta: NormalizerMeta; tensors: Tensor[] } {
  const { kind, cols, speakers } = normalizer;
  const meta = { kind, cols, speakers };
  const groups = speakers.length + 1;
  const table = (name: string, data: Float64Array, rows = groups): Tensor => ({
    name: `normalizer.${name}`,
    shape: [rows, cols],
    data: shortest(data),
  });
  switch (normalizer.kind) {
    case 'none':
      return { meta, tensors: [] };
    case 'min-max':
      return { meta, tensors: [table('low', normalizer.low), table('high', normalizer.high)] };
    case 'z-min-max':
      return {
        meta,
        tensors: [
          table('mean', normalizer.mean),
          table('deviation', normalizer.deviation),
          table('low', normalizer.low, 1),
          table('high', normalizer.high, 1),
        ],
      };
    case 'clipped-z':
      return { meta, tensors: [table('mean', normalizer.mean), table('deviation', normalizer.deviation)] };
    case 'rank':
      return {
        meta,
        tensors: [
          { name: 'normalizer.counts', shape: [groups], data: normalizer.counts },
          { name: 'normalizer.sorted', shape: [normalizer.sorted.length], data: shortest(normalizer.sorted) },
        ],
      };
  }
}

function broken(what: string): never {
  throw new SatnmfError('bad-model', `the model's normaliser is damaged: ${what}`, {
    argument: 'normalizer',
  });
}

const KINDS: readonly string[] = [
  'none',
  'min-max',
  'rank',
  'z-min-max',
  'clipped-z',
] satisfies Normalizer['kind'][];

function readMeta(meta: unknown): NormalizerMeta {
  if (typeof meta !== 'object' || meta === null) broken('its description is missing');
  const { kind, cols, speakers } = meta as Partial<Record<keyof NormalizerMeta, unknown>>;
  if (typeof kind !== 'string' || !KINDS.includes(kind)) broken('its kind is unknown');
  if (typeof cols !== 'number' || !Number.isSafeInteger(cols) || cols < 0) broken('its width is not a size');
  if (!Array.isArray(speakers) || speakers.some((name) => typeof name !== 'string'))
    broken('its speakers are not names');
  const names = speakers as string[];
  if (names.some((name, g) => g > 0 && !(names[g - 1] < name))) broken('its speakers are not in order');
  return { kind: kind as Normalizer['kind'], cols, speakers: names };
}

/**
 * The normaliser that {@link normalizerTensors} took apart. Everything is checked: kinds, sizes, order
 * of the ranges and of the sorted columns.
 * @param tensors those of the file; others than the normaliser's are ignored
 * @throws {SatnmfError} `bad-model`, saying what is wrong
 */
export function normalizerFromTensors(meta: unknown, tensors: readonly Tensor[]): Normalizer {
  const { kind, cols, speakers } = readMeta(meta);
  const groups = speakers.length + 1;
  const find = (name: string): TensorData =>
    tensors.find((tensor) => tensor.name === `normalizer.${name}`)?.data ?? broken(`"${name}" is missing`);
  const table = (name: string, rows: number): Float64Array => {
    const data = find(name);
    if (!(data instanceof Float32Array || data instanceof Float64Array)) broken(`"${name}" has another type`);
    if (data.length !== rows * cols) broken(`"${name}" must hold ${rows} x ${cols} numbers`);
    if (!data.every(Number.isFinite)) broken(`"${name}" holds a value that is not finite`);
    return Float64Array.from(data);
  };
  const ranges = (rows: number) => {
    const [low, high] = [table('low', rows), table('high', rows)];
    if (!low.every((value, i) => value <= high[i])) broken('a lower bound is above its upper bound');
    return { low, high };
  };
  const moments = () => {
    const [mean, deviation] = [table('mean', groups), table('deviation', groups)];
    if (!deviation.every((value) => value >= 0)) broken('a deviation is negative');
    return { mean, deviation };
  };
  switch (kind) {
    case 'none':
      return { kind, cols, speakers };
    case 'min-max':
      return { kind, cols, speakers, ...ranges(groups) };
    case 'z-min-max':
      return { kind, cols, speakers, ...moments(), ...ranges(1) };
    case 'clipped-z':
      return { kind, cols, speakers, ...moments() };
    case 'rank': {
      const [counts, sorted] = [find('counts'), find('sorted')];
      if (!(counts instanceof Int32Array) || counts.length !== groups || !counts.every((count) => count > 0))
        broken('the sizes of its groups are not positive whole numbers');
      if (!(sorted instanceof Float32Array || sorted instanceof Float64Array))
        broken('"sorted" has another type');
      if (sorted.length !== counts.reduce((sum, count) => sum + count * cols, 0))
        broken('"sorted" has another size');
      let at = 0;
      for (const count of counts)
        for (let j = 0; j < cols; j++)
          for (let i = 0; i < count; i++, at++)
            if (!Number.isFinite(sorted[at]) || (i > 0 && sorted[at - 1] > sorted[at]))
              broken('its ranks are not sorted');
      return { kind, cols, speakers, counts, sorted };
    }
  }
}
