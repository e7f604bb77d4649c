/**
 * The sharpness of probabilities, and arousal and valence of them (docs/recogniser.md, "Confidence").
 *
 * @module
 */
import type { Core } from '../core/index.js';
import { probabilitiesOf } from '../learn/model/index.js';

/** Decisions of rows whose class is known, of one corpus. */
export interface Judged {
  /** Classes that are decided between. */
  readonly K: number;
  /** `rows x K`. */
  readonly decisions: Float64Array;
  /** Of each row, 0 … K − 1. */
  readonly labels: Int32Array;
}

/** Sharpnesses that are looked at: from a lowest to a highest, and halvings of the range of their logarithms. */
const [LOWEST, HIGHEST, HALVINGS] = [0.1, 20, 40];

/**
 * The sharpness at which the probabilities of the true classes are largest: least mean negative log likelihood, each
 * corpus weighing the same. It is convex in the sharpness, so halving on its slope finds it.
 */
export function fitSharpness(core: Core, corpora: readonly Judged[]): number {
  let [low, high] = [LOWEST, HIGHEST];
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2;
    if (slope(core, corpora, middle) > 0) high = middle;
    else low = middle;
  }
  return (low + high) / 2;
}

/** Derivative of the mean negative log likelihood: mean over rows of E[decision] − decision of the true class. */
function slope(core: Core, corpora: readonly Judged[], sharpness: number): number {
  let sum = 0;
  for (const { K, decisions, labels } of corpora) {
    const p = probabilitiesOf(core, decisions, K, sharpness);
    let own = 0;
    labels.forEach((label, i) => {
      for (let k = 0; k < K; k++) own += (p[i * K + k] - (k === label ? 1 : 0)) * decisions[i * K + k];
    });
    sum += own / labels.length;
  }
  return sum;
}

/**
 * Valence and arousal of emotions on scales from −1 to 1, after Russell & Mehrabian (1977), "Evidence for a three-factor
 * theory of emotions", Journal of Research in Personality 11: the terms angry, bored, disgusted, fearful, happy, sad and
 * surprised. `neutral` is the origin.
 */
const AFFECT: Readonly<Record<string, readonly [valence: number, arousal: number]>> = {
  anger: [-0.51, 0.59],
  boredom: [-0.65, -0.62],
  disgust: [-0.6, 0.35],
  fear: [-0.64, 0.6],
  happiness: [0.81, 0.51],
  neutral: [0, 0],
  sadness: [-0.63, -0.27],
  surprise: [0.4, 0.67],
};

/** Where an utterance lies, each in [0, 1]: 0 calm or unpleasant, 1 excited or pleasant, ½ in between. */
export interface Affect {
  readonly arousal: number;
  readonly valence: number;
}

/** The mean of the classes' places, weighted with their probabilities. Classes that have no place count as neutral. */
export function affectOf(classes: readonly string[], probabilities: ArrayLike<number>): Affect {
  let [valence, arousal] = [0, 0];
  classes.forEach((emotion, k) => {
    const [v, a] = AFFECT[emotion] ?? [0, 0];
    valence += probabilities[k] * v;
    arousal += probabilities[k] * a;
  });
  return { arousal: (1 + arousal) / 2, valence: (1 + valence) / 2 };
}
