// What do many runs say together? Runs as they are stored, the choice among them, tables of results, bootstrap and
// significance.
export { differenceOf, meanOfSchemes, resample, type Resampled } from './bootstrap.js';
export { groups, type SchemeRuns, schemesOf } from './cells.js';
export { CRITERIA, type Criterion, CRITERION_LABELS } from './choice.js';
export { confusionOf, type Descent, descents, sensitivities, type Sensitivity, valuesOf } from './curves.js';
export type { Mean } from './mean.js';
export { type Entry, type Results, resultsOf } from './results.js';
export { type DoneRun, type FailedRun, isFailed, latest, readRun, type Run, writeRun } from './run.js';
export { type Significance, significanceOf } from './significance.js';
