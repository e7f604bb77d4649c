/**
 * satnmf: cross-corpus speech emotion recognition, the same bits on every JavaScript runtime.
 *
 * @module
 */
export { Core, load, type LoadOptions } from '../core/index.js';
export type { Scale, Update } from '../learn/factor/index.js';
export type { SigmaRule } from '../core/samples/index.js';
export {
  chooseEmotions,
  commonEmotions,
  type Corpus,
  corpus,
  type CorpusParts,
  EMOTIONS,
  type Matrix,
  matrix,
  selectCorpusRows,
  selectEmotions,
  selectRows,
} from '../data/index.js';
export {
  type Normalization,
  NORMALIZATIONS,
  NORMALIZE_CHOICES,
  type NormalizeChoice,
} from '../data/scaling/index.js';
export { type ErrorCode, type ErrorDetail, SatnmfError } from '../errors.js';
export { type Confusion, confusion, recalls, uar, war } from '../metrics/index.js';
export { compact, loadModel, type LoadModelOptions } from '../learn/model/index.js';
export type { SvmScheme } from '../learn/svm/index.js';
export type {
  Classification,
  FitOptions,
  Job,
  JobKind,
  JobListener,
  Method,
  Model,
  Progress,
  Round,
  Task,
  Unlabelled,
  Workers,
} from '../contract/index.js';
export type { FitSizes, Preset } from '../learn/fit/index.js';
export { fitBytes, type NmfOptions } from '../learn/nmf/index.js';
export { satnmf } from '../methods/satnmf/index.js';
export { snmf } from '../methods/snmf/index.js';
export { snmfGamma } from '../methods/snmf-gamma/index.js';
export { stnmfLambda } from '../methods/stnmf-lambda/index.js';
export { linearSvm, type LinearSvmOptions } from '../methods/svm/index.js';
export { tnmf } from '../methods/tnmf/index.js';

/** Version of the package. */
export const VERSION: string = __VERSION__;
