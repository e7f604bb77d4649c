/**
 * Exports of compare.wasm: the ComParE-2013 feature set of 16 kHz mono signals.
 *
 * A signal: begin, then input + push as often as need be, finish, features. For low-level descriptors
 * only: takeLld after every push and after finish. Another rate: openResampler first, whose bytes go to
 * begin; then resampleInput + resample, and finishResampling. Section numbers in this folder are those of the
 * functional specification of the feature set.
 */
export { PUSH, begin, features, finish, input, lldRows, push, takeLld } from './sets/compare-2013/extractor';
export {
  RESAMPLE_PUSH,
  finishResampling,
  openResampler,
  resample,
  resampleInput,
  resampleOutput,
} from './signal/resample';
