// What is a scaling? One file a kind of statistics. Others choose a scaling by its name, and its names are listed
// here.
export { thinRanks } from './column-ranks.js';
export {
  AMPLE_SPEAKER_ROWS,
  applyNormalizer,
  chooseNormalization,
  fitNormalizer,
  forgetSpeakers,
  LEAST_SPEAKER_ROWS,
  MIN_SPEAKER_ROWS,
  type Normalization,
  NORMALIZATIONS,
  NORMALIZE_CHOICES,
  type NormalizeChoice,
  type Normalizer,
  normalizeTask,
  SMALL_TARGET_ROWS,
} from './normalize.js';
export { normalizerFromTensors, normalizerTensors } from './normalizer-tensors.js';
export { groupSpeakers, rowsOfGroups } from './speaker-groups.js';
