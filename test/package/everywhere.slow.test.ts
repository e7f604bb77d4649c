/**
 * The packed package, imported and bundled in every way, gives the digest that is published.
 */
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify, stripVTControlCharacters } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PUBLISHED_DIGEST } from '../../js/experiment/digest/published-digest.js';
import { speech } from '../examples/project.js';
import { serving } from '../examples/serve.js';
import { itWith } from '../runtimes/all.js';
import { chromium, firefox } from '../runtimes/drivers/browser.js';
import { bun, deno } from '../runtimes/drivers/process.js';
import { workerd } from '../runtimes/drivers/workerd.js';
import { BUN, DENO, NODE, NODE_24 } from '../runtimes/programs.js';
import { installed } from '../runtimes/runtime.js';
import { packageJson, root } from './built.js';
import { packedProject } from './packed.js';

const run = promisify(execFile);

/** What is asked everywhere: the digest of the fixed fits, and one of the features of a recording. */
const JOB = `
import { fixedFitDigest } from 'satnmf/methods';
import { extract } from 'satnmf/audio';

export async function digests() {
  const wav = Uint8Array.from(atob(WAV), (c) => c.charCodeAt(0));
  const { features } = await extract(wav);
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', features.data));
  const hex = Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return { fits: (await fixedFitDigest()).digest, features: hex };
}
const WAV = ${JSON.stringify(Buffer.from(speech(1)).toString('base64'))};
`;
const PRINT = `import { digests } from './job.mjs';\nconsole.log(JSON.stringify(await digests()));\n`;
/** Where a page puts what it found. */
const SHOW = `
import { digests } from './job.mjs';
digests().then(
  (found) => (document.title = JSON.stringify(found)),
  (error) => (document.title = JSON.stringify(String(error?.stack ?? error))),
);
`;
const PAGE = '<!doctype html><title></title><script type="module" src="/show.mjs"></script>';

interface Digests {
  readonly fits: string;
  readonly features: string;
}

let project: string;
let reference: Digests;
const write = (name: string, text: string): void => writeFileSync(join(project, name), text);

beforeAll(async () => {
  project = await packedProject();
  write('job.mjs', JOB);
  write('print.mjs', PRINT);
  write('show.mjs', SHOW);
  write('index.html', PAGE);
  reference = await printedBy(NODE);
}, 300_000);
afterAll(() => rmSync(project, { recursive: true, force: true }));

async function printedBy(program: string | undefined, ...flags: string[]): Promise<Digests> {
  const env = { ...process.env, DENO_DIR: join(project, 'deno'), DENO_NO_UPDATE_CHECK: '1' };
  const { stdout } = await run(program ?? '', [...flags, 'print.mjs'], { cwd: project, env });
  return JSON.parse(stdout) as Digests;
}

describe('the packed package, imported', async () => {
  const node24 =
    NODE_24 === undefined ? { missing: 'it is not in test/runtimes/node_modules' } : { version: '24' };

  it(`Node ${process.version} gives the published digest`, () => {
    expect(reference.fits).toBe(PUBLISHED_DIGEST);
  });
  itWith('Node 24', node24, 'gives the same', async () =>
    expect(await printedBy(NODE_24)).toEqual(reference),
  );
  itWith('Deno', await deno.find(), 'gives the same, without a permission', async () =>
    expect(await printedBy(DENO, 'run', '--no-prompt', '--no-remote')).toEqual(reference),
  );
  itWith('Bun', await bun.find(), 'gives the same', async () =>
    expect(await printedBy(BUN)).toEqual(reference),
  );
});

/** The part of webpack that is used here. */
type Webpack = (
  config: object,
  done: (error: Error | null, stats?: { hasErrors(): boolean; toString(): string }) => void,
) => void;

