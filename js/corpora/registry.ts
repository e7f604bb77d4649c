/**
 * The corpora by name.
 *
 * @module
 */
import { quote, unknownWord } from '../data/index.js';
import { CASIA } from './known/casia.js';
import { CREMA_D } from './known/crema-d.js';
import { EEKC } from './known/eekc.js';
import { EMODB } from './known/emodb.js';
import { EMOVO } from './known/emovo.js';
import { ENTERFACE } from './known/enterface.js';
import type { KnownCorpus } from './known-corpus.js';
import { NEMO } from './known/nemo.js';
import { RAVDESS } from './known/ravdess.js';
import { SAVEE } from './known/savee.js';
import { SHEMO } from './known/shemo.js';
import { TESS } from './known/tess.js';
import { URDU } from './known/urdu.js';

/** Those of the paper first. */
export const CORPORA: readonly KnownCorpus[] = [
  EMODB,
  CASIA,
  ENTERFACE,
  EEKC,
  RAVDESS,
  TESS,
  CREMA_D,
  SAVEE,
  EMOVO,
  URDU,
  NEMO,
  SHEMO,
];

export const CORPUS_NAMES: readonly string[] = CORPORA.map(({ name }) => name);

/** The corpus called so; null if none is. */
export const findCorpus = (name: string): KnownCorpus | null =>
  CORPORA.find((corpus) => corpus.name === name) ?? null;

/**
 * The corpus called so.
 *
 * @throws {SatnmfError} `bad-argument` if there is none, with the closest name as a suggestion
 */
export function corpusByName(name: string): KnownCorpus {
  const corpus = findCorpus(name);
  if (corpus !== null) return corpus;
  const sentence = `${quote(name)} is none of the corpora that are known by name: ${CORPUS_NAMES.join(', ')}`;
  throw unknownWord(name, CORPUS_NAMES, sentence, { argument: 'corpus' });
}
