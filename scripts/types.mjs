/**
 * Writes dist/types/ and leaves there only what the declarations of the entries refer to: the compiler writes one for
 * every source file that it reads. Each entry is told where its types are, as JSR needs it.
 *
 *   node scripts/types.mjs
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { at } from './root.mjs';

const tsc = at('node_modules', 'typescript', 'bin', 'tsc');
rmSync(at('dist/types'), { recursive: true, force: true });
const run = spawnSync(process.execPath, [tsc, '-p', at('tsconfig.types.json')], { stdio: 'inherit' });
if (run.status !== 0) process.exit(1);

const { exports } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
const reached = new Set(
  Object.values(exports)
    .filter(({ types }) => types !== undefined)
    .map(({ types }) => at(types)),
);
for (const file of reached)
  for (const [, path] of readFileSync(file, 'utf8').matchAll(
    /(?:from |import\(|import )["'](\.[^"']+)\.js["']/g,
  ))
    reached.add(join(dirname(file), `${path}.d.ts`));

for (const name of readdirSync(at('dist/types'), { recursive: true })) {
  const file = at('dist/types', name);
  if (file.endsWith('.d.ts') && !reached.has(file)) rmSync(file);
}

for (const { types, default: file } of Object.values(exports)) {
  if (types === undefined) continue;
  const code = readFileSync(at(file), 'utf8');
  const path = relative(dirname(at(file)), at(types)).replaceAll('\\', '/');
  const pragma = `/* @ts-self-types="${path.startsWith('.') ? path : `./${path}`}" */\n`;
  if (!code.startsWith(pragma)) writeFileSync(at(file), pragma + code);
}
