/**
 * The stages of compare.wasm one by one: rows in, rows out, four at a time, one a lane.
 */
import { readFileSync } from 'node:fs';
import type { Exports } from '../../../js/audio/exports.js';

export type Build = 'release' | 'debug';
export const BUILDS: readonly Build[] = ['release', 'debug'];

type P = number;

/** Exports for tests, besides those that the host uses (assembly/audio/stages.ts). */
interface Stages extends Exports {
  space(bytes: number): P;
  takeFrames(out: P, samples: P, width: number): void;
  windowFrames(out: P, frames: P, short: number): void;
  spectrum(out: P, windowed: P, frames: P, short: number): void;
  frameRms(out: P, frames: P, width: number): void;
  frameZcr(out: P, frames: P): void;
  powers(out: P, magnitudes: P, count: number): void;
  melSpectrum(out: P, power: P): void;
  scaleEnergies(out: P, energies: P): void;
  auditorySpectrum(out: P, energies: P): void;
  bandMeans(out: P, bands: P): void;
  resetRasta(): void;
  rastaSpectrum(out: P, energies: P, count: number): void;
  mfcc(out: P, energies: P): void;
  resetSpectral(): void;
  spectral(out: P, magnitude: P, power: P, count: number): void;
  octaveSpectrum(out: P, magnitude: P): void;
  pitchCandidates(out: P, spectrum: P): void;
  resetViterbi(): void;
  nextFrame(candidates: P): void;
  decided(): number;
  flushViterbi(): void;
  decidedF0(n: number): number;
  decidedVoicing(n: number): number;
  resetJitter(): void;
  jitter(out: P, frame: P, f0: number): void;
  resetContours(at: P): void;
  roomFor(count: number): number;
  row(n: number): P;
  smooth(out: P, column: number, from: number, count: number): void;
  smoothNz(out: P, from: number, count: number, undecided: number, last: number): void;
  delta(out: P, y: P, count: number): void;
  deltaNz(y: P, count: number): void;
  functionals(M20: number, M60: number, K: number): P;
}

const FILES = { release: 'build/compare.wasm', debug: 'build/compare.debug.wasm' };

const compiled = (file: string) =>
  new WebAssembly.Module(readFileSync(new URL(`../../../${file}`, import.meta.url)));

/** The compiled module of a build (`npm run build -- --debug` makes both). */
export const compareBuild = (build: Build): WebAssembly.Module => compiled(FILES[build]);

/** The release module with the exports of the stages, which the published one lacks (made by `--debug` as well). */
export const stagesBuild = (): WebAssembly.Module => compiled('build/stages.wasm');

/** Bytes of each of the operands that {@link Bench} lays out: enough for f32x4[1100]. */
const OPERAND = 1 << 15;
/** Bytes of a candidate record (assembly/audio/sets/compare-2013/pitch/subharmonic.ts). */
const RECORD = 80;

export const HOP = 160;
export const LONG = 960;
export const SHORT = 320;

/** One instance with room for operands. */
export class Bench {
  readonly wasm: Stages;
  readonly #base: P;

  constructor(module: WebAssembly.Module) {
    this.wasm = new WebAssembly.Instance(module).exports as unknown as Stages;
    this.#base = this.wasm.space(16 * OPERAND);
  }

  f32(at: P, length: number): Float32Array {
    return new Float32Array(this.wasm.memory.buffer, at, length);
  }

  /** Address of operand i = 0 … 15. */
  operand(i: number): P {
    return this.#base + i * OPERAND;
  }

  /**
   * `stage(out, in, count)` on four rows at a time (the last one repeated where there are none left).
   *
   * @param input rows of `from` values
   * @returns rows of `to` values
   */
  rows(
    input: Float32Array,
    from: number,
    to: number,
    stage: (out: P, input: P, count: number) => void,
  ): Float32Array {
    const total = input.length / from;
    const result = new Float32Array(total * to);
    for (let first = 0; first < total; first += 4) {
      const count = Math.min(4, total - first);
      const lanes = this.f32(this.operand(0), 4 * from);
      for (let lane = 0; lane < 4; lane++) {
        const row = first + Math.min(lane, count - 1);
        for (let k = 0; k < from; k++) lanes[4 * k + lane] = input[row * from + k];
      }
      stage(this.operand(1), this.operand(0), count);
      this.#unpack(result, to, first, count);
    }
    return result;
  }

