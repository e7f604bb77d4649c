/**
 * satnmf/recogniser: what emotion has a recording? Weights that come with the package, or that you train, and their
 * adaptation to your recordings.
 *
 * @module
 */
export { Core, load } from '../core/index.js';
export { type Corpus, corpus, type CorpusParts, type Matrix, matrix } from '../data/index.js';
export { SatnmfError } from '../errors.js';
export type {
  Classification,
  FitOptions,
  Method,
  Model,
  Task,
  TrainedOn,
  Weights,
} from '../contract/index.js';
export { loadModel } from '../learn/model/index.js';
export { linear, type LinearOptions } from '../methods/linear/index.js';
export { selfTraining, type SelfTrainingOptions } from '../methods/self-training/index.js';
export type { RecogniserOptions } from '../recogniser/index.js';
export {
  loadWeights,
  train,
  trainedRows,
  type TrainingCorpus,
  type TrainingStep,
  type TrainOptions,
} from '../recogniser/index.js';
export {
  openWeights,
  type Recognition,
  recognise,
  type RecogniseOptions,
  recogniser,
  type Recogniser,
  type RecogniserSettings,
  type Recording,
} from '../recogniser/recognition/index.js';
export { type Decoder, registerDecoder, type Signal } from '../audio/index.js';
