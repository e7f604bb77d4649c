/**
 * The thread of `satnmf evaluate --jobs`: dist/evaluate-worker.js. It has every method, which worker-thread.js has not.
 *
 * @module
 */
import { load } from '../core/load-full.js';
import { FIT } from '../methods/spread-work.js';
import { serveKinds } from '../worker/serve-kinds.js';
import { EVALUATIONS } from './evaluation-jobs.js';

await serveKinds(load, [FIT, EVALUATIONS]);
