/**
 * Builds everything that is not in the repository: the wasm modules (release, and debug with
 * `--debug`), the base64 copy that the default entry embeds, and the ESM bundles in dist/.
 *
 * One source of loading differs between the bundles: `js/core/module.ts` (embedded bytes) is
 * replaced by `module.static.ts` in the edge build and by `module.none.ts` in the slim build.
 *
 *   node scripts/build.mjs [--wasm-only] [--debug]
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const at = (...parts) => join(root, ...parts);
const flags = new Set(process.argv.slice(2));
const pkg = JSON.parse(readFileSync(at('package.json'), 'utf8'));

function compile(entry, out, target) {
  const asc = at('node_modules', 'assemblyscript', 'bin', 'asc.js');
  const args = [asc, entry, '--config', 'asconfig.json', '--target', target, '--outFile', out];
  const run = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (run.status !== 0) process.exit(run.status ?? 1);
}

mkdirSync(at('build'), { recursive: true });
compile('assembly/core/index.ts', 'build/satnmf.wasm', 'release');
if (flags.has('--debug')) compile('assembly/core/index.ts', 'build/satnmf.debug.wasm', 'debug');

const wasm = readFileSync(at('build/satnmf.wasm'));
const sha256 = createHash('sha256').update(wasm).digest('hex');
const embedded =
  '// Written by scripts/build.mjs from build/satnmf.wasm.\n' +
  `export const WASM_BASE64 =\n  '${wasm.toString('base64')}';\n` +
  `export const WASM_SHA256: string = '${sha256}';\n`;
if (!existsSync(at('js/core/embedded.ts')) || readFileSync(at('js/core/embedded.ts'), 'utf8') !== embedded)
  writeFileSync(at('js/core/embedded.ts'), embedded);
console.error(`satnmf.wasm ${wasm.length} bytes, sha256 ${sha256}`);
if (flags.has('--wasm-only')) process.exit(0);

/** Swaps js/core/module.ts for another way to get at the compiled module. */
const moduleFrom = (variant) => ({
  name: 'module-variant',
  setup(b) {
    b.onResolve({ filter: /\/module\.js$/ }, (args) =>
      args.importer.endsWith('load.ts') ? { path: at('js/core', variant) } : undefined,
    );
    b.onResolve({ filter: /satnmf\.wasm$/ }, () => ({ path: '../satnmf.wasm', external: true }));
  },
});

const common = {
  bundle: true,
  format: 'esm',
  target: 'es2022',
  platform: 'neutral',
  minify: true,
  keepNames: false,
  sourcemap: false,
  legalComments: 'none',
  mainFields: ['module', 'main'],
  define: { __VERSION__: JSON.stringify(pkg.version) },
  logLevel: 'warning',
};

rmSync(at('dist'), { recursive: true, force: true });
mkdirSync(at('dist'), { recursive: true });
cpSync(at('build/satnmf.wasm'), at('dist/satnmf.wasm'));
const main = await build({
  ...common,
  entryPoints: [at('js/index.ts'), at('js/io/index.ts'), at('js/node/index.ts'), at('js/cli/main.ts')]
    .filter(existsSync)
    .map((file) => ({ in: file, out: file.slice(root.length + 4, -3).replace(/\/index$/, '').replace('cli/main', 'cli') })),
  outdir: at('dist'),
  chunkNames: 'chunks/[name]-[hash]',
  splitting: true,
  external: ['node:*', 'module'],
  conditions: ['node'],
  banner: { js: '' },
  plugins: [moduleFrom('module.ts')],
  metafile: true,
});
for (const [name, variant, out] of [
  ['index', 'module.static.ts', 'dist/edge'],
  ['index', 'module.none.ts', 'dist/slim'],
])
  await build({
    ...common,
    entryPoints: [{ in: at(`js/${name}.ts`), out: name }],
    outdir: at(out),
    plugins: [moduleFrom(variant)],
  });
writeFileSync(at('build/meta.json'), JSON.stringify(main.metafile));
