/**
 * The base of the protocol: a plain SVM, its normalisation and C chosen on the source alone.
 */
import type { Core } from '../../js/core/index.js';
import { classesOf, type Corpus, selectCorpusRows } from '../../js/data/index.js';
import type { Normalization } from '../../js/data/scaling/index.js';
import { score } from '../../js/experiment/index.js';
import { shareWork } from '../../js/learn/fit/index.js';
import { linearSvm } from '../../js/methods/svm/index.js';
import { BASE } from './protocol.js';
import { unlabelled } from './tasks.js';

export interface ChosenBase {
  readonly normalize: Normalization;
  readonly C: number;
  /** UAR of its folds, pooled. */
  readonly uar: number;
}

/** Fold of each row: speakers in ascending order in turn, or rows where a speaker is not known. */
function foldsOf({ speaker }: Corpus): Int32Array {
  const names = classesOf(speaker);
  return Int32Array.from(
    speaker,
    (name, row) => (speaker.includes(null) ? row : names.indexOf(name as string)) % BASE.folds,
  );
}

export const baseSvm = ({ normalize, C }: Pick<ChosenBase, 'normalize' | 'C'>) =>
  linearSvm({ preset: 'robust', normalize, C });

/** The protocol's rule. */
export async function chooseBase(core: Core, source: Corpus): Promise<ChosenBase> {
  const fold = foldsOf(source);
  const classes = classesOf(source.emotion);
  // Smaller C first, so that a tie goes to it, then to the normalisation listed first.
  const combinations = BASE.C.flatMap((C) => BASE.normalizations.map((normalize) => ({ normalize, C })));
  const said = combinations.map((): string[] => []);
  const truth: (string | null)[] = [];
  for (let f = 0; f < BASE.folds; f++) {
    const rows = (inside: boolean): number[] =>
      [...fold.keys()].filter((row) => (fold[row] === f) === inside);
    const [held, rest] = [selectCorpusRows(source, rows(true)), selectCorpusRows(source, rows(false))];
    if (held.features.rows === 0) continue;
    truth.push(...held.emotion);
    const task = { source: rest, target: unlabelled(held) };
    await shareWork(core, async (shared) => {
      // By normalisation, since rows are packed once for each.
      for (const normalize of BASE.normalizations)
        for (const [k, combination] of combinations.entries())
          if (combination.normalize === normalize)
            said[k].push(...(await baseSvm(combination).fit(task, { core, shared })).predict());
    });
  }
  let best: ChosenBase | undefined;
  combinations.forEach((combination, k) => {
    const { uar } = score(truth, said[k], classes);
    if (best === undefined || uar > best.uar) best = { ...combination, uar };
  });
  return best as ChosenBase;
}
