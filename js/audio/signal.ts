/**
 * Signals: mono samples with their rate, and how several channels and other resolutions become one.
 *
 * @module
 */
import { SatnmfError } from '../errors.js';

/** A mono signal. */
export interface Signal {
  /** Full scale is ±1 (a 16-bit sample v is v / 32767); finite. */
  readonly samples: Float32Array;
  /** Hz, a whole number from 8000 to 192000. */
  readonly sampleRate: number;
  /**
   * Whether the samples are not the recorded ones: mixed from several channels, or decoded from a lossy
   * format. Such signals are quantised to 16 bit before extraction, as resampled ones are.
   * Default false.
   */
  readonly derived?: boolean;
}

export const LOWEST_RATE = 8000;
export const HIGHEST_RATE = 192_000;

/** Rate of everything that is extracted, Hz. */
export const EXTRACTION_RATE = 16_000;

/** Beyond this a sample is no sample: full scale is 1, and 16-bit integers end at 32768. */
const LARGEST_SAMPLE = 32768;

/** Full scale of 16 bit. */
const FULL_SCALE = 32767;

/**
 * Channels to mono: the channels of a sample are summed in float32 in their order, divided by their
 * number, then by full scale.
 *
 * @param values interleaved, `frames x channels`
 * @param fullScale value that becomes 1
 */
export function mixdown(values: Float32Array, channels: number, fullScale: number): Float32Array {
  const frames = Math.floor(values.length / channels);
  const mono = new Float32Array(frames);
  for (let i = 0; i < frames; i++) {
    let sum = values[i * channels];
    for (let c = 1; c < channels; c++) sum = Math.fround(sum + values[i * channels + c]);
    mono[i] = channels === 1 ? sum / fullScale : Math.fround(sum / channels) / fullScale;
  }
  return mono;
}

/**
 * In place: each sample to the nearest of the 65536 that 16 bit has, half away from zero, clipped.
 * What float32 cannot tell from a half counts as one.
 */
export function quantise(samples: Float32Array): Float32Array {
  for (let i = 0; i < samples.length; i++) {
    const x = samples[i] * FULL_SCALE;
    const steps = Math.floor(Math.abs(x) + (0.5 + 2 ** -9));
    samples[i] = (x < 0 ? -Math.min(steps, 32768) : Math.min(steps, 32767)) / FULL_SCALE;
  }
  return samples;
}

/**
 * @throws {SatnmfError} `bad-argument` if the rate is not a whole number from 8000 to 192000
 */
export function checkRate(sampleRate: number, file?: string): void {
  if (Number.isInteger(sampleRate) && sampleRate >= LOWEST_RATE && sampleRate <= HIGHEST_RATE) return;
  const expected = `a whole number of Hz from ${LOWEST_RATE} to ${HIGHEST_RATE}`;
  throw new SatnmfError(
    file === undefined ? 'bad-argument' : 'unsupported',
    `${file === undefined ? '"sampleRate" must be' : `${file}: the sample rate must be`} ${expected}, got ${String(sampleRate)}`,
    { argument: 'sampleRate', expected, actual: String(sampleRate), ...(file === undefined ? {} : { file }) },
  );
}

/**
 * Refuses samples that are no samples.
 *
 * @param before how many samples came before these
 * @returns the largest magnitude
 * @throws {SatnmfError} `not-finite` or `bad-argument`, naming the sample
 */
export function checkSamples(samples: Float32Array, before: number, file?: string): number {
  let largest = 0;
  for (let i = 0; i < samples.length; i++) {
    const size = Math.abs(samples[i]);
    if (size > largest) largest = size;
    else if (size !== size) largest = Infinity;
    if (largest > LARGEST_SAMPLE) {
      const finite = size < Infinity;
      throw new SatnmfError(
        finite ? 'bad-argument' : 'not-finite',
        `${file ?? 'The signal'}: sample ${before + i} is ${samples[i]}, expected a ` +
          (finite ? 'value within ±1 (full scale)' : 'finite number'),
        {
          argument: 'samples',
          column: before + i,
          expected: finite ? 'within ±1' : 'a finite number',
          actual: String(samples[i]),
          ...(file === undefined ? {} : { file }),
        },
      );
    }
  }
  return largest;
}
