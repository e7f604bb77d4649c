/**
 * workerd, the runtime of Cloudflare Workers, started by Miniflare. The module is imported
 * statically and compiled by the runtime; compiling bytes is forbidden there.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { installed, parseResult, withPatience, type Runtime } from '../runtime.js';

/** The part of Miniflare that is used here. */
interface MiniflarePackage {
  Miniflare: new (options: {
    modules: { type: 'ESModule' | 'CompiledWasm'; path: string; contents: string | Uint8Array }[];
    compatibilityDate: string;
    cf: false;
  }) => {
    dispatchFetch(url: string): Promise<{ text(): Promise<string> }>;
    dispose(): Promise<void>;
  };
}

const NAME = 'workerd';

export const workerd: Runtime = {
  name: NAME,
  async find() {
    if (!installed<MiniflarePackage>('miniflare'))
      return {
        missing: 'miniflare is not in test/runtimes/node_modules (node scripts/runtimes.mjs installs it)',
      };
    const { version } = installed<{ version: string }>('workerd/package.json') ?? { version: 'unknown' };
    return { version: `workerd ${version}` };
  },
  async run(job) {
    const miniflare = installed<MiniflarePackage>('miniflare');
    if (!miniflare) throw new Error('miniflare is not installed.');
    const wasm = readdirSync(job.folder).filter((file) => file.endsWith('.wasm'));
    const server = new miniflare.Miniflare({
      modules: [
        { type: 'ESModule', path: basename(job.worker), contents: readFileSync(job.worker, 'utf8') },
        ...wasm.map((path) => ({
          type: 'CompiledWasm' as const,
          path,
          contents: new Uint8Array(readFileSync(join(job.folder, path))),
        })),
      ],
      compatibilityDate: '2026-04-01',
      cf: false,
    });
    try {
      const answer = server.dispatchFetch('http://localhost/').then((response) => response.text());
      return parseResult(NAME, await withPatience(NAME, answer));
    } finally {
      await server.dispose();
    }
  },
};
