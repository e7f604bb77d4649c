/**
 * Bundles js/ into dist/: all entries in one build, so that they share all code but what brings them their wasm.
 */
import { builtinModules } from 'node:module';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { build } from 'esbuild';
import { withoutDoors } from './doors.mjs';
import { ENTRIES } from './entries.mjs';
import { licenses } from './licenses.mjs';
import { at } from './root.mjs';
import { MODULES } from './wasm.mjs';

/** Packages that may be missing, which the code that needs them says in a sentence. */
const { peerDependencies } = JSON.parse(readFileSync(at('package.json'), 'utf8'));

/**
 * esbuild makes a chunk of every set of files that the same entries reach: 21 for the default entry, which doubled the
 * time of its import. So that there are few sets, each entry takes along all files of a group: what most entries need
 * some of, and the whole default entry with whatever runs on a Core.
 */
const GROUPS = {
  common: [
    'js/data/check.ts',
    'js/data/corpus.ts',
    'js/data/emotions.ts',
    'js/data/feature-sets/compare-2013.ts',
    'js/io/container/container.ts',
    'js/io/container/half.ts',
    'js/core/compile.ts',
    'js/core/builtin/hex.ts',
  ],
  computing: ['js/entries/index.ts'],
};

const exporting = (file) => `export * from ${JSON.stringify(at(file))};`;

/** An entry as a module: first it gives what it brings, then it is its source, then it takes its groups along. */
function entryModule(name) {
  const { source, brings = [], load } = ENTRIES.find(({ out }) => out === name);
  const runsCore = load !== undefined || brings.some((file) => file.startsWith('js/core/'));
  return [
    ...brings.map((file) => `import "give:${file}";`),
    exporting(source),
    load === undefined ? '' : `export { load } from ${JSON.stringify(at(load))};`,
    'import "group:common";',
    runsCore ? 'import "group:computing";' : '',
  ].join('\n');
}

/** The module that puts a built-in in the place that none.ts keeps for it. */
const giveModule = (file) => `
import { builtIn } from ${JSON.stringify(at(file))};
import { give } from ${JSON.stringify(at(dirname(file), 'none.ts'))};
give(builtIn);`;

const MADE = {
  entry: entryModule,
  give: giveModule,
  group: (name) => GROUPS[name].map(exporting).join('\n'),
};

/** Entries, what they give and groups as modules; what load.ts finds in place of its embedded wasm. */
const entries = {
  name: 'entries',
  setup(b) {
    // package.json, which says that nothing in js/ is there for what it does, is about dist/.
    b.onResolve({ filter: /^(entry|give|group):/ }, ({ path }) => {
      const [namespace, name] = path.split(':');
      return { path: name, namespace, sideEffects: true };
    });
    b.onResolve({ filter: /./, namespace: 'entry' }, ({ path }) => ({ path, sideEffects: true }));
    for (const [namespace, make] of Object.entries(MADE))
      b.onLoad({ filter: /./, namespace }, ({ path }) => ({ contents: make(path), resolveDir: at('.') }));
    b.onResolve({ filter: /^\.\/builtin\/embedded\.js$/ }, ({ importer }) => ({
      path: join(dirname(importer), 'builtin/none.ts'),
    }));
    // What reads models is loaded later, and shares the chunks of whoever loads it.
    b.onResolve({ filter: /\/reader\.js$/ }, ({ kind, path, importer }) =>
      kind === 'dynamic-import'
        ? {
            path: join(dirname(importer), path.replace(/\.js$/, '.ts')),
            namespace: 'later',
            sideEffects: true,
          }
        : undefined,
    );
    b.onLoad({ filter: /./, namespace: 'later' }, ({ path }) => ({
      contents: [
        `export * from ${JSON.stringify(path)};`,
        'import "group:common";',
        'import "group:computing";',
      ].join('\n'),
      resolveDir: at('.'),
    }));
    b.onResolve({ filter: /./, namespace: 'later' }, ({ path }) =>
      path.startsWith('group:') ? undefined : { path, sideEffects: true },
    );
    // The commands open EmoDB by its entry, which finds emodb.bin beside itself.
    b.onResolve({ filter: /\/io\/emodb\/index\.js$/ }, () => ({ path: 'emodb', namespace: 'entry' }));
    // Chunks and the edge entries lie one folder deep, where ../<name>.wasm is right for both.
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

/** cli-progress carries a list of all emoji (2 kB packed), to align bars beside them; ours have none beside them. */
const withoutEmoji = {
  name: 'without-emoji',
  setup(b) {
    b.onLoad({ filter: /emoji-regex/ }, () => ({ contents: 'module.exports = () => /(?!)/g;' }));
  },
};

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
  if (existsSync(at('js/io/emodb/emodb.bin'))) cpSync(at('js/io/emodb/emodb.bin'), at('dist/emodb.bin'));

  const { metafile } = await build({
    ...options,
    entryPoints: ENTRIES.map((entry) => ({ in: `entry:${entry.out}`, out: entry.out })),
    outdir: at('dist'),
    chunkNames: 'chunks/[name]-[hash]',
    splitting: true,
    plugins: [entries, withoutDoors, nodeModules, withoutEmoji],
  });

  const cli = at('dist/cli.js');
  writeFileSync(cli, `#!/usr/bin/env node\n${readFileSync(cli, 'utf8')}`);
  chmodSync(cli, 0o755);
  writeFileSync(at('dist/THIRD-PARTY-LICENSES.txt'), licenses([metafile]));
  writeFileSync(at('build/meta.json'), JSON.stringify(metafile));
}
