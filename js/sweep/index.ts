// Which fits does an experiment need, in which order, and on which machine? Plans, points, jobs, schedule and
// shards. Nothing here starts a thread or opens a file, but for engines/.
export type { Engine } from './engine.js';
export { computeDue, type Round } from './compute.js';
export { costOf, fittedOf } from './cost.js';
export { POINTS } from './jobs.js';
export { type Options, type Plan, readPlan } from './plan.js';
export { type Point, type SchemeData, schemesOf } from './points.js';
export { due } from './schedule.js';
export { readShard, type Shard } from './shard.js';
export { countsOf, failedOf, type Standing, standingOf } from './standing.js';
