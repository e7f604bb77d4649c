/**
 * One fit to a labelled and an unlabelled table, with progress on the screen.
 *
 * @module
 */
import { setImmediate } from 'node:timers/promises';
import {
  type FitOptions,
  type Method,
  type Model,
  sourcesOf,
  type Task,
  type Weights,
  type Workers,
} from '../../contract/index.js';
import { chooseEmotions, type Corpus, counted, selectEmotions, sourceClasses } from '../../data/index.js';
import { type Learnt, nameOfLearnt, withoutEmotions } from '../../experiment/index.js';
import { emotionsOf } from '../../recogniser/recognition/index.js';
import { showProgress } from '../screen/progress.js';
import { fitWork } from '../../methods/index.js';
import type { Screen } from '../screen/screen.js';
import { withWorkers } from './fit-workers.js';

/** What a fit came to. */
export interface Fitted {
  readonly model: Model;
  /** What it was fitted to: of the sources the rows with an emotion that is learnt. */
  readonly task: Task;
  readonly seconds: number;
}

/**
 * Fits a method to what is learnt from, for the emotions asked for, and to all rows of the target. Without a word of the
 * user, weights answer the everyday emotions, and sources all that they have. The target's own emotions are not handed
 * on, unless labels are to be used.
 *
 * @throws {SatnmfError} `unknown-class` for an emotion that nothing teaches, `one-class`, and as `fit` does
 */
export async function fitOnTables(
  screen: Screen,
  method: Method,
  learnt: Learnt,
  target: Corpus,
  {
    emotions,
    jobs,
    useLabels,
  }: { readonly emotions?: readonly string[]; readonly jobs?: number; readonly useLabels?: true },
): Promise<Fitted> {
  const asked = emotions?.includes('all') === true ? 'all' : emotions;
  const weights = learnt.weights && emotionsOf(learnt.weights, asked);
  const task: Task = {
    source: learnt.sources.map((source) => selectEmotions(source, chosen(learnt, weights, asked))),
    ...(weights && { weights }),
    target: withoutEmotions(target),
    ...(useLabels && { known: knownOf(screen, target, weights?.classes ?? chosen(learnt, weights, asked)) }),
  };
  const { rows: N, cols: features } = target.features;
  const rows = sourcesOf(task).reduce((sum, one) => sum + one.features.rows, N);
  const began = performance.now();
  const model = await withWorkers({ methods: [method], rows, features, jobs }, (workers) =>
    withProgress(screen, method, rows, workers, (how) => method.fit(task, how)),
  );
  for (const sentence of model.warnings) screen.warn(sentence);
  return { model, task, seconds: (performance.now() - began) / 1000 };
}

/** Emotions that are learnt: those asked for, or all of the weights or of the sources. */
function chosen(learnt: Learnt, weights: Weights | undefined, asked?: readonly string[] | 'all'): string[] {
  if (weights !== undefined) return [...weights.classes];
  const taught = {
    name: nameOfLearnt(learnt),
    emotion: learnt.sources.flatMap((source) => [...source.emotion]),
  };
  return asked === undefined || asked === 'all'
    ? sourceClasses(taught)
    : chooseEmotions(taught, taught, asked);
}

/** The target's emotions that may be used, null elsewhere; says how many there are. */
export function knownOf(screen: Screen, target: Corpus, classes: readonly string[]): (string | null)[] {
  const known = target.emotion.map((emotion) => (classes.includes(emotion ?? '') ? emotion : null));
  const used = known.filter((emotion) => emotion !== null).length;
  const others = target.emotion.filter((emotion, i) => emotion !== null && known[i] === null).length;
  const left = others === 0 ? '' : `; ${counted(others, 'row')} with other emotions count as not labelled`;
  screen.note(`${target.name}: emotions of ${counted(used, 'row')} are used${left}.`);
  return known;
}

/**
 * Runs one fit with its progress on the screen.
 *
 * @param rows of both corpora
 * @throws the signal's reason after Ctrl-C, which is only heard between two turns of the event loop
 */
export async function withProgress<T>(
  screen: Screen,
  method: Method,
  rows: number,
  workers: Workers | undefined,
  fit: (how: Pick<FitOptions, 'signal' | 'onProgress' | 'workers'>) => Promise<T>,
): Promise<T> {
  const display = showProgress(screen, [fitWork(method, rows, workers?.count)]);
  try {
    await setImmediate();
    const how = { signal: screen.signal, onProgress: display.of(0) };
    const result = await fit(workers === undefined ? how : { ...how, workers });
    await setImmediate();
    screen.signal.throwIfAborted();
    display.done(0);
    return result;
  } finally {
    display.end();
  }
}
