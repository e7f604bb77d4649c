// Which dense algebra does the host need? Products, eigenvalues and triangular systems in float64, over wasm memory
// or over plain arrays.
export {
  eigenBytes,
  generalizedEigen,
  generalizedEigenBytes,
  symmetricEigen,
  symmetricEigenvalues,
} from './eigen.js';
export {
  centre,
  cholesky,
  choleskyBytes,
  mirror,
  multiply,
  multiplyBytes,
  solveBytes,
  solveTriangle,
  transposed,
  type Wide,
  wide,
  wideBlock,
  wideBytes,
  wideRows,
  wideValues,
} from './f64-rows.js';
export { gemm } from './gemm.js';
export {
  choleskyFromBelow,
  lowerOfUpperTimes,
  reverse,
  solveForUpper,
  squareOfLower,
  timesUpper,
  triangularBytes,
} from './triangular.js';
export {
  addSymmetricProduct,
  axpy,
  choleskyFactor,
  dot,
  mirrorSquare,
  rowProducts,
  solveCholesky,
} from './vectors.js';
