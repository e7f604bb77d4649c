/**
 * Compiles assembly/core and assembly/audio into build/ and embeds the release modules, each into a
 * source file of its own, so that an entry carries only the module it uses. Beside it goes what the module exports, for
 * the host to call (exports.mjs).
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { at, root } from './root.mjs';

/** The published modules: what they are made from, and the folder of sources that get their text and checksum. */
export const MODULES = [
  {
    name: 'satnmf',
    entry: 'assembly/core/index.ts',
    builtIn: 'js/core/builtin',
    exports: 'js/core/exports.ts',
  },
  {
    name: 'compare',
    entry: 'assembly/audio/index.ts',
    builtIn: 'js/audio/builtin',
    exports: 'js/audio/exports.ts',
  },
];

/** The extractor with its stages exported, for tests and benchmarks. */
const STAGES = { file: 'build/stages.wasm', entry: 'assembly/audio/stages.ts' };

/**
 * Runs `asc` with the settings of asconfig.json; a compiler error ends the process.
 *
 * @param {'release' | 'debug'} target
 * @param {string} out where the module goes
 * @param {string} [folder] what holds asconfig.json and assembly/ (default: the repository)
 * @param {string} [entry] the module's entry (default: that of satnmf.wasm)
 */
export function compile(target, out, folder = root, entry = MODULES[0].entry) {
  const asc = at('node_modules', 'assemblyscript', 'bin', 'asc.js');
  const settings = [
    '--config',
    'asconfig.json',
    '--target',
    target,
    '--transform',
    at('scripts/exports.mjs'),
  ];
  const args = [asc, entry, ...settings, '--outFile', out];
  const run = spawnSync(process.execPath, args, { cwd: folder, stdio: 'inherit' });
  if (run.status !== 0) throw new Error(`asc could not compile ${entry} (${target}).`);
}

/** SHA-256 of a file, as hexadecimal. */
export const sha256 = (file) => createHash('sha256').update(readFileSync(file)).digest('hex');

/** SHA-256 of all that a module is made from: sources, settings and compiler. */
function ingredients() {
  const sources = readdirSync(at('assembly'), { recursive: true })
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => `assembly/${name}`);
  const hash = createHash('sha256');
  for (const file of [
    ...sources,
    'asconfig.json',
    'scripts/exports.mjs',
    'node_modules/assemblyscript/package.json',
  ])
    hash.update(`${file} ${sha256(at(file))}\n`);
  return hash.digest('hex');
}

/** Compiles what was made from something else, and notes beside it what it was made from now. */
function refresh(target, file, entry, made) {
  const note = at(`${file}.made-from`);
  const is = () => `${made} ${sha256(at(file))}`;
  if (existsSync(at(file)) && existsSync(note) && readFileSync(note, 'utf8') === is()) return;
  compile(target, file, root, entry);
  writeFileSync(note, is());
}

/** A source file, rewritten only when it changed (so that watchers sleep). */
function write(file, source) {
  const out = at(file);
  if (!existsSync(out) || readFileSync(out, 'utf8') !== source) writeFileSync(out, source);
}

/** A release module as a source file; its checksum as another, which does not carry the module along. */
function embed({ name, builtIn, exports }) {
  const file = `build/${name}.wasm`;
  const source = (constant, value) =>
    `// Written by scripts/wasm.mjs from ${file}.\nexport const ${constant}: string =\n  '${value}';\n`;
  write(`${builtIn}/embedded-hex.ts`, source('WASM_HEX', readFileSync(at(file)).toString('hex')));
  write(`${builtIn}/embedded-sha256.ts`, source('WASM_SHA256', sha256(at(file))));
  write(exports, readFileSync(at(`${file}.exports.ts`), 'utf8'));
}

/**
 * build/<name>.wasm and the embedded copies, with `debug` build/<name>.debug.wasm and what else tests need; what is up
 * to date stays.
 *
 * @param {{ debug?: boolean }} [options]
 */
export async function buildWasm({ debug = false } = {}) {
  mkdirSync(at('build'), { recursive: true });
  const made = ingredients();
  for (const module of MODULES) {
    const { name, entry } = module;
    if (!existsSync(at(entry))) throw new Error(`${entry} is missing: there is nothing to compile.`);
    const file = `build/${name}.wasm`;
    refresh('release', file, entry, made);
    if (debug) refresh('debug', `build/${name}.debug.wasm`, entry, made);
    embed(module);
    console.error(`${name}.wasm ${readFileSync(at(file)).length} bytes, sha256 ${sha256(at(file))}`);
  }
  if (debug) refresh('release', STAGES.file, STAGES.entry, made);
}
