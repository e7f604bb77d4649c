/**
 * Runs benchmarks: bundles bench/subjects/<name>.ts (or bench/studies/) and runs it in a Node of its own.
 *
 *   node scripts/bench.mjs <subject …> [--json]    (default: all subjects)
 *   node scripts/bench.mjs --write [subject …]     results into bench/results/, then docs/benchmarks.md
 *
 * Peers come from bench/package.json and are installed when they are missing; without a network the
 * bench goes on and names what is absent.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { format } from 'prettier';
import { at, root } from './root.mjs';
import { sha256 } from './wasm.mjs';

/** In the order of the report. */
export const SUBJECTS = [
  'gemm',
  'step',
  'fit',
  'graph',
  'svm',
  'extract',
  'workers',
  'sweep',
  'start',
  'demo',
  'scaling',
  'end-to-end',
  'edge',
];

const studies = readdirSync(at('bench/studies')).flatMap(
  (file) => /^([a-z0-9-]+)\.ts$/.exec(file)?.[1] ?? [],
);
const flags = process.argv.slice(2).filter((argument) => argument.startsWith('--'));
const asked = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
for (const flag of flags)
  if (!['--json', '--write'].includes(flag))
    fail(`${flag} is not an option of the bench; there are --json and --write.`);
for (const name of asked)
  if (![...SUBJECTS, ...studies].includes(name))
    fail(`${name} is not a benchmark. There are: ${[...SUBJECTS, ...studies].join(', ')}.`);
if (flags.includes('--write') && asked.some((name) => studies.includes(name)))
  fail(`--write takes subjects: ${SUBJECTS.join(', ')}.`);
if (flags.includes('--json') && asked.length !== 1)
  fail('--json prints one object: name one subject, as in npm run bench -- gemm --json.');

function fail(sentence) {
  console.error(sentence);
  process.exit(2);
}

/** Everything on stderr: stdout may have to be one JSON object. */
function installPeers() {
  const lock = sha256(at('bench/package-lock.json'));
  const mark = at('bench/node_modules/.installed-lock');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === lock) return;
  console.error('Installing the peers that the benchmarks compare with (about 700 MB, once) …');
  const { status } = spawnSync('npm ci --ignore-scripts --no-audit --no-fund', {
    cwd: at('bench'),
    stdio: ['ignore', 2, 2],
    shell: true,
  });
  if (status === 0) writeFileSync(mark, lock);
  else console.error('The peers could not be installed; what needs them will read "not measured".');
}

/** Latest change of a folder's files. */
function newest(folder) {
  return Math.max(
    ...readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => statSync(join(entry.parentPath ?? entry.path, entry.name)).mtimeMs),
  );
}

/**
 * The cores are embedded by the build, and stages by themselves are of `--debug`; what is older than its sources would be
 * measured for nothing.
 */
function buildCores() {
  const built = at('build/satnmf.wasm');
  if (
    existsSync(built) &&
    existsSync(at('build/stages.wasm')) &&
    existsSync(at('js/core/builtin/embedded-hex.ts')) &&
    statSync(built).mtimeMs > newest(at('assembly'))
  )
    return;
  const { status } = spawnSync(process.execPath, [at('scripts/build.mjs'), '--debug'], {
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) process.exit(1);
}

/** A bundle of an entry of bench/, run in a Node of its own. */
async function run(entry, name, options) {
  const outfile = at('build/bench', `${name}.mjs`);
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    define: { __VERSION__: JSON.stringify('0.0.0-bench') },
    logLevel: 'warning',
  });
  return spawnSync(process.execPath, ['--expose-gc', outfile, ...options.flags], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['inherit', options.keep ? 'pipe' : 'inherit', 'inherit'],
  });
}

buildCores();
installPeers();
const write = flags.includes('--write');
for (const name of asked.length > 0 ? asked : SUBJECTS) {
  const entry = at('bench', studies.includes(name) ? 'studies' : 'subjects', `${name}.ts`);
  if (!existsSync(entry)) {
    console.error(`${name} is not there yet.`);
    process.exitCode = 1;
    continue;
  }
  if (write) console.error(`\n${name}`);
  const { status, stdout } = await run(entry, name, { flags: write ? ['--json'] : flags, keep: write });
  if (status !== 0) process.exitCode = 1;
  else if (write) {
    mkdirSync(at('bench/results'), { recursive: true });
    writeFileSync(
      at('bench/results', `${name}.json`),
      await format(stdout, { parser: 'json', printWidth: 110 }),
    );
  }
}
if (write) {
  const { status } = await run(at('bench/report/write.ts'), 'write', { flags: [], keep: false });
  if (status !== 0) process.exitCode = 1;
}
