/**
 * Audio in: WAV files and signals to the 6373 ComParE-2013 features, in every runtime.
 *
 * @module
 */
export type { ModuleSource } from '../core/compile-module.js';
export { compareNames } from '../data/compare-names.js';
export { SatnmfError } from '../errors.js';
export { readWav, type WavAudio, type WavFormat, type WavOptions, WavReader } from '../io/wav.js';
export { extract, type Extraction, type ExtractOptions } from './compare.js';
export {
  type CompressedFormat,
  decode,
  type DecodedAudio,
  type DecodedSignal,
  type DecodeOptions,
  type Decoder,
  hasDecoder,
  registerDecoder,
} from './decoders.js';
export { WASM_SHA256 as COMPARE_SHA256 } from './embedded-sha256.js';
export { Extractor, type ExtractorOptions, openExtractor, type Rows } from './extractor.js';
export { lldNames } from './lld-names.js';
export { compareModule } from './load.js';
export { resample, type ResampleOptions } from './resampler.js';
export { mixdown, quantise, type Signal } from './signal.js';
