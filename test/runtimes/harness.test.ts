import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { onEveryRuntime } from './all.js';
import { bundleJob, type Bundles } from './bundle.js';

let job: Bundles;
const log: string[] = [];

beforeAll(async () => {
  job = await bundleJob('./probe.ts', mkdtempSync(join(tmpdir(), 'satnmf-probe-')));
});
afterAll(() => {
  rmSync(job.folder, { recursive: true, force: true });
  console.log(log.join('\n'));
});

const NATIVE = { compiledSimd: 7, codeFromStrings: 7 };
const EXPECTED: Record<string, object> = {
  Node: { ...NATIVE, node: 'string', page: 'undefined' },
  Deno: { ...NATIVE, node: 'string', page: 'undefined' },
  Bun: { ...NATIVE, node: 'string', page: 'undefined' },
  // Neither bytes nor strings become code at the edge.
  workerd: { compiledSimd: 'refused', codeFromStrings: 'refused', node: 'undefined', page: 'undefined' },
  // The page's policy lets wasm through, and nothing else.
  Chromium: { compiledSimd: 7, codeFromStrings: 'refused', node: 'undefined', page: 'object' },
  Firefox: { compiledSimd: 7, codeFromStrings: 'refused', node: 'undefined', page: 'object' },
};

describe('the conditions under which the runtimes are compared', async () => {
  await onEveryRuntime('runs SIMD under the rules its users live with', async (runtime) => {
    const { same, about } = await runtime.run(job);
    log.push(`${runtime.name.padEnd(8)} ${JSON.stringify(about)}`);
    expect(same).toEqual({ validSimd: true, ...EXPECTED[runtime.name] });
  });
});
