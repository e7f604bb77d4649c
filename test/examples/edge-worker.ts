/**
 * examples/worker/ as Cloudflare runs it: bundled in Wrangler's way, by what wrangler.json says, and started in workerd
 * by Miniflare.
 */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { installed, withPatience } from '../runtimes/runtime.js';

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
  on(event: string, hear: (data: Buffer) => void): void;
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
  const config = JSON.parse(readFileSync(join(project, 'wrangler.json'), 'utf8')) as Config;
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
    return {
      type: path.endsWith('.wasm') ? 'CompiledWasm' : 'Data',
      path,
      contents: new Uint8Array(contents),
    };
  };
  const others = readdirSync(out).filter((path) => path !== 'worker.mjs');
  const server = new miniflare.Miniflare({
    modules: ['worker.mjs', ...others].map(module),
    compatibilityDate: config.compatibility_date,
    inspectorPort: 0,
    cf: false,
  });
  const url = await server.ready;
  const inspector = await inspect(await server.getInspectorURL());
  return {
    url,
    memory: () => inspector.memory(),
    async dispose() {
      inspector.close();
      await server.dispose();
    },
  };
}

/** V8's inspector in the worker's isolate. */
async function inspect(inspector: URL): Promise<{ memory(): Promise<IsolateMemory>; close(): void }> {
  const WebSocket = installed<new (url: string) => Socket>('ws');
  if (!WebSocket) throw new Error('ws is not installed.');
  const list = await fetch(`http://${inspector.host}/json`);
  const workers = (await list.json()) as { id: string; webSocketDebuggerUrl: string }[];
  const own = workers.find(({ id }) => id.startsWith('core:user:'));
  if (own === undefined) throw new Error('The worker is not among those that can be inspected.');
  const socket = new WebSocket(own.webSocketDebuggerUrl);
  await new Promise((resolve, reject) => {
    socket.on('open', resolve);
    socket.on('error', reject);
  });
  let hear: (usage: { usedSize: number; backingStorageSize: number }) => void = () => undefined;
  socket.on('message', (data) => {
    const { result } = JSON.parse(data.toString()) as { result?: Parameters<typeof hear>[0] };
    if (result?.usedSize !== undefined) hear(result);
  });
  let id = 0;
  const send = (method: string): void => socket.send(JSON.stringify({ id: ++id, method }));
  return {
    async memory() {
      const usage = new Promise<Parameters<typeof hear>[0]>((resolve) => (hear = resolve));
      // Its own answer is held back until workerd is asked something else.
      send('HeapProfiler.collectGarbage');
      send('Runtime.getHeapUsage');
      const { usedSize, backingStorageSize } = await withPatience('The inspector of workerd', usage);
      return { heap: usedSize, buffers: backingStorageSize };
    },
    close: () => socket.close(),
  };
}
