/**
 * satnmf: cross-corpus speech emotion recognition, the same bits on every JavaScript runtime.
 *
 * @module
 */
export { Core } from '../core/core.js';
export { load, type LoadOptions } from '../core/load.js';
export type { Scale, Update } from '../learn/factor/descent.js';
export type { SigmaRule } from '../core/samples/graph.js';
export { corpus, type Corpus, type CorpusParts, selectCorpusRows } from '../data/corpus.js';
export { chooseEmotions, commonEmotions, EMOTIONS, selectEmotions } from '../data/emotions.js';
export { matrix, type Matrix, selectRows } from '../data/matrix.js';
export {
  type Normalization,
  NORMALIZATIONS,
  NORMALIZE_CHOICES,
  type NormalizeChoice,
} from '../data/scaling/normalize.js';
export { type ErrorCode, type ErrorDetail, SatnmfError } from '../errors.js';
export { confusion, type Confusion, recalls, uar, war } from '../metrics/index.js';
export { compact } from '../learn/model/compact.js';
export { loadModel, type LoadModelOptions } from '../learn/model/load-model.js';
export type { SvmScheme } from '../learn/svm/index.js';
export type {
  Classification,
  FitOptions,
  Method,
  Model,
  Progress,
  Task,
  Unlabelled,
} from '../contract/method.js';
export type { Preset } from '../learn/fit/options.js';
export type { NmfOptions } from '../learn/nmf/options.js';
export type { FitSizes } from '../learn/fit/procedure.js';
export { fitBytes } from '../learn/nmf/nmf.js';
export { satnmf } from '../methods/satnmf/index.js';
export { snmf } from '../methods/snmf/index.js';
export { snmfGamma } from '../methods/snmf-gamma/index.js';
export { stnmfLambda } from '../methods/stnmf-lambda/index.js';
export { linearSvm, type LinearSvmOptions } from '../methods/svm/index.js';
export { tnmf } from '../methods/tnmf/index.js';
export type { Job, JobKind, JobListener, Round, Workers } from '../contract/workers.js';

/** Version of the package. */
export const VERSION: string = __VERSION__;
