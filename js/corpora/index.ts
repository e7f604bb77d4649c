/**
 * Which known corpus is a list of files, and what do its file names say? One file a corpus. Nothing here knows
 * methods or experiments.
 *
 * @module
 */
export { annotated, checkCorpus, type CorpusCheck, type Count } from './check.js';
export type { Annotation, KnownCorpus, Release, Sex, Utterance } from './known-corpus.js';
export { recogniseCorpus, type Recognition, type Recording } from './recognise.js';
export { CORPORA, CORPUS_NAMES, corpusByName, findCorpus } from './registry.js';
