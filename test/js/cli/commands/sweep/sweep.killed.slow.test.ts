/**
 * A sweep that is killed again and again.
 */
import { setTimeout } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { readRunStore } from '../../../../../js/outside/node/run-store.js';
import { Satnmf } from './redis.js';
import { POINTS, timeless, writeSweep } from './sweeps.js';
import { Folder } from '../../tables.js';

const KILLS = 20;

const folder = new Folder();
afterAll(() => folder.remove());

it(`kill -9 at ${KILLS} random moments: after resuming nothing is lost, nothing twice`, async () => {
  const plan = await writeSweep(folder, 600);
  const [whole, store] = [folder.at('whole.jsonl'), folder.at('killed.jsonl')];
  const began = performance.now();
  const undisturbed = new Satnmf('sweep', 'run', plan, '-o', whole, '--json');
  expect(await undisturbed.ended()).toBe(0);
  const took = performance.now() - began;
  // Most moments lie in the computing; a store that is complete is begun anew, so that each kill meets work.
  let kills = 0;
  let stores = 0;
  let file = store;
  for (; kills < KILLS; kills++) {
    const run = new Satnmf('sweep', 'run', plan, '-o', file, '-q');
    await setTimeout(Math.random() * took * 0.6);
    if (run.process.exitCode !== null) {
      expect(timeless(await readRunStore(file))).toEqual(timeless(await readRunStore(whole)));
      file = folder.at(`killed-${++stores}.jsonl`);
      kills--;
    } else await run.kill();
  }
  const last = new Satnmf('sweep', 'run', plan, '-o', file, '-q');
  expect(await last.ended()).toBe(0);
  const merged = folder.at('merged.jsonl');
  const merge = new Satnmf('sweep', 'merge', plan, file, '-o', merged, '--json');
  expect(await merge.ended()).toBe(0);
  expect(JSON.parse(merge.out)).toMatchObject({ points: POINTS, merged: POINTS, missing: 0, twice: 0 });
  expect(timeless(await readRunStore(merged))).toEqual(timeless(await readRunStore(whole)));
});
