/**
 * satnmf/worker: workers that a fit spreads its trials over. One import for Node, Deno, Bun and browsers.
 *
 * @module
 */
import { type Pool, startPool, type WorkersOptions } from '../outside/worker/index.js';

export type { Pool, WorkersOptions } from '../outside/worker/index.js';
export type { Job, JobKind, JobListener, Round, Workers } from '../contract/index.js';

/**
 * Starts workers, each with a Core of its own. They wait for work until `terminate()`; in Node a process that has
 * nothing else to do ends without it. Under Deno the script needs `--allow-read`, as for any worker.
 *
 * Results have the same bits as without workers, whatever their number.
 *
 * @throws {SatnmfError} `bad-argument`: `count`; `unsupported`: the runtime has no workers (workerd), or forbids
 *   them; `internal`: the script could not be loaded; `wrong-version`: it is that of another version
 *
 * @example
 * import { satnmf } from 'satnmf';
 * import { startWorkers } from 'satnmf/worker';
 * const workers = await startWorkers({ count: 4 });
 * const model = await satnmf({ trials: 8 }).fit(task, { workers });
 * await workers.terminate();
 */
export function startWorkers({ url, ...options }: WorkersOptions = {}): Promise<Pool> {
  // Not in the words that bundlers look for: Node needs no second copy of the script.
  const here = import.meta.url;
  return startPool(
    {
      web: () =>
        url === undefined
          ? new Worker(new URL('./worker-thread.js', import.meta.url), { type: 'module' })
          : new Worker(url, { type: 'module' }),
      file: () => new URL(url ?? 'worker-thread.js', here),
    },
    options,
  );
}
