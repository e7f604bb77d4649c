/**
 * Adding a method touches its folder and js/methods/registry.ts, and nothing else of the package: a copy of the sources
 * gets one method more, and all of it knows the method.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type * as methods from '../../../js/entries/methods.js';
import { root } from '../../package/built.js';
import type * as capturing from '../cli/captured.js';
import type * as tables from '../cli/tables.js';
import type * as checking from '../contract/checks.js';
import type * as subjects from '../contract/subjects.js';
import type * as wholePackage from '../contract/whole.js';
import { NEAREST_MEAN } from './nearest-mean/index.js';

const { name: NAME, label } = NEAREST_MEAN;

let copy: string;

/** A file of the copy. */
const imported = <T>(file: string): Promise<T> => import(/* @vite-ignore */ join(copy, file)) as Promise<T>;

beforeAll(() => {
  // Within the repository, so that packages are found.
  mkdirSync(`${root}/build`, { recursive: true });
  copy = mkdtempSync(`${root}/build/added-method-`);
  for (const folder of ['js', 'test/js/contract', 'test/js/cli', 'test/reference', 'test/golden'])
    cpSync(`${root}/${folder}`, `${copy}/${folder}`, { recursive: true });
  for (const file of ['package.json', 'tsconfig.json']) cpSync(`${root}/${file}`, `${copy}/${file}`);

  // The folder.
  const own = readFileSync(`${root}/test/js/methods/${NAME}/index.ts`, 'utf8');
  mkdirSync(`${copy}/js/methods/${NAME}`);
  writeFileSync(`${copy}/js/methods/${NAME}/index.ts`, own.replaceAll('../../../../js/', '../../'));

  // Its import and its place in the list.
  const registry = `${copy}/js/methods/registry.ts`;
  const before = readFileSync(registry, 'utf8');
  const after = before
    .replace(/^import \{ SVM \}/m, `import { NEAREST_MEAN } from './${NAME}/index.js';\n$&`)
    .replace('  SATNMF,\n', '  NEAREST_MEAN,\n$&');
  expect(after.split('\n')).toHaveLength(before.split('\n').length + 2);
  writeFileSync(registry, after);
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

it('keeps the contract', async () => {
  const { whole } = await imported<typeof wholePackage>('test/js/contract/whole.ts');
  const { failuresOf } = await imported<typeof checking>('test/js/contract/checks.ts');
  const { subjectsOf } = await imported<typeof subjects>('test/js/contract/subjects.ts');
  const own = subjectsOf(whole).filter(({ name }) => name.startsWith(NAME));
  expect(own.map(({ name }) => name)).toEqual([`${NAME} paper`, `${NAME} robust`]);
  expect(await failuresOf(whole, own, 10)).toEqual([]);
});

it('is in what the package exports, in tables and in the fixed fit', async () => {
  const { METHODS, METHOD_NAMES, SEARCHED, fixedFitDigest } =
    await imported<typeof methods>('js/entries/methods.ts');
  expect(METHOD_NAMES).toContain(NAME);
  expect(METHODS).toHaveProperty(NAME);
  expect(SEARCHED).toHaveProperty(NAME);
  const { methodLabel } = await imported<{ methodLabel(name: string): string }>('js/methods/registry.ts');
  expect(methodLabel(NAME)).toBe(label);
  const { parts } = await fixedFitDigest();
  expect(parts).toHaveProperty(NAME);
});

it('runs from the command line, alone and among all, and the help and completion name it', async () => {
  const { captured } = await imported<typeof capturing>('test/js/cli/captured.ts');
  const { Folder, smallPair } = await imported<typeof tables>('test/js/cli/tables.ts');
  const folder = new Folder();
  try {
    const { source, target } = await smallPair();
    const corpora = [
      ...['--source', folder.writeTable('a.csv', source)],
      ...['--target', folder.writeTable('b.csv', target)],
    ];
    const evaluate = async (name: string, ...more: string[]): Promise<string[]> => {
      const args = ['evaluate', ...corpora, '--method', name, '--json', '--quiet', ...more];
      const { code, out, err } = await captured(args);
      expect(code, err).toBe(0);
      const { results } = JSON.parse(out) as { results: { method: string }[] };
      return results.map(({ method }) => method);
    };
    expect(await evaluate(NAME)).toEqual([NAME]);
    const { METHOD_NAMES } = await imported<typeof methods>('js/entries/methods.ts');
    const small = ['r=4', 'maxIterations=3', 'epochs=2', 'tuningEpochs=2', 'dosl.lambda=1'];
    expect(await evaluate('all', ...small.flatMap((one) => ['--set', one]))).toEqual(METHOD_NAMES);
    expect((await captured(['evaluate', '--help'])).out.replace(/\s+/g, ' ')).toContain(`${NAME}, satnmf`);
    const refused = await captured(['evaluate', ...corpora, '--method', 'nearest-men']);
    expect(refused.err).toContain(`Did you mean "${NAME}"?`);
  } finally {
    folder.remove();
  }
});

it('has the right types', () => {
  const config = { extends: './tsconfig.json', files: ['js/entries/methods.ts', 'js/entries/globals.d.ts'] };
  writeFileSync(`${copy}/tsconfig.added.json`, JSON.stringify({ ...config, include: [] }));
  const tsc = `${root}/node_modules/typescript/bin/tsc`;
  const { stdout, status } = spawnSync(process.execPath, [tsc, '-p', `${copy}/tsconfig.added.json`], {
    encoding: 'utf8',
  });
  expect([status, stdout]).toEqual([0, '']);
});
