/**
 * The script of a worker that computes points of sweeps: dist/sweep-thread.js. It has every method, which the one for
 * trials has not.
 *
 * @module
 */
import { load } from '../core/load-full.js';
import { POINTS } from '../experiment/point-jobs.js';
import { serveKinds } from './serve-kinds.js';

await serveKinds(load, [POINTS]);
