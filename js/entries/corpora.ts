/**
 * Emotional speech corpora: their names, layouts and counts, and which of them a list of files is.
 *
 * @module
 */
export { annotated, checkCorpus, type CorpusCheck, type Count } from '../corpora/check.js';
export type { Annotation, KnownCorpus, Release, Sex, Utterance } from '../corpora/known-corpus.js';
export { type Recognition, recogniseCorpus, type Recording } from '../corpora/recognise.js';
export { CORPORA, CORPUS_NAMES, corpusByName, findCorpus } from '../corpora/registry.js';
