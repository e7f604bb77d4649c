// The threads of `satnmf sweep worker`: each keeps the pair of corpora that it had last.
import type { Round } from '../../contract/index.js';
import { SatnmfError } from '../../errors.js';
import { fetchCorpus } from '../../outside/node/index.js';
import type { Pool } from '../../outside/worker/index.js';
import { type PointOutcome, POINTS, type PointsJob } from '../jobs.js';
import type { QueuedPoint } from './bullmq.js';
import { startSweepThreads } from './threads.js';

interface PairThread {
  pool: Promise<Pool> | null;
  round: Round<PointsJob, PointOutcome, null> | null;
  pair: string;
  busy: boolean;
}

/** Threads, each with a pair of its own: points of the same pair go to a thread that has it. */
export class PairThreads {
  readonly #data: string;
  readonly #threads: PairThread[];

  constructor(data: string, count: number) {
    this.#data = data;
    this.#threads = Array.from({ length: count }, () => ({ pool: null, round: null, pair: '', busy: false }));
  }

  /** At most as many at a time as there are threads. */
  async compute(id: string, point: QueuedPoint): Promise<PointOutcome> {
    const { source, target, classes, sourceCv, traces, method, options } = point;
    if (point.format !== 1)
      throw new SatnmfError('wrong-version', `point ${id} was queued by another version of satnmf`);
    const pair = JSON.stringify([source, target, classes, sourceCv, traces]);
    const free = this.#threads.filter(({ busy }) => !busy);
    const thread = free.find((one) => one.pair === pair) ?? free[0];
    thread.busy = true;
    try {
      if (thread.pair !== pair || thread.round === null) {
        thread.round?.close();
        thread.round = null;
        const [a, b] = [await fetchCorpus(this.#data, source), await fetchCorpus(this.#data, target)];
        thread.pool ??= startSweepThreads(1);
        const pairs = [{ sources: [a], target: b, classes }];
        thread.round = await (await thread.pool).open(POINTS, { pairs, sourceCv, traces });
        thread.pair = pair;
      }
      const found: PointOutcome[] = [];
      const job: PointsJob = { pair: 0, points: [{ id, method, options }] };
      await thread.round.all([job], { report: (_, outcome) => void found.push(outcome) });
      return found[0];
    } catch (error) {
      // A thread that died has closed its round; the next point starts another.
      thread.round?.close();
      thread.round = null;
      throw error;
    } finally {
      thread.busy = false;
    }
  }

  async end(): Promise<void> {
    for (const { round, pool } of this.#threads) {
      round?.close();
      await (await pool)?.terminate();
    }
  }
}
