/**
 * What emotion has a recording? Answers with probabilities, arousal, valence and remarks, from features or from
 * recordings, by weights that come with the package or by any model.
 *
 * @module
 */
export { recognitionsOf, type Recognition } from './recognition.js';
export { emotionsOf, openWeights } from './pretrained.js';
export {
  type RecogniseOptions,
  recognise,
  recogniser,
  type Recogniser,
  type RecogniserSettings,
  type Recording,
} from './recognise.js';
