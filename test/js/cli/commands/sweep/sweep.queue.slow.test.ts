/**
 * Sweeps through a real Redis: workers that are killed, come late, and wait for a Redis that is gone.
 */
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRunStore } from '../../../../../js/outside/node/run-store.js';
import { Redis, redisAbsent, Satnmf } from './redis.js';
import { timeless, writeSweep } from './sweeps.js';
import { Folder } from '../../tables.js';

const absent = redisAbsent();
const folder = new Folder();
const children: Satnmf[] = [];
let redis: Redis;
let plan: string;
let whole: unknown;

const start = (...args: string[]): Satnmf => {
  const child = new Satnmf('sweep', ...args);
  children.push(child);
  return child;
};
const worker = (): Satnmf =>
  start('worker', '--redis', redis.url, '--data', folder.at('data'), '--jobs', '1', '--lease', '2');
const producer = (store: string): Satnmf =>
  start('run', plan, '--redis', redis.url, '--data', folder.at('data'), '-o', folder.at(store), '--json');

beforeAll(async () => {
  if (absent !== null) return;
  plan = await writeSweep(folder, 600);
  redis = await Redis.start(folder.path);
  await start('run', plan, '-o', folder.at('whole.jsonl'), '-q').ended();
  whole = timeless(await readRunStore(folder.at('whole.jsonl')));
}, 120_000);

afterAll(async () => {
  for (const child of children) await child.kill();
  await redis?.kill();
  folder.remove();
}, 60_000);

describe.skipIf(absent !== null && process.env['CI'] === undefined)(
  `a queue (${absent ?? 'on Redis'})`,
  () => {
    it('three workers, one killed in the middle of a point, one late: each point once, the same table', async () => {
      const run = producer('killed.jsonl');
      const [first, second] = [worker(), worker()];
      await first.says('satnmf\n');
      await first.kill();
      const third = worker();
      expect(await run.ended()).toBe(0);
      const runs = await readRunStore(folder.at('killed.jsonl'));
      expect(timeless(runs)).toEqual(whole);
      expect(JSON.parse(run.out)).toMatchObject({ computed: runs.length, failed: 0 });
      for (const one of [second, third]) {
        one.process.kill('SIGINT');
        expect(await one.ended()).toBe(130);
      }
    });

    it('Redis gone for 10 s: workers and the sweep wait and go on', async () => {
      const run = producer('gone.jsonl');
      const workers = [worker(), worker()];
      await workers[0].says('satnmf\n');
      await redis.kill();
      await run.says('Redis does not answer');
      await setTimeout(10_000);
      await redis.resume();
      expect(await run.ended()).toBe(0);
      expect(run.err).toContain('Redis answers again');
      expect(timeless(await readRunStore(folder.at('gone.jsonl')))).toEqual(whole);
      for (const one of workers) await one.kill('SIGINT');
    });

    it('a sweep that was killed takes what workers did meanwhile', async () => {
      const run = producer('resumed.jsonl');
      const one = worker();
      await one.says('satnmf\n');
      await run.kill();
      await setTimeout(2000);
      const again = producer('resumed.jsonl');
      expect(await again.ended()).toBe(0);
      expect(timeless(await readRunStore(folder.at('resumed.jsonl')))).toEqual(whole);
      await one.kill('SIGINT');
    });
  },
);
