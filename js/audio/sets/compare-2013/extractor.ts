/**
 * The streaming extractor: samples in as they come, rows of features out as they are ready.
 *
 * @module
 */
import {
  checkNumber,
  checkOneOf,
  checkWhole,
  COMPARE_WIDTH,
  compareNames,
  type Matrix,
  matrix,
} from '../../../data/index.js';
import { SatnmfError } from '../../../errors.js';
import { type Exports, PUSH } from '../../exports.js';
import { LLD_WIDTH, lldNames } from './lld-names.js';
import { borrow, compareModule, explainedTrap, giveBack } from '../../load.js';
import { Resampler } from '../../resampler.js';
import { checkRate, checkSamples, EXTRACTION_RATE, mixdown, quantise } from '../../signal.js';

/** Samples of the shortest signal that has features: one frame of 60 ms. */
const SHORTEST = 960;
const HOP = 160;
/** Samples that an instance can count: 37 hours. */
const LONGEST = 2 ** 31 - 2 ** 20;

/** What is extracted, and from what. */
export interface ExtractorOptions {
  /**
   * `functionals`: the 6373 features, one row for the whole signal (or one a window). `lld`: the 65
   * smoothed low-level descriptors, one row every 10 ms. Default `functionals`.
   */
  level?: 'functionals' | 'lld';
  /**
   * Slide a window of this length over the signal, in seconds (≥ 0.06), and extract each position as if
   * it were a file of its own. Only with `functionals`. What is left behind the last whole window is
   * not extracted; a signal shorter than the window gives one row.
   */
  windowSeconds?: number;
  /** From one window to the next, in seconds. Default: `windowSeconds`. */
  hopSeconds?: number;
  /**
   * Whether samples are rounded to 16 bit before extraction. Default: if they were resampled, mixed
   * or decoded from a lossy format.
   */
  quantize?: boolean;
  /** compare.wasm, compiled (`compareModule()`). Default: the built-in one. */
  module?: WebAssembly.Module;
}

/** @internal What the extractor is told about its input. */
export interface InputFormat {
  sampleRate: number;
  channels: number;
  derived: boolean;
  /** For messages. */
  file?: string | undefined;
}

/** The rows that became ready. */
export interface Rows {
  /** `rows x names.length`. */
  readonly features: Matrix;
  /** Where each row's stretch of signal begins, in seconds from the start. */
  readonly start: Float64Array;
}

/** Extracts one signal; made by `openExtractor()`. */
export class Extractor {
  /** Names of the columns. */
  readonly names: readonly string[];
  readonly #module: WebAssembly.Module;
  readonly #format: InputFormat;
  readonly #level: 'functionals' | 'lld';
  readonly #quantize: boolean;
  readonly #window: number;
  readonly #hop: number;
  #wasm: Exports | undefined;
  #resampler: Resampler | undefined;
  /** Samples of the input, and at 16 kHz, so far. */
  #received = 0;
  #samples = 0;
  #largest = 0;
  /** Rows handed out so far. */
  #rows = 0;
  #ready: Float32Array[] = [];
  #heldBytes = 0;
  /** The last samples, for windows: `#kept` holds samples `#keptFrom` … . */
  #kept: Float32Array;
  #keptLength = 0;
  #keptFrom = 0;

  /** @internal */
  constructor(module: WebAssembly.Module, options: ExtractorOptions, format: InputFormat) {
    const { level = 'functionals', quantize } = options;
    checkOneOf('level', level, ['functionals', 'lld']);
    checkRate(format.sampleRate, format.file);
    checkWhole('channels', format.channels, 1);
    const { window, hop } = windowSamples(options, level);
    this.#module = module;
    this.#format = format;
    this.#level = level;
    this.#window = window;
    this.#hop = hop;
    this.#kept = new Float32Array(window > 0 ? window + PUSH : 0);
    const resampled = format.sampleRate !== EXTRACTION_RATE;
    this.#quantize = quantize ?? (resampled || format.derived || format.channels > 1);
    this.names = level === 'lld' ? lldNames() : compareNames();
    this.#wasm = borrow(module);
    if (resampled) this.#resampler = new Resampler(this.#wasm, format.sampleRate);
    this.#begin(this.#wasm);
  }

  /** Largest magnitude of the input so far; beyond 1 it is clipped or in other units. */
  get largest(): number {
    return this.#largest;
  }

  /** Bytes of wasm memory that the extractor holds, or held when it finished. */
  get memoryBytes(): number {
    return this.#wasm?.memory.buffer.byteLength ?? this.#heldBytes;
  }

