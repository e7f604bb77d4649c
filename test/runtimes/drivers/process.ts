/**
 * Node, Deno and Bun: the script runs in a process of its own and prints its result.
 */
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Bundles } from '../bundle.js';
import { home, parseResult, PATIENCE, type Runtime } from '../runtime.js';

const run = promisify(execFile);
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

function processRuntime(
  name: string,
  binary: string | undefined,
  args: (job: Bundles) => string[],
  env: (job: Bundles) => NodeJS.ProcessEnv,
): Runtime {
  return {
    name,
    async find() {
      if (binary === undefined)
        return { missing: 'it is not in test/runtimes/node_modules (node scripts/runtimes.mjs installs it)' };
      try {
        const { stdout } = await run(binary, ['--version'], { timeout: PATIENCE });
        return { version: stdout.split('\n')[0].trim() };
      } catch (error) {
        return { missing: `${binary} does not start: ${String(error)}` };
      }
    },
    async run(job) {
      if (binary === undefined) throw new Error(`${name} is not installed.`);
      const { stdout } = await run(binary, args(job), {
        env: { ...process.env, ...env(job) },
        cwd: job.folder,
        timeout: PATIENCE,
        killSignal: 'SIGKILL',
      });
      return parseResult(name, stdout);
    },
  };
}

export const node = processRuntime(
  'Node',
  process.execPath,
  (job) => [job.script],
  () => ({}),
);

/** No permission is granted: nothing of the package may need one, but workers, whose script is read. */
export const deno = processRuntime(
  'Deno',
  platformBinary('@deno', process.platform === 'win32' ? 'deno.exe' : 'deno'),
  (job) => [
    ...['run', '--no-prompt', '--no-config', '--no-lock', '--no-remote', '--no-npm'],
    ...(job.thread === undefined ? [] : [`--allow-read=${job.thread}`]),
    job.script,
  ],
  (job) => ({ DENO_DIR: join(job.folder, 'deno'), DENO_NO_UPDATE_CHECK: '1', NO_COLOR: '1' }),
);

export const bun = processRuntime(
  'Bun',
  bunBinary(),
  (job) => ['run', '--no-install', job.script],
  () => ({ DO_NOT_TRACK: '1', NO_COLOR: '1' }),
);
