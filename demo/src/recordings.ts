/**
 * Recordings on the page: what is known of each, from the drop to the verdict.
 *
 * @module
 */
import type { FileEvent, Label, Row, Said, Utterance } from './protocol.js';

/** What the methods say of a recording. */
export interface Verdict {
  readonly emotion: string;
  /** In [0, 1]. */
  readonly confidence: number;
  /** Share of the trials for each class, in class order. */
  readonly shares: Float64Array;
  /** What the SVM says; null where there is none beside. */
  readonly svm: string | null;
}

export interface Recording {
  readonly key: number;
  readonly name: string;
  /** Null for utterances of EmoDB, of which there are features only. */
  readonly file: File | null;
  stage: 'waiting' | 'extracting' | 'ready' | 'failed';
  /** Part that is extracted, in [0, 1]. */
  share: number;
  seconds: number;
  peaks: Float32Array | null;
  warnings: readonly string[];
  /** Why it cannot be used. */
  sentence: string | null;
  speaker: string | null;
  /** What is known of it, by names or by hand. */
  emotion: string | null;
  /** Those with one word of their corpus, or of one folder. */
  group: string;
  verdict: Verdict | null;
}

/** A list of recordings in the order in which they came. */
export class Recordings {
  static #keys = 0;
  readonly #byKey = new Map<number, Recording>();

  get all(): Recording[] {
    return [...this.#byKey.values()];
  }

  get size(): number {
    return this.#byKey.size;
  }

  get ready(): Recording[] {
    return this.all.filter(({ stage }) => stage === 'ready');
  }

  get waiting(): Recording[] {
    return this.all.filter(({ stage }) => stage === 'waiting' || stage === 'extracting');
  }

  #add(name: string, file: File | null, given: Partial<Recording>): Recording {
    const recording: Recording = {
      key: ++Recordings.#keys,
      name,
      file,
      stage: 'waiting',
      share: 0,
      seconds: 0,
      peaks: null,
      warnings: [],
      sentence: null,
      speaker: null,
      emotion: null,
      group: '',
      verdict: null,
      ...given,
    };
    this.#byKey.set(recording.key, recording);
    return recording;
  }

  addFile(name: string, file: File): Recording {
    return this.#add(name, file, {});
  }

  addUtterance({ name, emotion, speaker }: Utterance): Recording {
    return this.#add(name, null, { stage: 'ready', emotion, speaker });
  }

  /** @returns the keys that were there */
  clear(): number[] {
    const keys = [...this.#byKey.keys()];
    this.#byKey.clear();
    return keys;
  }

  delete(key: number): void {
    this.#byKey.delete(key);
  }

  label(recordings: readonly Recording[], labels: readonly Label[]): void {
    recordings.forEach((recording, i) => Object.assign(recording, labels[i]));
  }

  /** @returns the recording that it is about; undefined if that was taken away meanwhile */
  heard(event: FileEvent): Recording | undefined {
    const recording = this.#byKey.get(event.key);
    if (recording === undefined) return undefined;
    if (event.type === 'share') {
      recording.stage = 'extracting';
      recording.share = event.share;
    } else if (event.type === 'failed') {
      recording.stage = 'failed';
      recording.sentence = event.sentence;
    } else {
      const { seconds, peaks, warnings } = event;
      Object.assign(recording, { stage: 'ready', share: 1, seconds, peaks, warnings });
    }
    return recording;
  }

  /** The features are gone with the worker that held them. */
  lost(): void {
    for (const recording of this.#byKey.values())
      if (recording.stage !== 'failed' && recording.file !== null)
        Object.assign(recording, { stage: 'waiting', share: 0 });
  }

  /** @param rows the recordings that were classified, in their order */
  judge(rows: readonly Recording[], satnmf: Said, svm: Said | null): void {
    for (const recording of this.#byKey.values()) recording.verdict = null;
    const classes = satnmf.shares.length / satnmf.emotions.length;
    rows.forEach((recording, i) => {
      recording.verdict = {
        emotion: satnmf.emotions[i],
        confidence: satnmf.confidence[i],
        shares: satnmf.shares.slice(i * classes, (i + 1) * classes),
        svm: svm?.emotions[i] ?? null,
      };
    });
  }
}

export const rowOf = ({ key, name, speaker, emotion }: Recording): Row => ({ key, name, speaker, emotion });

/** How many of each, most first. */
export function countsOf(words: Iterable<string>): [word: string, count: number][] {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
}
