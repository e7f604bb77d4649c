/**
 * `satnmf sweep run`: computes what of a plan its store does not have yet.
 *
 * @module
 */
import { Command } from 'commander';
import { sharedCore } from '../../../core/load.js';
import { SatnmfError } from '../../../errors.js';
import type { Plan } from '../../../sweep/plan.js';
import type { Point } from '../../../sweep/points.js';
import { isFailed, type Run } from '../../../experiment/results/run.js';
import { due } from '../../../sweep/schedule.js';
import { checkOutput } from '../../../entries/node.js';
import { RunStore } from '../../../outside/node/run-store.js';
import { addAudioOptions, type AudioOptions } from '../../options/audio-options.js';
import type { ExitCode } from '../../screen/exit-code.js';
import { addMissingOption, addScreenOptions, type MissingOptions, need } from '../../options/options.js';
import { duration, showWork } from '../../screen/progress.js';
import type { Screen } from '../../screen/screen.js';
import { pointsOfShard, readShard, type Shard } from '../../../sweep/shard.js';
import { costOf } from '../../../sweep/cost.js';
import { type Engine, threadEngine } from '../../../sweep/engines/threads.js';
import { queueEngine } from '../../../sweep/engines/queue.js';
import { readSweep, type SweepInputs } from './inputs.js';

interface Options extends MissingOptions, AudioOptions {
  readonly out?: string;
  readonly shard?: string;
  readonly jobs?: number;
  readonly retryFailed?: true;
  readonly redis?: string;
  readonly data?: string;
  readonly queue?: string;
  readonly json?: true;
  readonly quiet?: true;
}

const EXAMPLES = `
Ctrl-C finishes the points under way; a second one ends at once. Either way the same command goes on later.

Examples:
  satnmf sweep run plan.json
  satnmf sweep run plan.json --shard 3/7            this machine's part; satnmf sweep merge puts them together
  satnmf sweep run plan.json --retry-failed
  satnmf sweep run plan.json --redis redis://10.0.0.1:6379 --data /shared/data    for satnmf sweep worker
`;

/** `a/plan.json` → `a/plan.runs.jsonl`, or `a/plan.3-of-7.jsonl` */
export function storeOf(plan: string, shard: Shard | null): string {
  const stem = plan.replace(/(?<=[^/\\])\.json$/i, '');
  return shard === null ? `${stem}.runs.jsonl` : `${stem}.${shard.index}-of-${shard.count}.jsonl`;
}

