/**
 * The synthetic example of `satnmf demo --synthetic`.
 *
 * @module
 */
import { sharedCore } from '../../../core/index.js';
import type { Corpus } from '../../../data/index.js';
import { pairOf, syntheticPair } from '../../../experiment/index.js';
import { methodByName } from '../../../methods/index.js';
import type { Example } from './example.js';

/**
 * For both methods: the default of the base SVM is meant for thousands of features. Here no C from 0.001 to 1
 * is better for the SVM alone, on the mean of 20 seeds.
 */
const C = 0.1;

const describe = ({ name, features, speaker }: Corpus): string =>
  `"${name}": ${features.rows} utterances of ${new Set(speaker).size} speakers`;

/** Two corpora drawn by `seed`. */
export async function syntheticExample(seed: number): Promise<Example> {
  const { source, target } = syntheticPair(await sharedCore(), { seed });
  const pair = pairOf(source, target);
  const chance = (100 / pair.classes.length).toFixed(0);
  return {
    title: 'A synthetic example: numbers made by a formula, no speech.',
    text: `${describe(source)}, labelled. The methods learn from it.
${describe(target)}. Its labels are used for nothing but the scores below.

Both have ${source.features.cols} features and the emotions ${pair.classes.join(', ')}; chance is ${chance} %.
The loudest cue of an emotion in "${source.name}" is only a habit of speakers in "${target.name}". "svm" does not
know that. "satnmf" sees the target's features too, not its labels.`,
    pair,
    methods: [methodByName('svm', { C }), methodByName('satnmf', { r: 32, trials: 3, baseC: C })],
  };
}
