/**
 * Audio in: WAV files and signals to the 6373 ComParE-2013 features, in every runtime.
 *
 * @module
 */
export type { ModuleSource } from '../core/compile.js';
export { compareNames } from '../data/feature-sets/compare-2013.js';
export { SatnmfError } from '../errors.js';
export { readWav, type WavAudio, type WavFormat, type WavOptions, WavReader } from '../io/wav.js';
export { extract, type Extraction, type ExtractOptions } from '../audio/sets/compare-2013/extract.js';
export {
  type CompressedFormat,
  decode,
  type DecodedAudio,
  type DecodedSignal,
  type DecodeOptions,
  type Decoder,
  hasDecoder,
  registerDecoder,
} from '../audio/decoders.js';
export { WASM_SHA256 as COMPARE_SHA256 } from '../audio/builtin/embedded-sha256.js';
export {
  Extractor,
  type ExtractorOptions,
  openExtractor,
  type Rows,
} from '../audio/sets/compare-2013/extractor.js';
export { lldNames } from '../audio/sets/compare-2013/lld-names.js';
export { compareModule } from '../audio/load.js';
export { resample, type ResampleOptions } from '../audio/resampler.js';
export { mixdown, quantise, type Signal } from '../audio/signal.js';
