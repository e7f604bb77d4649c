/**
 * Cross-validation on the source: how well a method does where labels are known, without a look at the target.
 *
 * @module
 */
import type { Core } from '../core/core.js';
import { PURPOSE, random } from '../core/random.js';
import { type Corpus, selectCorpusRows } from '../data/corpus.js';
import { classesOf } from '../data/emotions.js';
import { groupSpeakers } from '../data/speaker-groups.js';
import type { FitOptions, Method } from '../methods/method.js';
import { score } from './evaluation.js';

/**
 * Fold of each row: speakers are dealt out one after the other, the one with the most rows first, each to the fold
 * with the fewest rows, so that nobody is in two; rows, shuffled, where fewer speakers than folds are known.
 */
export function sourceFolds(
  core: Core,
  { speaker, features }: Corpus,
  folds: number,
  seed: number,
): Int32Array {
  const { names, of } = groupSpeakers(speaker, 1);
  if (names.length < folds || of.includes(0)) {
    const order = Int32Array.from({ length: features.rows }, (_, row) => row);
    core.scoped(() => random(core, seed, PURPOSE.folds).shuffle(order));
    const fold = new Int32Array(features.rows);
    order.forEach((row, place) => (fold[row] = place % folds));
    return fold;
  }
  const counts = new Int32Array(names.length);
  for (const group of of) counts[group - 1]++;
  const order = names.map((_, s) => s).sort((a, b) => counts[b] - counts[a] || a - b);
  const filled = new Array<number>(folds).fill(0);
  const foldOf = new Int32Array(names.length);
  for (const s of order) {
    const fold = filled.indexOf(Math.min(...filled));
    foldOf[s] = fold;
    filled[fold] += counts[s];
  }
  return of.map((group) => foldOf[group - 1]);
}

/**
 * UAR on the source: every fold plays the target once, without its emotions, for a fit to the others; the predictions
 * of all folds are scored together. Folds whose rest has a single emotion are left out.
 *
 * @param fit runs a fit, so that its caller may share work between fits of one fold
 * @returns a fraction in [0, 1]; null if no fold could be fitted
 * @throws as the fits do
 */
export async function crossValidate(
  core: Core,
  method: Method,
  source: Corpus,
  { folds, seed }: { readonly folds: number; readonly seed: number },
  options: FitOptions = {},
): Promise<number | null> {
  const foldOf = sourceFolds(core, source, folds, seed);
  const truth: (string | null)[] = [];
  const said: string[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const rows = (inside: boolean): number[] =>
      [...foldOf.keys()].filter((row) => (foldOf[row] === fold) === inside);
    const held = selectCorpusRows(source, rows(true));
    const rest = selectCorpusRows(source, rows(false));
    if (held.features.rows === 0 || classesOf(rest.emotion).length < 2) continue;
    const { name, features, columns, file, speaker, emotion } = held;
    const model = await method.fit(
      { source: rest, target: { name, features, columns, file, speaker } },
      options,
    );
    truth.push(...emotion);
    said.push(...model.predict());
  }
  return said.length === 0 ? null : score(truth, said, classesOf(source.emotion)).uar;
}
