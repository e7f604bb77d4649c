// Threads that run a script of this package, for commands.
import { existsSync } from 'node:fs';
import type { Workers } from '../../contract/index.js';
import { type Pool, startPool } from '../worker/index.js';

type Script = 'command-thread.js' | 'extract-worker.js' | 'worker-thread.js';

/** Most threads unless more are asked for: each holds what it works on. */
export const MOST_THREADS = 16;

/** The script's file: beside the bundle or above its chunks; from the sources, in the bundle's folder. */
function fileOf(script: Script): URL | null {
  const places = [`./${script}`, `../${script}`, `../../../dist/${script}`];
  return places.map((place) => new URL(place, import.meta.url)).find((url) => existsSync(url)) ?? null;
}

/** Null if the script is not there. */
export async function startThreads(script: Script, count: number): Promise<Pool | null> {
  const file = fileOf(script);
  if (file === null) return null;
  return startPool({ web: () => new Worker(file, { type: 'module' }), file: () => file }, { count });
}

/** Runs `work` with so many threads, none for one or without the script; they are ended when it is over. */
export async function withThreads<T>(
  script: Script,
  count: number,
  work: (workers?: Workers) => Promise<T>,
): Promise<T> {
  const threads = count <= 1 ? null : await startThreads(script, count);
  if (threads === null) return work();
  try {
    return await work(threads);
  } finally {
    await threads.terminate();
  }
}
