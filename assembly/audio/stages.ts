// The stages one by one, for tests that compare each with a reference of its own (build/stages.wasm, not published).
// Operands lie as the stage itself has them, in the free memory behind everything else.
import { bottom, reach } from './arena';
import { bandMean } from './sets/compare-2013/lld/auditory';
import { resetContours, roomFor, row } from './sets/compare-2013/contour';
import { rms } from './sets/compare-2013/lld/energy';
import { magnitudes, PLAN1024, PLAN512 } from './signal/fft';
import { applyWindow, GAUSS, HAMMING, LONG, SHORT } from './signal/frame';
import { functionals } from './sets/compare-2013/functional/blocks';
import { zeroCrossingRate } from './sets/compare-2013/lld/zcr';

export * from './index';
export { auditorySpectrum } from './sets/compare-2013/lld/auditory';
export { delta, deltaNz } from './sets/compare-2013/delta';
export { powers } from './signal/fft';
export { takeFrames } from './signal/frame';
export { jitter, resetJitter } from './sets/compare-2013/pitch/jitter';
export { melSpectrum } from './sets/compare-2013/lld/mel';
export { mfcc, scaleEnergies } from './sets/compare-2013/lld/mfcc';
export { octaveSpectrum } from './sets/compare-2013/pitch/octave';
export { rastaSpectrum, resetRasta } from './sets/compare-2013/lld/rasta';
export { smooth, smoothNz } from './sets/compare-2013/smooth';
export { resetSpectral, spectral } from './sets/compare-2013/lld/spectral';
export { pitchCandidates } from './sets/compare-2013/pitch/subharmonic';
export {
  decided,
  decidedF0,
  decidedVoicing,
  flushViterbi,
  nextFrame,
  resetViterbi,
} from './sets/compare-2013/pitch/viterbi';
export { functionals, resetContours, roomFor, row };

/** `bytes` of working space, 16-byte aligned; 0 if there are none. */
export function space(bytes: usize): usize {
  return reach(bottom() + bytes) ? bottom() : 0;
}

/** Magnitude spectra of four frames; short: 20 ms Hamming 512 points, else 60 ms Gauss 1024. */
export function spectrum(out: usize, windowed: usize, frames: usize, short: bool): void {
  windowFrames(windowed, frames, short);
  magnitudes(out, windowed, short ? PLAN512 : PLAN1024);
}

/** Four frames under the window of their stream, zero padded. */
export function windowFrames(out: usize, frames: usize, short: bool): void {
  if (short) applyWindow(out, frames, HAMMING, SHORT, 512);
  else applyWindow(out, frames, GAUSS, LONG, 1024);
}

export function frameRms(out: usize, frames: usize, width: i32): void {
  v128.store(out, rms(frames, width));
}

export function frameZcr(out: usize, frames: usize): void {
  v128.store(out, zeroCrossingRate(frames, LONG));
}

export function bandMeans(out: usize, bands: usize): void {
  v128.store(out, bandMean(bands));
}
