/**
 * Scaling of training corpora and of targets: each by itself, and by speaker where speakers have enough rows
 * (docs/recogniser.md, "Scaling").
 *
 * @module
 */
import type { Matrix } from '../data/index.js';
import { applyNormalizer, type Normalizer } from '../data/scaling/index.js';
import { deviationsOf, type Moments, momentsOf } from './moments.js';

/** Features of some utterances, and who speaks: null where that is not known. */
export interface Utterances {
  readonly features: Matrix;
  readonly speaker: readonly (string | null)[];
}

/** Speakers whose median number of rows is at least this are scaled one by one. */
export const AMPLE_ROWS = 12;
/** Rows that a corpus's moments are worth beside those of a speaker. */
const SPEAKER_PRIOR = 5;
/** Rows that the pool's moments are worth beside those of a target. */
const TARGET_PRIOR = 3;

/**
 * Rows of each speaker, speakers ascending by code unit, rows in the order given; null unless every row has a speaker
 * and the median speaker has {@link AMPLE_ROWS} rows: with fewer, their moments hold the emotion as much as the voice.
 */
export function ampleSpeakers(
  speaker: readonly (string | null)[],
  order: ArrayLike<number>,
): Map<string, number[]> | null {
  const rows = new Map<string, number[]>();
  for (const name of [...new Set(speaker)].sort(byCodeUnit)) {
    if (name === null) return null;
    rows.set(name, []);
  }
  for (let i = 0; i < order.length; i++) rows.get(speaker[order[i]] as string)?.push(order[i]);
  const counts = Float64Array.from(rows.values(), (own) => own.length).sort();
  const half = counts.length >> 1;
  const median = counts.length % 2 === 1 ? counts[half] : (counts[half - 1] + counts[half]) / 2;
  return median >= AMPLE_ROWS ? rows : null;
}

const byCodeUnit = (a: string | null, b: string | null): number =>
  (a ?? '') < (b ?? '') ? -1 : (a ?? '') > (b ?? '') ? 1 : 0;

/** A scaled corpus, and how it was scaled. */
export interface Scaled {
  /** `rows x d`, within ± 3. */
  readonly rows: Matrix;
  /** Of all its rows. */
  readonly moments: Moments;
  /** Maps further rows: those of its speakers, if these were scaled one by one, by the speaker's own moments. */
  readonly normalizer: Normalizer;
}

function scaledBy({ features, speaker }: Utterances, order: ArrayLike<number>, all: Moments): Scaled {
  const speakers = ampleSpeakers(speaker, order) ?? new Map<string, number[]>();
  const groups = [
    all,
    ...[...speakers.values()].map((own) => momentsOf(features, own, { ...all, worth: SPEAKER_PRIOR })),
  ];
  const joined = (parts: readonly Float64Array[]): Float64Array => {
    const out = new Float64Array(parts.length * features.cols);
    parts.forEach((part, g) => out.set(part, g * features.cols));
    return out;
  };
  const normalizer: Normalizer = {
    kind: 'clipped-z',
    cols: features.cols,
    speakers: [...speakers.keys()],
    mean: joined(groups.map(({ mean }) => mean)),
    deviation: joined(groups.map(deviationsOf)),
  };
  return { rows: applyNormalizer(normalizer, features, speaker), moments: all, normalizer };
}

const inPlace = ({ features }: Utterances): Int32Array =>
  Int32Array.from({ length: features.rows }, (_, i) => i);

/** A training corpus, scaled by its own moments. */
export function scaleSource(source: Utterances): Scaled {
  const order = inPlace(source);
  return scaledBy(source, order, momentsOf(source.features, order));
}

/** The mean over the training corpora of their moments, each corpus once. */
export function poolOf(each: readonly Moments[]): Moments {
  const mean = (pick: (moments: Moments) => Float64Array): Float64Array =>
    Float64Array.from(
      pick(each[0]),
      (_, f) => each.reduce((sum, one) => sum + pick(one)[f], 0) / each.length,
    );
  return { mean: mean((one) => one.mean), variance: mean((one) => one.variance) };
}

/**
 * A target, scaled by its own moments shrunk towards the pool's: one recording is scaled almost by the pool, many by
 * themselves.
 *
 * @param order in which rows are summed; the order of {@link contentOrder} makes answers independent of the rows' places
 */
export function scaleTarget(
  target: Utterances,
  pool: Moments,
  order: ArrayLike<number> = inPlace(target),
): Scaled {
  return scaledBy(target, order, momentsOf(target.features, order, { ...pool, worth: TARGET_PRIOR }));
}