/** Ways into a page: each leaves index.html and what it needs in a folder of the project. */
const PAGES: Readonly<Record<string, (out: string) => Promise<unknown>>> = {
  /** By paths, those that `exports` names. */
  async 'no bundler'(out) {
    const job = JOB.replace(/'satnmf(\/\w+)'/g, (_, entry: string) => {
      const { default: file } = packageJson.exports[`.${entry}`] as Record<string, string>;
      return `'./node_modules/satnmf/${file}'`;
    });
    mkdirSync(out);
    cpSync(join(project, 'node_modules'), join(out, 'node_modules'), { recursive: true });
    writeFileSync(join(out, 'job.mjs'), job);
    writeFileSync(join(out, 'show.mjs'), SHOW);
    writeFileSync(join(out, 'index.html'), PAGE);
  },
  async esbuild(out) {
    await build({
      absWorkingDir: project,
      entryPoints: ['show.mjs'],
      outdir: out,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      splitting: true,
      format: 'esm',
      logLevel: 'silent',
    });
    writeFileSync(join(out, 'index.html'), PAGE);
  },
  /** The one that vitest brings along. */
  async Vite(out) {
    const program = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
    await run(process.execPath, [program, 'build', '--outDir', out], { cwd: project });
  },
  async webpack(out) {
    const webpack = installed<Webpack>('webpack');
    if (!webpack) throw new Error('webpack is not in test/runtimes/node_modules.');
    const output = { path: out, filename: 'show.mjs', publicPath: '/' };
    await new Promise<void>((resolve, reject) =>
      webpack({ context: project, entry: './show.mjs', mode: 'production', output }, (error, stats) => {
        if (error) reject(error);
        else if (stats?.hasErrors()) reject(new Error(stats.toString()));
        else resolve();
      }),
    );
    writeFileSync(join(out, 'index.html'), PAGE);
  },
};

for (const [way, make] of Object.entries(PAGES))
  describe(`the packed package in pages, by ${way}`, async () => {
    const folder = (): string => join(project, `page-${way.replace(' ', '-')}`);
    beforeAll(() => make(folder()), 120_000);

    for (const browser of [chromium, firefox])
      itWith(browser.name, await browser.find(), 'gives the same', () =>
        serving(folder(), (url) =>
          browser.visit(url, async (page) => {
            await page.waitForFunction("document.title !== ''", { timeout: 120_000, polling: 100 });
            const shown = await page.$eval('title', (title) => title.textContent ?? '');
            expect(JSON.parse(shown)).toEqual(reference);
          }),
        ),
      );
  });

describe('the packed package at the edge', async () => {
  itWith('workerd', await workerd.find(), 'gives the same, bundled by esbuild', async () => {
    const folder = join(project, 'edge');
    const worker = join(folder, 'worker.mjs');
    await build({
      absWorkingDir: project,
      stdin: {
        contents: `import { digests } from './job.mjs';
          const answer = () => digests().then((same) => ({ same, about: {} }), (error) => ({ error: String(error.stack) }));
          export default { fetch: async () => Response.json(await answer()) };`,
        resolveDir: project,
      },
      outfile: worker,
      bundle: true,
      format: 'esm',
      conditions: ['workerd'],
      loader: { '.wasm': 'copy' },
      assetNames: '[name]',
      logLevel: 'silent',
    });
    const { same } = await workerd.run({ folder, worker, script: '', page: '' });
    expect(same).toEqual(reference);
  });
});

describe('the package as JSR takes it', async () => {
  itWith('Deno', await deno.find(), 'is complete, and its types are sound', async () => {
    const folder = join(project, 'jsr');
    await run(process.execPath, [join(root, 'scripts', 'jsr.mjs'), folder]);
    const env = { ...process.env, DENO_DIR: join(project, 'deno'), DENO_NO_UPDATE_CHECK: '1', NO_COLOR: '1' };
    const args = ['publish', '--dry-run', '--allow-dirty'];
    const { stderr } = await run(DENO ?? '', args, { cwd: folder, env, maxBuffer: 1 << 24 });
    expect(stripVTControlCharacters(stderr)).toMatch(/Success Dry run complete/);
  });
});
