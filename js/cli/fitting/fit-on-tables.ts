/**
 * One fit to a labelled and an unlabelled table, with progress on the screen.
 *
 * @module
 */
import { setImmediate } from 'node:timers/promises';
import type { FitOptions, Method, Model, Task, Workers } from '../../contract/index.js';
import { chooseEmotions, type Corpus, selectEmotions, sourceClasses } from '../../data/index.js';
import { withoutEmotions } from '../../experiment/index.js';
import { showProgress } from '../screen/progress.js';
import { fitWork } from '../../methods/index.js';
import type { Screen } from '../screen/screen.js';
import { withWorkers } from './fit-workers.js';

/** What a fit came to. */
export interface Fitted {
  readonly model: Model;
  /** What it was fitted to: of the source the rows with an emotion that is learnt. */
  readonly task: Task;
  readonly seconds: number;
}

/**
 * Fits a method to the rows of the source that have one of the emotions (all emotions, if none are named)
 * and to all rows of the target, whose own emotions are not handed on.
 *
 * @throws {SatnmfError} `unknown-class` for an emotion that the source does not have, `one-class`, and as `fit` does
 */
export async function fitOnTables(
  screen: Screen,
  method: Method,
  source: Corpus,
  target: Corpus,
  { emotions, jobs }: { readonly emotions?: readonly string[]; readonly jobs?: number },
): Promise<Fitted> {
  const chosen = emotions === undefined ? sourceClasses(source) : chooseEmotions(source, source, emotions);
  const task = { source: selectEmotions(source, chosen), target: withoutEmotions(target) };
  const { rows: N, cols: features } = target.features;
  const rows = task.source.features.rows + N;
  const began = performance.now();
  const model = await withWorkers({ methods: [method], rows, features, jobs }, (workers) =>
    withProgress(screen, method, rows, workers, (how) => method.fit(task, how)),
  );
  for (const sentence of model.warnings) screen.warn(sentence);
  return { model, task, seconds: (performance.now() - began) / 1000 };
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
