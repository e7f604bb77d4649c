/**
 * Exports of satnmf.wasm, grouped; nothing else. Pointers are bytes, sizes are numbers of values.
 */
export { reserve, alloc, mark, release } from './arena';
export { panelBytes, splatBytes, packRows, packColumns, gemm } from './gemm';
export { dot, squaredDistance, columnSquares, scaleColumns } from './reduce';
export { ratioBytes, ratioStep, labelVectors, codesStep, labelStep, scores, labelLoss } from './update';
export { coordinateRowsBytes, coordinateRows, coordinateLabels } from './coordinate';
export { coordinateCodesBytes, coordinateCodes } from './coordinate-codes';
export { groupSums, transfer, discrepancy } from './moments';
export { nearestBytes, nearest } from './nearest';
export { affinity, affinityProduct, roughness } from './graph';
export { nonNegative } from './nnls';
export { seed, next, below, uniform, normal, fillUniform, fillNormal, shuffle } from './random';
export { exponential, logarithm, sine, cosine, hyperbolicTangent } from './elementary';
export { multiplyBytes, multiply } from './wide';
export { cholesky, solveTriangle } from './cholesky';
export { tridiagonalBytes, tridiagonalize, reflect } from './tridiagonal';
export { tridiagonalValues, vectorBytes, tridiagonalVectors } from './spectrum';
