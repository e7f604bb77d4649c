/**
 * The script of a worker: dist/worker-thread.js.
 *
 * @module
 */
import { load } from '../core/load.js';
import { TRIALS } from '../methods/nmf-trials.js';
import { serveKinds } from './serve-kinds.js';

await serveKinds(load, [TRIALS]);
