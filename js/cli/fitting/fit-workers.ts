/**
 * Workers for the fits of a command: started where trials take long enough, ended with it.
 *
 * @module
 */
import { availableParallelism } from 'node:os';
import type { Method, Workers } from '../../contract/index.js';
import { MOST_THREADS, withThreads } from '../../outside/node/index.js';
import { runsAlone } from './evaluation-jobs.js';

/** Multiply–adds that take about a second. Starting workers takes a few tenths of a second. */
const WORTH = 3e10;

/** What decides how many workers there are. */
export interface Fits {
  readonly methods: readonly Method[];
  /** Rows of both corpora, and features. */
  readonly rows: number;
  readonly features: number;
  /** What was asked for; by default as many as there are cores, and none for fits that take no time. */
  readonly jobs?: number | undefined;
}

/** How many workers these fits get: for the trials of a method, or for several methods without trials. 1 means none. */
export function workersFor({ methods, rows, features, jobs }: Fits): number {
  let [most, work] = [Math.max(1, methods.filter(runsAlone).length), 0];
  for (const { options } of methods) {
    const numbers = options as Record<string, number | undefined>;
    const { r = 0, trials = 1, rounds = 1, maxIterations = 0 } = numbers;
    most = Math.max(most, trials);
    work += 2 * r * trials * rounds * maxIterations * rows * features;
  }
  if (jobs !== undefined) return Math.min(jobs, most);
  return work < WORTH ? 1 : Math.min(availableParallelism(), MOST_THREADS, most);
}

/** Runs `work` with the workers that the fits get, if any; they are ended when it is over. */
export const withWorkers = <T>(fits: Fits, work: (workers?: Workers) => Promise<T>): Promise<T> =>
  withThreads(fits.methods.length > 1 ? 'command-thread.js' : 'worker-thread.js', workersFor(fits), work);
