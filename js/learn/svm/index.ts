// How is a linear SVM trained, and what does it say? trainLinearSvm answers the first question from rows or
// from inner products, trainBaseSvm from the packed rows of two corpora, decide the second.
//
// `hinge/` solves the pairs of `ovo`, `squared-hinge/` the classes of `ovr-l2`. Every solver may be changed as long as
// its answer stays within the tolerance (test/js/learn/svm); its last bits are part of the published digest.
export { baseSvmBytes, type SvmSettings, trainBaseSvm, usesGram } from './base-svm.js';
export { decide, type Decisions, highestColumns, predictClasses } from './decide.js';
export { type LinearSvm, withWeights } from './model.js';
export { SVM_SCHEMES, type SvmScheme } from './problem.js';
export { trainLinearSvm } from './train.js';
