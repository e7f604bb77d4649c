// What is a source row worth in the target? What kmm, kliep and ulsif share.
export { WIDTH_FACTORS } from './distances.js';
export {
  CENTRED_CHECKS,
  CENTRED_DEFAULTS,
  type CentredOptions,
  IMPORTANCE_CHECKS,
  IMPORTANCE_DEFAULTS,
  type ImportanceOptions,
  importanceWeighting,
} from './importance-weighting.js';
export { type Elementary, ratios, type Table } from './kernel.js';
