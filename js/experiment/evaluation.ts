/**
 * Evaluation: a method is fitted to a source and a target, and its answers are compared with the truth.
 *
 * @module
 */
import { chooseEmotions, type Corpus, selectEmotions, sourceClasses } from '../data/index.js';
import type { FitOptions, Method, Model, Unlabelled, Weights } from '../contract/index.js';
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
 *
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

/** What is learnt from, and a labelled target with the same emotions. */
export interface Pair {
  readonly sources: readonly Corpus[];
  /** Beside the sources, or in their place. */
  readonly weights?: Weights;
  readonly target: Corpus;
  /** In class order. */
  readonly classes: readonly string[];
  /** Emotions of the target that methods are shown; these rows are not scored. Default: none. */
  readonly known?: readonly (string | null)[];
}

/** What methods learn from. */
export type Learnt = Pick<Pair, 'sources' | 'weights'>;

/** Names of what is learnt from, joined by ` + `. */
export const nameOfLearnt = ({ sources, weights }: Learnt): string =>
  [...(weights === undefined ? [] : [`weights ${weights.name}`]), ...sources.map(({ name }) => name)].join(
    ' + ',
  );

/**
 * What is learnt from and the rows of the target, for the emotions that they have in common, or for those asked for.
 *
 * @throws {SatnmfError} `no-common-emotion`, `unknown-class` (an emotion asked for that nothing teaches), `one-class`
 */
export function pairFrom(learnt: Learnt, target: Corpus, asked?: readonly string[]): Pair {
  const { sources, weights } = learnt;
  const emotion = weights?.classes ?? sources.flatMap((source) => [...source.emotion]);
  const taught = { name: nameOfLearnt(learnt), emotion };
  const classes = chooseEmotions(taught, target, asked);
  sourceClasses({ name: taught.name, emotion: classes });
  return {
    sources: sources.map((source) => selectEmotions(source, classes)),
    ...(weights && { weights: weights.only(classes) }),
    target: selectEmotions(target, classes),
    classes,
  };
}

/** As {@link pairFrom}, for one source. */
export const pairOf = (source: Corpus, target: Corpus, asked?: readonly string[]): Pair =>
  pairFrom({ sources: [source] }, target, asked);

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
  /** Rows of the target that are scored: all but those whose emotion the method was shown. */
  readonly scored: number;
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
 *
 * @throws {SatnmfError} as `fit` does
 */
export async function evaluate(
  method: Method,
  { sources, weights, target, classes, known }: Pair,
  options: FitOptions = {},
): Promise<{ evaluation: Evaluation; model: Model }> {
  const model = await method.fit(
    {
      source: sources,
      target: withoutEmotions(target),
      ...(weights && { weights }),
      ...(known && { known }),
    },
    options,
  );
  const predictions = model.predict();
  const own = method.options as Readonly<Record<string, unknown>>;
  const preset = typeof own['preset'] === 'string' ? own['preset'] : null;
  const { iterations } = model;
  const truth = target.emotion.map((emotion, i) => ((known?.[i] ?? null) === null ? emotion : null));
  const scored = truth.filter((emotion) => emotion !== null).length;
  const found = score(truth, predictions, classes);
  return {
    evaluation: { method: method.name, preset, options: own, ...found, iterations, predictions, scored },
    model,
  };
}
