// Normalisation: the features of a corpus to [0, 1], each corpus (or each of its speakers) by itself.
//
// | name          | value of x                                                               |
// | ------------- | ------------------------------------------------------------------------ |
// | `none`        | x                                                                        |
// | `min-max`     | (x − low) / (high − low)                                                 |
// | `rank`        | (rank − 1) / (rows − 1), ties sharing their mean rank                    |
// | `z-clip`      | (z + 3) / 6, z clipped to ±3: a few outliers do not squeeze all other rows |
//
// `speaker-min-max`, `speaker-rank` and `speaker-z-clip` take low, high, rank, mean and deviation per speaker.
// `speaker-z-min-max` is z = (x − mean) / deviation (population) per speaker, then min–max of z over the corpus. Rows without a speaker, and speakers with fewer than
// MIN_SPEAKER_ROWS rows, take the corpus's. So does a feature that is constant for a speaker, but for
// `speaker-z-min-max`, where its z is 0: the speaker's mean. A feature that is constant over the corpus becomes 0.
//
// `auto` is `speaker-z-clip` where the speakers of both corpora are known and have rows enough for moments of
// their own (chooseNormalization), `z-clip` elsewhere.
//
// Results are rounded once to float32, from float64 arithmetic. The rows that a normaliser was fitted to
// and new rows go through the same code, so equal rows have equal bits.
import { SatnmfError } from '../../errors.js';
import { checkFinite, checkOneOf, checkRows, type NamedRows } from '../check.js';
import { applyMoments, fitClippedRanges, fitMoments, type Moments } from './column-moments.js';
import { applyRanges, fitRanges, type Ranges, type Values } from './column-ranges.js';
import { applyRanks, fitRanks, type SortedColumns } from './column-ranks.js';
import type { Corpus } from '../corpus.js';
import type { Matrix } from '../matrix.js';
import { findSpeakers, groupSpeakers, rowsOfGroups, type SpeakerGroups } from './speaker-groups.js';

/** Names of the normalisations, as options and the command line spell them. */
export const NORMALIZATIONS = Object.freeze([
  'none',
  'min-max',
  'rank',
  'z-clip',
  'speaker-min-max',
  'speaker-rank',
  'speaker-z-min-max',
  'speaker-z-clip',
] as const);

export type Normalization = (typeof NORMALIZATIONS)[number];

/** What a method may be told: a normalisation, or that both corpora decide, see {@link chooseNormalization}. */
export const NORMALIZE_CHOICES = Object.freeze([...NORMALIZATIONS, 'auto'] as const);

export type NormalizeChoice = (typeof NORMALIZE_CHOICES)[number];

/** `z-clip` keeps this many deviations on either side of the mean (ours: 2 and 4 were no better). */
const KEPT_DEVIATIONS = 3;

/** A speaker's mean says something of the voice, and little of the emotions that happened to be spoken, from so many rows on (ours). */
export const AMPLE_SPEAKER_ROWS = 20;
/** No speaker may have fewer than this, or its rows would lose their emotion with their mean (ours). */
export const LEAST_SPEAKER_ROWS = 10;

/** Speakers with fewer rows have no reliable ranges: they take the corpus's. */
export const MIN_SPEAKER_ROWS = 5;

/** A target with fewer rows is normalised by the source's ranges. */
export const SMALL_TARGET_ROWS = 20;

interface Fitted {
  readonly cols: number;
  /** Speakers with ranges of their own, ascending by code unit; empty unless it is a speaker variant. */
  readonly speakers: readonly string[];
}

/** A fitted normalisation: plain data, see {@link applyNormalizer} and `normalizerTensors`. */
export type Normalizer =
  | (Fitted & { readonly kind: 'none' })
  | (Fitted & Ranges & { readonly kind: 'min-max' })
  | (Fitted & SortedColumns & { readonly kind: 'rank' })
  /** `low` and `high` are one row: those of z over the corpus. */
  | (Fitted & Moments & Ranges & { readonly kind: 'z-min-max' });

export type Utterances = Pick<Corpus, 'name' | 'speaker'> & { readonly features: Values };

export interface NormalizerOptions {
  /** Speakers with fewer rows take the corpus's ranges. Default {@link MIN_SPEAKER_ROWS}. */
  minimumSpeakerRows?: number;
  /** Receives sentences that the user should read: a speaker variant without speakers, … */
  onWarning?: (sentence: string) => void;
}

