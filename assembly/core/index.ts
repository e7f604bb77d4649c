// Exports of satnmf.wasm: those of each room. Pointers are bytes, sizes are numbers of values.
export { reserve, alloc, mark, release } from './arena';
export { record, RECORD_BYTES } from './record';
export * from './random';
export * from './elementary';
export * from './linear/index';
export * from './factor/index';
export * from './svm/index';
export * from './network/network';
