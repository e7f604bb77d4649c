/**
 * What do several labelled corpora teach, once and for all, and how does that adapt to recordings without labels?
 * Training of weights, their file, adaptation, probabilities and remarks (docs/recogniser.md).
 *
 * @module
 */
export { adapt, ADAPTATION, type Adapted, type AdaptationSettings } from './adaptation.js';
export { contentOrder } from './content-order.js';
export { countKnown, fingerprintsOf } from './weights/fingerprint.js';
export { type Affect, affectOf } from './probabilities.js';
export type { Moments } from './moments.js';
export { type Remark, remarkColumns, remarksOn } from './remarks.js';
export { scaleTarget } from './scaling.js';
export { train, type TrainingCorpus, type TrainingStep, type TrainOptions, trainOn } from './train.js';
export { decisionsOf, weightedRows } from './training.js';
export type { WeightsParts } from './weights/parts.js';
export { readWeights, weightsBytes } from './weights/file.js';
export { loadWeights, trainedRows, TrainedWeights } from './weights/trained-weights.js';
export {
  classifierOf,
  RECOGNISER_CHECKS,
  RECOGNISER_DEFAULTS,
  recogniserMethod,
  type RecogniserOptions,
} from './method.js';
export { suggestRows } from './suggestion.js';
export { ridgeBytes, rowProducts } from './gram.js';
