/**
 * Corpora that nobody has given a name: a folder an emotion, perhaps a folder a speaker.
 *
 * @module
 */
import { emotionOf, isHidden, type KnownCorpus, placeOf, type Utterance } from './known-corpus.js';

/** Names of folders by what they stand for, without regard to case. */
const EMOTION_WORDS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    anger: 'anger angry ang wut ärger aerger rabbia viha enojo colère colere',
    boredom: 'boredom bored boring langeweile',
    calm: 'calm calmness relaxed',
    contempt: 'contempt contemptuous',
    disgust: 'disgust disgusted dis ekel disgusto',
    fear: 'fear fearful fea afraid scared anxiety anxious angst paura',
    happiness: 'happiness happy hap joy joyful freude gioia rõõm',
    neutral: 'neutral neu normal neutrale neutraal neutralität',
    sadness: 'sadness sad trauer tristezza kurbus',
    surprise: 'surprise surprised sur pleasant_surprise pleasant_surprised sorpresa überraschung',
  }).flatMap(([emotion, words]) => words.split(' ').map((word) => [word, emotion])),
);

/** Folders that part a corpus for other reasons than who speaks. */
const NO_SPEAKERS =
  /^(train(ing)?|test(ing)?|dev|val(id(ation)?)?|eval|wavs?|audio|data(set)?|samples?|clips?|female|male|women|men)$/i;

const keyOf = (folder: string): string => folder.trim().toLowerCase().replace(/[ -]+/g, '_');
const wordOf = (folder: string): string | null => emotionOf(keyOf(folder), EMOTION_WORDS);
const foldersOf = (path: string): string[] => placeOf(path).split('/').slice(0, -1);

/** The level of folders that most often names an emotion, from the top; the deepest of equal ones; null if none does. */
function levelOfEmotions(paths: readonly string[]): number | null {
  const counts: number[] = [];
  for (const path of paths)
    foldersOf(path).forEach((folder, level) => {
      counts[level] = (counts[level] ?? 0) + (wordOf(folder) === null ? 0 : 1);
    });
  const most = Math.max(0, ...counts);
  return most === 0 ? null : counts.lastIndexOf(most);
}

/** The level of folders that tells speakers apart: the only other one with several names; null if there is none. */
function levelOfSpeakers(paths: readonly string[], emotions: number): number | null {
  const names: Set<string>[] = [];
  for (const path of paths)
    foldersOf(path).forEach((folder, level) => {
      if (level !== emotions) (names[level] ??= new Set()).add(folder);
    });
  const levels = [...names.keys()].filter((level) => (names[level]?.size ?? 0) > 1);
  const [only] = levels;
  return levels.length === 1 && ![...names[only]].some((name) => NO_SPEAKERS.test(name)) ? only : null;
}

/**
 * A corpus of folders as these paths show it: the folders of the level that holds emotions give the labels, even
 * those that the vocabulary has no word for; if one other level parts the recordings, it gives the speakers.
 *
 * @returns null if no folder is called by an emotion
 */
export function corpusOfFolders(paths: readonly string[]): KnownCorpus | null {
  const seen = paths.filter((path) => !isHidden(path));
  const emotions = levelOfEmotions(seen);
  if (emotions === null) return null;
  const speakers = levelOfSpeakers(seen, emotions);
  return {
    name: 'folders',
    title: 'folders of emotions',
    language: 'any',
    releases: [],
    emotions: EMOTION_WORDS,
    layout: 'anger/….wav, speaker/anger/….wav or anger/speaker/….wav',
    where: 'your own',
    licence: 'your own',
    citation: 'your own',
    parse: (path): Utterance | null => {
      if (isHidden(path)) return null;
      const folders = foldersOf(path);
      if (folders.length <= emotions) return null;
      const label = folders[emotions];
      const speaker = speakers === null ? null : (folders[speakers] ?? null);
      return { id: placeOf(path), speaker, sex: null, label, emotion: wordOf(label), text: null };
    },
  };
}
