// The engine of a sweep on one machine: points on threads, a group of them a job.
import { availableParallelism } from 'node:os';
import { WASM_SHA256 } from '../../core/index.js';
import { SatnmfError } from '../../errors.js';
import { type PointOutcome, POINTS, type PointsJob } from '../jobs.js';
import type { Engine } from '../engine.js';
import type { Plan } from '../plan.js';
import type { Point, SchemeData } from '../points.js';
import type { Run } from '../../experiment/results/index.js';
import type { Round } from '../../contract/index.js';
import type { Pool } from '../../outside/worker/index.js';
import { startThreads } from '../../outside/node/index.js';
import { groupsOf } from '../cost.js';

export const VERSIONS: Run['versions'] = {
  satnmf: __VERSION__,
  wasm: WASM_SHA256,
  runtime: `node ${process.versions.node} ${process.platform} ${process.arch}`,
};

/** Starts threads, each with a Core of its own, that compute points. */
export async function startSweepThreads(count = availableParallelism()): Promise<Pool> {
  const pool = await startThreads('command-thread.js', count);
  if (pool !== null) return pool;
  throw new SatnmfError('internal', 'command-thread.js is missing');
}

/** The line of a point that was computed just now. */
export function runOf(point: Point, { result, seconds }: PointOutcome): Run {
  const { id, scheme, ...asked } = point;
  const { name, source, target, pair } = scheme;
  const about = {
    format: 1 as const,
    id,
    scheme: name,
    source,
    target,
    classes: [...pair.classes],
    ...asked,
  };
  const measured = { seconds: Math.round(seconds * 1e3) / 1e3, versions: VERSIONS };
  return { ...about, ...result, ...measured, finished: new Date().toISOString() };
}

/** Threads of this machine, which get all data at once. */
export async function threadEngine(
  { sourceCv, traces }: Pick<Plan, 'sourceCv' | 'traces'>,
  schemes: readonly SchemeData[],
  count: number | undefined,
): Promise<Engine> {
  const pool = await startSweepThreads(count);
  const shared = { pairs: schemes.map(({ pair }) => pair), sourceCv, traces };
  let round: Round<PointsJob, PointOutcome, null>;
  try {
    round = await pool.open(POINTS, shared);
  } catch (error) {
    await pool.terminate();
    throw error;
  }
  return {
    async compute(points, hear, stop) {
      const known = new Map(points.map((point) => [point.id, point]));
      const jobs = groupsOf(points).map((group) => ({
        pair: schemes.indexOf(group[0].scheme),
        points: group.map(({ id, method, options }) => ({ id, method, options })),
      }));
      await round.all(jobs, {
        report: (_, outcome) => void hear(runOf(known.get(outcome.id) as Point, outcome)),
        goesOn: () => !stop.aborted,
      });
    },
    async end() {
      round.close();
      await pool.terminate();
    },
  };
}
