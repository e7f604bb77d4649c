/**
 * The protocol of the recogniser, frozen before anything was tuned: targets that nobody labelled, from corpora that are
 * not among the sources. docs/accuracy.md says what each figure means.
 *
 * Each list of corpora gives one set of weights for a target, trained on all its emotions without the target and
 * restricted to the target's; they are never trained anew for a target's emotions. Whatever is chosen for all users is
 * chosen for each target by the other eight.
 */
import { join } from 'node:path';
import { type Corpus, selectEmotions } from '../../../js/data/index.js';
import { readTableFile } from '../../../js/outside/node/index.js';
import { shared } from '../../data.js';

/** Emotions that are recognised; a target has four or five of them. */
export const EMOTIONS: readonly string[] = ['anger', 'fear', 'happiness', 'neutral', 'sadness'];

export const TARGETS = [
  'cremad',
  'emodb',
  'emovo',
  'iesc',
  'korean',
  'nemo',
  'ravdess',
  'ased',
  'urdu',
] as const;
export type Target = (typeof TARGETS)[number];

export const LANGUAGES: Readonly<Record<Target, string>> = {
  cremad: 'English (US)',
  emodb: 'German',
  emovo: 'Italian',
  iesc: 'English (India), Hindi',
  korean: 'Korean',
  nemo: 'Polish',
  ravdess: 'English (N. America)',
  ased: 'Amharic',
  urdu: 'Urdu',
};

/** Corpora that weights are trained on; the target is always left out. */
export const LISTS = {
  emodb: ['emodb'],
  open: ['emodb', 'cremad'],
  research: ['cremad', 'emodb', 'emovo', 'iesc', 'korean', 'nemo', 'ravdess'],
} as const satisfies Record<string, readonly Target[]>;
export type List = keyof typeof LISTS;

/** Corpora of a list without the target. */
export const sourcesOf = (list: List, target: Target): readonly Target[] =>
  (LISTS[list] as readonly Target[]).filter((name) => name !== target);

/** Draws of labelled rows, and how many are labelled. */
export const LABELLED = { sizes: [10, 20, 30, 100], draws: 20 };
/** Draws of unbalanced targets: all rows of one emotion and a share of each other one. */
export const UNBALANCED = { emotions: ['neutral', 'anger'], share: 0.15, draws: 5 };
/** Recordings of one speaker, and draws a speaker. */
export const ONE_SPEAKER = { sizes: [1, 3, 10, 30], draws: 3 };

const tables = new Map<string, Promise<Corpus>>();

/** A corpus with all its emotions; IESC's calm is neutral, EMOVO is by the project's own extractor. */
export function corpusOf(name: Target): Promise<Corpus> {
  const kept = tables.get(name);
  if (kept !== undefined) return kept;
  const file = join(shared, 'data', 'tables', `${name === 'emovo' ? 'emovo-own' : name}.npy`);
  const read = readTableFile(file).then((table) => ({
    ...table,
    name,
    emotion: name === 'iesc' ? table.emotion.map((one) => (one === 'calm' ? 'neutral' : one)) : table.emotion,
  }));
  tables.set(name, read);
  return read;
}

/** The rows of a target that have one of {@link EMOTIONS}. */
export const targetOf = async (name: Target): Promise<Corpus> =>
  selectEmotions(await corpusOf(name), EMOTIONS);
