/**
 * Exports of lean.wasm, what the default entry embeds: those of satnmf.wasm (index.ts) but the dense float64 algebra
 * and what else only the compared methods use. The same sources, so the same bits.
 */
export { reserve, alloc, mark, release } from './arena';
export { panelBytes, splatBytes, packRows, packColumns, gemm } from './gemm';
export { dot, squaredDistance, columnSquares, scaleColumns } from './reduce';
export { ratioBytes, ratioStep, labelVectors, codesStep, labelStep, scores, labelLoss } from './update';
export { coordinateRowsBytes, coordinateRows, coordinateLabels } from './coordinate';
export { coordinateCodesBytes, coordinateCodes } from './coordinate-codes';
export { groupSums, transfer, discrepancy } from './moments';
export { nearest, affinity, affinityProduct, roughness } from './graph';
export { nonNegative } from './nnls';
export { seed, next, below, uniform, normal, fillUniform, fillNormal, shuffle } from './random';
export { exponential, logarithm, sine, cosine, hyperbolicTangent } from './elementary';