export function sweepRunCommand(screen: Screen, exit: (code: ExitCode) => void): Command {
  const command = new Command('run')
    .description('compute the points of a plan that are not in its store yet')
    .argument('<plan>', 'the plan, a JSON file')
    .option('-o, --out <file>', 'the store, JSON lines (default: beside the plan)')
    .option(
      '--shard <i/n>',
      'only the i-th of n parts; auto/n: i from JOB_COMPLETION_INDEX or SLURM_ARRAY_TASK_ID',
    )
    .option('--retry-failed', 'compute points again that failed before')
    .option('--redis <url>', 'leave the computing to satnmf sweep worker, through a queue on this Redis')
    .option('--data <folder>', 'with --redis: where the corpora are written for the workers')
    .option('--queue <name>', 'with --redis: name of the queue');
  addScreenOptions(addAudioOptions(addMissingOption(command))).addHelpText('after', EXAMPLES);
  return command.action(async (file: string, options: Options) => {
    for (const argument of ['data', 'queue'] as const)
      if (options.redis === undefined && options[argument] !== undefined)
        throw new SatnmfError('bad-argument', `"--${argument}" goes with "--redis", which was not given`, {
          argument,
          expected: '--redis <url>',
          actual: 'nothing',
        });
    const shard = options.shard === undefined ? null : readShard(options.shard, process.env);
    const out = options.out ?? storeOf(file, shard);
    const inputs = await readSweep({ screen, exit, options }, file, (files) =>
      checkOutput('out', out, files),
    );
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
        const failed = await sweep(screen, inputs, store, engine, { ...options, shard });
        if (failed > 0) exit(1);
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
  return queueEngine(screen, plan, schemes, { redis, data, queue });
}

/** Whether a stored run is all that the plan wants to know of its point. */
export function suffices(run: Run | undefined, { sourceCv, traces }: Plan, retryFailed = false): boolean {
  if (run === undefined) return false;
  if (isFailed(run)) return !retryFailed;
  return (sourceCv === null || run.sourceCv !== null) && (!traces || run.objective !== null);
}

/** @returns points that failed */
async function sweep(
  screen: Screen,
  { plan, schemes }: SweepInputs,
  store: RunStore,
  engine: Engine,
  how: {
    readonly shard: Shard | null;
    readonly retryFailed?: true;
    readonly json?: true;
    readonly quiet?: true;
  },
): Promise<number> {
  const core = await sharedCore();
  const tried = new Set<string>();
  const open = ({ id }: Point): boolean =>
    !tried.has(id) && !suffices(store.runs.get(id), plan, how.retryFailed);
  const began = performance.now();
  let own: readonly Point[];
  for (;;) {
    const known = (await due(core, plan, schemes, (id) => store.runs.get(id))).points;
    own = how.shard === null ? known : pointsOfShard(known, how.shard);
    const missing = own.filter(open);
    if (missing.length === 0) break;
    if (how.quiet !== true)
      screen.note(`${own.length} points, ${own.length - missing.length} of them done: ${store.file}`);
    await computeAll(screen, plan, missing, store, engine, how.quiet === true);
    if (screen.signal.aborted) {
      const done = own.filter((point) => !open(point)).length;
      screen.note(`Stopped: ${done} of ${own.length} points are in ${store.file}; the same command goes on.`);
      throw screen.signal.reason;
    }
    for (const { id } of missing) tried.add(id);
  }
  const failed = own.map(({ id }) => store.runs.get(id)).filter((run) => run !== undefined && isFailed(run));
  const seconds = (performance.now() - began) / 1000;
  for (const run of failed.slice(0, 5))
    screen.warn(`${run.scheme}, ${run.method} (${run.id}): ${isFailed(run) ? run.error.message : ''}`);
  if (how.json) {
    const computed = tried.size;
    screen.print(
      JSON.stringify({ store: store.file, points: own.length, computed, failed: failed.length, seconds }),
    );
  } else
    screen.print(
      `${own.length} points in ${store.file}, ${tried.size} computed now in ${duration(seconds)}` +
        (failed.length > 0 ? `; ${failed.length} failed, --retry-failed tries them again` : ''),
    );
  return failed.length;
}

async function computeAll(
  screen: Screen,
  plan: Plan,
  points: readonly Point[],
  store: RunStore,
  engine: Engine,
  quiet: boolean,
): Promise<void> {
  const costs = new Map(points.map((point) => [point.id, costOf(point, plan)]));
  const total = [...costs.values()].reduce((sum, cost) => sum + cost, 0);
  const display = showWork(screen, total, quiet);
  const stop = new AbortController();
  const failures: unknown[] = [];
  let [count, work] = [0, 0];
  const abort = (): void => {
    if (!quiet) screen.note('Finishing the points under way; Ctrl-C once more ends at once.');
    stop.abort();
  };
  screen.signal.addEventListener('abort', abort, { once: true });
  if (screen.signal.aborted) stop.abort();
  try {
    const hear = (run: Run): Promise<void> => {
      work += costs.get(run.id) ?? 0;
      display.show(work, `${++count} of ${points.length}, ${run.scheme} ${run.method}`);
      return store.append(run).catch((error: unknown) => {
        // A full disk: no point in computing what cannot be kept.
        failures.push(error);
        stop.abort();
      });
    };
    await engine.compute(points, hear, stop.signal);
    await store.written();
    if (failures.length > 0) throw failures[0];
  } finally {
    screen.signal.removeEventListener('abort', abort);
    display.end();
  }
}
