/**
 * Exports of satnmf.wasm: those of lean.wasm, and what only the compared methods, demonstrations and tests use.
 */
export * from './lean';
export { panelBytes, splatBytes } from './linear/gemm';
export { squaredDistance } from './linear/reduce';
export { suspend, resume, normal, fillNormal, shuffle } from './random';
export { logisticSlope, exceeded, addRows, momentumStep } from './network/network';
export { exponential, logarithm, sine, cosine } from './elementary';
export { solveTriangle } from './linear/cholesky';
export { shrinkRows } from './linear/shrink';
export { tridiagonalBytes, tridiagonalize, reflect } from './linear/tridiagonal';
export { tridiagonalValues, vectorBytes, tridiagonalVectors } from './linear/spectrum';
