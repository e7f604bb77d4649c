import { beforeAll, expect, it } from 'vitest';
import type { Core } from '../../../js/core/core.js';
import { sharedCore } from '../../../js/core/load.js';
import { pairOf } from '../../../js/experiment/evaluation.js';
import type { DoneRun, FailedRun } from '../../../js/experiment/results/run.js';
import { type Plan, readPlan } from '../../../js/sweep/plan.js';
import { type Point, type SchemeData, schemeOf } from '../../../js/sweep/points.js';
import { due } from '../../../js/sweep/schedule.js';
import { countsOf, standingOf, suffices } from '../../../js/sweep/standing.js';
import { smallPair } from '../cli/tables.js';

let core: Core;
let scheme: SchemeData;
let points: readonly Point[];

const planOf = (change: object = {}): Plan =>
  readPlan(
    JSON.stringify({
      schemes: [{ name: 's2t', source: 's', target: 't' }],
      methods: [{ method: 'svm', axes: { C: [1, 2, 3, 4] } }],
      strategy: { kind: 'grid' },
      ...change,
    }),
    'plan',
  );

beforeAll(async () => {
  core = await sharedCore();
  const { source, target } = await smallPair();
  scheme = await schemeOf('s2t', pairOf(source, target));
  points = (await due(core, planOf(), [scheme], () => undefined)).points;
});

const versions = { satnmf: '0', wasm: '0123456789', runtime: 'node' };
const found = { confusion: [[1]], predictions: [0], iterations: [], sourceCv: null, objective: null };
const done = (id: string, change: Partial<DoneRun> = {}): DoneRun =>
  ({ id, scheme: 's2t', method: 'svm', uar: 0.5, war: 0.5, ...found, versions, ...change }) as DoneRun;
const failed = (id: string): FailedRun => ({ id, error: { code: 'internal', message: 'no' } }) as FailedRun;

it('a plan without runs misses all its points', async () => {
  const standing = await standingOf(core, planOf(), [scheme], []);
  expect(standing.missing).toEqual(standing.points);
  expect(standing).toMatchObject({ final: true, failed: [], twice: 0, strangers: 0 });
});

it('runs are counted once: as done, failed, missing, twice or unknown to the plan', async () => {
  const [first, second] = points.map(({ id }) => id);
  const runs = [done(first), done(first, { seconds: 2 }), failed(second), done('f'.repeat(32))];
  const standing = await standingOf(core, planOf(), [scheme], runs);
  expect(standing.missing.map(({ id }) => id)).toEqual(points.slice(2).map(({ id }) => id));
  expect(standing.failed.map(({ id }) => id)).toEqual([second]);
  expect(standing).toMatchObject({ twice: 1, strangers: 1 });
  expect(countsOf(standing)).toEqual([
    { scheme: 's2t', method: 'svm', points: 4, done: 1, failed: 1, missing: 2 },
  ]);
});

it('two different results of one point are refused, with the machines that computed them', async () => {
  const [{ id }] = points;
  const other = done(id, { uar: 0.6, versions: { ...versions, runtime: 'deno' } });
  await expect(standingOf(core, planOf(), [scheme], [done(id), other])).rejects.toThrow(
    `point ${id} (s2t, svm) has two different results: node with wasm 01234567 and deno with wasm 01234567`,
  );
});

it('a run suffices if it has all that the plan asks for', () => {
  const [folds, traces] = [planOf({ sourceCv: 5 }), planOf({ traces: true })];
  expect(suffices(undefined, planOf())).toBe(false);
  expect(suffices(done('a'), planOf())).toBe(true);
  expect(suffices(done('a'), folds)).toBe(false);
  expect(suffices(done('a', { sourceCv: 0.5 }), folds)).toBe(true);
  expect(suffices(done('a'), traces)).toBe(false);
  expect(suffices(done('a', { objective: [] }), traces)).toBe(true);
  expect(suffices(failed('a'), folds)).toBe(true);
  expect(suffices(failed('a'), folds, true)).toBe(false);
});
