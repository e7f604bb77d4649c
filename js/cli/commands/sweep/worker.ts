/**
 * `satnmf sweep worker`: computes points from a queue on Redis until it is stopped.
 *
 * @module
 */
import { availableParallelism } from 'node:os';
import type { Job } from 'bullmq';
import { Command, InvalidArgumentError } from 'commander';
import { parseJobs } from '../../options/audio-options.js';
import {
  type Answer,
  connectionTo,
  loadBullmq,
  PairThreads,
  QUEUE,
  type QueuedPoint,
  tellOutages,
  VERSIONS,
} from '../../../sweep/engines/index.js';
import { need, parseWhole } from '../../options/options.js';
import type { Screen } from '../../screen/screen.js';
import { FINISHING } from './run.js';

interface Options {
  readonly redis?: string;
  readonly data?: string;
  readonly queue?: string;
  readonly jobs?: number;
  readonly lease?: number;
}

const EXAMPLES = `
Start as many workers as you like, on any machine that can reach Redis and the data, before or after "satnmf
sweep run --redis". If a worker dies, its points are given to another worker when their lease is over. Ctrl-C
finishes the points under way.

Examples:
  satnmf sweep worker --redis redis://10.0.0.1:6379 --data /shared/data
  satnmf sweep worker --redis redis://10.0.0.1:6379 --data https://files.example.org/data --jobs 8
`;

/** How often a job may lose its worker before it fails. */
const LOSSES = 20;
/** Longest lease in seconds (ours): a day. Timers cannot wait for more than 24 of them. */
const LONGEST_LEASE = 86_400;

function parseLease(text: string): number {
  const seconds = parseWhole(text);
  if (seconds < 1 || seconds > LONGEST_LEASE)
    throw new InvalidArgumentError(`It must be a whole number from 1 to ${LONGEST_LEASE}.`);
  return seconds;
}

export function sweepWorkerCommand(screen: Screen): Command {
  return new Command('worker')
    .description('compute points from a queue on Redis, filled by satnmf sweep run --redis')
    .option('--redis <url>', 'where Redis is, such as redis://127.0.0.1:6379')
    .option('--data <place>', 'folder or URL of the corpora that the sweep wrote')
    .option('--queue <name>', `name of the queue (default: ${QUEUE})`)
    .option('--jobs <count>', 'points to compute at the same time (default: number of cores)', parseJobs)
    .option(
      '--lease <seconds>',
      'if a worker is silent for so long, its point is given to another one (default: 30)',
      parseLease,
    )
    .option('-q, --quiet', 'print nothing about points')
    .addHelpText('after', EXAMPLES)
    .action(async (options: Options) => {
      const redis = need('sweep worker', '--redis <url>', options.redis);
      const data = need('sweep worker', '--data <place>', options.data);
      const { queue = QUEUE, jobs = availableParallelism(), lease = 30 } = options;
      const { Worker } = await loadBullmq();
      const threads = new PairThreads(data, jobs);
      const outages = tellOutages((sentence) => screen.say(sentence));
      const compute = async ({
        id = '',
        data: point,
      }: Pick<Job<QueuedPoint>, 'id' | 'data'>): Promise<Answer> => {
        outages.back();
        const outcome = await threads.compute(id, point);
        return { outcome, versions: VERSIONS, finished: new Date().toISOString() };
      };
      const worker = new Worker<QueuedPoint, Answer>(queue, compute, {
        connection: connectionTo(redis),
        concurrency: jobs,
        lockDuration: lease * 1000,
        stalledInterval: lease * 1000,
        maxStalledCount: LOSSES,
      });
      worker.on('error', outages.lost);
      worker.on('completed', ({ id, data: { method } }) => {
        screen.note(`${id} ${method}`);
      });
      worker.on('failed', (job, error) => screen.warn(`${job?.id ?? 'a point'}: ${error.message}`));
      screen.note(`Waiting for points of ${queue}, ${jobs} at a time.`);
      await new Promise<void>((resolve) => {
        if (screen.signal.aborted) resolve();
        else screen.signal.addEventListener('abort', () => resolve(), { once: true });
      });
      screen.say(FINISHING);
      await worker.close();
      await threads.end();
      throw screen.signal.reason;
    });
}
