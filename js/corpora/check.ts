/**
 * A corpus as it is found against what there should be.
 *
 * @module
 */
import { classesOf } from '../data/index.js';
import { emotionOf, type KnownCorpus, type Release, type Utterance } from './known-corpus.js';
import type { Recording } from './recognise.js';

/** A name with what was found and what there should be (null: not documented). */
export interface Count {
  readonly name: string;
  readonly found: number;
  readonly official: number | null;
}

export interface CorpusCheck {
  readonly corpus: string;
  readonly title: string;
  /** The extent that fits best what was found; null for a corpus without a name. */
  readonly release: { readonly name: string; readonly utterances: number; readonly speakers: number } | null;
  /** Files with sound in them, and distinct utterances of the corpus among them. */
  readonly recordings: number;
  readonly utterances: number;
  readonly emotions: readonly Count[];
  readonly speakers: readonly Count[];
  /** How many utterances are not there; their ids, where a scheme tells them. */
  readonly missing: { readonly count: number; readonly ids: readonly string[] | null };
  /** Recordings that are not called as in the corpus, or that its release does not have. */
  readonly extra: readonly string[];
  /** Files of one utterance, where there are several. */
  readonly twice: readonly (readonly string[])[];
  /** Labels without a word in the vocabulary, and recordings whose annotation tells none (`null`). */
  readonly unmappable: readonly { readonly label: string | null; readonly recordings: number }[];
  /** Recordings that are known to be broken. */
  readonly faults: readonly { readonly file: string; readonly message: string }[];
  /** Nothing is missing, extra, there twice, or without an emotion. */
  readonly complete: boolean;
}

/** What an annotation file says in addition to a name; `content` null if it cannot be read. */
export function annotated(corpus: KnownCorpus, utterance: Utterance, content: string | null): Utterance {
  if (corpus.annotation === undefined || content === null) return utterance;
  const { label, text } = corpus.annotation.read(content);
  const emotion = label === null ? null : emotionOf(label, corpus.emotions);
  return { ...utterance, label, emotion, text: text ?? utterance.text };
}

/** How far a release is from what was found, in utterances. */
function distance({ ids, utterances }: Release, found: ReadonlySet<string>): number {
  if (ids === undefined) return Math.abs(utterances - found.size);
  const there = ids();
  const common = there.filter((id) => found.has(id)).length;
  return there.length + found.size - 2 * common;
}

/** The first of the releases that are nearest. */
function nearest(releases: readonly Release[], found: ReadonlySet<string>): Release | null {
  let best: Release | null = null;
  let least = Infinity;
  for (const release of releases) {
    const far = distance(release, found);
    if (far < least) [best, least] = [release, far];
  }
  return best;
}

/** Counts of names, ascending by code unit; those of the official list among them although none was found. */
function counted(
  names: readonly (string | null)[],
  official: Readonly<Record<string, number>> | undefined,
): Count[] {
  const found = new Map<string, number>();
  for (const name of names) if (name !== null) found.set(name, (found.get(name) ?? 0) + 1);
  return classesOf([...found.keys(), ...Object.keys(official ?? {})]).map((name) => ({
    name,
    found: found.get(name) ?? 0,
    official: official === undefined ? null : (official[name] ?? 0),
  }));
}

function missingOf(
  release: Release | null,
  ids: readonly string[] | null,
  emotions: readonly Count[],
  found: ReadonlySet<string>,
): CorpusCheck['missing'] {
  if (release === null) return { count: 0, ids: null };
  if (ids !== null) {
    const absent = ids.filter((id) => !found.has(id));
    return { count: absent.length, ids: absent };
  }
  const short = emotions.reduce((sum, one) => sum + Math.max(0, (one.official ?? 0) - one.found), 0);
  return { count: Math.max(short, release.utterances - found.size, 0), ids: null };
}

/**
 * Compares a corpus with its release that fits best.
 *
 * @param recordings as recognised, annotations read
 */
export function checkCorpus(corpus: KnownCorpus, recordings: readonly Recording[]): CorpusCheck {
  const byId = new Map<string, { utterance: Utterance; files: string[] }>();
  const extra: string[] = [];
  for (const { path, utterance } of recordings) {
    if (utterance === null) extra.push(path);
    else {
      const same = byId.get(utterance.id);
      if (same === undefined) byId.set(utterance.id, { utterance, files: [path] });
      else same.files.push(path);
    }
  }
  const found = new Set(byId.keys());
  const distinct = [...byId.values()];
  const release = nearest(corpus.releases, found);
  const ids = release?.ids?.() ?? null;
  if (ids !== null) {
    const scheme = new Set(ids);
    for (const { utterance, files } of distinct) if (!scheme.has(utterance.id)) extra.push(...files);
  }
  const emotions = counted(
    distinct.map(({ utterance }) => utterance.emotion),
    release?.emotions,
  );
  const labels = distinct.filter(({ utterance }) => utterance.emotion === null);
  const kinds = new Map<string | null, number>();
  for (const { utterance } of labels) kinds.set(utterance.label, (kinds.get(utterance.label) ?? 0) + 1);
  const twice = distinct.filter(({ files }) => files.length > 1).map(({ files }) => files);
  const missing = missingOf(release, ids, emotions, found);
  return {
    corpus: corpus.name,
    title: corpus.title,
    release: release && { name: release.name, utterances: release.utterances, speakers: release.speakers },
    recordings: recordings.length,
    utterances: found.size,
    emotions,
    speakers: counted(
      distinct.map(({ utterance }) => utterance.speaker),
      release?.perSpeaker,
    ),
    missing,
    extra,
    twice,
    unmappable: [...kinds].map(([label, count]) => ({ label, recordings: count })),
    faults: distinct.flatMap(({ utterance, files }) =>
      (corpus.faults ?? [])
        .filter(({ id }) => id.test(utterance.id))
        .flatMap(({ why }) => files.map((file) => ({ file, message: why }))),
    ),
    complete: missing.count === 0 && extra.length === 0 && twice.length === 0 && labels.length === 0,
  };
}
