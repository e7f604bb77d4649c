/**
 * Emotional speech corpora: their names, layouts and counts, and which of them a list of files is.
 *
 * @module
 */
export {
  annotated,
  type Annotation,
  checkCorpus,
  CORPORA,
  CORPUS_NAMES,
  corpusByName,
  type CorpusCheck,
  type Count,
  findCorpus,
  type KnownCorpus,
  recogniseCorpus,
  type Recognition,
  type Recording,
  type Release,
  type Sex,
  type Utterance,
} from '../corpora/index.js';
