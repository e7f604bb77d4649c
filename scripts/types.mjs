/**
 * Writes dist/types/: what the entries export, and what that refers to, in one file an entry and one for each set of
 * declarations that entries share. The compiler writes a file for every source file that it reads, three times as much.
 * Each entry is told where its types are, as JSR needs it.
 *
 *   node scripts/types.mjs
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import { pastDoors } from './doors.mjs';
import { sourceOf } from './entries.mjs';
import { at } from './root.mjs';

/** Where tsconfig.types.json puts the declarations of each file; package.json names what becomes of the entries'. */
const [APART, TOGETHER] = [at('build/types'), at('dist/types')];
const CONFIG = at('tsconfig.types.json');

for (const folder of [APART, TOGETHER]) rmSync(folder, { recursive: true, force: true });
const tsc = at('node_modules', 'typescript', 'bin', 'tsc');
const run = spawnSync(process.execPath, [tsc, '-p', CONFIG], { stdio: 'inherit' });
if (run.status !== 0) process.exit(1);

// A door names things too that the compiler left out as internal.
const declarations = readdirSync(APART, { recursive: true }).filter((name) => name.endsWith('.d.ts'));
for (const path of declarations.map((name) => join(APART, name)))
  writeFileSync(path, pastDoors(readFileSync(path, 'utf8'), path));

const { exports } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
const names = Object.values(exports).flatMap(
  ({ types }) => types?.match(/^\.\/dist\/types\/(.+)\.d\.ts$/)[1] ?? [],
);

/** What is said about a file would stand before whatever comes first in it. */
const withoutHeads = {
  name: 'without-heads',
  renderChunk: (code) => code.replace(/\/\*\*(?:(?!\*\/)[^])*@module\s*\*\/\n+/g, ''),
};

const bundle = await rollup({
  input: Object.fromEntries(
    names.map((name) => [name, at(sourceOf(name).replace(/^js\/(.*)\.ts$/, 'build/types/$1.d.ts'))]),
  ),
  plugins: [dts({ tsconfig: CONFIG })],
  onLog(level, { message }) {
    if (level === 'warn') throw new Error(message);
  },
});
await bundle.write({
  dir: TOGETHER,
  plugins: [withoutHeads],
  entryFileNames: '[name].d.ts',
  chunkFileNames: ({ name }) => `shared/${name.replace(/\.d$/, '')}.d.ts`,
  minifyInternalExports: false,
  hoistTransitiveImports: false,
});

for (const { types, default: file } of Object.values(exports)) {
  if (types === undefined) continue;
  const code = readFileSync(at(file), 'utf8');
  const path = relative(dirname(at(file)), at(types)).replaceAll('\\', '/');
  const pragma = `/* @ts-self-types="${path.startsWith('.') ? path : `./${path}`}" */\n`;
  if (!code.startsWith(pragma)) writeFileSync(at(file), pragma + code);
}
