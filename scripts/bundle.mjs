/**
 * Bundles js/ into dist/: the default entries (wasm embedded), the edge ones (wasm imported statically) and the slim
 * ones (wasm handed in by the caller), which share all code but that.
 *
 * So `js/core/builtin/module.ts` (and `js/audio/builtin/module.ts`) is swapped for `module.given.ts`, and each entry begins with the
 * one that gives its kind of module.
 */
import { builtinModules } from 'node:module';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { build } from 'esbuild';
import { minify } from 'terser';
import { pastDoors, withoutDoors } from './doors.mjs';
import { licenses } from './licenses.mjs';
import { at } from './root.mjs';
import { MODULES } from './wasm.mjs';

/** Packages that may be missing, which the code that needs them says in a sentence. */
const { peerDependencies } = JSON.parse(readFileSync(at('package.json'), 'utf8'));

const CORE = 'js/core/builtin/give-embedded.ts';
const AUDIO = 'js/audio/builtin/give-embedded.ts';
const EDGE_CORE = 'js/core/builtin/give-static.ts';
const EDGE_AUDIO = 'js/audio/builtin/give-static.ts';
const LIGHT_CORE = 'js/core/builtin/give-light.ts';
const LIGHT_AUDIO = 'js/audio/builtin/give-light.ts';
const SLIM_LOAD = 'js/core/builtin/load-slim.ts';

/** Name in dist/, source, what is evaluated before it, and where `load` comes from if not from there. */
const ENTRIES = [
  { out: 'index', file: 'js/entries/index.ts', first: [CORE] },
  { out: 'methods', file: 'js/entries/methods.ts', first: [CORE] },
  { out: 'io', file: 'js/entries/io.ts' },
  { out: 'audio', file: 'js/entries/audio.ts', first: [AUDIO] },
  { out: 'emodb', file: 'js/io/emodb/index.ts' },
  { out: 'corpora', file: 'js/entries/corpora.ts' },
  { out: 'worker', file: 'js/entries/worker.ts' },
  { out: 'worker-thread', file: 'js/outside/worker/worker-thread.ts', first: [CORE] },
  { out: 'node', file: 'js/entries/node.ts', first: [CORE, AUDIO] },
  { out: 'cli', file: 'js/cli/main.ts', first: [CORE, AUDIO] },
  { out: 'extract-worker', file: 'js/cli/extract-worker.ts', first: [AUDIO] },
  { out: 'command-thread', file: 'js/cli/command-thread.ts', first: [CORE] },
  { out: 'edge/index', file: 'js/entries/index.ts', first: [EDGE_CORE] },
  { out: 'edge/methods', file: 'js/entries/methods.ts', first: [EDGE_CORE] },
  { out: 'edge/audio', file: 'js/entries/audio.ts', first: [EDGE_AUDIO] },
  { out: 'edge-light/index', file: 'js/entries/index.ts', first: [LIGHT_CORE] },
  { out: 'edge-light/methods', file: 'js/entries/methods.ts', first: [LIGHT_CORE] },
  { out: 'edge-light/audio', file: 'js/entries/audio.ts', first: [LIGHT_AUDIO] },
  { out: 'slim/index', file: 'js/entries/index.ts', load: SLIM_LOAD },
  { out: 'slim/methods', file: 'js/entries/methods.ts', load: SLIM_LOAD },
];

/**
 * esbuild makes a chunk for each set of entries that share something, some twenty for the default entry, and a file
 * costs half a millisecond of a start. So entries that reach a part of one of these import all of it, and it is one chunk.
 */
const GROUPS = {
  base: [
    'js/errors.ts',
    ...['check', 'feature-sets/compare-2013', 'corpus', 'emotions', 'matrix', 'quote', 'suggest'].map(
      (f) => `js/data/${f}.ts`,
    ),
    ...['container', 'crc32', 'half'].map((f) => `js/io/${f}.ts`),
    ...['compile', 'builtin/embedded-bytes'].map((f) => `js/core/${f}.ts`),
  ],
  fit: ['js/entries/index.ts'],
};
const FITTING = [
  'index',
  'methods',
  'denoiser-models',
  'module-full',
  'worker-thread',
  'command-thread',
  'node',
  'cli',
  'figures',
  'edge/index',
  'edge/methods',
  'edge-light/index',
  'edge-light/methods',
  'slim/index',
  'slim/methods',
];
/** Imported when they are needed, so chunks are cut around them as well. */
const LATER = [
  { out: 'denoiser-models', file: 'js/learn/model/denoiser-models.ts' },
  { out: 'module-full', file: 'js/core/builtin/module-full.ts', first: [CORE] },
  { out: 'figures', file: 'js/cli/figures/figures.ts' },
];
const groupsOf = ({ out }) => (FITTING.includes(out) ? ['base', 'fit'] : ['base']);

/** An entry begins with what gives it its wasm, and ends with its groups. */
const imports = (paths) => paths.map((path) => `import ${JSON.stringify(path)};`).join('\n');
const firstOf = ({ first = [] }) => imports(first.map((file) => at(file)));
const lastOf = (entry) => imports(groupsOf(entry).map((group) => `group:${group}`));

/** The entry's own file, or a module around it where several entries share the file. */
const isShared = ({ file }) => ENTRIES.filter((other) => other.file === file).length > 1;
const inputOf = (entry) => (isShared(entry) ? `entry:${entry.out}` : at(entry.file));

