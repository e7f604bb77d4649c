/**
 * satnmf/methods: every method of the comparison under one contract, by name and by factory, the values that were
 * searched for them, and the fixed fits that tell whether a machine computes what all others do.
 *
 * @module
 */
export { load } from '../core/load.js';
export { type DigestOptions, fixedFitDigest, type FixedFit } from '../experiment/digest/digest.js';
export { PUBLISHED_DIGEST } from '../experiment/digest/published-digest.js';
export { coral, type CoralOptions } from '../methods/coral/coral.js';
export { dbn, type DbnOptions } from '../methods/dbn/dbn.js';
export { dosl, type DoslOptions } from '../methods/dosl/dosl.js';
export { explain } from '../learn/model/explain.js';
export { fstsl, type FstslOptions } from '../methods/fstsl/fstsl.js';
export { jda, type JdaOptions } from '../methods/jda/jda.js';
export { kliep, type KliepOptions } from '../methods/kliep/kliep.js';
export { kmm, type KmmOptions } from '../methods/kmm/kmm.js';
export type { BaseOptions, CommonOptions } from '../learn/fit/options.js';
export { msda, type MsdaOptions } from '../methods/msda/msda.js';
export { satnmf, snmf, snmfGamma, stnmfLambda, tnmf } from '../learn/nmf/nmf.js';
export { methodByName, type MethodName, METHOD_NAMES, METHODS } from '../methods/registry.js';
export { SEARCHED, type SearchedValues } from '../methods/searched.js';
export { linearSvm, type LinearSvmOptions } from '../methods/svm/svm.js';
export { tca, type TcaOptions } from '../methods/tca/tca.js';
export { ulsif, type UlsifOptions } from '../methods/ulsif/ulsif.js';
