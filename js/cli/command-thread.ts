/**
 * The script of the threads that commands compute on: dist/command-thread.js. It has every method, which
 * worker-thread.js has not.
 *
 * @module
 */
import { load } from '../core/index.js';
import { POINTS } from '../sweep/index.js';
import { FIT } from '../learn/nmf/index.js';
import { serveKinds } from '../outside/worker/index.js';
import { EVALUATIONS } from './fitting/evaluation-jobs.js';

await serveKinds(load, [FIT, EVALUATIONS, POINTS]);
