/**
 * Bundles js/ into dist/: the default entries (wasm embedded), the edge build (wasm imported
 * statically) and the slim one (wasm handed in by the caller).
 *
 * The three differ in one file a wasm module: `js/core/module.ts` (and `js/audio/module.ts`) is swapped
 * for `module.static.ts` or `module.none.ts`.
 */
import { builtinModules } from 'node:module';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { licenses } from './licenses.mjs';
import { at } from './root.mjs';
import { MODULES } from './wasm.mjs';

const ENTRIES = [
  ['js/index.ts', 'index'],
  ['js/methods.ts', 'methods'],
  ['js/io/index.ts', 'io'],
  ['js/audio/index.ts', 'audio'],
  ['js/emodb/index.ts', 'emodb'],
  ['js/experiment/corpora/index.ts', 'corpora'],
  ['js/worker/index.ts', 'worker'],
  ['js/worker/worker-thread.ts', 'worker-thread'],
  ['js/worker/sweep-thread.ts', 'sweep-thread'],
  ['js/node/index.ts', 'node'],
  ['js/cli/main.ts', 'cli'],
  ['js/cli/extract-worker.ts', 'extract-worker'],
  ['js/cli/evaluate-worker.ts', 'evaluate-worker'],
];

/**
 * Entries of the edge build: those that have a wasm module inside, and the one whose errors must be of the same
 * class as theirs; and of the slim one.
 */
const EDGE_ENTRIES = ENTRIES.filter(([, out]) => ['index', 'methods', 'audio', 'worker'].includes(out));
const SLIM_ENTRIES = ENTRIES.filter(([, out]) => ['index', 'methods'].includes(out));

/** Swaps js/core/module.ts and js/audio/module.ts for another way to get at the compiled module. */
const moduleFrom = (variant) => ({
  name: 'module-variant',
  setup(b) {
    b.onResolve({ filter: /\/module(-full)?\.js$/ }, (args) => {
      // The variants have every kernel, for whichever entry.
      if (variant === 'module.ts') return undefined;
      const folder = /[\\/]js[\\/](core|audio)[\\/]load(-full)?\.ts$/.exec(args.importer)?.[1];
      return folder === undefined ? undefined : { path: at('js', folder, variant) };
    });
    b.onResolve({ filter: /(satnmf|compare)\.wasm$/ }, ({ path }) => ({
      path: `../${path.split('/').pop()}`,
      external: true,
    }));
  },
});

/**
 * Lets bundled CommonJS packages reach Node's own modules: `require('events')` becomes a static
 * `import 'node:events'`, because `require` does not exist in an ESM bundle. Papa Parse asks for
 * `stream` only to make a Node stream, which nothing here does; it gets an empty module, so that
 * the io entry stays free of Node.
 */
const nodeModules = {
  name: 'node-modules',
  setup(b) {
    const bare = (path) => path.replace(/^node:/, '');
    // linkedom tries a package that draws on canvases, and falls back on this when there is none.
    b.onResolve({ filter: /^canvas$/ }, ({ resolveDir }) => ({ path: join(resolveDir, 'canvas-shim.cjs') }));
    b.onResolve({ filter: /^[a-z_:/]+$/ }, ({ kind, path, importer }) => {
      if (kind !== 'require-call' || !builtinModules.includes(bare(path))) return undefined;
      const unused = importer.includes('papaparse');
      return { path: bare(path), namespace: unused ? 'empty' : 'node', sideEffects: false };
    });
    b.onLoad({ filter: /./, namespace: 'empty' }, () => ({ contents: '' }));
    b.onLoad({ filter: /./, namespace: 'node' }, ({ path }) => ({
      contents: `import it from 'node:${path}'; module.exports = it;`,
    }));
  },
};

/**
 * dist/ with everything that the package ships but its types. Entries that are not written yet
 * are left out, with a line that says so.
 *
 * @param {string} version version of the package, `__VERSION__` in the sources
 */
export async function bundle(version) {
  const options = {
    bundle: true,
    format: 'esm',
    target: 'es2022',
    platform: 'neutral',
    minify: true,
    legalComments: 'none',
    mainFields: ['module', 'main'],
    external: ['node:*'],
    define: { __VERSION__: JSON.stringify(version) },
    logLevel: 'warning',
    metafile: true,
    tsconfigRaw: {},
  };
  rmSync(at('dist'), { recursive: true, force: true });
  mkdirSync(at('dist'), { recursive: true });
  for (const { name } of MODULES) cpSync(at(`build/${name}.wasm`), at(`dist/${name}.wasm`));
  // Found beside its entry, by the address of that: so the entry must not move into a chunk. The same goes for
  // the scripts of workers.
  if (existsSync(at('js/emodb/emodb.bin'))) cpSync(at('js/emodb/emodb.bin'), at('dist/emodb.bin'));

  const [there, missing] = [true, false].map((is) => ENTRIES.filter(([file]) => existsSync(at(file)) === is));
  for (const [file] of missing) console.error(`${file} does not exist: dist/ goes without it.`);
  const metafiles = [];
  const main = await build({
    ...options,
    entryPoints: there.map(([file, out]) => ({ in: at(file), out })),
    outdir: at('dist'),
    chunkNames: 'chunks/[name]-[hash]',
    splitting: true,
    plugins: [moduleFrom('module.ts'), nodeModules],
  });
  metafiles.push(main.metafile);
  for (const [variant, out, entries] of [
    ['module.static.ts', 'dist/edge', EDGE_ENTRIES],
    ['module.none.ts', 'dist/slim', SLIM_ENTRIES],
  ]) {
    const entryPoints = entries
      .filter(([file]) => existsSync(at(file)))
      .map(([file, name]) => ({ in: at(file), out: name }));
    if (entryPoints.length === 0) continue;
    const plugins = [moduleFrom(variant), nodeModules];
    // Shared chunks lie beside the entries, where ../<name>.wasm is right for both.
    const shared = { splitting: true, chunkNames: '[name]-[hash]' };
    metafiles.push((await build({ ...options, ...shared, entryPoints, outdir: at(out), plugins })).metafile);
  }

  if (existsSync(at('dist/cli.js'))) {
    const cli = readFileSync(at('dist/cli.js'), 'utf8');
    if (!cli.startsWith('#!')) writeFileSync(at('dist/cli.js'), `#!/usr/bin/env node\n${cli}`);
    chmodSync(at('dist/cli.js'), 0o755);
  }
  writeFileSync(at('dist/THIRD-PARTY-LICENSES.txt'), licenses(metafiles));
  writeFileSync(at('build/meta.json'), JSON.stringify(metafiles));
}
