/**
 * The script of the threads that commands compute on: dist/command-thread.js. It has every method, which
 * worker-thread.js has not.
 *
 * @module
 */
import { load } from '../core/load.js';
import { POINTS } from '../sweep/jobs.js';
import { FIT } from '../learn/nmf/spread-work.js';
import { serveKinds } from '../outside/worker/serve-kinds.js';
import { EVALUATIONS } from './fitting/evaluation-jobs.js';

await serveKinds(load, [FIT, EVALUATIONS, POINTS]);
