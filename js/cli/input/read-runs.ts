/**
 * The runs of stores.
 *
 * @module
 */
import { SatnmfError } from '../../errors.js';
import type { Run } from '../../experiment/results/run.js';
import { readRunStore } from '../../outside/node/run-store.js';

/**
 * All runs of the stores given.
 *
 * @throws {SatnmfError} `bad-file`: no store, a line that is no run, or no run at all
 */
export async function readRuns(files: readonly string[], signal: AbortSignal): Promise<Run[]> {
  const runs: Run[] = [];
  for (const file of files) runs.push(...(await readRunStore(file, { signal })));
  if (runs.length > 0) return runs;
  throw new SatnmfError('bad-file', `${files.join(', ')}: no run is complete yet`, { expected: 'runs' });
}
