/**
 * Builds the demo page into demo/dist/ and serves it, as any server of files can.
 *
 *   node scripts/demo.mjs [--build-only] [--port 8080]
 */
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { nodeModules } from './bundle.mjs';
import { withoutDoors } from './doors.mjs';
import { licenses } from './licenses.mjs';
import { at } from './root.mjs';
import { POLICY, serveDemo } from './serve-demo.mjs';
import { buildWasm } from './wasm.mjs';

/** Files with an address of their own. */
const ENTRIES = {
  page: 'demo/src/page.ts',
  worker: 'demo/src/work/worker.ts',
  thread: 'demo/src/work/thread.ts',
  'recorder-worklet': 'demo/src/recorder-worklet.ts',
};
const STATIC = ['demo/style.css', 'demo/icon.svg', 'js/io/emodb/emodb.bin'];

/**
 * The page as a folder of files.
 *
 * @param {string} folder it is emptied first
 */
export async function buildDemo(folder) {
  await buildWasm();
  const { version } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const options = {
    bundle: true,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    minify: true,
    legalComments: 'none',
    absWorkingDir: at('.'),
    tsconfig: at('tsconfig.json'),
    plugins: [withoutDoors, nodeModules],
    logLevel: 'warning',
    metafile: true,
  };
  const { metafile } = await build({
    ...options,
    entryPoints: Object.entries(ENTRIES).map(([out, file]) => ({ in: at(file), out })),
    outdir: folder,
    chunkNames: 'chunk-[hash]',
    splitting: true,
    define: { __VERSION__: JSON.stringify(version) },
  });
  for (const file of STATIC) cpSync(at(file), join(folder, file.split('/').pop()));
  const html = readFileSync(at('demo/index.html'), 'utf8').replace('%POLICY%', POLICY);
  writeFileSync(join(folder, 'index.html'), html);
  writeFileSync(join(folder, 'THIRD-PARTY-LICENSES.txt'), licenses([metafile]));

  // Last: it names all the others.
  const files = readdirSync(folder).sort();
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update(readFileSync(join(folder, file)));
  await build({
    ...options,
    entryPoints: [at('demo/src/service-worker.ts')],
    outdir: folder,
    define: {
      __FILES__: JSON.stringify(['./', ...files]),
      __CACHE__: JSON.stringify(hash.digest('hex').slice(0, 16)),
    },
  });
}

/** The first port from this one on that is free. */
async function serveFrom(folder, first) {
  for (let port = first; ; port++)
    try {
      return await serveDemo(folder, port);
    } catch (error) {
      if (error.code !== 'EADDRINUSE' || port >= first + 100) throw error;
    }
}

if (process.argv[1] === at('scripts/demo.mjs')) {
  const arguments_ = process.argv.slice(2);
  const asked = arguments_.indexOf('--port');
  const port = asked < 0 ? 8080 : Number(arguments_[asked + 1]);
  const known = arguments_.every(
    (word, i) => ['--build-only', '--port'].includes(word) || (asked >= 0 && i === asked + 1),
  );
  if (!known || !Number.isInteger(port) || port < 0 || port > 65535) {
    console.error('node scripts/demo.mjs [--build-only] [--port 8080]');
    process.exit(2);
  }
  const folder = at('demo/dist');
  await buildDemo(folder);
  if (arguments_.includes('--build-only')) console.log('The page is in demo/dist/.');
  else {
    const server = await serveFrom(folder, port);
    console.log(
      `http://localhost:${server.address().port}/    (Ctrl-C ends it; the page itself is demo/dist/)`,
    );
  }
}
