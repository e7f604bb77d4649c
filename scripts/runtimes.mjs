/**
 * Installs what test/runtimes/package.json lists (Deno, Bun, workerd, the browsers' driver), unless
 * it is there already. Without a network the tests go on; they name the runtimes they skip.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { at } from './root.mjs';
import { sha256 } from './wasm.mjs';

const lock = sha256(at('test/runtimes/package-lock.json'));
const mark = at('test/runtimes/node_modules/.installed-lock');
if (existsSync(mark) && readFileSync(mark, 'utf8') === lock) process.exit(0);

console.error('Installing the runtimes that the tests compare (about 400 MB, once) …');
const { status } = spawnSync('npm ci --no-audit --no-fund', {
  cwd: at('test/runtimes'),
  stdio: 'inherit',
  shell: true,
});
if (status === 0) writeFileSync(mark, lock);
else console.error('The runtimes could not be installed; tests that need them will be skipped by name.');
