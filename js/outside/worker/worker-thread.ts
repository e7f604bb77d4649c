/**
 * The script of a worker: dist/worker-thread.js.
 *
 * @module
 */
import { load } from '../../core/load.js';
import { FIT } from '../../learn/nmf/spread-work.js';
import { serveKinds } from './serve-kinds.js';

await serveKinds(load, [FIT]);
