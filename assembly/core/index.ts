/**
 * Exports of satnmf.wasm: those of lean.wasm, and what only the compared methods, demonstrations and tests use.
 */
export * from './lean';
export { panelBytes, splatBytes } from './gemm';
export { squaredDistance } from './reduce';
export { suspend, resume, normal, fillNormal, shuffle } from './random';
export { logisticSlope, exceeded, addRows, momentumStep } from './network';
export { exponential, logarithm, sine, cosine } from './elementary';
export { solveTriangle } from './cholesky';
export { shrinkRows } from './shrink';
export { tridiagonalBytes, tridiagonalize, reflect } from './tridiagonal';
export { tridiagonalValues, vectorBytes, tridiagonalVectors } from './spectrum';
