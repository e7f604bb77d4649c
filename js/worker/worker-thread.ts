/**
 * The script of a worker: dist/worker-thread.js.
 *
 * @module
 */
import { load } from '../core/load.js';
import { TRIALS } from '../methods/nmf-trials.js';
import type { JobKind } from '../methods/workers.js';
import { portOfThread } from './port.js';
import { serve, type Worker } from './serve.js';

// Compiled while the one who started this prepares its first job.
const core = load();
// What is wrong with it is told to the first job.
core.catch(() => undefined);

function worker<S, J, R, A>(kind: JobKind<S, J, R, A>): Record<string, Worker> {
  const work = kind.work.bind(kind) as JobKind<unknown, unknown, unknown, unknown>['work'];
  return { [kind.name]: async (shared, jobs) => work(await core, shared, jobs) };
}

serve(await portOfThread(), { ...worker(TRIALS) });
