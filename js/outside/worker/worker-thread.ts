// The script of a worker: dist/worker-thread.js.
import { load } from '../../core/index.js';
import { FIT } from '../../learn/nmf/index.js';
import { serveKinds } from './serve-kinds.js';

await serveKinds(load, [FIT]);
