/**
 * examples/worker/ as Cloudflare runs it: bundled in Wrangler's way, by what wrangler.jsonc says, and started in workerd
 * by Miniflare.
 */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { installed } from '../runtimes/runtime.js';

const run = promisify(execFile);

/** The part of Miniflare that is used here. */
interface MiniflarePackage {
  Miniflare: new (options: object) => {
    ready: Promise<URL>;
    getInspectorURL(): Promise<URL>;
    dispose(): Promise<void>;
  };
}

/** The part of a WebSocket of the package `ws` that is used here. */
interface Socket {
  on(event: string, hear: (data: { toString(): string }) => void): void;
  send(text: string): void;
  close(): void;
}

/** Memory of the worker's isolate in bytes: what the 128 MB of an edge are counted from. */
export interface IsolateMemory {
  /** Objects of JavaScript. */
  readonly heap: number;
  /** Memory of wasm and of typed arrays. */
  readonly buffers: number;
}

export interface EdgeWorker {
  readonly url: URL;
  /** After a garbage collection. */
  memory(): Promise<IsolateMemory>;
  dispose(): Promise<void>;
}

/** Fits the model as the example's package.json says. */
export async function fitModel(project: string): Promise<Buffer> {
  await run('npm', ['run', 'model'], { cwd: project, shell: process.platform === 'win32', timeout: 300_000 });
  return readFileSync(join(project, 'model.satnmf'));
}

interface Config {
  readonly main: string;
  readonly compatibility_date: string;
  readonly rules: readonly { readonly type: 'Data'; readonly globs: readonly string[] }[];
}

/** Bundles and starts the worker of a project that has its model. */
export async function startWorker(project: string): Promise<EdgeWorker> {
  const miniflare = installed<MiniflarePackage>('miniflare');
  if (!miniflare) throw new Error('miniflare is not installed.');
  const config = JSON.parse(readFileSync(join(project, 'wrangler.jsonc'), 'utf8')) as Config;
  const data = config.rules.flatMap(({ globs }) => globs.map((glob) => glob.replace('**/*', '')));
  const out = join(project, 'bundled');
  await build({
    absWorkingDir: project,
    entryPoints: [config.main],
    outfile: join(out, 'worker.mjs'),
    bundle: true,
    format: 'esm',
    target: 'es2024',
    conditions: ['workerd', 'worker', 'browser'],
    loader: Object.fromEntries([...data, '.wasm'].map((extension) => [extension, 'copy' as const])),
    assetNames: '[name]',
    logLevel: 'silent',
    tsconfigRaw: {},
  });
  const module = (path: string) => {
    const contents = readFileSync(join(out, path));
    if (path === 'worker.mjs') return { type: 'ESModule', path, contents: contents.toString() };
    return { type: path.endsWith('.wasm') ? 'CompiledWasm' : 'Data', path, contents: new Uint8Array(contents) };
  };
  const others = readdirSync(out).filter((path) => path !== 'worker.mjs');
  const server = new miniflare.Miniflare({
    modules: ['worker.mjs', ...others].map(module),
    compatibilityDate: config.compatibility_date,
    inspectorPort: 0,
    cf: false,
  });
  const url = await server.ready;
  return {
    url,
    memory: async () => isolateMemory(await server.getInspectorURL()),
    dispose: () => server.dispose(),
  };
}

/** Asks V8's inspector in the worker. */
async function isolateMemory(inspector: URL): Promise<IsolateMemory> {
  const WebSocket = installed<new (url: string) => Socket>('ws');
  if (!WebSocket) throw new Error('ws is not installed.');
  const list = new URL('/json', inspector);
  list.protocol = 'http:';
  const [{ webSocketDebuggerUrl }] = (await (await fetch(list)).json()) as { webSocketDebuggerUrl: string }[];
  const socket = new WebSocket(webSocketDebuggerUrl);
  await new Promise((resolve, reject) => {
    socket.on('open', resolve);
    socket.on('error', reject);
  });
  const ask = (id: number, method: string): Promise<Record<string, number>> =>
    new Promise((resolve) => {
      socket.on('message', (data) => {
        const answer = JSON.parse(data.toString()) as { id?: number; result: Record<string, number> };
        if (answer.id === id) resolve(answer.result);
      });
      socket.send(JSON.stringify({ id, method }));
    });
  try {
    await ask(1, 'HeapProfiler.collectGarbage');
    const { usedSize, backingStorageSize } = await ask(2, 'Runtime.getHeapUsage');
    return { heap: usedSize, buffers: backingStorageSize };
  } finally {
    socket.close();
  }
}
