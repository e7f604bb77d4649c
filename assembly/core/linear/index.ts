// Linear algebra: how are matrices multiplied, reduced and solved? Nothing here knows of a method.
//
// f32: gemm (with tile, wide-tile and transpose), reduce, row, lanes. f64: f64-rows, and what is made of it: cholesky,
// shrink, tridiagonal, spectrum. The host uses what this file exports; other rooms import the files.
export { SMALL_ROWS, SMALL_COLUMNS, SMALL_PANELS, gemmOf as gemm, gramColumns, widen } from './gemm';
export { panelBytes, splatBytes, packRows, packSome, packColumns } from './gemm';
export { dot, squaredDistance, columnSquares, scaleColumns } from './reduce';
export { multiplyBytes, multiplyOf as multiply } from './f64-rows';
export { cholesky, solveTriangle } from './cholesky';
export { shrinkRows } from './shrink';
export { tridiagonalBytes, tridiagonalize, reflect } from './tridiagonal';
export { tridiagonalValues, vectorBytes, tridiagonalVectors } from './spectrum';