/** Groups of rows that `normalization` treats by themselves, with a warning if there are none. */
function groupsFor(
  rows: Utterances,
  normalization: Normalization,
  options: NormalizerOptions,
): SpeakerGroups {
  const none = { names: [], of: new Int32Array(rows.features.rows) };
  if (!normalization.startsWith('speaker-')) return none;
  const minimum = options.minimumSpeakerRows ?? MIN_SPEAKER_ROWS;
  const groups = groupSpeakers(rows.speaker, minimum);
  if (groups.names.length > 0) return groups;
  const why = rows.speaker.every((name) => name === null)
    ? 'names no speakers'
    : `has no speaker with at least ${minimum} rows`;
  // z over the whole corpus and min–max of that are the numbers of min–max, but for the last rounding.
  const instead = normalization === 'speaker-z-min-max' ? 'min-max' : normalization.slice('speaker-'.length);
  options.onWarning?.(`${rows.name} ${why}: normalised by "${instead}" instead of "${normalization}"`);
  return none;
}

/**
 * Learns a normalisation from the rows of one corpus.
 * @param rows at least one row, finite values
 * @throws {SatnmfError} `bad-argument` for an unknown normalisation, `too-few-rows` for no rows
 */
export function fitNormalizer(
  rows: Utterances,
  normalization: Normalization,
  options: NormalizerOptions = {},
): Normalizer {
  checkOneOf('normalization', normalization, NORMALIZATIONS);
  const values = rows.features;
  const { cols } = values;
  if (values.rows === 0)
    checkRows({ name: rows.name, features: { rows: 0, cols, data: new Float32Array(0) } }, 1);
  const groups = groupsFor(rows, normalization, options);
  const fitted = { cols, speakers: groups.names };
  switch (normalization) {
    case 'none':
      return { kind: 'none', ...fitted };
    case 'min-max':
    case 'speaker-min-max':
      return { kind: 'min-max', ...fitted, ...fitRanges(values, groups) };
    case 'z-clip':
    case 'speaker-z-clip':
      return { kind: 'min-max', ...fitted, ...fitClippedRanges(values, groups, KEPT_DEVIATIONS) };
    case 'rank':
    case 'speaker-rank':
      return { kind: 'rank', ...fitted, ...fitRanks(values, groups) };
    case 'speaker-z-min-max': {
      const moments = fitMoments(values, groups);
      const z = { rows: values.rows, cols, data: applyMoments(moments, values, groups.of) };
      const whole = { names: [], of: new Int32Array(values.rows) };
      return { kind: 'z-min-max', ...fitted, ...moments, ...fitRanges(z, whole) };
    }
  }
}

/**
 * Writes the normalised rows to `out` (`rows x cols`, float32 or float64).
 * See {@link applyNormalizer}, which is this with a new matrix.
 */
export function normalizeInto(
  normalizer: Normalizer,
  values: Values,
  speaker: readonly (string | null)[] | undefined,
  out: Float32Array | Float64Array,
): void {
  if (values.cols !== normalizer.cols)
    throw new SatnmfError(
      'shape-mismatch',
      `"rows" must have ${normalizer.cols} features, as the normaliser was fitted to, got ${values.cols}`,
      { argument: 'rows', expected: String(normalizer.cols), actual: String(values.cols) },
    );
  const of = speaker === undefined ? new Int32Array(values.rows) : findSpeakers(normalizer.speakers, speaker);
  switch (normalizer.kind) {
    case 'none':
      return out.set(values.data);
    case 'min-max':
      return applyRanges(normalizer, values, of, out);
    case 'rank':
      return applyRanks(normalizer, values, of, out);
    case 'z-min-max': {
      const z = { rows: values.rows, cols: values.cols, data: applyMoments(normalizer, values, of) };
      return applyRanges(normalizer, z, new Int32Array(values.rows), out);
    }
  }
}

/**
 * Rows by a fitted normalisation, clipped to [0, 1] (but for `none`). A rank between two known values is
 * interpolated.
 * @param speaker who speaks in each row. Speakers that the normaliser knows have their own ranges; all
 *   others, and rows whose speaker is not given, are mapped by the ranges of the whole corpus.
 * @throws {SatnmfError} `shape-mismatch` if the number of features is not the fitted one
 */
export function applyNormalizer(
  normalizer: Normalizer,
  rows: Matrix,
  speaker?: readonly (string | null)[],
): Matrix {
  const data = new Float32Array(rows.rows * rows.cols);
  normalizeInto(normalizer, rows, speaker, data);
  return { rows: rows.rows, cols: rows.cols, data };
}