/** Entries and groups as modules. */
const entries = {
  name: 'entries',
  setup(b) {
    b.onResolve({ filter: /^(entry|group):/ }, ({ path }) => {
      const [namespace, name] = path.split(':');
      return { path: name, namespace, sideEffects: true };
    });
    b.onLoad({ filter: /./, namespace: 'group' }, ({ path }) => ({
      contents: GROUPS[path].map((file) => `export * from ${JSON.stringify(at(file))};`).join('\n'),
      resolveDir: at('.'),
    }));
    b.onLoad({ filter: /./, namespace: 'entry' }, ({ path }) => {
      const entry = ENTRIES.find(({ out }) => out === path);
      const lines = [firstOf(entry), `export * from ${JSON.stringify(at(entry.file))};`];
      if (entry.load !== undefined) lines.push(`export { load } from ${JSON.stringify(at(entry.load))};`);
      return { contents: [...lines, lastOf(entry)].join('\n'), resolveDir: at('.') };
    });
    for (const entry of [...ENTRIES, ...LATER].filter((one) => !isShared(one)))
      b.onLoad({ filter: /\.ts$/ }, ({ path }) => {
        if (path !== at(entry.file)) return undefined;
        const own = pastDoors(readFileSync(path, 'utf8'), path);
        return { contents: `${firstOf(entry)}\n${own}\n${lastOf(entry)}`, loader: 'ts' };
      });
  },
};

/** Swaps the modules that loading imports for those that entries give; leaves wasm files where they lie in dist/. */
const givenModules = {
  name: 'given-modules',
  setup(b) {
    b.onResolve({ filter: /\/module(-full)?\.js$/ }, ({ path, importer }) =>
      /[\\/]load(-full)?\.ts$/.test(importer)
        ? { path: join(dirname(importer), path.replace(/\.js$/, '.given.ts')) }
        : undefined,
    );
    // They are there for what they do; package.json, which says that nothing in js/ does anything, is about dist/.
    b.onResolve({ filter: /\/give-(embedded|static|light)\.ts$/ }, ({ path }) => ({
      path,
      sideEffects: true,
    }));
    b.onResolve({ filter: /(satnmf|compare)\.wasm(\?module)?$/ }, ({ path }) => ({
      path: `../${basename(path)}`,
      external: true,
    }));
  },
};

/**
 * Lets bundled CommonJS packages reach Node's own modules: `require('events')` becomes a static
 * `import 'node:events'`, because `require` does not exist in an ESM bundle. Papa Parse asks for
 * `stream` only to make a Node stream, which nothing here does; it gets an empty module, so that
 * the io entry stays free of Node.
 */
export const nodeModules = {
  name: 'node-modules',
  setup(b) {
    const bare = (path) => path.replace(/^node:/, '');
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
 * Parts of cli-progress that nothing here uses: the width of a text, which aligns bars to the right or the centre and
 * needs a list of all emoji, and several bars at once.
 */
const unusedParts = {
  name: 'unused-parts',
  setup(b) {
    const contents = { 'string-width': 'module.exports = ({ length }) => length;', './lib/multi-bar': '' };
    b.onResolve({ filter: /^(string-width|\.\/lib\/multi-bar)$/ }, ({ path, importer }) =>
      importer.includes('cli-progress') ? { path, namespace: 'unused' } : undefined,
    );
    b.onLoad({ filter: /./, namespace: 'unused' }, ({ path }) => ({ contents: contents[path] }));
  },
};

/**
 * Some 3 % less after compression than what esbuild makes of it. Statements and functions stay apart, so that the
 * bundlers of pages still see what they can leave out.
 */
const COMPRESS = { passes: 2, sequences: false, join_vars: false, inline: false, reduce_funcs: false };

async function shrink(files) {
  for (const file of files) {
    const { code } = await minify(readFileSync(at(file), 'utf8'), { module: true, compress: COMPRESS });
    writeFileSync(at(file), code);
  }
}

/**
 * dist/ with everything that the package ships but its types.
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
    external: ['node:*', ...Object.keys(peerDependencies)],
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
  if (existsSync(at('js/io/emodb/emodb.bin'))) cpSync(at('js/io/emodb/emodb.bin'), at('dist/emodb.bin'));

  const { metafile } = await build({
    ...options,
    entryPoints: ENTRIES.map((entry) => ({ in: inputOf(entry), out: entry.out })),
    outdir: at('dist'),
    chunkNames: 'chunks/[name]-[hash]',
    splitting: true,
    // Chunks and the edge entries lie one folder deep, where ../<name>.wasm is right for both.
    plugins: [entries, withoutDoors, givenModules, nodeModules, unusedParts],
  });

  await shrink(Object.keys(metafile.outputs).filter((file) => file.endsWith('.js')));

  if (existsSync(at('dist/cli.js'))) {
    const cli = readFileSync(at('dist/cli.js'), 'utf8');
    if (!cli.startsWith('#!')) writeFileSync(at('dist/cli.js'), `#!/usr/bin/env node\n${cli}`);
    chmodSync(at('dist/cli.js'), 0o755);
  }
  writeFileSync(at('dist/THIRD-PARTY-LICENSES.txt'), licenses([metafile]));
  writeFileSync(at('build/meta.json'), JSON.stringify(metafile));
}
