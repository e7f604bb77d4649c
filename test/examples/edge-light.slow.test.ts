import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { afterAll, describe, expect } from 'vitest';
import { itWith } from '../runtimes/all.js';
import { installed } from '../runtimes/runtime.js';
import { exampleProject, removeProjects, speech } from './project.js';
import { fitModel } from './edge-worker.js';
import { serving } from './serve.js';

afterAll(removeProjects);

/** The part of Vercel's edge-runtime that is used here. */
interface EdgeRuntimePackage {
  EdgeRuntime: new (options: {
    initialCode: string;
    extend(context: Record<string, unknown>): Record<string, unknown>;
  }) => { dispatchFetch(url: string, init: object): Promise<Response> };
}

/** As Next.js does with `import module from './x.wasm?module'`: the runtime compiles it and it is a global there. */
function wasmAsGlobals(modules: Map<string, WebAssembly.Module>): Plugin {
  return {
    name: 'wasm-as-globals',
    setup(b) {
      b.onResolve({ filter: /\.wasm\?module$/ }, ({ path, resolveDir }) => ({
        path: join(resolveDir, path.replace('?module', '')),
        namespace: 'wasm',
      }));
      b.onLoad({ filter: /./, namespace: 'wasm' }, ({ path }) => {
        const name = `wasm_${basename(path, '.wasm')}`;
        modules.set(name, new WebAssembly.Module(readFileSync(path)));
        return { contents: `export default globalThis[${JSON.stringify(name)}];` };
      });
    },
  };
}

const edge = installed<EdgeRuntimePackage>('edge-runtime');
const found = edge
  ? { version: 'edge-runtime' }
  : { missing: 'edge-runtime is not in test/runtimes/node_modules' };

describe('the edge-light example, on the packed package', () => {
  itWith('edge-runtime', found, 'answers recordings, with wasm that the runtime compiled', async () => {
    const project = await exampleProject('worker');
    await fitModel(project);
    const modules = new Map<string, WebAssembly.Module>();
    const { outputFiles } = await build({
      absWorkingDir: project,
      stdin: {
        contents: `import { POST } from './edge-light.js';
          addEventListener('fetch', (event) => event.respondWith(POST(event.request)));`,
        resolveDir: project,
      },
      bundle: true,
      write: false,
      format: 'iife',
      conditions: ['edge-light'],
      plugins: [wasmAsGlobals(modules)],
      logLevel: 'silent',
      tsconfigRaw: {},
    });
    expect([...modules.keys()].sort()).toEqual(['wasm_compare', 'wasm_satnmf']);
    const runtime = new edge!.EdgeRuntime({
      initialCode: outputFiles[0].text,
      extend: (context) => Object.assign(context, Object.fromEntries(modules)),
    });
    await serving(project, async (url) => {
      for (const [body, status] of [
        [speech(3), 200],
        [speech(1).slice(0, 20), 400],
      ] as const) {
        const response = await runtime.dispatchFetch(url, { method: 'POST', body });
        const answer = (await response.json()) as { emotion?: string; error?: string };
        expect([response.status, Object.keys(answer)[0]]).toEqual([
          status,
          status === 200 ? 'emotion' : 'error',
        ]);
      }
    });
  });
});
