/**
 * Paths of the repository that documents name lead to files and folders that there are.
 */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { root } from '../package/built.js';
import { DOCUMENTS } from './examples.js';

const FOLDERS = 'js|assembly|test|bench|demo|scripts|examples|docs|\\.github|\\.ci';
/** Written by the build and by benchmarks, so not always there. */
const BUILT = /^demo\/dist(\/|$)|^bench\/results\/.*\.jsonl$/;

/** Words in backticks that begin with a folder of the repository. What has a placeholder or a pattern is left out. */
function pathsIn(file: string): string[] {
  const text = readFileSync(`${root}/${file}`, 'utf8').replace(/^```[\s\S]*?^```/gm, '');
  const found = [...text.matchAll(new RegExp(`\`((?:${FOLDERS})/[^\`\\s]*)\``, 'g'))].map(([, path]) => path);
  return found.filter((path) => !/[*<>{}…]|[A-Z]{3}/.test(path) && !BUILT.test(path));
}

const FILES = [...DOCUMENTS, 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'];

describe('paths', () => {
  it.each(FILES)('%s', (file) => {
    expect(pathsIn(file).filter((path) => !existsSync(`${root}/${path}`))).toEqual([]);
  });

  it('are found', () => {
    expect(FILES.flatMap(pathsIn).length).toBeGreaterThan(40);
  });
});
