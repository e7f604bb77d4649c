// The engine of a sweep on many machines: points in a BullMQ queue on Redis, a job each, computed by
// `satnmf sweep worker` wherever one runs.
import { setTimeout } from 'node:timers/promises';
import type { Job } from 'bullmq';
import type { Plan } from '../plan.js';
import type { Point, SchemeData } from '../points.js';
import type { Run } from '../../experiment/results/index.js';
import { keepCorpus } from '../../outside/node/index.js';
import { type Answer, connectionTo, loadBullmq, QUEUE, type QueuedPoint, tellOutages } from './bullmq.js';
import { groupsOf } from '../cost.js';
import type { Engine } from '../engine.js';
import { runOf } from './threads.js';

/** Milliseconds between two looks at what has been done, and between two at whether all is still in the queue. */
const LOOK = 300;
const COUNT = 10_000;
/** Attempts at a job whose worker failed; a method that fails on its data is an answer. */
const ATTEMPTS = 5;

export interface QueuePlace {
  readonly redis: string;
  /** Folder that the corpora are written to, for workers to read. */
  readonly data: string;
  readonly queue?: string | undefined;
}

/**
 * Puts corpora into the folder and points into the queue, and takes out what workers did. Points that were put there
 * before, by any machine, are not put there twice. If Redis lost them, they are put there again.
 */
export async function queueEngine(
  say: (sentence: string) => void,
  { sourceCv, traces }: Pick<Plan, 'sourceCv' | 'traces'>,
  schemes: readonly SchemeData[],
  { redis, data, queue: name = QUEUE }: QueuePlace,
): Promise<Engine> {
  const { Queue } = await loadBullmq();
  for (const { pair, source, target } of schemes) {
    await keepCorpus(data, source.sha256, pair.sources[0]);
    await keepCorpus(data, target.sha256, pair.target);
  }
  const queue = new Queue<QueuedPoint, Answer>(name, { connection: connectionTo(redis) });
  const outages = tellOutages(say);
  queue.on('error', outages.lost);
  const put = async (points: readonly Point[]): Promise<void> => {
    const jobs = groupsOf(points).flatMap((group) =>
      group.map(({ id, scheme, method, options }) => {
        const { source, target, pair } = scheme;
        const corpora = { source: source.sha256, target: target.sha256, classes: pair.classes };
        const point: QueuedPoint = { format: 1, ...corpora, method, options, sourceCv, traces };
        const backoff = { type: 'exponential', delay: 1000 };
        return { name: 'point', data: point, opts: { jobId: id, attempts: ATTEMPTS, backoff } };
      }),
    );
    await queue.addBulk(jobs);
  };
  return {
    async compute(points, hear, stop) {
      const missing = new Map(points.map((point) => [point.id, point]));
      await put(points);
      for (let looked = performance.now(); missing.size > 0 && !stop.aborted;) {
        const ended = await queue.getJobs(['completed', 'failed'], 0, 999);
        outages.back();
        let news = 0;
        for (const job of ended) {
          const point = missing.get(job?.id ?? '');
          if (point === undefined) continue;
          missing.delete(point.id);
          news++;
          // First on the disk, then out of the queue.
          await hear(runFrom(point, job));
          await job.remove();
        }
        if (news > 0) continue;
        if (performance.now() - looked > COUNT) {
          looked = performance.now();
          const held = await queue.getJobCounts('active', 'waiting', 'delayed', 'prioritized');
          // Redis may have lost the queue.
          if (Object.values(held).every((count) => count === 0)) await put([...missing.values()]);
        }
        await setTimeout(LOOK, undefined, { signal: stop }).catch(() => undefined);
      }
    },
    async end() {
      await queue.close();
    },
  };
}

function runFrom(point: Point, job: Job<QueuedPoint, Answer | null>): Run {
  const answer = job.returnvalue;
  if (answer !== null && answer !== undefined) {
    const { outcome, versions, finished } = answer;
    return { ...runOf(point, outcome), versions, finished };
  }
  const message = `No worker could compute it: ${job.failedReason}`;
  return runOf(point, { id: point.id, result: { error: { code: 'internal', message } }, seconds: 0 });
}
