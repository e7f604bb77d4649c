/**
 * The protocol by which a default without target labels is judged; frozen before anything was tuned. Changing it
 * makes earlier figures incomparable: say so in docs/accuracy.md.
 *
 * @module
 */
import type { Normalization } from '../../js/data/scaling/index.js';

/** Corpora whose tables lie beside the project. */
export const CORPORA = ['emodb', 'urdu', 'emovo'] as const;
export type CorpusName = (typeof CORPORA)[number];

/**
 * One question: learn from the labelled rows of `source`, tell the emotions of `target`. Rows of a part are those
 * whose speakers are in it; between corpora the common emotions, within one all of its emotions.
 */
export interface Question {
  readonly name: string;
  readonly source: { readonly corpus: CorpusName; readonly part: Part };
  readonly target: { readonly corpus: CorpusName; readonly part: Part };
}

/** `odd` and `even`: every other speaker, in ascending order by code unit, the first being odd. */
export type Part = 'all' | 'women' | 'men' | 'odd' | 'even';

/** All directed pairs of corpora: the figures that count. */
export const BETWEEN: readonly Question[] = (
  [
    ['emodb', 'urdu'],
    ['urdu', 'emodb'],
    ['emodb', 'emovo'],
    ['emovo', 'emodb'],
    ['urdu', 'emovo'],
    ['emovo', 'urdu'],
  ] as const
).map(([source, target]) => ({
  name: `${source} → ${target}`,
  source: { corpus: source, part: 'all' },
  target: { corpus: target, part: 'all' },
}));

/** Within each corpus, leaving speakers out: shown beside. URDU is nearly all men, so its speakers are split in turn. */
export const WITHIN: readonly Question[] = (
  [
    ['emodb', 'men', 'women'],
    ['emodb', 'women', 'men'],
    ['emovo', 'men', 'women'],
    ['emovo', 'women', 'men'],
    ['urdu', 'odd', 'even'],
    ['urdu', 'even', 'odd'],
  ] as const
).map(([corpus, from, to]) => ({
  name: `${corpus}, ${from} → ${to}`,
  source: { corpus, part: from },
  target: { corpus, part: to },
}));

/**
 * The base: a plain linear SVM (`ovr-l2`, bias 1), its normalisation and C chosen on the source alone.
 *
 * Rule: the source's speakers in ascending order go to {@link BASE.folds} folds in turn (rows do, where no speaker is
 * known); each fold in turn is a target without labels, the others are the source, with everything that a target gets
 * (its own scaling). UAR over the pooled predictions; the best combination wins, a tie goes to the smaller C, then to
 * the normalisation listed first. Nothing of the target is looked at but, in the final fit, the ranges of its features.
 */
export const BASE = {
  normalizations: ['min-max', 'rank'] as readonly Normalization[],
  C: [0.0001, 0.001, 0.01, 0.1, 1],
  folds: 5,
} as const;

/**
 * The oracle: the paper's search, one option at a time about `robust` (its values are `SEARCHED.satnmf`), five trials,
 * seed 1, the best UAR on the target's labels. What no one without labels can have; it tells how much is left.
 */
export const ORACLE = { preset: 'robust', trials: 5, seed: 1 } as const;

/** Difference of two UARs over the same target: percentiles of resamples of its utterances with replacement. */
export const BOOTSTRAP = { resamples: 10_000, seed: 1, level: 0.95 } as const;

/** What the default must come to on {@link BETWEEN}, in points of UAR over the base. */
export const TARGETS = {
  must: { mean: 3, worst: -1.5 },
  goal: { mean: 6, worst: -1 },
} as const;
