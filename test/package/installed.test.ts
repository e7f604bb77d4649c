import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { npm, packageJson, root } from './built.js';
import { packedProject } from './packed.js';

const run = promisify(execFile);

/** A project outside of the repository that has nothing but the packed package installed. */
let project: string;
beforeAll(async () => {
  project = await packedProject();
}, 180_000);
afterAll(() => rmSync(project, { recursive: true, force: true }));

/** Runs a module in the project and reads the JSON it prints. */
async function inProject(code: string): Promise<unknown> {
  writeFileSync(join(project, 'run.mjs'), code);
  const { stdout } = await run(process.execPath, ['run.mjs'], { cwd: project, timeout: 120_000 });
  return JSON.parse(stdout);
}

describe('the packed package, installed outside of the repository', () => {
  it('brings no other package along', async () => {
    const { dependencies } = JSON.parse(await npm(['ls', '--all', '--json'], project)) as {
      dependencies: Record<string, { version: string; dependencies?: object }>;
    };
    expect(Object.keys(dependencies)).toEqual(['satnmf']);
    expect(dependencies['satnmf'].version).toBe(packageJson.version);
    // Optional peers are named, empty: they are not there.
    expect(dependencies['satnmf'].dependencies).toEqual({
      '@observablehq/plot': {},
      bullmq: {},
      ioredis: {},
      linkedom: {},
    });
  });

  it('opens every entry that package.json promises', async () => {
    const entries = Object.entries(packageJson.exports)
      .filter(([, target]) => typeof target === 'object')
      .map(([entry]) => entry.replace(/^\./, 'satnmf'));
    const words = (await inProject(
      `const words = {};
       for (const entry of ${JSON.stringify(entries)}) words[entry] = Object.keys(await import(entry));
       console.log(JSON.stringify(words));`,
    )) as Record<string, string[]>;
    for (const entry of entries) expect([entry, words[entry].length > 0]).toEqual([entry, true]);
    expect([...words['satnmf/slim']].sort()).toEqual([...words['satnmf']].sort());
  });

  it('gives the same digest with the embedded wasm and, through the slim entry, with core.wasm', async () => {
    const { embedded, slim, refusal } = (await inProject(
      `import { readFileSync } from 'node:fs';
       import { fileURLToPath } from 'node:url';
       import * as whole from 'satnmf/methods';
       import * as slim from 'satnmf/slim/methods';
       const bytes = readFileSync(fileURLToPath(import.meta.resolve('satnmf/core.wasm')));
       let refusal;
       try { await slim.load(); } catch (error) { refusal = [error.name, error.code, error.message]; }
       const core = await slim.load({ bytes });
       console.log(JSON.stringify({
         embedded: (await whole.fixedFitDigest()).digest,
         slim: (await slim.fixedFitDigest({ core })).digest,
         refusal,
       }));`,
    )) as { embedded: string; slim: string; refusal: string[] };
    expect(embedded).toMatch(/^[0-9a-f]{64}$/);
    expect(slim).toBe(embedded);
    expect(refusal[0]).toBe('SatnmfError');
  });

  it('runs satnmf doctor through npx', async () => {
    const { stdout } = await run('npx', ['--no', 'satnmf', 'doctor'], {
      cwd: project,
      shell: process.platform === 'win32',
      timeout: 120_000,
    });
    expect(stdout).toMatch(/[0-9a-f]{64}/);
  });

  it.each([
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler'],
  ])(
    'has types that stand alone (module %s, resolution %s)',
    { timeout: 180_000 },
    async (module, moduleResolution) => {
      const folder = join(project, `types-${module}`);
      mkdirSync(folder);
      writeFileSync(
        join(folder, 'consumer.ts'),
        `import { SatnmfError, type Corpus, type Method, type Model } from 'satnmf';
       import * as methods from 'satnmf/methods';
       import * as slim from 'satnmf/slim';
       import * as slimMethods from 'satnmf/slim/methods';
       import * as io from 'satnmf/io';
       import * as audio from 'satnmf/audio';
       import * as emodb from 'satnmf/emodb';
       import * as corpora from 'satnmf/corpora';
       import * as worker from 'satnmf/worker';
       import * as node from 'satnmf/node';
       export const entries: object[] = [methods, slim, slimMethods, io, audio, emodb, corpora, worker, node];
       export const dbn: Method<methods.DbnOptions> = methods.dbn({ units1: 8 });
       export const code = (error: unknown): string => (error instanceof SatnmfError ? error.code : '');
       export async function predict(method: Method, source: Corpus, target: Corpus): Promise<string[]> {
         const model: Model = await method.fit({ source, target });
         // @ts-expect-error a Method does not predict
         method.predict();
         return model.predict();
       }\n`,
      );
      const compilerOptions = {
        module,
        moduleResolution,
        target: 'es2022',
        lib: ['es2023', 'dom'],
        types: [],
        strict: true,
        exactOptionalPropertyTypes: true,
        skipLibCheck: false,
        noEmit: true,
      };
      writeFileSync(
        join(folder, 'tsconfig.json'),
        JSON.stringify({ compilerOptions, files: ['consumer.ts'] }),
      );
      const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
      const outcome = await run(process.execPath, [tsc, '-p', folder]).catch(
        (error: { stdout: string }) => error,
      );
      expect(outcome.stdout).toBe('');
    },
  );
});
