// Linear algebra: how are matrices multiplied, reduced and solved? Nothing here knows of a method.
//
// f32: gemm (with tile, wide-tile and transpose), reduce, row, lanes. f64: f64-rows, and what is made of it: cholesky,
// shrink, tridiagonal, spectrum. The host uses what this file exports; other rooms import the files.
export {
  panelBytes,
  splatBytes,
  packRows,
  packSome,
  packColumns,
  widen,
  gemmOf as gemm,
  gramColumns,
} from './gemm';
export { SMALL_ROWS, SMALL_COLUMNS, SMALL_PANELS } from './gemm';
export { dot, columnSquares, scaleColumns, squaredDistance } from './reduce';
export { multiplyBytes, multiplyOf as multiply } from './f64-rows';
export { cholesky, solveTriangle } from './cholesky';
export { shrinkRows } from './shrink';
export { tridiagonalBytes, tridiagonalize, reflect } from './tridiagonal';
export { tridiagonalValues, vectorBytes, tridiagonalVectors } from './spectrum';
