/**
 * The packed package, installed outside of the repository: packed once for all tests of a run.
 */
import { cpSync, existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { npm, pack } from './built.js';

/** All threads of a run are one process. */
const folder = join(tmpdir(), `satnmf-packed-${process.pid}`);

/** A folder with nothing but the package installed. Tests change copies of it. */
async function packed(): Promise<string> {
  if (existsSync(folder)) return folder;
  const own = mkdtempSync(`${folder}-`);
  const { filename } = await pack(own);
  writeFileSync(join(own, 'package.json'), '{ "private": true, "type": "module" }');
  await npm(['install', '--offline', `./${filename}`], own);
  try {
    renameSync(own, folder);
  } catch (error) {
    // Another test was faster.
    rmSync(own, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

/**
 * A project of its own with the package installed; whoever asks removes it.
 *
 * @param files a folder of files that are copied into it
 */
export async function packedProject(files?: string): Promise<string> {
  const project = mkdtempSync(join(tmpdir(), 'satnmf-project-'));
  // Links to programs stay as they are, relative.
  cpSync(await packed(), project, { recursive: true, verbatimSymlinks: true });
  if (files !== undefined) cpSync(files, project, { recursive: true });
  return project;
}

/** Vitest calls these before the first and after the last test of a run. */
export const setup = (): void => rmSync(folder, { recursive: true, force: true });
export const teardown = setup;
