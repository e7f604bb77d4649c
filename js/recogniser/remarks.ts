/**
 * Remarks on a recording that its features tell: is there speech in it at all, and is it like anything learnt?
 *
 * @module
 */
import type { Matrix } from '../data/index.js';
import type { Moments } from './moments.js';

/** What may be said of a recording. `silence` and `no speech` mean that an emotion of it means nothing. */
export type Remark = 'silence' | 'no speech' | 'far from everything learnt';

/** Features of ComParE-2013 that tell speech from what is none. */
const ENERGY = 'pcm_RMSenergy_sma_amean';
const ENERGY_DEVIATION = 'pcm_RMSenergy_sma_stddev';
const JITTER = 'jitterLocal_sma_amean';
const PITCH_DEVIATION = 'F0final_sma_stddev';

/** Below this root mean square (full scale is 1) there is nothing but the noise of a sound card; 3 steps of 16 bits. */
const SILENT = 1e-4;
/** Speech has syllables and pauses: its energy varies by more than this share of the mean. Tones and noise do not. */
const STEADY = 0.2;
/** Where no two periods of a voice follow each other, jitter is 0: noise and clicks. */
const UNVOICED = 0;
/** A voice moves by more than this, in Hz. Clicks, pulses and pure tones do not. */
const MONOTONE = 0.02;
/** Mean square of a standardised, clipped row beyond which it is unlike everything learnt; speech has about 1. */
const FAR = 3.5;

/** The columns that remarks look at; null where a table lacks one. */
export interface RemarkColumns {
  readonly energy: number;
  readonly deviation: number;
  readonly jitter: number;
  readonly pitch: number;
}

/** Where they are among the named columns. */
export function remarkColumns(columns: readonly string[]): RemarkColumns | null {
  const [energy, deviation, jitter, pitch] = [ENERGY, ENERGY_DEVIATION, JITTER, PITCH_DEVIATION].map((name) =>
    columns.indexOf(name),
  );
  return Math.min(energy, deviation, jitter, pitch) < 0 ? null : { energy, deviation, jitter, pitch };
}

/** Remarks on row `i` of raw features. Without the columns only distance is judged, and that not without a pool. */
export function remarksOn(X: Matrix, i: number, at: RemarkColumns | null, pool: Moments | null): Remark[] {
  const row = X.data.subarray(i * X.cols, (i + 1) * X.cols);
  const remarks: Remark[] = [];
  if (at !== null) {
    const energy = row[at.energy];
    if (energy < SILENT) remarks.push('silence');
    else if (row[at.jitter] === UNVOICED || row[at.deviation] < STEADY * energy || row[at.pitch] < MONOTONE)
      remarks.push('no speech');
  }
  if (pool !== null && distance(row, pool) > FAR) remarks.push('far from everything learnt');
  return remarks;
}

function distance(row: Float32Array, { mean, variance }: Moments): number {
  let sum = 0;
  for (let f = 0; f < row.length; f++) {
    if (variance[f] <= 1e-18 * mean[f] * mean[f]) continue;
    const deviation = row[f] - mean[f];
    sum += Math.min(9, (deviation * deviation) / variance[f]);
  }
  return sum / row.length;
}
