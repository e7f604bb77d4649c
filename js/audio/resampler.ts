/**
 * Resampling to 16 kHz on an instance of compare.wasm.
 *
 * @module
 */
import { SatnmfError } from '../errors.js';
import { type Exports, RESAMPLE_PUSH } from './exports.js';
import { borrow, compareModule, explainedTrap, giveBack } from './load.js';
import { checkRate, checkSamples, EXTRACTION_RATE, quantise, type Signal } from './signal.js';

/**
 * @internal One signal's way to 16 kHz: samples in, samples out, cut as the caller likes. The samples
 * handed out are a view of wasm memory, gone at the next call.
 */
export class Resampler {
  #wasm: Exports;
  /** Bytes that it occupies behind the extractor's own. */
  readonly bytes: number;

  constructor(wasm: Exports, sampleRate: number) {
    this.#wasm = wasm;
    this.bytes = wasm.openResampler(sampleRate);
    if (this.bytes === 0)
      throw new SatnmfError('too-large', `There is no memory for a resampler from ${sampleRate} Hz`);
  }

  *push(samples: Float32Array): Generator<Float32Array, void> {
    const wasm = this.#wasm;
    for (let at = 0; at < samples.length; at += RESAMPLE_PUSH) {
      const part = samples.subarray(at, at + RESAMPLE_PUSH);
      new Float32Array(wasm.memory.buffer, wasm.resampleInput(), part.length).set(part);
      yield this.#output(wasm.resample(part.length));
    }
  }

  finish(): Float32Array {
    return this.#output(this.#wasm.finishResampling());
  }

  #output(count: number): Float32Array {
    return new Float32Array(this.#wasm.memory.buffer, this.#wasm.resampleOutput(), count);
  }
}

/** How {@link resample} works. */
export interface ResampleOptions {
  /** Whether the result is rounded to 16 bit. Default true (contract of the feature set). */
  quantize?: boolean;
  /** compare.wasm, compiled. Default: the built-in one. */
  module?: WebAssembly.Module;
}

/**
 * A signal at 16 kHz, `round(samples · 16000 / sampleRate)` samples long: polyphase windowed sinc of
 * exact positions, pass-band to 0.9 of the lower Nyquist frequency (7.2 kHz from 16 kHz upwards) within
 * 0.001 dB, stop-band from the Nyquist frequency below −100 dB. A 16 kHz signal comes back as it is.
 *
 * @throws {SatnmfError} `bad-argument`, `not-finite`: no signal
 */
export async function resample(signal: Signal, options: ResampleOptions = {}): Promise<Signal> {
  checkRate(signal.sampleRate);
  checkSamples(signal.samples, 0);
  if (signal.sampleRate === EXTRACTION_RATE) return signal;
  const module = options.module ?? (await compareModule());
  const wasm = borrow(module);
  try {
    const resampler = new Resampler(wasm, signal.sampleRate);
    const samples = new Float32Array(
      Math.ceil((signal.samples.length * EXTRACTION_RATE) / signal.sampleRate),
    );
    let length = 0;
    for (const part of resampler.push(signal.samples)) {
      samples.set(part, length);
      length += part.length;
    }
    const rest = resampler.finish();
    samples.set(rest, length);
    const result = samples.subarray(0, length + rest.length);
    giveBack(module, wasm);
    return {
      samples: options.quantize === false ? result : quantise(result),
      sampleRate: EXTRACTION_RATE,
      derived: true,
    };
  } catch (error) {
    throw explainedTrap(error);
  }
}
