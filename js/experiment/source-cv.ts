// Cross-validation on the source: how well a method does where labels are known, without a look at the target.
import { Core, PURPOSE, random } from '../core/index.js';
import { classesOf, type Corpus, selectCorpusRows } from '../data/index.js';
import { groupSpeakers } from '../data/scaling/index.js';
import type { Method, SharedWork, Task } from '../contract/index.js';
import { KeptWork } from '../learn/fit/index.js';
import { score, withoutEmotions } from './evaluation.js';

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

/** A fold: the rows that are held out, in the role of the target, and all others. */
interface Fold {
  readonly task: Task;
  readonly truth: readonly (string | null)[];
  readonly core: Core;
  readonly shared: SharedWork;
}

/** Seed of the folds, which are the same for all points (ours). */
const SEED = 1;

/** Cross-validation of many methods on one source. Each fold keeps what fits to it have in common, on a Core of its own. */
export class SourceFolds {
  readonly #folds: readonly Fold[];
  readonly #classes: readonly string[];

  /**
   * Folds whose rest has a single emotion are left out.
   * @param core whose module the folds use
   */
  constructor(core: Core, source: Corpus, count: number) {
    const foldOf = sourceFolds(core, source, count, SEED);
    this.#classes = classesOf(source.emotion);
    this.#folds = Array.from({ length: count }, (_, fold) => fold).flatMap((fold) => {
      const rows = (inside: boolean): number[] =>
        [...foldOf.keys()].filter((row) => (foldOf[row] === fold) === inside);
      const [held, rest] = [true, false].map((inside) => selectCorpusRows(source, rows(inside)));
      if (held.features.rows === 0 || classesOf(rest.emotion).length < 2) return [];
      const own = new Core(core.module, core.maxBytes);
      const task = { source: rest, target: withoutEmotions(held) };
      return [{ task, truth: held.emotion, core: own, shared: new KeptWork(own) }];
    });
  }

  /**
   * UAR on the source: every fold plays the target once, without its emotions, for a fit to the others; the
   * predictions of all folds are scored together.
   * @returns a fraction in [0, 1]; null if no fold could be fitted
   * @throws as the fits do
   */
  async uar(method: Method, signal?: AbortSignal): Promise<number | null> {
    const truth: (string | null)[] = [];
    const said: string[] = [];
    for (const { task, truth: known, core, shared } of this.#folds) {
      const model = await method.fit(task, { core, shared, ...(signal && { signal }) });
      truth.push(...known);
      said.push(...model.predict());
    }
    return said.length === 0 ? null : score(truth, said, this.#classes).uar;
  }
}
