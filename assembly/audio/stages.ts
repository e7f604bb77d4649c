/**
 * The stages one by one, for tests that compare each of them with its own reference (build/stages.wasm, not published):
 * operands are the quads that the stage itself works on, in the space behind everything else.
 */
import { bottom, reach } from './arena';
import { bandMean } from './auditory';
import { resetContours, roomFor, row } from './contour';
import { rms } from './energy';
import { magnitudes, PLAN1024, PLAN512 } from './fft';
import { applyWindow, GAUSS, HAMMING, LONG, SHORT } from './frame';
import { functionals } from './functional/blocks';
import { zeroCrossingRate } from './zcr';

export * from './index';
export { auditorySpectrum } from './auditory';
export { delta, deltaNz } from './delta';
export { powers } from './fft';
export { takeFrames } from './frame';
export { jitter, resetJitter } from './jitter';
export { melSpectrum } from './mel';
export { mfcc, scaleEnergies } from './mfcc';
export { octaveSpectrum } from './octave';
export { rastaSpectrum, resetRasta } from './rasta';
export { smooth, smoothNz } from './smooth';
export { resetSpectral, spectral } from './spectral';
export { pitchCandidates } from './subharmonic';
export { decided, decidedF0, decidedVoicing, flushViterbi, nextFrame, resetViterbi } from './viterbi';
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
