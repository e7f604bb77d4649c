/**
 * Cold start: from before the package is imported to the end of a first small fit (bench/jobs/start.ts), each time
 * in a fresh process or page, of the package as it is published. Loading a page or starting a process is not in it.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build, type BuildOptions } from 'esbuild';
import type { Bundles } from '../../test/runtimes/bundle.js';
import type { Runtime } from '../../test/runtimes/runtime.js';
import { notMeasured, row, type Row, spread, subject } from '../harness.js';
import type { Stages } from '../jobs/start.js';

// Read as the drivers are loaded, which look for the runtimes beside themselves otherwise.
process.env['SATNMF_RUNTIMES'] = resolve('test/runtimes');
const { chromium, firefox } = await import('../../test/runtimes/drivers/browser.js');
const { bun, deno, node } = await import('../../test/runtimes/drivers/process.js');
const { workerd } = await import('../../test/runtimes/drivers/workerd.js');

const ROUNDS = 7;

const ASKED: Readonly<Record<string, { target: string }>> = {
  Node: { target: '≤ 25 ms' },
  Chromium: { target: '≤ 60 ms' },
  Firefox: { target: '≤ 60 ms' },
};

/** What is run, and where its result goes. */
const run = (send: string): string => `
import { stages } from './bench/jobs/start.ts';
let answer;
try { answer = { same: {}, about: await stages(() => import('./satnmf.js')) }; }
catch (error) { answer = { error: String(error?.stack ?? error) }; }
${send}
`;

async function bundle(folder: string): Promise<Bundles> {
  const common: BuildOptions = {
    bundle: true,
    format: 'esm',
    target: 'es2022',
    platform: 'neutral',
    minify: true,
    logLevel: 'warning',
  };
  const job = (outfile: string, send: string): Promise<unknown> =>
    build({
      ...common,
      outfile: join(folder, outfile),
      stdin: { contents: run(send), resolveDir: resolve('.') },
      external: ['./satnmf.js'],
    });
  await build({ ...common, entryPoints: ['dist/index.js'], outfile: join(folder, 'satnmf.js') });
  await job('script.mjs', 'console.log(JSON.stringify(answer));');
  await job('page.mjs', "await fetch('/result', { method: 'POST', body: JSON.stringify(answer) });");
  // workerd loads all modules before the first request, and its clock stands still.
  await build({
    ...common,
    outfile: join(folder, 'worker.mjs'),
    conditions: ['workerd'],
    loader: { '.wasm': 'copy' },
    assetNames: '[name]',
    stdin: {
      contents: `
import * as satnmf from './dist/edge/index.js';
import { stages } from './bench/jobs/start.ts';
const answer = async () => ({ same: {}, about: await stages(async () => satnmf) });
export default { async fetch() { return new Response(JSON.stringify(await answer())); } };`,
      resolveDir: resolve('.'),
    },
  });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  const at = (name: string): string => join(folder, name);
  return { folder, script: at('script.mjs'), page: at('page.mjs'), worker: at('worker.mjs') };
}

async function rowOf(runtime: Runtime, job: Bundles): Promise<Row> {
  const found = await runtime.find();
  const asked = ASKED[runtime.name] ?? {};
  const name = `${runtime.name}, import to end of a small fit`;
  if ('missing' in found) return notMeasured(name, found.missing, asked);
  const seen: Stages[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    const { about } = await runtime.run(job);
    seen.push(about as unknown as Stages);
  }
  const { imported, loaded, fitted } = {
    imported: spread(seen.map((one) => one.imported)),
    loaded: spread(seen.map((one) => one.loaded)),
    fitted: spread(seen.map((one) => one.fitted)),
  };
  if (fitted.median === 0) return notMeasured(name, 'its clock stands still while it computes', asked);
  const note = `import ${imported.median.toFixed(1)} ms, Core at ${loaded.median.toFixed(1)} ms, ${ROUNDS} fresh starts`;
  return row({ name, value: fitted, unit: 'ms', note, ...asked });
}

await subject('start', async (say) => {
  const folder = mkdtempSync(join(tmpdir(), 'satnmf-start-'));
  try {
    const job = await bundle(folder);
    const rows: Row[] = [];
    for (const runtime of [node, deno, bun, workerd, chromium, firefox]) {
      say(`${runtime.name} …`);
      rows.push(await rowOf(runtime, job));
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
