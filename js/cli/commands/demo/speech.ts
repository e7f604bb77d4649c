/**
 * The example of `satnmf demo`: EmoDB's men as the labelled source, its women as the target.
 *
 * @module
 */
import { type Corpus, selectCorpusRows } from '../../../data/index.js';
import { pairOf } from '../../../experiment/index.js';
import { methodByName } from '../../../methods/index.js';
import type { Example } from './example.js';

/** Fewer than the default, for time's sake. */
const TRIALS = 3;

const describe = ({ features, speaker }: Corpus, who: string): string =>
  `${features.rows} utterances of ${new Set(speaker).size} ${who}`;

/** @param seed of SATNMF's random starts */
export async function speechExample(seed: number): Promise<Example> {
  const { EMODB_CREDIT, loadEmodb } = await import('../../../io/emodb/index.js');
  const emodb = await loadEmodb();
  const of = (sex: string, name: string): Corpus => {
    const rows = emodb.extra['sex'].flatMap((one, i) => (one === sex ? [i] : []));
    return { ...selectCorpusRows(emodb, rows), name };
  };
  const pair = pairOf(of('m', 'men'), of('f', 'women'));
  const satnmf = methodByName('satnmf', { preset: 'auto', trials: TRIALS, seed });
  const usual = methodByName('satnmf', { preset: 'auto' }).options as { readonly trials?: unknown };
  return {
    title: 'Real speech: acted emotions in German, recognised across the sexes.',
    text: `${EMODB_CREDIT}

Source: ${describe(pair.sources[0], 'men')}, labelled. The methods learn from it.
Target: ${describe(pair.target, 'women')}. Its labels are used for nothing but the scores below.

Features are ${emodb.features.cols} of the ComParE-2013 set, extracted by satnmf itself; chance is ${(100 / pair.classes.length).toFixed(0)} %. "svm" learns from
the men alone. "satnmf" sees the women's features too, not their labels; here with ${TRIALS} trials instead of
the usual ${String(usual.trials)}, to be done sooner.`,
    pair,
    methods: [methodByName('svm'), satnmf],
  };
}
