/**
 * Exports of lean.wasm, what the default entry embeds: the kernels of SATNMF, its special cases and `svm`, grouped;
 * nothing else. satnmf.wasm (index.ts) has these and more, of the same sources, so with the same bits. Pointers are
 * bytes, sizes are numbers of values.
 */
export { reserve, alloc, mark, release } from './arena';
export { record, RECORD_BYTES } from './record';
export { SMALL_ROWS, SMALL_COLUMNS, SMALL_PANELS } from './linear/gemm';
export { packRows, packSome, packColumns, widen, gemmOf as gemm, gramColumns } from './linear/gemm';
export { dot, columnSquares, scaleColumns } from './linear/reduce';
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
export { seed, next, below, uniform, fillUniform } from './random';
export { hyperbolicTangent } from './elementary';
export { multiplyBytes, multiplyOf as multiply } from './linear/f64-rows';
export { cholesky } from './linear/cholesky';
export { expand, greedySteps, gatherProducts, solveFactor } from './svm/products';
export { rowsTimes, addCombination, gatherRows } from './svm/normal';
export { logistic } from './network/network';
