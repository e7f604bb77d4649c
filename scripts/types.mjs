/**
 * Writes dist/types/ and leaves there only what the declarations of the entries refer to: the compiler writes one for
 * every source file that it reads.
 *
 *   node scripts/types.mjs
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
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
