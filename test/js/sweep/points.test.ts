import { beforeAll, describe, expect, it } from 'vitest';
import type { Core } from '../../../js/core/core.js';
import { sharedCore } from '../../../js/core/load.js';
import { pairOf } from '../../../js/experiment/evaluation.js';
import { canonicalJson, corpusSha256 } from '../../../js/experiment/fingerprint.js';
import { type Plan, readPlan } from '../../../js/sweep/plan.js';
import { type Point, type SchemeData, schemeOf, combinationsOf } from '../../../js/sweep/points.js';
import type { DoneRun, Run } from '../../../js/experiment/results/run.js';
import { budgets, due } from '../../../js/sweep/schedule.js';
import { smallPair } from '../cli/tables.js';

let core: Core;
let scheme: SchemeData;

beforeAll(async () => {
  core = await sharedCore();
  const { source, target } = await smallPair();
  scheme = await schemeOf('s2t', pairOf(source, target));
});

const plan = (change: object): Plan =>
  readPlan(JSON.stringify({ schemes: [{ name: 's2t', source: 's', target: 't' }], ...change }), 'plan');

const svm = { method: 'svm', options: { C: 1 }, axes: { C: [0.1, 1, 10], normalize: ['min-max', 'rank'] } };

const pointsOf = async (change: object): Promise<readonly Point[]> =>
  (await due(core, plan(change), [scheme], () => undefined)).points;

describe('points', () => {
  it('one axis at a time: the base once, then what differs from it', async () => {
    const points = await pointsOf({ methods: [svm] });
    expect(points.map(({ varied, axis }) => [axis, varied])).toEqual([
      [null, {}],
      ['normalize', { normalize: 'rank' }],
      ['C', { C: 0.1 }],
      ['C', { C: 10 }],
    ]);
    expect(points[0].options).toMatchObject({ C: 1, normalize: 'min-max', seed: 1 });
  });

  it('grid: every combination under every seed', async () => {
    const points = await pointsOf({ methods: [svm], strategy: { kind: 'grid' }, seeds: [1, 2] });
    expect(points).toHaveLength(12);
    expect(new Set(points.map(({ id }) => id)).size).toBe(12);
    expect(points.slice(0, 3).map(({ varied }) => varied)).toEqual([{ C: 0.1 }, {}, { C: 10 }]);
  });

  it('random: different combinations, the same for the same seed, all if there are no more', async () => {
    const draw = async (points: number, seed: number) =>
      (
        await pointsOf({
          methods: [{ method: 'satnmf', axes: 'searched' }],
          strategy: { kind: 'random', points, seed },
        })
      ).map(({ id }) => id);
    const ids = await draw(20, 1);
    expect(new Set(ids).size).toBe(20);
    expect(await draw(20, 1)).toEqual(ids);
    expect(await draw(20, 2)).not.toEqual(ids);
    const all = await pointsOf({ methods: [svm], strategy: { kind: 'random', points: 100 } });
    expect(all).toHaveLength(6);
  });

  it('have ids that depend on data, method and options, and on nothing else', async () => {
    const [first] = await pointsOf({ methods: [svm] });
    const [again] = await pointsOf({ methods: [{ method: 'svm', options: { C: 1, preset: 'robust' } }] });
    expect(first.id).toMatch(/^[0-9a-f]{32}$/);
    expect(again.id).toBe(first.id);
    const { pair } = scheme;
    const other = { ...pair.target, emotion: [null, ...pair.target.emotion.slice(1)] };
    expect(await corpusSha256({ ...pair.target, name: 'else', file: [] })).toBe(scheme.target.sha256);
    expect(await corpusSha256(other)).not.toBe(scheme.target.sha256);
  });

  it('canonicalJson orders keys and nothing else', () => {
    expect(canonicalJson({ b: [2, 1], a: { d: null, c: 'x' } })).toBe('{"a":{"c":"x","d":null},"b":[2,1]}');
  });
});

describe('successive halving', () => {
  it('has budgets that end at the whole', () => {
    expect(budgets(100, 27, { eta: 3, least: 1 })).toEqual([3, 11, 33, 100]);
    expect(budgets(100, 27, { eta: 3, least: 10 })).toEqual([11, 33, 100]);
    expect(budgets(5, 2, { eta: 2, least: 1 })).toEqual([2, 5]);
  });

  it('goes on with the best of each round, the same way whoever asks', async () => {
    const halving = plan({
      methods: [{ method: 'satnmf', options: { trials: 9 }, axes: { C: [1, 2, 3], gamma: [1, 2, 3] } }],
      strategy: { kind: 'halving', points: 9, eta: 3, budget: 'trials', select: 'target' },
      seeds: [1, 2],
    });
    const runs = new Map<string, Run>();
    const rounds: [trials: unknown, settings: number][] = [];
    for (let found = 0; ;) {
      const { points, final } = await due(core, halving, [scheme], (id) => runs.get(id));
      const fresh = points.slice(found);
      if (fresh.length === 0) {
        expect(final).toBe(true);
        break;
      }
      found = points.length;
      rounds.push([fresh[0].options['trials'], fresh.length / 2]);
      expect(fresh.every(({ partial, options }) => partial === (options['trials'] !== 9))).toBe(true);
      for (const { id, options } of fresh)
        runs.set(id, {
          uar: Number(options['C']) / 10 + Number(options['gamma']) / 100,
        } as unknown as DoneRun);
    }
    expect(rounds).toEqual([
      [1, 9],
      [3, 3],
      [9, 1],
    ]);
    const { points } = await due(core, halving, [scheme], (id) => runs.get(id));
    expect(points.at(-1)?.options).toMatchObject({ C: 3, gamma: 3, trials: 9 });
  });

  it('a failed point is worth less than all others', async () => {
    const halving = plan({
      methods: [{ method: 'satnmf', options: { trials: 2 }, axes: { C: [1, 2] } }],
      strategy: { kind: 'halving', points: 2, eta: 2, budget: 'trials', select: 'target' },
    });
    const done = (id: string): Run | undefined =>
      first.indexOf(id) === 0
        ? ({ error: {} } as Run)
        : first.includes(id)
          ? ({ uar: 0 } as DoneRun)
          : undefined;
    const first = (await due(core, halving, [scheme], () => undefined)).points.map(({ id }) => id);
    const { points } = await due(core, halving, [scheme], done);
    expect(points.at(-1)?.options).toMatchObject({ C: 2, trials: 2 });
  });

  it('settings of a plan are those of its strategy', () => {
    expect(combinationsOf(core, plan({ methods: ['svm', svm] })).map(({ axis }) => axis)).toHaveLength(5);
  });
});
