/**
 * Small corpora for the contract: noise around class means, the target's moved.
 */
import type { Corpus, Matrix } from 'satnmf';
import type { Package } from './check.js';

export interface Sizes {
  readonly n: number;
  readonly m: number;
  readonly d: number;
}

export interface Pair {
  readonly source: Corpus;
  readonly target: Corpus;
  /** New recordings of the target: 9 rows. */
  readonly fresh: Matrix;
}

/** Not in class order, so that the order of the classes is the package's own. */
export const EMOTIONS = ['sadness', 'anger', 'neutral'] as const;

/** Odd sizes, so that the kernels meet their edges; more than the 20 rows that a target needs. */
export const SMALL: Sizes = { n: 29, m: 23, d: 11 };

/** Uniform in [0, 1), from a linear congruence: exact on every engine. */
function uniforms(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 8) / 2 ** 24;
  };
}

/** Everything in it is frozen that can be (arrays of numbers cannot). */
export function pairOf(
  { corpus, matrix }: Pick<Package, 'corpus' | 'matrix'>,
  { n, m, d } = SMALL,
  seed = 1,
): Pair {
  const uniform = uniforms(seed);
  for (let i = 0; i < 10; i++) uniform();
  const c = EMOTIONS.length;
  const means = Array.from({ length: c * d }, uniform);
  const shift = Array.from({ length: d }, uniform);
  const features = (rows: number, moved: number): Matrix => {
    const made = matrix(rows, d);
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < d; j++)
        made.data[i * d + j] =
          (means[(i % c) * d + j] + 1.2 * uniform() + moved * shift[j]) * (j % 4 === 3 ? 100 : 1);
    return Object.freeze(made);
  };
  const make = (name: string, rows: number, moved: number): Corpus =>
    deepFreeze(
      corpus({
        name,
        features: features(rows, moved),
        columns: Array.from({ length: d }, (_, j) => `feature ${j}`),
        file: Array.from({ length: rows }, (_, i) => `${name}-${i}.wav`),
        speaker: Array.from({ length: rows }, (_, i) => `${name} ${Math.floor(i / c) % 3}`),
        emotion: Array.from({ length: rows }, (_, i) => EMOTIONS[i % c]),
      }),
    );
  return { source: make('acted', n, 0), target: make('natural', m, 0.6), fresh: features(9, 0.6) };
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  for (const part of Object.values(value)) deepFreeze(part);
  return Object.freeze(value);
}

/** The corpus with other rows of features: `change` gets a copy of them. */
export function withFeatures(
  { corpus, matrix }: Pick<Package, 'corpus' | 'matrix'>,
  given: Corpus,
  change: (data: Float32Array, cols: number) => void,
): Corpus {
  const { rows, cols, data } = given.features;
  const copy = data.slice();
  change(copy, cols);
  return corpus({ ...given, features: matrix(rows, cols, copy) });
}

/** The corpus with other emotions. */
export function withEmotions(
  { corpus }: Pick<Package, 'corpus'>,
  given: Corpus,
  emotion: (row: number) => string | null,
): Corpus {
  return corpus({ ...given, emotion: given.emotion.map((_, row) => emotion(row)) });
}

/** The first columns of a corpus. */
export function withColumns(
  { corpus, matrix }: Pick<Package, 'corpus' | 'matrix'>,
  given: Corpus,
  cols: number,
): Corpus {
  const { rows, data, cols: all } = given.features;
  const cut = matrix(rows, cols);
  for (let i = 0; i < rows; i++) cut.data.set(data.subarray(i * all, i * all + cols), i * cols);
  return corpus({ ...given, features: cut, columns: given.columns.slice(0, cols) });
}
