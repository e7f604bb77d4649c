/**
 * `satnmf sweep run`: computes what of a plan its store does not have yet.
 *
 * @module
 */
import type { Command } from 'commander';
import { sharedFullCore } from '../../../core/builtin/load-full.js';
import { SatnmfError } from '../../../errors.js';
import type { Plan } from '../../../sweep/plan.js';
import type { Point } from '../../../sweep/points.js';
import { computeDue, type Round } from '../../../sweep/compute.js';
import { failedOf } from '../../../sweep/standing.js';
import { checkOutput } from '../../../outside/node/files.js';
import { RunStore } from '../../../outside/node/run-store.js';
import { need } from '../../options/options.js';
import { duration, showWork } from '../../screen/progress.js';
import type { Screen } from '../../screen/screen.js';
import { readShard, type Shard } from '../../../sweep/shard.js';
import { costOf } from '../../../sweep/cost.js';
import { type Engine, threadEngine } from '../../../sweep/engines/threads.js';
import { queueEngine } from '../../../sweep/engines/queue.js';
import { planCommand, type PlanOptions, readSweep, type SweepInputs } from './inputs.js';

interface Options extends PlanOptions {
  readonly out?: string;
  readonly shard?: string;
  readonly retryFailed?: true;
  readonly redis?: string;
  readonly data?: string;
  readonly queue?: string;
}

const EXAMPLES = `
Ctrl-C finishes the points under way; a second Ctrl-C ends at once. The same command goes on later.

Examples:
  satnmf sweep run plan.json
  satnmf sweep run plan.json --shard 3/7            this machine's part; satnmf sweep merge puts them together
  satnmf sweep run plan.json --retry-failed
  satnmf sweep run plan.json --redis redis://10.0.0.1:6379 --data /shared/data    for satnmf sweep worker
`;

/** What Ctrl-C is answered with. */
export const FINISHING = 'Finishing the points under way; Ctrl-C once more ends at once.';

/** `a/plan.json` → `a/plan.runs.jsonl`, or `a/plan.3-of-7.jsonl` */
export function storeOf(plan: string, shard: Shard | null): string {
  const stem = plan.replace(/(?<=[^/\\])\.json$/i, '');
  return shard === null ? `${stem}.runs.jsonl` : `${stem}.${shard.index}-of-${shard.count}.jsonl`;
}

export function sweepRunCommand(screen: Screen): Command {
  return planCommand('run', 'compute the points of a plan that are not in its store yet')
    .option('-o, --out <file>', 'the store, JSON lines (default: beside the plan)')
    .option(
      '--shard <i/n>',
      'compute only part i of n; auto/n takes i from JOB_COMPLETION_INDEX or SLURM_ARRAY_TASK_ID',
    )
    .option('--retry-failed', 'compute points again that failed before')
    .option('--redis <url>', 'let satnmf sweep worker compute the points, through a queue on this Redis')
    .option('--data <folder>', 'with --redis: folder to write the corpora to, for the workers')
    .option('--queue <name>', 'with --redis: name of the queue')
    .addHelpText('after', EXAMPLES)
    .action(async (file: string, options: Options) => {
      for (const argument of ['data', 'queue'] as const)
        if (options.redis === undefined && options[argument] !== undefined)
          throw new SatnmfError('bad-argument', `"--${argument}" goes with "--redis", which was not given`, {
            argument,
            expected: '--redis <url>',
            actual: 'nothing',
          });
      const shard = options.shard === undefined ? null : readShard(options.shard, process.env);
      const out = options.out ?? storeOf(file, shard);
      const inputs = await readSweep({ screen, options }, file, (files) => checkOutput('out', out, files));
      if (shard !== null && inputs.plan.strategy.kind === 'halving')
        throw new SatnmfError(
          'bad-argument',
          '"--shard": successive halving compares all points of a round, so it cannot be cut into shards',
          { argument: 'shard' },
        );
      const store = await RunStore.open(out);
      try {
        const engine = await engineFor(screen, inputs, options);
        try {
          await compute(screen, inputs, store, engine, { ...options, shard });
        } finally {
          await engine.end();
        }
      } finally {
        await store.close();
      }
    });
}

function engineFor(screen: Screen, { plan, schemes }: SweepInputs, options: Options): Promise<Engine> {
  const { redis, queue } = options;
  if (redis === undefined) return threadEngine(plan, schemes, options.jobs);
  const data = need('sweep run --redis', '--data <folder>', options.data);
  return queueEngine((sentence) => screen.say(sentence), plan, schemes, { redis, data, queue });
}

async function compute(
  screen: Screen,
  { plan, schemes }: SweepInputs,
  store: RunStore,
  engine: Engine,
  { shard, retryFailed, json }: Omit<Options, 'shard'> & { readonly shard: Shard | null },
): Promise<void> {
  const { signal } = screen;
  const stop = new AbortController();
  const abort = (): void => {
    screen.note(FINISHING);
    stop.abort();
  };
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) stop.abort();
  const began = performance.now();
  const core = await sharedFullCore();
  const sweep = { core, plan, schemes, store, engine, shard, retryFailed: retryFailed === true, stop };
  const { own, done, computed } = await computeDue(sweep, (known, missing) => {
    screen.note(`${known.length} points, ${known.length - missing.length} of them done: ${store.file}`);
    return progressOf(screen, plan, missing);
  }).finally(() => signal.removeEventListener('abort', abort));
  if (signal.aborted) {
    screen.say(`Stopped: ${done} of ${own.length} points are in ${store.file}; the same command goes on.`);
    throw signal.reason;
  }
  const failed = failedOf(own, store.runs);
  const seconds = (performance.now() - began) / 1000;
  for (const { scheme, method, id, error } of failed.slice(0, 5))
    screen.warn(`${scheme}, ${method} (${id}): ${error.message}`);
  const about = { store: store.file, points: own.length, computed, failed: failed.length, seconds };
  screen.print(
    json
      ? JSON.stringify(about)
      : `${own.length} points in ${store.file}, ${computed} computed now in ${duration(seconds)}` +
          (failed.length > 0 ? `; ${failed.length} failed, --retry-failed tries them again` : ''),
  );
  if (failed.length > 0) screen.partly();
}

/** The progress of points by what they cost. */
function progressOf(screen: Screen, plan: Plan, points: readonly Point[]): ReturnType<Round> {
  const costs = new Map(points.map((point) => [point.id, costOf(point, plan)]));
  const display = showWork(
    screen,
    [...costs.values()].reduce((sum, cost) => sum + cost, 0),
  );
  let [count, work] = [0, 0];
  return {
    hear({ id, scheme, method }) {
      work += costs.get(id) ?? 0;
      display.show(work, `${++count} of ${points.length}, ${scheme} ${method}`);
    },
    end: display.end,
  };
}
