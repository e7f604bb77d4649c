/**
 * How does a recording become features? Decoders, resampling and the wasm module of the extractor. Each feature set
 * has a folder in sets/.
 *
 * @module
 */
export { WASM_SHA256 } from './builtin/embedded-sha256.js';
export {
  type CompressedFormat,
  compressedFormat,
  decode,
  type DecodedAudio,
  type DecodedSignal,
  type DecodeOptions,
  type Decoder,
  hasDecoder,
  registerDecoder,
} from './decoders.js';
export { compareModule } from './load.js';
export { decodeWith, type PackageDecoder } from './package-decoder.js';
export { resample, type ResampleOptions } from './resampler.js';
export { mixdown, quantise, type Signal } from './signal.js';
