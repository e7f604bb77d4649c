/**
 * Exports of lean.wasm, what the default entry embeds: the kernels of SATNMF, its special cases and `svm`, grouped;
 * nothing else. satnmf.wasm (index.ts) has these and more, of the same sources, so with the same bits. Pointers are
 * bytes, sizes are numbers of values.
 */
export { reserve, alloc, mark, release } from './arena';
export { packRows, packSome, packColumns, widen, gemm, gramColumns } from './gemm';
export { dot, columnSquares, scaleColumns } from './reduce';
export { ratioBytes, ratioStep, labelVectors, codesStep, labelStep, scores, labelLoss } from './update';
export { coordinateRowsBytes, coordinateRows, coordinateLabels, goOn } from './coordinate';
export { coordinateCodesBytes, coordinateCodes } from './coordinate-codes';
export { groupSums, transfer, discrepancy } from './moments';
export { nearestBytes, nearest } from './nearest';
export { affinity, affinityProduct, roughness } from './graph';
export { nonNegative } from './nnls';
export { seed, next, below, uniform, fillUniform } from './random';
export { hyperbolicTangent } from './elementary';
export { multiplyBytes, multiply } from './wide';
export { cholesky } from './cholesky';
export { expand, greedySteps, gatherProducts, solveFactor } from './products';
export { rowsTimes, addCombination, gatherRows } from './normal';
export { logistic } from './network';
