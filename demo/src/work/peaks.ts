/**
 * The outline of a signal, for drawing.
 *
 * @module
 */

/** Stretches that a signal is cut into. */
const STRETCHES = 96;

/** Largest magnitude of each stretch, as a part of the largest of all; zeros for silence. */
export function peaksOf(samples: Float32Array): Float32Array {
  const peaks = new Float32Array(Math.min(STRETCHES, samples.length));
  let largest = 0;
  for (let k = 0; k < peaks.length; k++) {
    const end = Math.floor(((k + 1) * samples.length) / peaks.length);
    let peak = 0;
    for (let i = Math.floor((k * samples.length) / peaks.length); i < end; i++)
      peak = Math.max(peak, Math.abs(samples[i]));
    peaks[k] = peak;
    largest = Math.max(largest, peak);
  }
  return largest > 0 ? peaks.map((peak) => peak / largest) : peaks;
}
