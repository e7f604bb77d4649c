/**
 * Runs benchmarks: bundles bench/<name>.ts and runs it in a Node of its own.
 *
 *   node scripts/bench.mjs [name …]     (default: all)
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { build } from 'esbuild';
import { at, root } from './root.mjs';

const there = existsSync(at('bench'))
  ? readdirSync(at('bench')).flatMap((file) => /^([a-z0-9-]+)\.ts$/.exec(file)?.[1] ?? [])
  : [];
const asked = process.argv.slice(2);
for (const name of asked)
  if (!there.includes(name))
    throw new Error(`${name} is not a benchmark. There are: ${there.join(', ') || 'none'}.`);

for (const name of asked.length > 0 ? asked : there.sort()) {
  const outfile = at('build/bench', `${name}.mjs`);
  await build({
    entryPoints: [at('bench', `${name}.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'warning',
  });
  const { status } = spawnSync(process.execPath, ['--expose-gc', outfile], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
