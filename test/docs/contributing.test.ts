/**
 * CONTRIBUTING.md lists the files that adding something touches. Here an existing thing of each kind is looked for: its
 * files are there, and no file beside them names it.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../package/built.js';

const TEXT = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');

/** An example of each kind: its name in paths, what names it in code, and where to look for that. */
const EXAMPLES: readonly [kind: string, name: string, says: RegExp, folders: readonly string[]][] = [
  ['A method', 'coral', /\bcoral\b/, ['js', 'scripts']],
  ['A scaling', 'ranks', /(?<!normalize: )'rank'/, ['js']],
  ['A feature set', 'compare-2013', /sets\/compare-2013|compareNames|lldNames/, ['js', 'assembly']],
  ['A command', 'doctor', /\bdoctorCommand\b/, ['js']],
  ['A runtime', 'light', /\/light\.ts/, ['js', 'scripts']],
  ['A corpus', 'emovo', /from '.*\/emovo\.js'/, ['js']],
];

/** Paths that the lists of a section begin with or name, without their NAME. */
function pathsOf(kind: string, name: string): string[] {
  const section = new RegExp(`^### ${kind}\\n([^]*?)(?=^##)`, 'm').exec(TEXT)?.[1] ?? '';
  const items = section.split('\n').filter((line) => /^(- | {2}\S)/.test(line));
  const paths = [...items.join('\n').matchAll(/`([\w.-]+\/[^`\s]*|package\.json)`/g)].map(([, path]) => path);
  return paths.map((path) => path.replaceAll('NAME', name));
}

/** Files of code that say something, but for doors. */
function filesThatSay(says: RegExp, folder: string): string[] {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  return files
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
    .filter((path) => /\.(ts|mjs)$/.test(path) && !path.endsWith('/index.ts'))
    .filter((path) => says.test(readFileSync(join(root, path), 'utf8')));
}

describe.each(EXAMPLES)('%s', (kind, name, says, folders) => {
  const paths = pathsOf(kind, name);

  it(`like ${name} is in the files that are listed`, () => {
    expect(paths.length).toBeGreaterThan(1);
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it(`like ${name} is named in no other`, () => {
    const found = folders.flatMap((folder) => filesThatSay(says, folder));
    expect(found.length).toBeGreaterThan(0);
    const isListed = (file: string): boolean =>
      paths.some((path) => file === path || (path.endsWith('/') && file.startsWith(path)));
    expect(found.filter((file) => !isListed(file))).toEqual([]);
  });
});
