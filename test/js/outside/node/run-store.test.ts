import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import type { FailedRun } from '../../../../js/experiment/results/run.js';
import { readRunStore, RunStore } from '../../../../js/outside/node/run-store.js';
import { Folder } from '../../cli/tables.js';

const folder = new Folder();
afterAll(() => folder.remove());

const run = (digit: string, seconds = 1): FailedRun => ({
  format: 1,
  id: digit.repeat(32),
  scheme: 's',
  source: { name: 'a', sha256: '0'.repeat(64), rows: 1 },
  target: { name: 'b', sha256: '1'.repeat(64), rows: 1 },
  classes: ['anger', 'fear'],
  method: 'svm',
  options: { C: 1 },
  varied: {},
  axis: null,
  partial: false,
  seed: 1,
  seconds,
  versions: { satnmf: '0', wasm: '', runtime: '' },
  finished: '2026-01-01T00:00:00.000Z',
  error: { code: 'internal', message: 'no' },
});

it('a store is read as it was written', async () => {
  const file = folder.at('plain.jsonl');
  const store = await RunStore.open(file);
  await Promise.all([store.append(run('a')), store.append(run('b'))]);
  await store.close();
  expect(await readRunStore(file)).toEqual([run('a'), run('b')]);
  expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(3);
});

it('a torn last line is left out, and cut off before the next run', async () => {
  const file = folder.at('torn.jsonl');
  for (const cut of [1, 40, JSON.stringify(run('b')).length]) {
    writeFileSync(file, `${JSON.stringify(run('a'))}\n${JSON.stringify(run('b')).slice(0, cut)}`);
    expect(await readRunStore(file)).toEqual([run('a')]);
    const store = await RunStore.open(file);
    expect([...store.runs.keys()]).toEqual([run('a').id]);
    await store.append(run('c'));
    await store.close();
    expect(await readRunStore(file)).toEqual([run('a'), run('c')]);
  }
});

it('a broken line that is not the last is an error, and the file stays as it is', async () => {
  const file = folder.at('broken.jsonl');
  writeFileSync(file, `{"format":1\n${JSON.stringify(run('a'))}\n`);
  await expect(RunStore.open(file)).rejects.toThrow(`${file}, line 1: is not JSON`);
  expect(readFileSync(file, 'utf8')).toContain('{"format":1\n');
  expect(existsSync(`${file}.lock`)).toBe(false);
});

it.each([
  ['one line of JSON', '{"schemes":["e2E"],"methods":["svm"]}'],
  ['text', 'remember the milk'],
  ['text after an empty line', '\nremember the milk'],
  ['text after a run', `${JSON.stringify(run('a'))}\n# measured on Monday`],
  ['another version of a run', '{"format":12,"id"'],
])('a file that ends in %s is no store, and stays as it is', async (_, content) => {
  const file = folder.write('foreign.txt', content);
  await expect(RunStore.open(file)).rejects.toThrow(`${file}: is no store of runs`);
  await expect(readRunStore(file)).rejects.toThrow(`${file}: is no store of runs`);
  expect(readFileSync(file, 'utf8')).toBe(content);
  expect(existsSync(`${file}.lock`)).toBe(false);
});

it('one process writes at a time; the lock of a dead one is taken over', async () => {
  const file = folder.at('locked.jsonl');
  const store = await RunStore.open(file);
  await expect(RunStore.open(file)).rejects.toThrow('writes to it');
  await store.close();
  for (const left of ['', '{"ho', JSON.stringify({ host: 'elsewhere', pid: 1 })]) {
    writeFileSync(`${file}.lock`, left);
    if (left.includes('elsewhere')) {
      await expect(RunStore.open(file)).rejects.toThrow('process 1 of elsewhere');
      continue;
    }
    await (await RunStore.open(file)).close();
  }
});
