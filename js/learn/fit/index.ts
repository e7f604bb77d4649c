/**
 * What do all fits have in common? Options with their checks, scaling, the base SVM, memory and cancelling. A new
 * method starts here.
 *
 * @module
 */
export { comparedMethod } from './compared-method.js';
export { featureWeights, featureWeightsBytes } from './feature-weights.js';
export {
  BASE_CHECKS,
  type BaseOptions,
  checkC,
  checkCount,
  checkIterations,
  checkOptionalCount,
  checkPart,
  type Checks,
  checkSigma,
  checkWeight,
  COMMON_CHECKS,
  COMMON_DEFAULTS,
  type CommonOptions,
  type Defaults,
  defaultsWith,
  type Preset,
  PRESETS,
  readOptions,
} from './options.js';
export {
  checkSomeFeatures,
  knownClasses,
  preparedOnce,
  type PreparedTask,
  prepareTask,
  targetOf,
} from './preparation.js';
export {
  type FitContext,
  type FitSizes,
  frameBytes,
  type Learnt,
  methodOf,
  type SpreadFit,
  type StageBytes,
} from './procedure.js';
export { C, NEIGHBOURS, RANKS, WEIGHTS } from './searched.js';
export { sharedGraph } from './shared-graph.js';
export { allBut, KeptWork, shareWork } from './shared-work.js';
export { type CodesSvmOptions, trainOnCodes, trialOnCodes, unitMeanNorm } from './svm-on-codes.js';
