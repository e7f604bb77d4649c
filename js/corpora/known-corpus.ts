/**
 * Emotional speech corpora as their authors publish them: how files are called, what there should be, whose
 * they are. Everything here works on names, so that it needs no file system.
 *
 * @module
 */

export type Sex = 'f' | 'm';

/** What the place of a recording says about it. */
export interface Utterance {
  /** Names the utterance within its corpus, whatever the folders: two files with one id are one recording. */
  readonly id: string;
  readonly speaker: string | null;
  readonly sex: Sex | null;
  /** The corpus's own word or code for the emotion; null if names do not tell. */
  readonly label: string | null;
  /** Word of the vocabulary (`EMOTIONS`); null if there is none for the label. */
  readonly emotion: string | null;
  /** Which of the corpus's sentences; null where they have no names. */
  readonly text: string | null;
}

/** An extent in which a corpus is used, and what it should hold then. */
export interface Release {
  readonly name: string;
  readonly utterances: number;
  readonly speakers: number;
  /** Utterances of each emotion, where they are documented. */
  readonly emotions?: Readonly<Record<string, number>>;
  /** Utterances of each speaker, where they are documented. */
  readonly perSpeaker?: Readonly<Record<string, number>>;
  /** Ids of all utterances, where a scheme gives them. */
  readonly ids?: () => readonly string[];
}

/** A file beside each recording that tells its emotion. */
export interface Annotation {
  /** With the dot. */
  readonly extension: string;
  /** Emotion in the corpus's word, and what is said; null where the file does not tell. */
  readonly read: (file: string) => { readonly label: string | null; readonly text: string | null };
}

export interface KnownCorpus {
  /** What it is called in commands, plans and tables: lower case, no spaces. */
  readonly name: string;
  readonly title: string;
  readonly language: string;
  /** The one that is meant when nothing else is said comes first. */
  readonly releases: readonly Release[];
  /** The vocabulary's words by the corpus's own. */
  readonly emotions: Readonly<Record<string, string>>;
  /** Shape of the paths, for people. */
  readonly layout: string;
  readonly where: string;
  readonly licence: string;
  readonly citation: string;
  /** What a path, relative to the corpus, says; null if it is none of the corpus's names. */
  readonly parse: (path: string) => Utterance | null;
  readonly annotation?: Annotation;
  /** Utterances that are known to be broken, and how. */
  readonly faults?: readonly { readonly id: RegExp; readonly why: string }[];
}

/** How a corpus names its files. */
export interface Naming {
  /**
   * Matched with the path without its extension, `/` between folders. Groups `speaker`, `label` and `text`
   * become those fields.
   */
  readonly pattern: RegExp;
  readonly emotions: Readonly<Record<string, string>>;
  readonly sex?: (speaker: string) => Sex | null;
  /** Default: the file's name without its extension. */
  readonly id?: (groups: Readonly<Record<string, string>>) => string;
}

/** Is any part of the path hidden (`.DS_Store`, `._03a01Fa.wav`)? */
export const isHidden = (path: string): boolean => /(^|[/\\])\.(?!\.?(?:[/\\]|$))/.test(path);

/** The path without its extension, with `/` between folders whatever the system. */
export const placeOf = (path: string): string => path.replaceAll('\\', '/').replace(/\.[^./]*$/, '');

/** The vocabulary's word for a corpus's own. */
export const emotionOf = (label: string, emotions: Readonly<Record<string, string>>): string | null =>
  Object.hasOwn(emotions, label) ? emotions[label] : null;

/** A parser for corpora whose names say everything in the same order. */
export function parserOf({ pattern, emotions, sex, id }: Naming): KnownCorpus['parse'] {
  return (path) => {
    if (isHidden(path)) return null;
    const place = placeOf(path);
    const groups = pattern.exec(place)?.groups;
    if (groups === undefined) return null;
    const { speaker = null, label = null, text = null } = groups as Record<string, string | undefined>;
    return {
      id: id?.(groups) ?? place.slice(place.lastIndexOf('/') + 1),
      speaker,
      sex: speaker === null ? null : (sex?.(speaker) ?? null),
      label,
      emotion: label === null ? null : emotionOf(label, emotions),
      text,
    };
  };
}

/** `from(0) … from(count − 1)`; for lists of ids. */
export const times = <T>(count: number, from: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => from(i));

/** Every emotion with the same number of utterances. */
export const each = (emotions: Readonly<Record<string, string>>, count: number): Record<string, number> =>
  Object.fromEntries(Object.values(emotions).map((emotion) => [emotion, count]));
