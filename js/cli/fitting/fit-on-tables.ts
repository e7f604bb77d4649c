/**
 * One fit to a labelled and an unlabelled table, with progress on the screen.
 *
 * @module
 */
import { setImmediate } from 'node:timers/promises';
import type { Corpus } from '../../data/corpus.js';
import { chooseEmotions, selectEmotions, sourceClasses } from '../../data/emotions.js';
import type { Method, Model, Task } from '../../contract/method.js';
import { withWorkers } from './fit-workers.js';
import { showProgress } from '../screen/progress.js';
import { fitWork } from '../../methods/work.js';
import type { Screen } from '../screen/screen.js';

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
  { name, features, columns, file, speaker }: Corpus,
  {
    emotions,
    quiet,
    jobs,
  }: { readonly emotions?: readonly string[]; readonly quiet?: boolean; readonly jobs?: number },
): Promise<Fitted> {
  const chosen = emotions === undefined ? sourceClasses(source) : chooseEmotions(source, source, emotions);
  const labelled = selectEmotions(source, chosen);
  const task = { source: labelled, target: { name, features, columns, file, speaker } };
  const rows = labelled.features.rows + features.rows;
  const began = performance.now();
  const fits = { methods: [method], rows, features: features.cols, jobs };
  const model = await withWorkers(fits, async (workers): Promise<Model> => {
    const display = showProgress(screen, [fitWork(method, rows, workers?.count)], quiet === true);
    try {
      // Ctrl-C is only heard between two turns of the event loop.
      await setImmediate();
      const how = { signal: screen.signal, onProgress: display.of(0) };
      const fitted = await method.fit(task, workers === undefined ? how : { ...how, workers });
      await setImmediate();
      screen.signal.throwIfAborted();
      display.done(0);
      return fitted;
    } finally {
      display.end();
    }
  });
  for (const sentence of model.warnings) screen.warn(sentence);
  return { model, task, seconds: (performance.now() - began) / 1000 };
}
