// Evaluation: a method is fitted to a source and a target, and its answers are compared with the truth.
import { chooseEmotions, type Corpus, selectEmotions, sourceClasses } from '../data/index.js';
import type { FitOptions, Method, Model, Unlabelled } from '../contract/index.js';
import { confusion, recalls, uar, war } from '../metrics/index.js';

/** How good the predictions are; UAR, WAR and recalls are fractions in [0, 1]. */
export interface Score {
  /** Mean recall of the emotions that occur in the truth; chance is 1 / their number. */
  readonly uar: number;
  /** Share of all utterances that were recognised. */
  readonly war: number;
  /** Recall of each class, in their order; null for one that the truth does not have. */
  readonly recalls: readonly (number | null)[];
  /** Entry [i][j]: utterances of class i that were taken for class j. */
  readonly confusion: readonly (readonly number[])[];
}

/**
 * Compares predictions with the truth. Utterances whose emotion is not known (null) do not count.
 * @param classes every emotion that may occur, in class order
 * @throws {SatnmfError} as `confusion` does
 */
export function score(
  truth: readonly (string | null)[],
  predictions: readonly string[],
  classes: readonly string[],
): Score {
  const counts = confusion(truth, predictions, classes);
  const c = classes.length;
  return {
    uar: uar(counts),
    war: war(counts),
    recalls: recalls(counts),
    confusion: classes.map((_, k) => Array.from(counts.counts.subarray(k * c, (k + 1) * c))),
  };
}

/** Two labelled corpora with the same emotions. */
export interface Pair {
  readonly source: Corpus;
  readonly target: Corpus;
  /** In class order. */
  readonly classes: readonly string[];
}

/**
 * The rows of both corpora that have one of the emotions they have in common, or of those asked for.
 * @throws {SatnmfError} `no-common-emotion`, `unknown-class` (an emotion asked for that the source does not
 *   have), `one-class`
 */
export function pairOf(source: Corpus, target: Corpus, asked?: readonly string[]): Pair {
  const classes = chooseEmotions(source, target, asked);
  const pair = { source: selectEmotions(source, classes), target: selectEmotions(target, classes), classes };
  sourceClasses(pair.source);
  return pair;
}

/** The result of one method. */
export interface Evaluation extends Score {
  readonly method: string;
  /** Null for a method that has none. */
  readonly preset: string | null;
  readonly options: Readonly<Record<string, unknown>>;
  /** Iterations of each trial; empty for methods that do not iterate. */
  readonly iterations: readonly number[];
  /** One emotion a row of the target. */
  readonly predictions: readonly string[];
}

/** What a fit is handed of a target: everything but its emotions. */
export const withoutEmotions = ({ name, features, columns, file, speaker }: Corpus): Unlabelled => ({
  name,
  features,
  columns,
  file,
  speaker,
});

/**
 * Fits a method to a pair and scores it. The fit is handed the target without its emotions; they are looked
 * at only when it is over.
 * @throws {SatnmfError} as `fit` does
 */
export async function evaluate(
  method: Method,
  { source, target, classes }: Pair,
  options: FitOptions = {},
): Promise<{ evaluation: Evaluation; model: Model }> {
  const model = await method.fit({ source, target: withoutEmotions(target) }, options);
  const predictions = model.predict();
  const known = method.options as Readonly<Record<string, unknown>>;
  const preset = typeof known['preset'] === 'string' ? known['preset'] : null;
  const { iterations } = model;
  const scored = score(target.emotion, predictions, classes);
  return {
    evaluation: { method: method.name, preset, options: known, ...scored, iterations, predictions },
    model,
  };
}
