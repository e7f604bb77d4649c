import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { DECLARATIONS } from '../../js/entries/methods.js';
import { itWith } from './all.js';
import { bundleJob, type Bundles } from './bundle.js';
import { bun } from './drivers/process.js';

/** All methods take longer than the three of the other runtimes. */
const PATIENCE = 280_000;

let job: Bundles;

beforeAll(async () => {
  job = await bundleJob('./contract.ts', mkdtempSync(join(tmpdir(), 'satnmf-contract-')));
}, 120_000);
afterAll(() => rmSync(job.folder, { recursive: true, force: true }));

itWith(bun.name, await bun.find(), 'keeps the contract with every method', async () => {
  const { same, about } = await bun.run(job, PATIENCE);
  console.log(`Bun: the contract of all methods in ${about['seconds']} s`);
  expect(same['failures']).toEqual([]);
  expect(same['names']).toEqual(
    DECLARATIONS.map(({ name, traits }) => (traits?.scalesItself ? name : `${name} robust`)),
  );
});
