/**
 * What the package tests look at: the built dist/, and the tarball npm would publish.
 */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);

export interface PackageJson {
  name: string;
  version: string;
  bin: Record<string, string>;
  exports: Record<string, string | Record<string, string>>;
  scripts: Record<string, string>;
  [field: string]: unknown;
}

export const packageJson = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as PackageJson;

/** Fails with a sentence where the build is missing, instead of with whatever breaks first. */
export function requireBuilt(): void {
  for (const file of ['dist/index.js', 'dist/types/index.d.ts', 'dist/satnmf.wasm'])
    if (!existsSync(`${root}/${file}`))
      throw new Error(`${file} is not built: run \`npm run build && npm run build:types\` first.`);
}

/** Runs npm without the scripts of package.json, which would rebuild dist/ under other tests. */
export async function npm(args: string[], cwd: string): Promise<string> {
  const windows = process.platform === 'win32';
  const options = { cwd, shell: windows, timeout: 120_000, maxBuffer: 1 << 24 };
  return (await run('npm', [...args, '--ignore-scripts', '--no-audit', '--no-fund'], options)).stdout;
}

export interface Tarball {
  filename: string;
  size: number;
  files: { path: string; size: number; mode: number }[];
}

/** Packs the package into `folder`, or with none only lists what would be packed. */
export async function pack(folder?: string): Promise<Tarball> {
  requireBuilt();
  const where = folder === undefined ? ['--dry-run'] : ['--pack-destination', folder];
  return (JSON.parse(await npm(['pack', '--json', ...where], root)) as Tarball[])[0];
}
