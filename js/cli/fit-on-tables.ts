/**
 * One fit to a labelled and an unlabelled table, with progress on the screen.
 *
 * @module
 */
import { setImmediate } from 'node:timers/promises';
import type { Corpus } from '../data/corpus.js';
import { chooseEmotions, selectEmotions, sourceClasses } from '../data/emotions.js';
import type { Method, Model } from '../methods/method.js';
import { jobOf, showProgress } from './progress.js';
import type { Screen } from './screen.js';

/** What a fit came to. */
export interface Fitted {
  readonly model: Model;
  /** Rows with an emotion that is learnt. */
  readonly sourceRows: number;
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
  { emotions, quiet }: { readonly emotions?: readonly string[]; readonly quiet?: boolean },
): Promise<Fitted> {
  const chosen = emotions === undefined ? sourceClasses(source) : chooseEmotions(source, source, emotions);
  const labelled = selectEmotions(source, chosen);
  const job = jobOf(method, labelled.features.rows + features.rows);
  const display = showProgress(screen, [job], quiet === true);
  const began = performance.now();
  let model: Model;
  try {
    // Ctrl-C is only heard between two turns of the event loop.
    await setImmediate();
    const task = { source: labelled, target: { name, features, columns, file, speaker } };
    model = await method.fit(task, { signal: screen.signal, onProgress: display.of(0) });
    await setImmediate();
    screen.signal.throwIfAborted();
    display.done(0);
  } finally {
    display.end();
  }
  for (const sentence of model.warnings) screen.warn(sentence);
  return { model, sourceRows: labelled.features.rows, seconds: (performance.now() - began) / 1000 };
}
