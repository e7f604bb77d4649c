import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Interrupted } from '../../../../../js/cli/screen/exit-code.js';
import { readShard } from '../../../../../js/sweep/shard.js';
import { evaluate, pairOf } from '../../../../../js/experiment/evaluation.js';
import { methodByName } from '../../../../../js/methods/registry.js';
import { readRunStore } from '../../../../../js/outside/node/run-store.js';
import { captured } from '../../captured.js';
import { timeless } from './sweeps.js';
import { Folder, smallPair } from '../../tables.js';

const folder = new Folder();
afterAll(() => folder.remove());

const QUICK = { r: 4, trials: 2, maxIterations: 12 };
const ROUNDS = { ...QUICK, rounds: 2, maxIterations: 40 };
const PLAN = {
  corpora: { one: 's.npy', two: 't.npy' },
  schemes: [
    { name: 'forth', source: 'one', target: 'two' },
    { name: 'back', source: 'two', target: 'one', emotions: ['anger', 'happiness', 'sadness'] },
  ],
  methods: [
    { method: 'svm', axes: { C: [0.1, 1] } },
    { method: 'satnmf', options: QUICK, axes: { C: [0.1, 10], gamma: [1, 10] } },
    // Iterates without telling its objective after each iteration.
    { method: 'fstsl', options: { r: 3, maxIterations: 2 } },
    { method: 'stnmf-lambda', options: ROUNDS },
  ],
  seeds: [1, 2],
  sourceCv: 2,
  traces: true,
};
const POINTS = 2 * 2 * (3 + 5 + 1 + 1);

beforeAll(async () => {
  const { source, target } = await smallPair();
  folder.writeTable('s.npy', source);
  folder.writeTable('t.npy', target);
  folder.write('plan.json', JSON.stringify(PLAN));
});

const sweep = (...args: string[]) => captured(['sweep', ...args, '-q']);

it('plan says how many points there are', async () => {
  const { code, out } = await captured(['sweep', 'plan', folder.at('plan.json')]);
  expect([code, out]).toEqual([0, expect.stringContaining(`${POINTS} points.`)]);
  const { out: json } = await captured(['sweep', 'plan', folder.at('plan.json'), '--json']);
  expect(JSON.parse(json)).toMatchObject({ count: POINTS, final: true });
});

it('plan counts a fit for points that differ only in C, unless there are rounds', async () => {
  const counted = async (rounds: number): Promise<[fits: number, seconds: number]> => {
    const methods = [{ method: 'satnmf', options: { ...QUICK, rounds }, axes: { C: [0.1, 10, 100] } }];
    const plan = { ...PLAN, methods, schemes: PLAN.schemes.slice(0, 1), seeds: [1], sourceCv: undefined };
    const file = folder.write('rounds.json', JSON.stringify(plan));
    const { out } = await captured(['sweep', 'plan', file]);
    const [, points, fits] = /\| forth +\| satnmf +\| +(\d+) \| +(\d+) \|/.exec(out) ?? [];
    const { coreSeconds } = JSON.parse((await captured(['sweep', 'plan', file, '--json'])).out);
    expect(points).toBe('4');
    return [Number(fits), coreSeconds];
  };
  const [[one, short], [many, long]] = [await counted(1), await counted(2)];
  expect([one, many]).toEqual([1, 4]);
  // Four fits of about twice the iterations.
  expect(long / short).toBeGreaterThan(6);
  expect(long / short).toBeLessThanOrEqual(8);
});

it('run computes every point once, and again nothing', async () => {
  const { code, out } = await sweep('run', folder.at('plan.json'), '--jobs', '2', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ points: POINTS, computed: POINTS, failed: 0 });
  const runs = await readRunStore(folder.at('plan.runs.jsonl'));
  expect(new Set(runs.map(({ id }) => id)).size).toBe(POINTS);
  for (const run of runs) {
    expect(run).toMatchObject({
      sourceCv: expect.any(Number),
      versions: { wasm: expect.stringMatching(/^\w{64}$/) },
    });
    if ('objective' in run)
      expect(run.objective?.length).toBe(/nmf/.test(run.method) ? run.iterations[0] : 0);
  }
  const again = await sweep('run', folder.at('plan.json'), '--json');
  expect(JSON.parse(again.out)).toMatchObject({ points: POINTS, computed: 0 });
});

it('keeps the objective of the first trial of the last round', async () => {
  const { source, target } = await smallPair();
  const told: number[] = [];
  const { evaluation } = await evaluate(
    methodByName('stnmf-lambda', { ...ROUNDS, seed: 1 }),
    pairOf(source, target),
    {
      onProgress({ phase, trial, iteration, objective }) {
        if (phase === 'factorize' && trial === ROUNDS.trials && objective !== undefined)
          told[iteration - 1] = objective;
      },
    },
  );
  const runs = await readRunStore(folder.at('plan.runs.jsonl'));
  const run = runs.find((one) => one.method === 'stnmf-lambda' && one.seed === 1 && one.scheme === 'forth');
  expect(run).toMatchObject({ objective: told.slice(0, evaluation.iterations[0]) });
});

