// The factorisation: how do U, H and V move, and what do labels, MMD and the graph ask of them?
//
// Steps: update (multiplicative), coordinate and coordinate-codes (coordinate descent), nnls (codes of new recordings).
// What they read: moments (MMD), nearest and graph (affinity).
export { ratioBytes, ratioStep, labelVectors, codesStep, labelStep, scores, labelLoss } from './update';
export { coordinateRowsBytes, coordinateRows, coordinateLabels, goOn } from './coordinate';
export { coordinateCodesBytes, coordinateCodes } from './coordinate-codes';
export { groupSums, transfer, discrepancy } from './moments';
export { nearestBytes, nearest } from './nearest';
export { affinity, affinityProduct, roughness } from './graph';
export { nonNegative } from './nnls';
