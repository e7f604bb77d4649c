// How good is a method? Evaluation on a pair of corpora, schemes, cross-validation on the source, synthetic corpora.
export {
  evaluate,
  type Evaluation,
  type Learnt,
  nameOfLearnt,
  type Pair,
  pairFrom,
  pairOf,
  type Score,
  score,
  withoutEmotions,
} from './evaluation.js';
export { canonicalJson, corpusSha256, sha256 } from './fingerprint.js';
export { type Scheme, schemeByName } from './schemes.js';
export { SourceFolds } from './source-cv.js';
export { syntheticPair } from './synthetic.js';
