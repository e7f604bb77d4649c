/**
 * Scripts of workers, bundled from the sources: the package's own, and one whose jobs do what tests need.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { withoutDoors } from '../../../../scripts/doors.mjs';

export interface Scripts {
  /** js/outside/worker/worker-thread.ts. */
  readonly own: URL;
  /** test/js/outside/worker/odd-jobs.ts. */
  readonly odd: URL;
  /** A script that is not there, one that throws, and one of another version. */
  readonly absent: URL;
  readonly broken: URL;
  readonly older: URL;
  remove(): void;
}

export async function bundleScripts(): Promise<Scripts> {
  const folder = mkdtempSync(join(tmpdir(), 'satnmf-threads-'));
  const bundle = async (file: string, name: string, version: string): Promise<URL> => {
    const outfile = join(folder, `${name}.mjs`);
    await build({
      entryPoints: [fileURLToPath(new URL(file, import.meta.url))],
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'neutral',
      external: ['node:*'],
      define: { __VERSION__: JSON.stringify(version) },
      logLevel: 'silent',
      tsconfigRaw: {},
      plugins: [withoutDoors],
    });
    return pathToFileURL(outfile);
  };
  const thread = '../../../../js/outside/worker/worker-thread.ts';
  writeFileSync(join(folder, 'broken.mjs'), 'throw new Error("out of order");');
  return {
    own: await bundle(thread, 'own', __VERSION__),
    odd: await bundle('odd-jobs.ts', 'odd', __VERSION__),
    older: await bundle(thread, 'older', '0.0.1'),
    absent: pathToFileURL(join(folder, 'absent.mjs')),
    broken: pathToFileURL(join(folder, 'broken.mjs')),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
