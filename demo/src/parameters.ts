/**
 * The presets and the parameters that matter, with a line about each.
 *
 * @module
 */
import { NORMALIZE_CHOICES } from '../../js/data/scaling/index.js';
import { type Preset, PRESETS } from '../../js/learn/fit/index.js';
import type { NmfOptions } from '../../js/learn/nmf/index.js';

/** That of the command line: a page is for people without labels. */
export const DEFAULT_PRESET: Preset = 'auto';

const ABOUT: Readonly<Record<string, string>> = {
  auto: 'looks at both corpora and chooses what suits them',
  robust: 'fast and steady: what this project recommends for one fixed set of values',
  paper: 'as Luo and Han published it in 2019; slower, and seldom better',
};

/** All that the library has, that of the page first. */
export const PRESET_CHOICES: readonly { readonly name: string; readonly about: string }[] = [...PRESETS]
  .sort((a, b) => Number(b === DEFAULT_PRESET) - Number(a === DEFAULT_PRESET))
  .map((name) => ({ name, about: ABOUT[name] ?? '' }));

export interface Parameter {
  readonly name: keyof NmfOptions;
  /** On the page. */
  readonly label: string;
  readonly about: string;
  /** Values to choose from; default: a number. */
  readonly choices?: readonly string[];
}

export const PARAMETERS: readonly Parameter[] = [
  {
    name: 'trials',
    label: 'Trials',
    about: 'Random starts that vote. More of them are steadier and take longer.',
  },
  {
    name: 'r',
    label: 'Rank r',
    about: 'How many building blocks all utterances are put together from.',
  },
  {
    name: 'normalize',
    label: 'Scale of the features',
    about: 'How each corpus, or each of its speakers, is brought to the same range.',
    choices: NORMALIZE_CHOICES,
  },
  {
    name: 'beta',
    label: 'Labels β',
    about: 'How much it counts that the labelled recordings are recognised.',
  },
  {
    name: 'gamma',
    label: 'Corpora γ',
    about: 'How strongly both corpora are pulled onto each other.',
  },
  {
    name: 'alpha',
    label: 'Classes α',
    about: 'How much of that pull works emotion by emotion, and not on the whole.',
  },
  {
    name: 'lambda',
    label: 'Neighbours λ',
    about: 'How much it counts that utterances that sound alike stay together.',
  },
  {
    name: 'neighbours',
    label: 'Number of neighbours',
    about: 'How many utterances each one is held together with.',
  },
  {
    name: 'baseC',
    label: 'C of the SVM',
    about: 'How closely the plain SVM follows its labels; it also makes the first guess.',
  },
  {
    name: 'maxIterations',
    label: 'Most iterations',
    about: 'When a trial ends at the latest; most end sooner by themselves.',
  },
  {
    name: 'seed',
    label: 'Seed',
    about: 'Another number gives other random starts; the same one the same result, on every machine.',
  },
];
