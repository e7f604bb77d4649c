/**
 * Node, Deno and Bun: the script runs in a process of its own and prints its result.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Bundles } from '../bundle.js';
import { BUN, DENO, NODE } from '../programs.js';
import { parseResult, PATIENCE, type Runtime } from '../runtime.js';

const run = promisify(execFile);
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
    async run(job, patience = PATIENCE) {
      if (binary === undefined) throw new Error(`${name} is not installed.`);
      const { stdout } = await run(binary, args(job), {
        env: { ...process.env, ...env(job) },
        cwd: job.folder,
        timeout: patience,
        killSignal: 'SIGKILL',
      });
      return parseResult(name, stdout);
    },
  };
}

export const node = processRuntime(
  'Node',
  NODE,
  (job) => [job.script],
  () => ({}),
);

/** No permission is granted: nothing of the package may need one, but workers, whose script is read. */
export const deno = processRuntime(
  'Deno',
  DENO,
  (job) => [
    ...['run', '--no-prompt', '--no-config', '--no-lock', '--no-remote', '--no-npm'],
    ...(job.thread === undefined ? [] : [`--allow-read=${job.thread}`]),
    job.script,
  ],
  (job) => ({ DENO_DIR: join(job.folder, 'deno'), DENO_NO_UPDATE_CHECK: '1', NO_COLOR: '1' }),
);

export const bun = processRuntime(
  'Bun',
  BUN,
  (job) => ['run', '--no-install', job.script],
  () => ({ DO_NOT_TRACK: '1', NO_COLOR: '1' }),
);
