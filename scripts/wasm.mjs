/**
 * Compiles assembly/core into build/ and embeds the release module into js/core/embedded.ts.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { at, root } from './root.mjs';

const ENTRY = 'assembly/core/index.ts';

/**
 * Runs `asc` with the settings of asconfig.json; a compiler error ends the process.
 *
 * @param {'release' | 'debug'} target
 * @param {string} out where the module goes
 * @param {string} [folder] what holds asconfig.json and assembly/ (default: the repository)
 */
export function compile(target, out, folder = root) {
  const asc = at('node_modules', 'assemblyscript', 'bin', 'asc.js');
  const args = [asc, ENTRY, '--config', 'asconfig.json', '--target', target, '--outFile', out];
  const run = spawnSync(process.execPath, args, { cwd: folder, stdio: 'inherit' });
  if (run.status !== 0) throw new Error(`asc could not compile ${ENTRY} (${target}).`);
}

/** SHA-256 of a file, as hexadecimal. */
export const sha256 = (file) => createHash('sha256').update(readFileSync(file)).digest('hex');

/** The release module as a source file, rewritten only when it changed (so that watchers sleep). */
function embed(file) {
  const source =
    '// Written by scripts/wasm.mjs from build/satnmf.wasm.\n' +
    `export const WASM_BASE64: string =\n  '${readFileSync(file).toString('base64')}';\n` +
    `export const WASM_SHA256: string = '${sha256(file)}';\n`;
  const out = at('js/core/embedded.ts');
  if (!existsSync(out) || readFileSync(out, 'utf8') !== source) writeFileSync(out, source);
}

/**
 * build/satnmf.wasm (and build/satnmf.debug.wasm with `debug`) and js/core/embedded.ts.
 *
 * @param {{ debug?: boolean }} [options]
 */
export function buildWasm({ debug = false } = {}) {
  if (!existsSync(at(ENTRY))) throw new Error(`${ENTRY} is missing: there is nothing to compile.`);
  mkdirSync(at('build'), { recursive: true });
  compile('release', 'build/satnmf.wasm');
  if (debug) compile('debug', 'build/satnmf.debug.wasm');
  const file = at('build/satnmf.wasm');
  embed(file);
  console.error(`satnmf.wasm ${readFileSync(file).length} bytes, sha256 ${sha256(file)}`);
}
