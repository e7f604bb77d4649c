/**
 * `satnmf sweep worker`: computes points from a queue on Redis until it is stopped.
 *
 * @module
 */
import { availableParallelism } from 'node:os';
import { Command, InvalidArgumentError } from 'commander';
import { SatnmfError } from '../../../errors.js';
import { type Outcome, POINTS, type PointsJob } from '../../../sweep/jobs.js';
import type { Round } from '../../../contract/workers.js';
import { fetchCorpus } from '../../../outside/node/corpus-store.js';
import type { Pool } from '../../../outside/worker/pool.js';
import { parseJobs } from '../../options/audio-options.js';
import {
  type Answer,
  connectionTo,
  loadBullmq,
  QUEUE,
  type QueuedPoint,
  tellOutages,
} from '../../../sweep/engines/bullmq.js';
import { need, parseWhole } from '../../options/options.js';
import type { Screen } from '../../screen/screen.js';
import { startSweepThreads, VERSIONS } from '../../../sweep/engines/threads.js';

interface Options {
  readonly redis?: string;
  readonly data?: string;
  readonly queue?: string;
  readonly jobs?: number;
  readonly lease?: number;
  readonly quiet?: true;
}

const EXAMPLES = `
Start as many as you like, wherever Redis and the data can be reached, before or after "satnmf sweep run
--redis". What a worker that died was at is given to another one when its lease is over. Ctrl-C finishes the
points under way.

Examples:
  satnmf sweep worker --redis redis://10.0.0.1:6379 --data /shared/data
  satnmf sweep worker --redis redis://10.0.0.1:6379 --data https://files.example.org/data --jobs 8
`;

/** Times that a job may lose its worker. */
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
    .option('--jobs <count>', 'points at a time (default: as many as there are cores)', parseJobs)
    .option(
      '--lease <seconds>',
      'silence after which a point is given to another worker (default: 30)',
      parseLease,
    )
    .option('-q, --quiet', 'say nothing about points')
    .addHelpText('after', EXAMPLES)
    .action(async (options: Options) => {
      const redis = need('sweep worker', '--redis <url>', options.redis);
      const data = need('sweep worker', '--data <place>', options.data);
      const { queue = QUEUE, jobs = availableParallelism(), lease = 30, quiet } = options;
      const { Worker } = await loadBullmq();
      const desks = new Desks(data, jobs);
      const outages = tellOutages(screen);
      const compute = async ({
        id = '',
        data: point,
      }: {
        id?: string | undefined;
        data: QueuedPoint;
      }): Promise<Answer> => {
        outages.back();
        const outcome = await desks.compute(id, point);
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
        if (quiet !== true) screen.note(`${id} ${method}`);
      });
      worker.on('failed', (job, error) => screen.warn(`${job?.id ?? 'a point'}: ${error.message}`));
      if (quiet !== true) screen.note(`Waiting for points of ${queue}, ${jobs} at a time.`);
      await new Promise<void>((resolve) => {
        if (screen.signal.aborted) resolve();
        else screen.signal.addEventListener('abort', () => resolve(), { once: true });
      });
      screen.note('Finishing the points under way; Ctrl-C once more ends at once.');
      await worker.close();
      await desks.end();
      throw screen.signal.reason;
    });
}

/** A thread with the pair that it has. */
interface Desk {
  pool: Promise<Pool> | null;
  round: Round<PointsJob, Outcome, null> | null;
  pair: string;
  busy: boolean;
}

/** Threads, each with a pair of its own: points of the same pair go to a thread that has it. */
class Desks {
  readonly #data: string;
  readonly #desks: Desk[];

  constructor(data: string, count: number) {
    this.#data = data;
    this.#desks = Array.from({ length: count }, () => ({ pool: null, round: null, pair: '', busy: false }));
  }

  /** At most as many at a time as there are desks. */
  async compute(id: string, point: QueuedPoint): Promise<Outcome> {
    const { source, target, classes, sourceCv, traces, method, options } = point;
    if (point.format !== 1)
      throw new SatnmfError('wrong-version', `point ${id} was queued by another version of satnmf`);
    const pair = JSON.stringify([source, target, classes, sourceCv, traces]);
    const free = this.#desks.filter(({ busy }) => !busy);
    const desk = free.find((one) => one.pair === pair) ?? free[0];
    desk.busy = true;
    try {
      if (desk.pair !== pair || desk.round === null) {
        desk.round?.close();
        desk.round = null;
        const [a, b] = [await fetchCorpus(this.#data, source), await fetchCorpus(this.#data, target)];
        desk.pool ??= startSweepThreads(1);
        const pairs = [{ source: a, target: b, classes }];
        desk.round = await (await desk.pool).open(POINTS, { pairs, sourceCv, traces });
        desk.pair = pair;
      }
      let found: Outcome | undefined;
      const job: PointsJob = { pair: 0, points: [{ id, method, options }] };
      await desk.round.all([job], { report: (_, outcome) => void (found = outcome) });
      if (found === undefined) throw new SatnmfError('internal', `point ${id} came to nothing`);
      return found;
    } catch (error) {
      // A thread that died has closed its round; the next point starts another.
      desk.round?.close();
      desk.round = null;
      throw error;
    } finally {
      desk.busy = false;
    }
  }

  async end(): Promise<void> {
    for (const { round, pool } of this.#desks) {
      round?.close();
      await (await pool)?.terminate();
    }
  }
}
