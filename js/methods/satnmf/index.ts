// SATNMF (Luo & Han, Interspeech 2019). The fit is in js/learn/nmf/, which its special cases share.
import type { Declaration, Method } from '../../contract/index.js';
import { C, NEIGHBOURS, RANKS, WEIGHTS } from '../../learn/fit/index.js';
import { NMF_TRAITS, nmfMethod, type NmfOptions, nmfWork } from '../../learn/nmf/index.js';

const make = nmfMethod('satnmf');

/**
 * SATNMF: learns one non-negative dictionary from a labelled source corpus and an unlabelled target
 * corpus, so that a linear SVM trained on the source's codes classifies the target's.
 *
 * Descends objective (8) of Luo & Han 2019 (method.md, SATNMF); under `update: 'mu'`, `'accelerated'` and
 * `'hals'` it never rises from one iteration to the next, but for `scale: 'each'`. Pseudo labels of
 * the target come from the base SVM, once. Cost: about 4·d·N·r flops an iteration and trial. Memory
 * is asked for once, before the first iteration ({@link fitBytes}).
 *
 * Same task, options and seed give the same bits on every runtime that has wasm SIMD.
 *
 * @example
 * const model = await satnmf({ r: 128, seed: 7 }).fit({ source: emodb, target: recordings });
 * model.predict();                                 // ["anger", "fear", …], one per target utterance
 * uar(truth, model.predict());                     // chance is 1 / number of classes
 * @throws {SatnmfError} `bad-argument` (options), and from `fit`: `not-finite`, `negative-feature`
 *   (naming corpus, row and column), `shape-mismatch`, `one-class`, `too-few-rows`, `too-large`
 */
export function satnmf(options: Partial<NmfOptions> = {}): Method<NmfOptions> {
  return make(options);
}

export const SATNMF: Declaration<'satnmf', NmfOptions> = {
  name: 'satnmf',
  label: 'SATNMF',
  make: satnmf,
  searched: {
    r: RANKS,
    neighbours: NEIGHBOURS,
    alpha: WEIGHTS,
    beta: WEIGHTS,
    lambda: WEIGHTS,
    gamma: WEIGHTS,
    C,
  },
  work: nmfWork,
  digest: { r: 19, trials: 3, maxIterations: 8 },
  traits: NMF_TRAITS,
};
