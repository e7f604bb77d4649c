/**
 * Workers for the fits of a command: started where trials take long enough, ended with it.
 *
 * @module
 */
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { Method } from '../../contract/method.js';
import type { Workers } from '../../contract/workers.js';
import type { Pool } from '../../outside/worker/pool.js';
import { startPool } from '../../outside/worker/start.js';
import { runsAlone } from './evaluation-jobs.js';

/** Most workers unless more are asked for: each holds the features of both corpora. */
const MOST_WORKERS = 16;
/** Multiply–adds of a second or so: starting workers takes a few tenths of one. */
const WORTH = 3e10;

/** A worker's script: beside the bundle or above its chunks; from the sources, in the bundle's folder. */
function scriptOf(name: string): URL | null {
  const places = [`./${name}`, `../${name}`, `../../../dist/${name}`];
  return places.map((place) => new URL(place, import.meta.url)).find((url) => existsSync(url)) ?? null;
}

/** Workers that run a script of this package; null if it is not there. */
export async function startThreads(name: string, count: number): Promise<Pool | null> {
  const file = scriptOf(name);
  if (file === null) return null;
  return startPool({ web: () => new Worker(file, { type: 'module' }), file: () => file }, { count });
}

/** What decides how many workers there are. */
export interface Fits {
  readonly methods: readonly Method[];
  /** Rows of both corpora, and features. */
  readonly rows: number;
  readonly features: number;
  /** What was asked for; by default as many as there are cores, and none for fits that take no time. */
  readonly jobs?: number | undefined;
}

/** Workers that these fits get, for the trials of one or for several without any; 1 is none. */
export function workersFor({ methods, rows, features, jobs }: Fits): number {
  let [most, work] = [Math.max(1, methods.filter(runsAlone).length), 0];
  for (const { options } of methods) {
    const numbers = options as Record<string, number | undefined>;
    const { r = 0, trials = 1, rounds = 1, maxIterations = 0 } = numbers;
    most = Math.max(most, trials);
    work += 2 * r * trials * rounds * maxIterations * rows * features;
  }
  if (jobs !== undefined) return Math.min(jobs, most);
  return work < WORTH ? 1 : Math.min(availableParallelism(), MOST_WORKERS, most);
}

/** Runs `work` with the workers that the fits get, if any; they are ended when it is over. */
export async function withWorkers<T>(fits: Fits, work: (workers?: Workers) => Promise<T>): Promise<T> {
  const count = workersFor(fits);
  const workers =
    count <= 1
      ? null
      : await startThreads(fits.methods.length > 1 ? 'command-thread.js' : 'worker-thread.js', count);
  if (workers === null) return work();
  try {
    return await work(workers);
  } finally {
    await workers.terminate();
  }
}
