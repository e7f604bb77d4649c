/**
 * A sweep of 34 points of known length.
 */
import type { Run } from '../../../../../js/experiment/results/run.js';
import { type Folder, smallPair } from '../../tables.js';

/** Points of {@link writeSweep}. */
export const POINTS = 34;

/**
 * Tables and a plan in a folder.
 *
 * @param maxIterations of each fit of SATNMF: how long a point takes
 * @returns the plan's path
 */
export async function writeSweep(folder: Folder, maxIterations: number): Promise<string> {
  const { source, target } = await smallPair();
  folder.writeTable('s.npy', source);
  folder.writeTable('t.npy', target);
  const options = { r: 8, trials: 3, maxIterations, tolerance: 0, objectiveTolerance: 0 };
  const axes = { gamma: [1, 10, 30], lambda: [1, 10, 30], beta: [1, 30], C: [0.1, 10] };
  const plan = {
    schemes: [{ name: 'forth', source: 's.npy', target: 't.npy' }],
    methods: [
      { method: 'satnmf', options, axes },
      { method: 'svm', axes: { C: [0.1, 1, 10, 100, 1000] } },
    ],
    seeds: [1, 2],
  };
  return folder.write('plan.json', JSON.stringify(plan));
}

/** Runs without what differs from time to time, in the order of their ids; none left out, none twice. */
export function timeless(runs: readonly Run[]): unknown[] {
  return runs
    .map((run) => ({ ...run, seconds: 0, finished: '' }))
    .sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}
