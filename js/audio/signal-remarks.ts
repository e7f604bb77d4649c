/**
 * What the samples of a recording tell of its quality.
 *
 * @module
 */
import type { Signal } from './signal.js';

/** `clipped`: the loudest moments are cut off; `too short`: there is hardly a syllable in it. */
export type SignalRemark = 'clipped' | 'too short';

/** Seconds below which a recording is too short: a syllable with its onset and end (ours). */
const SHORTEST = 0.4;
/** Speech that was cut off stays at its extreme for at least this many samples in a row. */
const FLAT = 3;
/** Samples within this of the extreme count as at it: a step and a half of 16 bits. */
const STEP = 1.5 / 32767;
/** Share of samples in such rows from which on a recording is clipped (ours). */
const CUT = 5e-4;
/** A quiet recording is not clipped. */
const LOUD = 0.5;

/** Remarks on a signal. */
export function remarksOnSignal({
  samples,
  sampleRate,
}: Pick<Signal, 'samples' | 'sampleRate'>): SignalRemark[] {
  const remarks: SignalRemark[] = [];
  let [low, high] = [0, 0];
  for (const value of samples) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  let [cut, run] = [0, 0];
  for (const value of samples) {
    const extreme = (high >= LOUD && value >= high - STEP) || (low <= -LOUD && value <= low + STEP);
    run = extreme ? run + 1 : 0;
    if (run === FLAT) cut += FLAT;
    else if (run > FLAT) cut++;
  }
  if (cut > CUT * samples.length) remarks.push('clipped');
  if (samples.length < SHORTEST * sampleRate) remarks.push('too short');
  return remarks;
}
