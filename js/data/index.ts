// What is a matrix, a corpus, an emotion? And the checks that complain about bad input. Plain data and pure
// functions, for every room.
export {
  checkBoolean,
  checkColumns,
  checkFilled,
  checkFinite,
  checkKeys,
  checkMagnitude,
  checkNonNegative,
  checkNumber,
  checkOneOf,
  checkRows,
  checkWhole,
} from './check.js';
export { concatenate } from './concatenate.js';
export { type Corpus, corpus, type CorpusParts, selectCorpusRows } from './corpus.js';
export {
  chooseEmotions,
  classesOf,
  classesOfSources,
  classIndices,
  commonEmotions,
  EMOTIONS,
  selectEmotions,
  sourceClasses,
} from './emotions.js';
export { COMPARE_WIDTH, compareNames } from './feature-sets/compare-2013.js';
export { columnsOfWidth, longColumns, shortColumns } from './feature-sets/feature-sets.js';
export { type Matrix, matrix, selectRows } from './matrix.js';
export { replaceMissing } from './missing.js';
export { counted, quote } from './quote.js';
export { AUDIO_EXTENSIONS, isAudioName, isVideoName } from './recording-names.js';
export { didYouMean, unknownWord } from './suggest.js';
export type { Tensor, TensorData } from './tensor.js';
