// How do utterances lie in wasm memory? Packed samples, rows of features, their Gram matrices and the graph of
// neighbours.
export {
  addGram,
  addGramBytes,
  combine,
  combineSlice,
  combineSliceBytes,
  featureGram,
  featureMeans,
  type FeatureRows,
  featureRows,
  loadSlice,
  sliceBytes,
  slices,
} from './feature-rows.js';
export { buildGraph, type Graph, graphBytes, type SigmaRule } from './graph.js';
export { mapRows } from './map-rows.js';
export {
  combineBytes,
  combineRows,
  gram,
  gramBytes,
  type GramColumns,
  gramColumns,
  gramColumnsBytes,
  gramOfColumns,
  gramParts,
  gramScratchBytes,
  pack,
  packScratchBytes,
  type Samples,
  samplesBytes,
  splats,
} from './samples.js';
