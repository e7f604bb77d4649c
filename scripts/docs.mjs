/**
 * `npm run docs`: writes docs/cli.md from the commands, and a site of all documents and the reference of every entry
 * into build/site/. It needs no server of its own, nothing from elsewhere, and no inline script.
 *
 *   node scripts/docs.mjs [--cli-only] [--out FOLDER]
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { cliReference } from './cli-reference.mjs';
import { at } from './root.mjs';
import { site } from './site.mjs';

const { values } = parseArgs({ options: { 'cli-only': { type: 'boolean' }, out: { type: 'string' } } });

/** The tree of commands, out of a bundle of its own: the built command line runs what it is given. */
async function commands() {
  const outfile = at('build/docs/program.mjs');
  await build({
    stdin: {
      contents: `
        import { Writable } from 'node:stream';
        import { programFor } from './js/cli/program.js';
        import { screenOf } from './js/cli/screen/screen.js';
        const nowhere = new Writable({ write: (chunk, encoding, done) => done() });
        export const program = programFor(screenOf({ stdout: nowhere, stderr: nowhere, env: {} }));`,
      resolveDir: at(),
    },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    define: { __VERSION__: JSON.stringify('') },
    logLevel: 'warning',
  });
  return (await import(outfile)).program;
}

// The commands' modules embed the wasm, which the build makes.
if (!existsSync(at('js/core/builtin/embedded-hex.ts')))
  if (
    spawnSync(process.execPath, [at('scripts/build.mjs'), '--wasm-only'], { stdio: 'inherit' }).status !== 0
  )
    process.exit(1);
const reference = await cliReference(await commands());
if (readFileSync(at('docs/cli.md'), 'utf8') !== reference) {
  writeFileSync(at('docs/cli.md'), reference);
  console.error('docs/cli.md has been written anew.');
}
if (!values['cli-only']) {
  const folder = values.out ?? at('build/site');
  await site(folder);
  console.error(`The site begins at ${join(relative('', folder), 'index.html')}.`);
}
