/**
 * What a fit of `linear` or `self-training` used, decided and changed, in plain words.
 *
 * @module
 */
import type { Classification } from '../contract/index.js';
import { type Corpus, counted } from '../data/index.js';
import { AMPLE_ROWS, type Scaled } from './scaling.js';
import type { WeightsParts } from './weights/parts.js';

/** A target with fewer rows is not adapted to, unless some of its emotions are known (ours: docs/accuracy.md). */
export const LEAST_ROWS = 20;
/** Answers below this are better listened to (ours). */
const DOUBTFUL = 0.5;

/** Why a target is not scaled by speaker; undefined if it is. */
function withoutSpeakers(
  { name, speaker }: Pick<Corpus, 'name' | 'speaker'>,
  { normalizer }: Scaled,
): string | undefined {
  if (normalizer.speakers.length > 0) return undefined;
  const unknown = speaker.filter((one) => one === null).length;
  if (unknown === speaker.length) return `${name} does not say who speaks`;
  if (unknown > 0) return `${name} does not say who speaks in ${counted(unknown, 'recording')}`;
  return `half the speakers of ${name} have fewer than ${AMPLE_ROWS} recordings`;
}

/** Sentences on what would make answers better; the gain is that of WAR on nine targets, `open` to `research` (docs/accuracy.md, "Trust"). */
export function adviceOn(target: Pick<Corpus, 'name' | 'speaker'>, scaled: Scaled): string[] {
  const why = withoutSpeakers(target, scaled);
  if (why === undefined || scaled.rows.rows < LEAST_ROWS || !target.speaker.includes(null)) return [];
  return [
    `${why}. Where all speakers are named, 5 to 7 more answers of 100 are right: put the recordings of each speaker ` +
      'into a folder, or name speakers in a column "speaker" of labels.csv',
  ];
}

/** What there is to tell of a fit. */
export interface Told {
  readonly weights: WeightsParts;
  /** Whether the weights were given, or trained on the sources. */
  readonly given: boolean;
  readonly sources: readonly Corpus[];
  readonly target: Corpus;
  readonly scaled: Scaled;
  /** Whether it adapted, and whether it would have with more rows. */
  readonly adapts: boolean;
  /** Which part of the correction was taken. */
  readonly part: number;
  readonly adapting: boolean;
  /** Answers of the weights as they were. */
  readonly before: readonly string[];
}

/** Said where a correction was not taken whole. */
const caution = (part: number): string =>
  part === 1
    ? ''
    : part === 0
      ? ' It would have changed so many that it was not taken.'
      : ` It would have changed more, too many to be trusted: ${Math.round(100 * part)} % of it was taken.`;

export function explanationOf(told: Told, { emotions, confidence }: Classification): string[] {
  const { weights, given, sources, target, scaled, adapts, part, adapting, before } = told;
  const m = target.features.rows;
  const names = weights.corpora.map(({ name, rows }) => `${name} (${counted(rows, 'recording')})`).join(', ');
  const learnt = [
    ...(given ? [`Weights "${weights.name}", trained on ${names}.`] : [`Learnt from ${names}.`]),
    `They answer ${weights.classes.join(', ')}.`,
    ...weights.corpora.flatMap(({ name, licence, credit }) =>
      licence + credit === ''
        ? []
        : [`${name}: ${[credit, licence].filter((one) => one !== '').join('; ')}.`],
    ),
  ];
  if (given && sources.length > 0)
    learnt.push(`${sources.map(({ name }) => name).join(', ')} corrected them.`);
  const why = withoutSpeakers(target, scaled);
  const scaling =
    why === undefined
      ? `Features are scaled speaker by speaker (${counted(scaled.normalizer.speakers.length, 'speaker')}).`
      : m < LEAST_ROWS
        ? `Features are scaled mostly by the training corpora: ${counted(m, 'recording')} tell little of their own.`
        : `Features are scaled over all recordings, not by speaker: ${why}.`;
  const changed = emotions.filter((emotion, i) => emotion !== before[i]).length;
  const adaptation = adapts
    ? `Adaptation to these recordings changed ${counted(changed, 'answer')} of ${m}.${caution(part)}`
    : adapting
      ? `Nothing was adapted: ${counted(m, 'recording')} are too few (${LEAST_ROWS} at least).`
      : 'Nothing was adapted.';
  const mean = confidence.reduce((sum, one) => sum + one / m, 0);
  const doubtful = confidence.filter((one) => one < DOUBTFUL).length;
  const sure = `The answers are ${Math.round(100 * mean)} % probable on average.`;
  const listen =
    doubtful === 0
      ? ''
      : ` ${counted(doubtful, 'answer')} of ${m} ${doubtful === 1 ? 'is' : 'are'} less than ${100 * DOUBTFUL} % probable: listen to ${doubtful === 1 ? 'it' : 'them'}.`;
  return [...learnt, scaling, adaptation, sure + listen];
}