it.each(['run', 'merge'])('%s writes onto nothing that it reads, and onto no other file', async (name) => {
  const plan = folder.at('plan.json');
  const stores = name === 'merge' ? [folder.at('plan.runs.jsonl')] : [];
  const notes = folder.write('notes.txt', 'remember the milk');
  const inputs = [plan, folder.at('s.npy'), folder.at('s.csv'), folder.at('t.columns.txt'), ...stores];
  for (const out of name === 'run' ? [...inputs, notes] : inputs) {
    const before = readFileSync(out);
    const { code, err } = await sweep(name, plan, ...stores, '-o', out);
    const why = out === notes ? `${notes}: is no store of runs` : `"out": ${out} is`;
    expect([out, code, err]).toEqual([out, 2, expect.stringContaining(why)]);
    expect(readFileSync(out).equals(before)).toBe(true);
  }
});

it('run leaves a plan of one line alone that is not called by its name', async () => {
  symlinkSync(folder.at('plan.json'), folder.at('link.json'));
  const { code, err } = await sweep('run', folder.at('plan.json'), '-o', folder.at('link.json'));
  expect([code, err]).toEqual([2, expect.stringContaining(`is the input ${folder.at('plan.json')}`)]);
  expect(JSON.parse(readFileSync(folder.at('plan.json'), 'utf8'))).toEqual(PLAN);
});

it('shards, in whatever order, come to the same table', async () => {
  const whole = timeless(await readRunStore(folder.at('plan.runs.jsonl')));
  const merged: unknown[] = [];
  for (const [count, order] of [
    [1, [1]],
    [3, [2, 1, 3]],
    [7, [7, 3, 1, 5, 2, 6, 4]],
  ] as const) {
    for (const i of order)
      await sweep('run', folder.at('plan.json'), '--shard', `${i}/${count}`, '--jobs', '1');
    const stores = order.map((i) => folder.at(`plan.${i}-of-${count}.jsonl`));
    if (count > 1) {
      const less = ['-o', folder.at('less.jsonl')];
      const lacking = await sweep('merge', folder.at('plan.json'), ...stores.slice(1), ...less);
      expect([lacking.code, lacking.err]).toEqual([2, expect.stringContaining('points are missing')]);
      expect(existsSync(folder.at('less.jsonl'))).toBe(false);
    }
    const out = folder.at(`merged-${count}.jsonl`);
    const { code } = await sweep('merge', folder.at('plan.json'), ...stores, '-o', out);
    expect(code).toBe(0);
    const runs = await readRunStore(out);
    expect(timeless(runs)).toEqual(whole);
    const table = await captured(['report', out, '--select', 'source-cv', '--resamples', '200', '--json']);
    merged.push([runs.map(({ id }) => id), { ...JSON.parse(table.out), files: [] }]);
  }
  expect(merged[1]).toEqual(merged[0]);
  expect(merged[2]).toEqual(merged[0]);
});

it('merge counts what is there twice and refuses what contradicts itself', async () => {
  const store = folder.at('plan.runs.jsonl');
  const out = folder.at('twice.jsonl');
  const { out: json } = await sweep('merge', folder.at('plan.json'), store, store, '-o', out, '--json');
  expect(JSON.parse(json)).toMatchObject({ merged: POINTS, twice: POINTS, missing: 0 });
  const other = readFileSync(store, 'utf8').replace(/"uar":[^,]+/, '"uar":0.0123');
  const { code, err } = await sweep(
    'merge',
    folder.at('plan.json'),
    store,
    folder.write('other.jsonl', other),
    '-o',
    out,
  );
  expect([code, err]).toEqual([2, expect.stringContaining('has two different results')]);
});

it('status tells what is missing', async () => {
  const some = readFileSync(folder.at('plan.runs.jsonl'), 'utf8').split('\n').slice(0, 9).join('\n');
  const { out } = await sweep(
    'status',
    folder.at('plan.json'),
    folder.write('some.jsonl', `${some}\n{"form`),
    '--json',
  );
  expect(JSON.parse(out)).toMatchObject({ points: POINTS, missing: POINTS - 9, failed: 0 });
});

it('a point that fails is kept as failed, the others run, and it is tried again when asked', async () => {
  // What is not normalised must lie within 1e15.
  const plan = {
    ...PLAN,
    methods: [{ method: 'svm', options: { normalize: 'none' } }],
    sourceCv: undefined,
    seeds: [1],
  };
  const bad = readFileSync(folder.at('s.npy'));
  const features = Float32Array.from({ length: 48 * 24 }, () => 1);
  features[30] = 1e30;
  bad.set(new Uint8Array(features.buffer), bad.length - features.byteLength);
  folder.write('bad.npy', bad);
  folder.write('bad.csv', readFileSync(folder.at('s.csv')));
  const bads = { ...plan, corpora: { one: 's.npy', two: 't.npy', three: 'bad.npy' } };
  const scheme = { name: 'bad', source: 'three', target: 'two' };
  folder.write('bad.json', JSON.stringify({ ...bads, schemes: [...PLAN.schemes, scheme] }));
  const first = await sweep('run', folder.at('bad.json'), '--json');
  expect(first.code).toBe(1);
  expect(JSON.parse(first.out)).toMatchObject({ points: 3, computed: 3, failed: 1 });
  const second = await sweep('run', folder.at('bad.json'), '--json');
  expect(JSON.parse(second.out)).toMatchObject({ computed: 0, failed: 1 });
  const third = await sweep('run', folder.at('bad.json'), '--json', '--retry-failed');
  expect(JSON.parse(third.out)).toMatchObject({ computed: 1, failed: 1 });
});

