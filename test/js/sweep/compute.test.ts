import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Core } from '../../../js/core/core.js';
import { sharedCore } from '../../../js/core/load.js';
import { pairOf } from '../../../js/experiment/evaluation.js';
import type { Run } from '../../../js/experiment/results/run.js';
import { RunStore } from '../../../js/outside/node/run-store.js';
import { computeDue, type Sweep } from '../../../js/sweep/compute.js';
import type { Engine } from '../../../js/sweep/engine.js';
import { runOf } from '../../../js/sweep/engines/threads.js';
import { readPlan } from '../../../js/sweep/plan.js';
import { type Point, type SchemeData, schemeOf } from '../../../js/sweep/points.js';
import { Folder, smallPair } from '../cli/tables.js';

const folder = new Folder();
afterAll(() => folder.remove());

let core: Core;
let scheme: SchemeData;

beforeAll(async () => {
  core = await sharedCore();
  const { source, target } = await smallPair();
  scheme = await schemeOf('s2t', pairOf(source, target));
});

const plan = readPlan(
  JSON.stringify({
    schemes: [{ name: 's2t', source: 's', target: 't' }],
    methods: [{ method: 'svm', axes: { C: [1, 2, 3, 4] } }],
    strategy: { kind: 'grid' },
  }),
  'plan',
);

/** What came of a point that failed: it needs no figures. */
const failedRun = (point: Point): Run =>
  runOf(point, { id: point.id, result: { error: { code: 'internal', message: 'no' } }, seconds: 0 });

/** An engine that computes nothing, and remembers what it was asked for. */
function recorded(asked: string[], stopAfter = Infinity): (stop: AbortController) => Engine {
  return (stop) => ({
    async compute(points, hear, signal) {
      for (const point of points) {
        if (signal.aborted) return;
        asked.push(point.id);
        await hear(failedRun(point));
        if (asked.length === stopAfter) stop.abort();
      }
    },
    end: () => Promise.resolve(),
  });
}

async function sweepOf(
  name: string,
  engine: (stop: AbortController) => Engine,
  change: Partial<Sweep> = {},
): Promise<Sweep> {
  const stop = new AbortController();
  const store = await RunStore.open(folder.at(`${name}.jsonl`));
  const schemes = [scheme];
  return {
    core,
    plan,
    schemes,
    store,
    engine: engine(stop),
    shard: null,
    retryFailed: false,
    stop,
    ...change,
  };
}

const silent = () => ({ hear: () => undefined, end: () => undefined });

it('computes each point once, also one that fails while failed points are retried', async () => {
  const asked: string[] = [];
  const heard: Run[] = [];
  const end = vi.fn();
  const sweep = await sweepOf('once', recorded(asked), { retryFailed: true });
  const progress = await computeDue(sweep, () => ({ hear: (run) => void heard.push(run), end }));
  expect(new Set(asked).size).toBe(4);
  expect(asked).toHaveLength(4);
  expect(heard.map(({ id }) => id)).toEqual(asked);
  expect(end).toHaveBeenCalledTimes(1);
  expect(progress).toMatchObject({ done: 4, computed: 4 });
  expect([...sweep.store.runs.keys()]).toEqual(asked);
  await sweep.store.close();
});

it('computes what the store does not have, and failed points only when asked to', async () => {
  const again: string[] = [];
  const sweep = await sweepOf('once', recorded(again));
  expect(await computeDue(sweep, silent)).toMatchObject({ done: 4, computed: 0 });
  expect(again).toEqual([]);
  expect(await computeDue({ ...sweep, retryFailed: true }, silent)).toMatchObject({ computed: 4 });
  await sweep.store.close();
});

it('computes the points of its shard', async () => {
  const asked: string[][] = [[], []];
  for (const [i, own] of asked.entries()) {
    const seeds = { ...plan, seeds: [1, 2] };
    const shard = { index: i + 1, count: 2 };
    const sweep = await sweepOf(`shard-${i}`, recorded(own), { plan: seeds, shard });
    await computeDue(sweep, silent);
    await sweep.store.close();
  }
  expect(asked.map((own) => own.length)).toEqual([4, 4]);
  expect(new Set(asked.flat()).size).toBe(8);
});

it('keeps what was done when it is stopped, and goes on from there', async () => {
  const asked: string[] = [];
  const stopped = await sweepOf('stopped', recorded(asked, 2));
  expect(await computeDue(stopped, silent)).toMatchObject({ done: 2 });
  await stopped.store.close();
  const rest = await sweepOf('stopped', recorded(asked));
  expect(await computeDue(rest, silent)).toMatchObject({ done: 4, computed: 2 });
  expect(new Set(asked).size).toBe(4);
  await rest.store.close();
});

it('stops when a run cannot be kept', async () => {
  const asked: string[] = [];
  const sweep = await sweepOf('full', recorded(asked));
  vi.spyOn(sweep.store, 'append').mockRejectedValue(new Error('the disk is full'));
  await expect(computeDue(sweep, silent)).rejects.toThrow('the disk is full');
  expect(asked).toHaveLength(1);
  await sweep.store.close();
});
