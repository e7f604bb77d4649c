/**
 * Audio in: WAV files and signals to the 6373 ComParE-2013 features, in every runtime.
 *
 * @module
 */
export type { ModuleSource } from '../core/index.js';
export { compareNames } from '../data/index.js';
export { SatnmfError } from '../errors.js';
export { readWav, type WavAudio, type WavFormat, type WavOptions, WavReader } from '../io/index.js';
export {
  extract,
  type Extraction,
  type ExtractOptions,
  Extractor,
  type ExtractorOptions,
  lldNames,
  openExtractor,
  type Rows,
} from '../audio/sets/compare-2013/index.js';
export {
  compareModule,
  type CompressedFormat,
  decode,
  type DecodedAudio,
  type DecodedSignal,
  type DecodeOptions,
  type Decoder,
  hasDecoder,
  mixdown,
  quantise,
  registerDecoder,
  resample,
  type ResampleOptions,
  type Signal,
  WASM_SHA256 as COMPARE_SHA256,
} from '../audio/index.js';
