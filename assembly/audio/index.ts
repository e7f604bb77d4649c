// Exports of compare.wasm: the ComParE-2013 feature set of 16 kHz mono signals.
//
// One signal: begin; input and push, as often as needed; finish; features. For low-level descriptors only: takeLld after
// every push and after finish. For another sample rate: openResampler first, whose result is the argument of begin; then
// resampleInput and resample for the samples, and finishResampling.
//
// Rooms: signal/ has what any feature set needs (frames, spectra, resampling), sets/compare-2013/ one feature set.
export { PUSH, begin, features, finish, input, lldRows, push, takeLld } from './sets/compare-2013/extractor';
export * from './signal/resample';
