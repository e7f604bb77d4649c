/**
 * Decisions of a model as answers for people: an emotion and how probable it is, arousal and valence, and remarks.
 *
 * @module
 */
import type { Classification, Weights } from '../../contract/index.js';
import type { Matrix } from '../../data/index.js';
import type { Moments } from '../moments.js';
import { affectOf } from '../probabilities.js';
import { remarkColumns, remarksOn } from '../remarks.js';
import { TrainedWeights } from '../weights/trained-weights.js';

/** What is said of one recording. */
export interface Recognition {
  /** The most probable one; null where a remark says that there is no speech. */
  readonly emotion: string | null;
  /** Probability of the emotion, in [0, 1]; null without one. */
  readonly confidence: number | null;
  /** The next probable emotion; null without one. */
  readonly second: string | null;
  /** Of each emotion that could be answered, by its name; they sum to 1. Empty without an emotion. */
  readonly probabilities: Readonly<Record<string, number>>;
  /** In [0, 1]: 0 is calm, 1 excited; null without an emotion. */
  readonly arousal: number | null;
  /** In [0, 1]: 0 is unpleasant, 1 pleasant; null without an emotion. */
  readonly valence: number | null;
  /** `silence`, `no speech`, `clipped`, `too short`, `far from everything learnt`. */
  readonly remarks: readonly string[];
}

export interface RecognitionOptions {
  /** Names of the features: some of ComParE-2013 tell speech from what is none. */
  readonly columns: readonly string[];
  /** What the model learnt from: tells what is far from it. Default: nothing is known. */
  readonly weights?: Weights;
  /** Remarks on the samples of each recording. Default: none. */
  readonly remarks?: readonly (readonly string[])[];
  /** Answers an emotion also where there is no speech. Default false. */
  readonly force?: boolean;
}

/** Remarks after which an emotion means nothing. */
const NO_SPEECH: readonly string[] = ['silence', 'no speech'];

const poolOf = (weights: Weights | undefined): Moments | null =>
  weights instanceof TrainedWeights ? weights.parts.pool : null;

/**
 * An answer for each row.
 *
 * @param classes of the classification, in order
 * @param features raw, as they were classified
 */
export function recognitionsOf(
  { emotions, probabilities }: Classification,
  classes: readonly string[],
  features: Matrix,
  { columns, weights, remarks: heard, force = false }: RecognitionOptions,
): Recognition[] {
  const at = remarkColumns(columns);
  const pool = poolOf(weights);
  const c = classes.length;
  return emotions.map((emotion, i) => {
    const remarks = [...remarksOn(features, i, at, pool), ...(heard?.[i] ?? [])];
    if (!force && remarks.some((one) => NO_SPEECH.includes(one)))
      return {
        emotion: null,
        confidence: null,
        second: null,
        probabilities: {},
        arousal: null,
        valence: null,
        remarks,
      };
    const own = probabilities.subarray(i * c, (i + 1) * c);
    return {
      emotion,
      confidence: own[classes.indexOf(emotion)],
      second: secondOf(classes, own, emotion),
      probabilities: Object.fromEntries(classes.map((name, k) => [name, own[k]])),
      ...affectOf(classes, own),
      remarks,
    };
  });
}

function secondOf(classes: readonly string[], probabilities: Float64Array, first: string): string | null {
  let best: string | null = null;
  let most = -1;
  classes.forEach((name, k) => {
    if (name === first || probabilities[k] <= most) return;
    most = probabilities[k];
    best = name;
  });
  return best;
}