/** The same normalisation without its speakers: every row is mapped by the ranges of the whole corpus. */
export function forgetSpeakers(normalizer: Normalizer): Normalizer {
  const { cols } = normalizer;
  switch (normalizer.kind) {
    case 'none':
      return normalizer;
    case 'min-max': {
      const { kind, low, high } = normalizer;
      return { kind, cols, speakers: [], low: low.slice(0, cols), high: high.slice(0, cols) };
    }
    case 'rank': {
      const { kind, counts, sorted } = normalizer;
      return {
        kind,
        cols,
        speakers: [],
        counts: counts.slice(0, 1),
        sorted: sorted.slice(0, counts[0] * cols),
      };
    }
    case 'z-min-max': {
      const { kind, mean, deviation, low, high } = normalizer;
      const corpus = { mean: mean.slice(0, cols), deviation: deviation.slice(0, cols) };
      return { kind, cols, speakers: [], ...corpus, low, high };
    }
  }
}

/** A small target's rows, by ranges that are not its own. */
export interface SmallTarget {
  readonly features: Matrix;
  /** The source's normaliser without its speakers; new recordings of the target go through it too. */
  readonly normalizer: Normalizer;
  /** Why this was done, for the user. */
  readonly warning: string;
}

/**
 * Normalises a target of fewer than {@link SMALL_TARGET_ROWS} rows by the source's ranges: a corpus of one file has
 * none of its own. The source's speakers are not looked up, since equal names in two corpora are two people.
 */
export function normalizeSmallTarget(source: Normalizer, target: NamedRows): SmallTarget {
  const normalizer = forgetSpeakers(source);
  const count = target.features.rows;
  return {
    features: applyNormalizer(normalizer, target.features),
    normalizer,
    warning:
      `${target.name} has ${count} ${count === 1 ? 'row' : 'rows'}, fewer than ${SMALL_TARGET_ROWS}: ` +
      `too few to be normalised by themselves, so the source's ranges are used`,
  };
}

export interface NormalizedTask {
  readonly source: Matrix;
  readonly target: Matrix;
  /** For new recordings of the target: its own ranges, or the source's if it is small. */
  readonly normalizer: Normalizer;
  readonly warnings: readonly string[];
}

/**
 * What `auto` stands for. Scaling by speaker takes the voice out, but the emotion with it where a speaker has few
 * rows; and a corpus scaled by speaker does not match one that is not. So it needs all speakers of both corpora
 * to be known, half of them with {@link AMPLE_SPEAKER_ROWS} rows and none with fewer than {@link LEAST_SPEAKER_ROWS}.
 */
export function chooseNormalization(
  source: Pick<Corpus, 'speaker'>,
  target: Pick<Corpus, 'speaker'>,
): Normalization {
  return hasAmpleSpeakers(source.speaker) && hasAmpleSpeakers(target.speaker) ? 'speaker-z-clip' : 'z-clip';
}

function hasAmpleSpeakers(speaker: readonly (string | null)[]): boolean {
  if (speaker.includes(null)) return false;
  const sizes = rowsOfGroups(groupSpeakers(speaker, 1))
    .slice(1)
    .map((rows) => rows.length)
    .sort((a, b) => a - b);
  if (sizes.length === 0) return false;
  return sizes[0] >= LEAST_SPEAKER_ROWS && sizes[sizes.length >> 1] >= AMPLE_SPEAKER_ROWS;
}

/**
 * Source and target, each by itself; a small target by the source's ranges ({@link normalizeSmallTarget}).
 * @throws {SatnmfError} `not-finite` naming corpus, row and column; `too-few-rows` for an empty corpus
 */
export function normalizeTask(
  source: NamedRows & Pick<Corpus, 'speaker'>,
  target: NamedRows & Pick<Corpus, 'speaker'>,
  choice: NormalizeChoice,
): NormalizedTask {
  checkFinite(source);
  checkFinite(target);
  checkRows(target, 1);
  const normalization = choice === 'auto' ? chooseNormalization(source, target) : choice;
  const warnings: string[] = [];
  const options = { onWarning: (sentence: string) => void warnings.push(sentence) };
  const own = fitNormalizer(source, normalization, options);
  const features = applyNormalizer(own, source.features, source.speaker);
  if (own.kind !== 'none' && target.features.rows < SMALL_TARGET_ROWS) {
    const small = normalizeSmallTarget(own, target);
    warnings.push(small.warning);
    return { source: features, target: small.features, normalizer: small.normalizer, warnings };
  }
  const normalizer = fitNormalizer(target, normalization, options);
  return {
    source: features,
    target: applyNormalizer(normalizer, target.features, target.speaker),
    normalizer,
    warnings,
  };
}
