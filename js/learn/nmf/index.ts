// How do SATNMF and its special cases fit? Their options, their trials, and how trials spread over workers.
export { adapted, fitBytes, NMF_TRAITS, nmfMethod, nmfWork } from './nmf.js';
export { type NmfOptions, nmfOptions } from './options.js';
export { FIT } from './spread-work.js';
export type { FitJob } from './spread.js';
export type { TrialsReport } from './trials.js';
