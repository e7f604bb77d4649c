/**
 * Corpora of what the worker holds: features of recordings by their keys, and EmoDB.
 *
 * @module
 */
import { type Corpus, corpus, type Matrix, matrix, SatnmfError, selectCorpusRows } from 'satnmf';
import { compareNames } from 'satnmf/audio';
import type { Row, Rows } from '../protocol.js';

/** Features by the key of the recording. */
export type Features = ReadonlyMap<number, Float32Array>;

/** Features of recordings, a row each. */
function rowsOf(features: Features, rows: readonly Row[]): Matrix {
  const all = matrix(rows.length, compareNames().length);
  rows.forEach(({ key, name }, i) => {
    const own = features.get(key);
    if (own === undefined)
      throw new SatnmfError('internal', `${name}: its features are not there`, { file: name });
    all.data.set(own, i * all.cols);
  });
  return all;
}

/** The utterances of EmoDB by one sex, or all. */
export function emodbRows(emodb: Corpus, sex: 'f' | 'm' | null): Corpus {
  if (sex === null) return emodb;
  return selectCorpusRows(
    emodb,
    emodb.extra['sex'].flatMap((one, i) => (one === sex ? [i] : [])),
  );
}

export function corpusOf(features: Features, emodb: Corpus, chosen: Rows): Corpus {
  const { name } = chosen;
  if (chosen.kind === 'emodb') return { ...emodbRows(emodb, chosen.sex), name };
  const { rows } = chosen;
  return corpus({
    name,
    features: rowsOf(features, rows),
    columns: compareNames(),
    file: rows.map((row) => row.name),
    speaker: rows.map((row) => row.speaker),
    emotion: rows.map((row) => row.emotion),
  });
}