  /** `stage(out, frames)` on the frames of a signal, four at a time. */
  frames(samples: Float32Array, width: number, to: number, stage: (out: P, frames: P) => void): Float32Array {
    const total = Math.floor((samples.length - width) / HOP) + 1;
    const result = new Float32Array(total * to);
    for (let first = 0; first < total; first += 4) {
      const part = samples.subarray(HOP * first, HOP * (first + 3) + width);
      this.f32(this.operand(4), HOP * 3 + width).fill(0);
      this.f32(this.operand(4), part.length).set(part);
      this.wasm.takeFrames(this.operand(2), this.operand(4), width);
      stage(this.operand(1), this.operand(2));
      this.#unpack(result, to, first, Math.min(4, total - first));
    }
    return result;
  }

  #unpack(result: Float32Array, width: number, first: number, count: number): void {
    const lanes = this.f32(this.operand(1), 4 * width);
    for (let lane = 0; lane < count; lane++)
      for (let k = 0; k < width; k++) result[(first + lane) * width + k] = lanes[4 * k + lane];
  }

  /** Pitch candidates of octave spectra: rows of nCandidates, F0[6], voicing[6], score[6]. */
  candidates(spectra: Float32Array): Float32Array {
    const total = spectra.length / 513;
    const result = new Float32Array(total * 19);
    let at = 0;
    this.rows(spectra, 513, 1, (out, input, count) => {
      this.wasm.pitchCandidates(out, input);
      const records = new DataView(this.wasm.memory.buffer, out, 4 * RECORD);
      for (let lane = 0; lane < count; lane++) {
        result[at++] = records.getInt32(lane * RECORD, true);
        for (let k = 0; k < 18; k++) result[at++] = records.getFloat32(lane * RECORD + 4 + 4 * k, true);
      }
    });
    return result;
  }

  /** Viterbi smoothing of candidate rows (19 values each): F0 and voicing a frame, and K. */
  viterbi(candidates: Float32Array): { path: Float32Array; K: number } {
    const total = candidates.length / 19;
    const path = new Float32Array(2 * total);
    let done = 0;
    const settle = (): void => {
      for (; done < this.wasm.decided(); done++) {
        path[2 * done] = this.wasm.decidedF0(done);
        path[2 * done + 1] = this.wasm.decidedVoicing(done);
      }
    };
    this.wasm.resetViterbi();
    for (let n = 0; n < total; n++) {
      const record = new DataView(this.wasm.memory.buffer, this.operand(0), RECORD);
      record.setInt32(0, candidates[19 * n], true);
      for (let k = 0; k < 18; k++) record.setFloat32(4 + 4 * k, candidates[19 * n + 1 + k], true);
      this.wasm.nextFrame(this.operand(0));
      settle();
    }
    const K = this.wasm.decided();
    this.wasm.flushViterbi();
    settle();
    return { path, K };
  }

  /** Jitter, shimmer, HNR of every frame; pitch: rows of F0 and voicing. */
  jitter(samples: Float32Array, pitch: Float32Array): Float32Array {
    const total = pitch.length / 2;
    const result = new Float32Array(4 * total);
    const at = this.wasm.space((samples.length + 8192) * 4 + 16 * OPERAND) + 16 * OPERAND;
    this.f32(at, samples.length).set(samples);
    this.wasm.resetJitter();
    for (let n = 0; n < total; n++) {
      this.wasm.jitter(this.operand(0), at + 4 * HOP * n, pitch[2 * n]);
      result.set(this.f32(this.operand(0), 4), 4 * n);
    }
    return result;
  }
}
