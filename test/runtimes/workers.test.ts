import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { onEveryRuntime } from './all.js';
import { bundleJob, type Bundles } from './bundle.js';
import { node } from './drivers/process.js';
import type { JobResult } from './job.js';

let job: Bundles;
let reference: JobResult;
const log: string[] = [];

beforeAll(async () => {
  job = await bundleJob('./workers.ts', mkdtempSync(join(tmpdir(), 'satnmf-workers-')), true);
  reference = await node.run(job);
}, 120_000);
afterAll(() => {
  rmSync(job.folder, { recursive: true, force: true });
  console.log(log.join('\n'));
});

describe('trials spread over workers', async () => {
  await onEveryRuntime(
    'gives the bits that one thread gives, or says that it has no workers',
    async (runtime) => {
      const { same, about } = await runtime.run(job);
      log.push(`${runtime.name.padEnd(8)} ${JSON.stringify(about)}`);
      // One set of bits for any number of workers, after a cancelled fit too, and the same one everywhere.
      expect(same['bits']).toEqual(reference.same['bits']);
      expect(same['bits']).toHaveLength(1);
      expect(same['refusal']).toBe(runtime.name === 'workerd' ? 'unsupported' : 'enough');
    },
  );
});
