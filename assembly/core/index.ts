// Exports of satnmf.wasm, grouped by room. Pointers are bytes, sizes are numbers of values.
export { reserve, alloc, mark, release } from './arena';
export { record, RECORD_BYTES } from './record';
export {
  seed,
  next,
  below,
  suspend,
  resume,
  uniform,
  fillUniform,
  normal,
  fillNormal,
  shuffle,
} from './random';
export { exponential, logarithm, sine, cosine, hyperbolicTangent } from './elementary';

export {
  panelBytes,
  splatBytes,
  packRows,
  packSome,
  packColumns,
  widen,
  gemmOf as gemm,
  gramColumns,
  SMALL_ROWS,
  SMALL_COLUMNS,
  SMALL_PANELS,
} from './linear/gemm';
export { dot, columnSquares, scaleColumns, squaredDistance } from './linear/reduce';
export { multiplyBytes, multiplyOf as multiply } from './linear/f64-rows';
export { cholesky, solveTriangle } from './linear/cholesky';
export { shrinkRows } from './linear/shrink';
export { tridiagonalBytes, tridiagonalize, reflect } from './linear/tridiagonal';
export { tridiagonalValues, vectorBytes, tridiagonalVectors } from './linear/spectrum';

export {
  ratioBytes,
  ratioStep,
  labelVectors,
  codesStep,
  labelStep,
  scores,
  labelLoss,
} from './factor/update';
export { coordinateRowsBytes, coordinateRows, coordinateLabels, goOn } from './factor/coordinate';
export { coordinateCodesBytes, coordinateCodes } from './factor/coordinate-codes';
export { groupSums, transfer, discrepancy } from './factor/moments';
export { nearestBytes, nearest } from './factor/nearest';
export { affinity, affinityProduct, roughness } from './factor/graph';
export { nonNegative } from './factor/nnls';

export { expand, greedySteps, gatherProducts, solveFactor } from './svm/products';
export { rowsTimes, addCombination, gatherRows } from './svm/normal';

export { logistic, logisticSlope, exceeded, addRows, momentumStep } from './network/network';
