import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { onEveryRuntime } from './all.js';
import { bundleJob, type Bundles } from './bundle.js';
import { node } from './drivers/process.js';
import type { JobResult } from './job.js';

const vectors = JSON.parse(readFileSync(new URL('../vectors/audio.json', import.meta.url), 'utf8')) as Record<
  string,
  { functionals: string }
>;
/** What the features of the ten signals must be (test/js/audio/sets/compare-2013/extract.bits.test.ts). */
const features = Object.fromEntries(Object.entries(vectors).map(([name, v]) => [name, v.functionals]));

let job: Bundles;
const log: string[] = [];
let reference: JobResult;

beforeAll(async () => {
  job = await bundleJob('./job.ts', mkdtempSync(join(tmpdir(), 'satnmf-job-')));
  reference = await node.run(job);
}, 300_000);
afterAll(() => {
  rmSync(job.folder, { recursive: true, force: true });
  console.log(log.join('\n'));
});

describe('the same bits on every runtime', async () => {
  await onEveryRuntime('keeps the contract and gives the digest that Node gives', async (runtime) => {
    const { same, about } = await runtime.run(job);
    log.push(`${runtime.name.padEnd(8)} ${String(same['digest'])} ${JSON.stringify(about)}`);
    expect(same['failures']).toEqual([]);
    expect(same['subjects']).toBe(3);
    expect(same['digest']).toMatch(/^[0-9a-f]{64}$/);
    expect(same['features']).toEqual(features);
    expect(same['recognised']).toMatchObject({ emotion: expect.any(String) as string });
    expect(same).toEqual(reference.same);
  });
});
