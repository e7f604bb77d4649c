/**
 * Recordings in, answers out: the shortest way through the package.
 *
 * @module
 */
import type { DecodeOptions, Signal } from '../../audio/index.js';
import { extract } from '../../audio/sets/compare-2013/index.js';
import type { FitOptions, Model, Weights } from '../../contract/index.js';
import { checkKeys, type Corpus, corpus, matrix } from '../../data/index.js';
import { SatnmfError } from '../../errors.js';
import { selfTraining } from '../../methods/self-training/index.js';
import { emotionsOf, openWeights } from './pretrained.js';
import { type Recognition, recognitionsOf } from './recognition.js';

/** A recording: the bytes of its file (WAV, or a format with a registered decoder), or its samples. */
export type Recording = Uint8Array | ArrayBuffer | Signal;

/** What a recogniser knows and answers. */
export interface RecogniserSettings {
  /** Default: `open`, which come with the package. */
  readonly weights?: Weights;
  /** Emotions that may be answered; `all`: all that the weights know. Default: anger, fear, happiness, neutral, sadness. */
  readonly emotions?: readonly string[] | 'all';
}

/** How recordings are recognised. */
export interface RecogniseOptions extends Pick<FitOptions, 'signal' | 'core'>, DecodeOptions {
  /** Who speaks in each recording, null where nobody knows. Default: nobody knows. Of a table, its own speakers. */
  readonly speaker?: readonly (string | null)[];
  /** `use`: the emotions that a table has count as known. Default: they are never looked at. */
  readonly labels?: 'use';
  /** Answers an emotion also where there is no speech. Default false. */
  readonly force?: boolean;
}

/** Weights with what they answer, ready for any number of recordings. */
export interface Recogniser {
  /** Of those emotions that it answers. */
  readonly weights: Weights;
  /**
   * One recording gives one answer. Several give an answer each, in their order; they are recognised together: with 20
   * or more the weights adapt to them. So does a table of features.
   *
   * @throws {SatnmfError} `bad-file`, `unsupported`, `too-large`: a recording that cannot be read; `bad-argument`;
   *   `shape-mismatch`: other features than those of the weights
   */
  recognise(recording: Recording, options?: RecogniseOptions): Promise<Recognition>;
  recognise(recordings: readonly Recording[] | Corpus, options?: RecogniseOptions): Promise<Recognition[]>;
  /** As {@link Recogniser.recognise} of a table, as a model for further recordings of the same kind. */
  fit(target: Corpus, options?: RecogniseOptions): Promise<Model>;
}

const isList = (input: unknown): input is readonly Recording[] => Array.isArray(input);
const isCorpus = (input: object): input is Corpus => 'features' in input;

/**
 * A recogniser.
 *
 * @throws {SatnmfError} `unknown-class`, `one-class`: emotions that the weights do not know; `bad-argument`
 *
 * @example
 * const { recognise } = await recogniser({ emotions: ['anger', 'neutral'] });
 * const { emotion, confidence } = await recognise(bytes);
 */
export async function recogniser(settings: RecogniserSettings = {}): Promise<Recogniser> {
  checkKeys('recogniser', settings, ['weights', 'emotions']);
  const weights = emotionsOf(settings.weights ?? (await openWeights()), settings.emotions);
  const fit = (target: Corpus, { labels, signal, core }: RecogniseOptions = {}): Promise<Model> =>
    selfTraining().fit(
      { weights, target, ...(labels === 'use' && { known: target.emotion }) },
      { ...(signal && { signal }), ...(core && { core }) },
    );
  const answers = async (
    target: Corpus,
    options: RecogniseOptions,
    remarks: readonly (readonly string[])[] = [],
  ): Promise<Recognition[]> => {
    const model = await fit(target, options);
    const { columns, features } = target;
    const about = { columns, weights, remarks, force: options.force ?? false };
    return recognitionsOf(model.classify(), model.classes, features, about);
  };
  async function recognise(recording: Recording, options?: RecogniseOptions): Promise<Recognition>;
  async function recognise(
    recordings: readonly Recording[] | Corpus,
    options?: RecogniseOptions,
  ): Promise<Recognition[]>;
  async function recognise(
    input: Recording | readonly Recording[] | Corpus,
    options: RecogniseOptions = {},
  ): Promise<Recognition | Recognition[]> {
    checkKeys('recognise', options, ['speaker', 'labels', 'force', 'signal', 'core', 'file', 'maxSeconds']);
    if (typeof input !== 'object' || input === null)
      throw new SatnmfError(
        'bad-argument',
        `recognise() takes the bytes of a file (Uint8Array), a signal, a list of those, or a table, got ${String(input)}`,
        { argument: 'recording', actual: String(input) },
      );
    if (!isList(input) && isCorpus(input)) return answers(input, options);
    const recordings = isList(input) ? input : [input];
    if (recordings.length === 0) return [];
    const heard = [];
    for (const recording of recordings) {
      options.signal?.throwIfAborted();
      heard.push(await listen(recording, options));
    }
    const { columns } = heard[0];
    const features = matrix(heard.length, columns.length);
    heard.forEach(({ row }, i) => features.data.set(row, i * columns.length));
    const speaker = options.speaker ?? heard.map(() => null);
    const target = corpus({ name: 'recordings', features, columns, speaker });
    const said = await answers(
      target,
      options,
      heard.map(({ remarks }) => remarks),
    );
    return isList(input) ? said : said[0];
  }
  return { weights, recognise, fit };
}

/** Features of a recording, and remarks on its samples. */
async function listen(
  recording: Recording,
  options: DecodeOptions,
): Promise<{ columns: readonly string[]; row: Float32Array; remarks: readonly string[] }> {
  const bytes = recording instanceof ArrayBuffer ? new Uint8Array(recording) : recording;
  const { file, maxSeconds } = options;
  const about = { ...(file !== undefined && { file }), ...(maxSeconds !== undefined && { maxSeconds }) };
  const { names, features, remarks } = await extract(bytes, about);
  return { columns: names, row: features.data, remarks };
}

/**
 * What emotion has a recording? By the weights that come with the package; {@link recogniser} takes others.
 *
 * @example
 * const { emotion, confidence, probabilities, arousal, valence, remarks } = await recognise(bytes);
 */
export const recognise: Recogniser['recognise'] = (async (input: never, options?: RecogniseOptions) => {
  const { recognise } = await recogniser();
  return recognise(input, options);
}) as Recogniser['recognise'];
