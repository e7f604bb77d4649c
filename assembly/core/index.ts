/**
 * Exports of satnmf.wasm, room by room. The build writes them, with their types and comments, to js/core/exports.ts.
 * Pointers are bytes, sizes are numbers of values.
 *
 * Memory (arena, record), random numbers and elementary functions lie here; linear/ has the algebra, factor/ the
 * factorisation, svm/ the SVMs, network/ the networks.
 */
export { reserve, alloc, mark, release } from './arena';
export { RECORD_BYTES, record } from './record';
export {
  seed,
  suspend,
  resume,
  next,
  below,
  uniform,
  normal,
  fillUniform,
  fillNormal,
  shuffle,
} from './random';
export { exponential, logarithm, sine, cosine, hyperbolicTangent } from './elementary';
export * from './linear';
export * from './factor';
export * from './svm';
export * from './network/network';
