/**
 * The script of the threads that commands compute on: dist/command-thread.js. It has every method, which
 * worker-thread.js has not.
 *
 * @module
 */
import { load } from '../core/load-full.js';
import { POINTS } from '../experiment/point-jobs.js';
import { FIT } from '../methods/spread-work.js';
import { serveKinds } from '../worker/serve-kinds.js';
import { EVALUATIONS } from './evaluation-jobs.js';

await serveKinds(load, [FIT, EVALUATIONS, POINTS]);