it('Ctrl-C finishes the points under way and says how to go on', async () => {
  const interrupt = new AbortController();
  const args = ['sweep', 'run', folder.at('plan.json'), '-o', folder.at('stopped.jsonl'), '--jobs', '1'];
  const { code, err } = await captured(args, {
    signal: interrupt.signal,
    onStderr: (text) => void (text.includes('%') && interrupt.abort(new Interrupted())),
  });
  expect(code).toBe(130);
  expect(err).toContain('Finishing the points under way');
  expect(err).toContain('the same command goes on');
  const some = await readRunStore(folder.at('stopped.jsonl'));
  expect(some.length).toBeGreaterThan(0);
  expect(some.length).toBeLessThan(POINTS);
  const { out } = await captured([...args, '--json']);
  expect(JSON.parse(out)).toMatchObject({ computed: POINTS - some.length });
  const whole = timeless(await readRunStore(folder.at('plan.runs.jsonl')));
  expect(timeless(await readRunStore(folder.at('stopped.jsonl')))).toEqual(whole);
});

it('halving runs its rounds one after the other, and not in shards', async () => {
  const strategy = { kind: 'halving', points: 4, eta: 2, budget: 'trials', select: 'source-cv' };
  const methods = [{ method: 'satnmf', options: { ...QUICK, trials: 4 }, axes: { gamma: [1, 2, 3, 4] } }];
  folder.write('race.json', JSON.stringify({ ...PLAN, seeds: [1], strategy, methods }));
  const { out } = await sweep('run', folder.at('race.json'), '--json');
  expect(JSON.parse(out)).toMatchObject({ points: 2 * (4 + 2 + 1), failed: 0 });
  const { code, err } = await sweep('run', folder.at('race.json'), '--shard', '1/2');
  expect([code, err]).toEqual([2, expect.stringContaining('halving')]);
});

it('a queue needs an address, and a place for the corpora', async () => {
  const plan = folder.at('plan.json');
  for (const [args, sentence] of [
    [['worker', '--redis', 'here', '--data', 'd'], 'must be a URL'],
    [['worker', '--redis', 'redis://127.0.0.1:1'], '--data'],
    [['run', plan, '--redis', 'here', '--data', folder.at('data')], 'must be a URL'],
    [['run', plan, '--redis', 'redis://127.0.0.1:1'], '--data'],
  ] as const) {
    const { code, err } = await captured(['sweep', ...args]);
    expect([code, err]).toEqual([2, expect.stringContaining(sentence)]);
  }
});

it('--data and --queue are refused without --redis', async () => {
  for (const option of ['--data', '--queue']) {
    const { code, err } = await sweep('run', folder.at('plan.json'), option, 'somewhere');
    expect([code, err]).toEqual([2, expect.stringContaining(`"${option}" goes with "--redis"`)]);
  }
});

it('a lease is at least a second, and at most a day', async () => {
  for (const seconds of ['0', '86401', '0.5']) {
    const { code, err } = await captured(['sweep', 'worker', '--lease', seconds]);
    expect([code, err]).toEqual([2, expect.stringMatching(/^error: .*'--lease <seconds>'.* whole number/)]);
    expect(err).not.toContain('    at ');
  }
});

it('emotions are the plan’s, so no command of a sweep takes --emotions', async () => {
  for (const name of ['plan', 'run', 'merge', 'status']) {
    const { code, err } = await sweep(name, folder.at('plan.json'), '--emotions', 'anger');
    expect([name, code, err]).toEqual([name, 2, expect.stringContaining("unknown option '--emotions'")]);
  }
  expect((await sweep('plan', folder.at('plan.json'), '--missing', 'median')).code).toBe(0);
});

it('readShard takes its number from a cluster', () => {
  expect(readShard('3/7', {})).toEqual({ index: 3, count: 7 });
  expect(readShard('auto/7', { JOB_COMPLETION_INDEX: '0' })).toEqual({ index: 1, count: 7 });
  const slurm = { SLURM_ARRAY_TASK_ID: '12', SLURM_ARRAY_TASK_MIN: '10', SLURM_ARRAY_TASK_COUNT: '5' };
  expect(readShard('auto', slurm)).toEqual({ index: 3, count: 5 });
  for (const [text, env] of [
    ['0/7', {}],
    ['8/7', {}],
    ['3', {}],
    ['auto/7', {}],
    ['a/b', {}],
    ['auto/7', { JOB_COMPLETION_INDEX: '7' }],
  ] as const)
    expect(() => readShard(text, env)).toThrow('--shard');
});
