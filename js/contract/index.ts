/**
 * What do all methods promise, and what is a worker to them? Types that every method and every caller share, without
 * a word of factorisation.
 *
 * @module
 */
export type { Declaration, SearchedValues, Traits } from './declaration.js';
export { sourcesOf } from './method.js';
export type { Classification, FitOptions, Method, Model, Progress, Task, Unlabelled } from './method.js';
export type { Keeper, PackedRows, SharedWork } from './shared-work.js';
export type { TrainedOn, Weights } from './weights.js';
export type { Job, JobKind, JobListener, Round, Workers } from './workers.js';
