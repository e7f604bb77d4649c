/**
 * Which corpus a list of files is, by their folders and names.
 *
 * @module
 */
import { counted, isAudioName, isVideoName } from '../data/index.js';
import { corpusOfFolders } from './folders.js';
import { isHidden, type KnownCorpus, placeOf, type Utterance } from './known-corpus.js';
import { CORPORA } from './registry.js';

/** A file with sound in it, and what its name says. */
export interface Recording {
  /** As it was given. */
  readonly path: string;
  /** Null if it is none of the corpus's names. */
  readonly utterance: Utterance | null;
  /** Path of the file that tells its emotion, for corpora that have one beside each recording. */
  readonly annotation: string | null;
}

export interface Recognition {
  /** Null if no corpus is recognised, or several could be meant. */
  readonly corpus: KnownCorpus | null;
  /** In the order of the paths; hidden files and those without sound are not among them. */
  readonly recordings: readonly Recording[];
  /** Names of the corpora that could be meant, where that is not one. */
  readonly candidates: readonly string[];
  /** What was recognised, or why nothing was: the end of a sentence that begins with the folder's name. */
  readonly sentence: string;
}

/** Fewer than this share of the names is no layout. */
const ENOUGH = 1 / 2;
/** From this share on, the names of another corpus are no accident. */
const TOO_MUCH = 1 / 10;

/** Reads every path as one of `corpus`. */
function read(corpus: KnownCorpus, paths: readonly string[], sounds: readonly string[]): Recording[] {
  const { parse, annotation } = corpus;
  if (annotation === undefined)
    return sounds.map((path) => ({ path, utterance: parse(path), annotation: null }));
  const extension = annotation.extension.toLowerCase();
  const beside = new Map(
    paths
      .filter((path) => path.toLowerCase().endsWith(extension))
      .map((path) => [placeOf(path), path] as const),
  );
  return sounds.map((path) => {
    const file = beside.get(placeOf(path)) ?? null;
    // Without it, numbers are names that anybody may have.
    return { path, utterance: file === null ? null : parse(path), annotation: file };
  });
}

const known = (recordings: readonly Recording[]): number =>
  recordings.reduce((count, { utterance }) => count + (utterance === null ? 0 : 1), 0);

/**
 * Recognises a corpus.
 *
 * @param paths all files of a folder, relative to it, `/` or `\` between folders; whatever has no sound is not
 *   looked at, but for files beside recordings that tell their emotions
 *
 * @example
 * const { corpus, recordings } = recogniseCorpus(['wav/03a01Fa.wav', 'wav/03a01Nc.wav']);
 * corpus?.name;                        // "emodb"
 * recordings[0].utterance?.emotion;    // "happiness"
 */
export function recogniseCorpus(paths: readonly string[]): Recognition {
  const seen = paths.filter((path) => !isHidden(path));
  const taken = new Set(seen.filter(isAudioName).map(placeOf));
  // A video whose sound lies beside it has been dealt with.
  const sounds = seen.filter((path) => isAudioName(path) || (isVideoName(path) && !taken.has(placeOf(path))));
  const nothing = sounds.map((path) => ({ path, utterance: null, annotation: null }));
  const none = (sentence: string, candidates: readonly string[] = []): Recognition => ({
    corpus: null,
    recordings: nothing,
    candidates,
    sentence,
  });
  if (sounds.length === 0) return none('holds no recordings');

  const readings = CORPORA.map((corpus) => {
    const recordings = read(corpus, paths, sounds);
    return { corpus, recordings, count: known(recordings) };
  }).sort((a, b) => b.count - a.count);
  const [best] = readings;
  const theirs = best.recordings.map(({ utterance }) => utterance !== null);
  const mixed = readings.filter(({ recordings }) => {
    const beside = recordings.filter(({ utterance }, i) => utterance !== null && !theirs[i]);
    return beside.length >= TOO_MUCH * sounds.length;
  });
  if (best.count >= TOO_MUCH * sounds.length && mixed.length > 0) {
    const candidates = [best, ...mixed].map(({ corpus }) => corpus.name);
    return none(
      `holds several corpora (${candidates.join(', ')}): name the folder of one of them`,
      candidates,
    );
  }
  if (best.count < ENOUGH * sounds.length) return byFolders(paths, sounds, none, best);
  const same = readings.filter(({ count }) => count >= (1 - TOO_MUCH) * best.count);
  if (same.length > 1) {
    const candidates = same.map(({ corpus }) => corpus.name);
    return none(`could be ${candidates.join(' or ')}: give a labels.csv or --label-regex`, candidates);
  }
  return {
    corpus: best.corpus,
    recordings: best.recordings,
    candidates: [],
    sentence: `is recognised as ${best.corpus.title} (${best.count} of ${counted(sounds.length, 'recording')})`,
  };
}

/** Where no known corpus is: folders of emotions, or nothing. */
function byFolders(
  paths: readonly string[],
  sounds: readonly string[],
  none: (sentence: string) => Recognition,
  best: { readonly corpus: KnownCorpus; readonly count: number },
): Recognition {
  const folders = corpusOfFolders(sounds);
  const recordings = folders === null ? [] : read(folders, paths, sounds);
  const mapped = recordings.filter(({ utterance }) => typeof utterance?.emotion === 'string');
  if (mapped.length >= ENOUGH * sounds.length) {
    const sentence = `is recognised by its folders of emotions (${counted(sounds.length, 'recording')})`;
    return { corpus: folders, recordings, candidates: [], sentence };
  }
  const nothing = `is no corpus that is known by its layout`;
  return none(
    best.count === 0
      ? `${nothing} (${counted(sounds.length, 'recording')})`
      : `${nothing}: only ${best.count} of ${counted(sounds.length, 'recording')} are called as in ${best.corpus.title}`,
  );
}
