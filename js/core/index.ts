// How does the host use the wasm memory and its kernels? The Core, its loading, its random numbers and its pauses.
// Addresses are used only here, in learn/ and in methods/.
export type { BuiltIn } from './builtin/built-in.js';
export { WASM_SHA256 } from './builtin/embedded-sha256.js';
export { embeddedBytes } from './builtin/embedded.js';
export { bytesOfHex } from './builtin/hex.js';
export { compileModule, explainedLoadError, type ModuleSource } from './compile.js';
export { aligned, Core } from './core.js';
export {
  type Exports,
  type Pointer,
  runCodesStep,
  runCoordinateCodes,
  runCoordinateLabels,
  runCoordinateRows,
  runGreedySteps,
  runTransfer,
  SMALL_COLUMNS,
  SMALL_PANELS,
  SMALL_ROWS,
} from './exports.js';
export { load, type LoadOptions, shareCore, sharedCore } from './load.js';
export { pause } from './pause.js';
export { PURPOSE, type Random, random, Stream, STREAM_BYTES } from './random.js';