  /**
   * Takes the next samples (interleaved, if there are several channels; the array is not kept).
   *
   * @throws {SatnmfError} `not-finite`, `bad-argument`: a sample that is none; `too-large`: no memory
   */
  push(samples: Float32Array): Rows {
    const wasm = this.#open();
    const { channels, file } = this.#format;
    if (samples.length % channels !== 0)
      throw new SatnmfError(
        'shape-mismatch',
        `"samples" must hold whole frames of ${channels} channels, got ${samples.length} values`,
        { argument: 'samples', expected: `a multiple of ${channels}`, actual: String(samples.length) },
      );
    this.#largest = Math.max(this.#largest, checkSamples(samples, this.#received, file));
    this.#received += samples.length;
    const mono = channels === 1 ? samples : mixdown(samples, channels, 1);
    return this.#guarded(() => {
      if (this.#resampler === undefined) this.#take(wasm, mono);
      else for (const part of this.#resampler.push(mono)) this.#take(wasm, part);
      return this.#handOut();
    });
  }

  /**
   * End of the signal: the rest of the rows. The extractor cannot be used afterwards.
   *
   * @throws {SatnmfError} `bad-argument` (`bad-file` for a file) if the signal is shorter than 60 ms
   */
  finish(): Rows {
    const wasm = this.#open();
    const rows = this.#guarded(() => {
      if (this.#resampler !== undefined) this.#take(wasm, this.#resampler.finish());
      if (this.#samples < SHORTEST) throw this.#tooShort();
      if (this.#window === 0) this.#finishSignal(wasm);
      else if (this.#rows === 0 && this.#ready.length === 0) this.#extractWindow(wasm, this.#keptLength);
      return this.#handOut();
    });
    this.#heldBytes = this.memoryBytes;
    this.#wasm = undefined;
    giveBack(this.#module, wasm);
    return rows;
  }

  #open(): Exports {
    if (this.#wasm === undefined)
      throw new SatnmfError('bad-argument', 'The extractor has finished (or failed): open a new one');
    return this.#wasm;
  }

  /** After a failure the state of the instance is unknown: it is dropped. */
  #guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      this.#wasm = undefined;
      throw explainedTrap(error);
    }
  }

  #begin(wasm: Exports): void {
    wasm.begin(this.#resampler?.bytes ?? 0);
  }

  /** Samples at 16 kHz, mono. */
  #take(wasm: Exports, samples: Float32Array): void {
    for (let at = 0; at < samples.length; at += PUSH) {
      const part = samples.subarray(at, at + PUSH);
      this.#samples += part.length;
      if (this.#window > 0) this.#takeForWindows(wasm, part);
      else if (this.#samples > LONGEST)
        throw new SatnmfError('too-large', 'The signal is longer than 37 hours: use "windowSeconds"', {
          expected: `at most ${LONGEST} samples at 16 kHz`,
        });
      else {
        this.#feed(wasm, part, this.#quantize);
        if (this.#level === 'lld') this.#takeLld(wasm);
      }
    }
  }

  #feed(wasm: Exports, part: Float32Array, quantize: boolean): void {
    const input = new Float32Array(wasm.memory.buffer, wasm.input(), part.length);
    input.set(part);
    if (quantize) quantise(input);
    if (wasm.push(part.length) === 0) throw outOfMemory(this.#samples);
  }

  #takeLld(wasm: Exports): void {
    for (let count = wasm.takeLld(); count > 0; count = wasm.takeLld())
      this.#ready.push(new Float32Array(wasm.memory.buffer, wasm.lldRows(), count * LLD_WIDTH).slice());
  }

  #takeForWindows(wasm: Exports, part: Float32Array): void {
    // Between windows that do not touch there are samples that nobody needs.
    const from = Math.max(this.#keptFrom - (this.#samples - part.length), 0);
    const wanted = part.subarray(Math.min(from, part.length));
    this.#kept.set(wanted, this.#keptLength);
    if (this.#quantize) quantise(this.#kept.subarray(this.#keptLength, this.#keptLength + wanted.length));
    this.#keptLength += wanted.length;
    while (this.#keptLength >= this.#window) {
      this.#extractWindow(wasm, this.#window);
      const gone = Math.min(this.#hop, this.#keptLength);
      this.#kept.copyWithin(0, gone, this.#keptLength);
      this.#keptLength -= gone;
      this.#keptFrom += this.#hop;
    }
  }

  #extractWindow(wasm: Exports, length: number): void {
    this.#begin(wasm);
    for (let at = 0; at < length; at += PUSH)
      this.#feed(wasm, this.#kept.subarray(at, Math.min(at + PUSH, length)), false);
    this.#finishSignal(wasm);
  }

  #finishSignal(wasm: Exports): void {
    wasm.finish();
    if (this.#level === 'lld') {
      this.#takeLld(wasm);
      return;
    }
    const at = wasm.features();
    if (at === 0) throw outOfMemory(this.#samples);
    const row = new Float32Array(wasm.memory.buffer, at, COMPARE_WIDTH).slice();
    const odd = row.findIndex((value) => value - value !== 0);
    if (odd >= 0)
      throw new SatnmfError(
        'not-finite',
        `${this.#format.file ?? 'The signal'}: feature ${this.names[odd]} is ${row[odd]}; its samples reach ${this.#largest}, full scale is 1`,
        { column: odd, expected: 'a finite number', actual: String(row[odd]) },
      );
    this.#ready.push(row);
  }

  #handOut(): Rows {
    const width = this.names.length;
    const count = this.#ready.reduce((sum, part) => sum + part.length, 0) / width;
    const features = matrix(count, width);
    let at = 0;
    for (const part of this.#ready) {
      features.data.set(part, at);
      at += part.length;
    }
    this.#ready = [];
    const hop = this.#level === 'lld' ? HOP : this.#hop;
    const start = Float64Array.from({ length: count }, (_, i) => ((this.#rows + i) * hop) / EXTRACTION_RATE);
    this.#rows += count;
    return { features, start };
  }

  #tooShort(): SatnmfError {
    const { file } = this.#format;
    const length = `${(this.#samples / 16).toFixed(2)} ms`;
    return new SatnmfError(
      file === undefined ? 'bad-argument' : 'bad-file',
      `${file ?? 'The signal'}: is ${length} long, features need at least 60 ms`,
      { expected: 'at least 60 ms', actual: length, ...(file === undefined ? {} : { file }) },
    );
  }
}

function windowSamples(options: ExtractorOptions, level: string): { window: number; hop: number } {
  const { windowSeconds, hopSeconds = windowSeconds } = options;
  if (windowSeconds === undefined || hopSeconds === undefined) {
    if (hopSeconds === undefined) return { window: 0, hop: 0 };
    throw new SatnmfError('bad-argument', '"hopSeconds" needs "windowSeconds"', { argument: 'hopSeconds' });
  }
  if (level === 'lld')
    throw new SatnmfError('bad-argument', '"windowSeconds" needs level "functionals", got "lld"', {
      argument: 'windowSeconds',
    });
  checkNumber('windowSeconds', windowSeconds, { min: SHORTEST / EXTRACTION_RATE, max: 4194 });
  checkNumber('hopSeconds', hopSeconds, { min: 1 / EXTRACTION_RATE, max: LONGEST / EXTRACTION_RATE });
  return {
    window: Math.round(windowSeconds * EXTRACTION_RATE),
    hop: Math.round(hopSeconds * EXTRACTION_RATE),
  };
}

function outOfMemory(samples: number): SatnmfError {
  const seconds = Math.round(samples / EXTRACTION_RATE);
  return new SatnmfError(
    'too-large',
    `There is no memory for the contours of ${seconds} s of audio (about 34 kB a second): ` +
      'use "windowSeconds", or level \'lld\'',
    { actual: `${seconds} s` },
  );
}

/**
 * An extractor for a signal that comes in pieces: a microphone, a long file.
 *
 * Memory is constant at level `lld` and with windows; features of the whole signal keep its contours,
 * 27 kB a second (34 kB while they are computed).
 *
 * @param options.sampleRate Hz, a whole number from 8000 to 192000
 * @param options.channels interleaved in the samples pushed. Default 1
 *
 * @example
 * const extractor = await openExtractor({ sampleRate: 48000, windowSeconds: 2, hopSeconds: 1 });
 * for await (const samples of microphone) classify(extractor.push(samples).features);
 * classify(extractor.finish().features);
 *
 * @throws {SatnmfError} `bad-argument`: an option out of range
 */
export async function openExtractor(
  options: ExtractorOptions & { sampleRate: number; channels?: number },
): Promise<Extractor> {
  const { sampleRate, channels = 1 } = options;
  const module = options.module ?? (await compareModule());
  return new Extractor(module, options, { sampleRate, channels, derived: false });
}
