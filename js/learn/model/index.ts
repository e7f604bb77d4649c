/**
 * What did a fit learn, how does it predict, and how is it stored? A new kind of coder goes into coders/.
 *
 * @module
 */
export { agreementOf, ballotOf, fusionFactor, trustIn, type Vote } from './ballot.js';
export { code, type Coder, codeWidth } from './coders/coder.js';
export { type DenoiserCoder, denoiserCoder } from './coders/denoiser.js';
export { denoise, denoiseBytes, type DenoisingLayer } from './coders/denoising.js';
export {
  activate,
  type Layer,
  type LayerSize,
  outputsBytes,
  panelBytes,
  product,
  productBytes,
  putRows,
} from './coders/layers.js';
export { networkCoder } from './coders/network.js';
export { projection, type ProjectionCoder } from './coders/projection.js';
export { compact, COMPACT_BYTES } from './compact.js';
export { explain } from './explain.js';
export { LARGEST_SINGLE } from './fields.js';
export { linearClassifier } from './linear-classifier.js';
export { loadModel, type LoadModelOptions } from './load-model.js';
export { AdaptedModel, classify, decideCodes } from './model.js';
export type { Trial } from './parts.js';
export { probabilitiesOf, sharpnessOf } from './probabilities.js';
export { modelParts } from './reader.js';
