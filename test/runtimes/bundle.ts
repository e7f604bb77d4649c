/**
 * Bundles a job for the three kinds of runtimes, through the package's own `exports`.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { build, type BuildOptions, type Plugin, type StdinOptions } from 'esbuild';

/** Files of one job. All are ES modules. */
export interface Bundles {
  readonly folder: string;
  /** Prints the result as JSON: Node, Deno, Bun. */
  readonly script: string;
  /** Answers a request with the result: workerd. `satnmf.wasm`, if imported, lies beside it. */
  readonly worker: string;
  /** Posts the result to `/result`: browsers. */
  readonly page: string;
  /** The script of its workers, beside the others under the name that the package looks for; if it starts any. */
  readonly thread?: string;
}

const repository = fileURLToPath(new URL('../..', import.meta.url));

/** Resolves `satnmf` as an installed package would be, though the job lies inside the repository. */
const packageItself: Plugin = {
  name: 'package-itself',
  setup(b) {
    b.onResolve({ filter: /^satnmf(\/|$)/ }, ({ path, kind, pluginData }) =>
      pluginData === 'asked'
        ? undefined
        : b.resolve(path, { kind, resolveDir: repository, pluginData: 'asked' }),
    );
  },
};

const entry = (job: string, rest: string): StdinOptions => ({
  contents: `import { runJob } from ${JSON.stringify(job)};\n${rest}`,
  resolveDir: fileURLToPath(new URL('.', import.meta.url)),
});

/** Errors travel as JSON too, so that they show up in the test instead of in a console nobody reads. */
const GUARDED = `
const result = async () => {
  try { return JSON.stringify(await runJob()); }
  catch (error) { return JSON.stringify({ error: String(error?.stack ?? error) }); }
};
`;

/**
 * @param job file name in this folder, as imports spell it: `./job.ts`
 * @param workers whether it starts workers of the package
 */
export async function bundleJob(job: string, folder: string, workers = false): Promise<Bundles> {
  const common: BuildOptions = {
    bundle: true,
    format: 'esm',
    target: 'es2022',
    platform: 'neutral',
    logLevel: 'silent',
    tsconfigRaw: {},
    plugins: [packageItself],
  };
  const files = {
    folder,
    script: join(folder, 'script.mjs'),
    worker: join(folder, 'worker.mjs'),
    page: join(folder, 'page.mjs'),
  };
  await build({
    ...common,
    outfile: files.script,
    stdin: entry(job, `${GUARDED}console.log(await result());`),
  });
  await build({
    ...common,
    outfile: files.worker,
    conditions: ['workerd'],
    loader: { '.wasm': 'copy' },
    assetNames: '[name]',
    stdin: entry(job, `${GUARDED}export default { async fetch() { return new Response(await result()); } };`),
  });
  await build({
    ...common,
    outfile: files.page,
    conditions: ['browser'],
    stdin: entry(job, `${GUARDED}await fetch('/result', { method: 'POST', body: await result() });`),
  });
  if (!workers) return files;
  const thread = join(folder, 'worker-thread.js');
  await build({
    ...common,
    outfile: thread,
    stdin: { contents: "import 'satnmf/worker-thread.js';", resolveDir: repository },
  });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  return { ...files, thread };
}
