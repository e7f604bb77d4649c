// Paired bootstrap over utterances (Efron & Tibshirani 1993, ch. 13 and 16): how sure is a difference of UAR?
//
// Utterances of the target are drawn with replacement, and every method is scored on the same draw. Methods with
// several seeds have the mean of their UARs. It measures the chance of the utterances only. It does not measure that of
// other speakers, corpora or seeds, nor what choosing a configuration on the same utterances adds.
import { type Core, PURPOSE, random } from '../../core/index.js';
import { checkWhole } from '../../data/index.js';
import { SatnmfError } from '../../errors.js';

/** One method: its predictions under each seed, class indices, one a row of the target. */
export type Predictions = readonly (readonly number[])[];

/** UAR of one method on the utterances as they are, and on each draw. */
export interface Resampled {
  readonly uar: number;
  readonly draws: Float64Array;
}

export interface BootstrapOptions {
  /** Draws. Default 10000 (ours): p to about 0.01 at 0.5 and 0.002 at 0.01. */
  readonly resamples?: number;
  /** Default 1. */
  readonly seed?: number;
  /** Number of the stream, so that schemes are drawn independently. Default 0. */
  readonly stream?: number;
}

/**
 * UARs of methods on the same draws of utterances. Rows whose truth is not known (−1) are left out; a class that a
 * draw does not have does not count in it, as in `uar`.
 * @param truth class index of each row of the target
 * @throws {SatnmfError} `too-few-rows`: no truth is known; `bad-argument`: options
 */
export function resample(
  core: Core,
  truth: readonly number[],
  methods: readonly Predictions[],
  { resamples = 10_000, seed = 1, stream = 0 }: BootstrapOptions = {},
): Resampled[] {
  checkWhole('resamples', resamples, 1, 10_000_000);
  checkWhole('seed', seed);
  const known = Int32Array.from(truth.keys()).filter((i) => truth[i] >= 0);
  const m = known.length;
  if (m === 0) throw new SatnmfError('too-few-rows', '"truth" must name the class of at least one utterance');
  const labels = known.map((i) => truth[i]);
  const c = labels.reduce((most, label) => Math.max(most, label + 1), 0);
  const hits = methods.map((seeds) => hitsOf(seeds, truth, known));
  const everything = Int32Array.from(labels.keys());
  const found = methods.map((seeds, j) => ({
    uar: uarOf(everything, labels, c, hits[j], seeds.length),
    draws: new Float64Array(resamples),
  }));
  const { below } = random(core, seed, 16 * stream + PURPOSE.bootstrap);
  const draw = new Int32Array(m);
  for (let b = 0; b < resamples; b++) {
    for (let i = 0; i < m; i++) draw[i] = below(m);
    for (let j = 0; j < methods.length; j++)
      found[j].draws[b] = uarOf(draw, labels, c, hits[j], methods[j].length);
  }
  return found;
}

/** Under how many seeds each utterance was recognised. */
function hitsOf(seeds: Predictions, truth: readonly number[], known: Int32Array): Int32Array {
  return known.map((i) => seeds.reduce((sum, predictions) => sum + (predictions[i] === truth[i] ? 1 : 0), 0));
}

/** Mean over seeds of the UAR on the utterances drawn. */
function uarOf(draw: Int32Array, labels: Int32Array, c: number, hits: Int32Array, seeds: number): number {
  const [right, total] = [new Int32Array(c), new Int32Array(c)];
  for (let i = 0; i < draw.length; i++) {
    const label = labels[draw[i]];
    total[label]++;
    right[label] += hits[draw[i]];
  }
  let [sum, classes] = [0, 0];
  for (let k = 0; k < c; k++) {
    if (total[k] === 0) continue;
    sum += right[k] / total[k];
    classes++;
  }
  return sum / (classes * seeds);
}

/** A difference of UARs, fractions. */
export interface Difference {
  readonly difference: number;
  /** 95 % percentile interval. */
  readonly low: number;
  readonly high: number;
  /** Two-sided: twice the share of draws on the other side of 0, one added to both counts, at most 1. */
  readonly p: number;
}

/** `one` minus `other`, both from the same call of {@link resample}, or means of such over schemes. */
export function differenceOf(one: Resampled, other: Resampled): Difference {
  const gaps = one.draws.map((uar, b) => uar - other.draws[b]).sort();
  const count = gaps.length;
  const tail = Math.floor(0.025 * count);
  let [below, above] = [0, 0];
  for (const gap of gaps) {
    if (gap <= 0) below++;
    if (gap >= 0) above++;
  }
  return {
    difference: one.uar - other.uar,
    low: gaps[tail],
    high: gaps[count - 1 - tail],
    p: Math.min(1, (2 * (1 + Math.min(below, above))) / (count + 1)),
  };
}

/** The mean over schemes, each of which was drawn by itself. */
export function meanOfSchemes(schemes: readonly Resampled[]): Resampled {
  const count = schemes.length;
  const draws = schemes[0].draws.map((_, b) => schemes.reduce((sum, one) => sum + one.draws[b], 0) / count);
  return { uar: schemes.reduce((sum, { uar }) => sum + uar, 0) / count, draws };
}

/** p values corrected for their number (Holm 1979), in the order given. */
export function holm(ps: readonly number[]): number[] {
  const order = [...ps.keys()].sort((a, b) => ps[a] - ps[b] || a - b);
  const corrected = new Array<number>(ps.length);
  let most = 0;
  order.forEach((at, rank) => {
    most = Math.max(most, Math.min(1, (ps.length - rank) * ps[at]));
    corrected[at] = most;
  });
  return corrected;
}
