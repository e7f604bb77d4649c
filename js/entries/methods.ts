/**
 * satnmf/methods: every method of the comparison under one contract, by name and by factory, the values that were
 * searched for them, and the fixed fits that tell whether a machine computes what all others do.
 *
 * @module
 */
export { load } from '../core/index.js';
export {
  type DigestOptions,
  type FixedFit,
  fixedFitDigest,
  PUBLISHED_DIGEST,
} from '../experiment/digest/index.js';
export { coral, type CoralOptions } from '../methods/coral/index.js';
export { dbn, type DbnOptions } from '../methods/dbn/index.js';
export { dosl, type DoslOptions } from '../methods/dosl/index.js';
export { explain } from '../learn/model/index.js';
export { fstsl, type FstslOptions } from '../methods/fstsl/index.js';
export { jda, type JdaOptions } from '../methods/jda/index.js';
export { kliep, type KliepOptions } from '../methods/kliep/index.js';
export { kmm, type KmmOptions } from '../methods/kmm/index.js';
export type { BaseOptions, CommonOptions } from '../learn/fit/index.js';
export { linear, type LinearOptions } from '../methods/linear/index.js';
export { selfTraining, type SelfTrainingOptions } from '../methods/self-training/index.js';
export type { RecogniserOptions } from '../recogniser/index.js';
export { msda, type MsdaOptions } from '../methods/msda/index.js';
export type { Declaration, SearchedValues, Traits } from '../contract/index.js';
export {
  DECLARATIONS,
  METHOD_NAMES,
  methodByName,
  type MethodName,
  METHODS,
  SEARCHED,
} from '../methods/index.js';
export { satnmf } from '../methods/satnmf/index.js';
export { snmf } from '../methods/snmf/index.js';
export { snmfGamma } from '../methods/snmf-gamma/index.js';
export { stnmfLambda } from '../methods/stnmf-lambda/index.js';
export { tnmf } from '../methods/tnmf/index.js';
export { linearSvm, type LinearSvmOptions } from '../methods/svm/index.js';
export { tca, type TcaOptions } from '../methods/tca/index.js';
export { ulsif, type UlsifOptions } from '../methods/ulsif/index.js';
