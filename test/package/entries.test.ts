import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { packageJson, requireBuilt, root } from './built.js';

const DEFAULT_ENTRY_LIMIT = 65_000;
/** Files of dist/ that the default entry loads: each costs a start its share. */
const DEFAULT_ENTRY_FILES = 9;

/**
 * The files an entry of dist/ loads at its start, those that it may load `later`, and what it and they import from
 * outside of dist/; optional peers count where they are imported at the start only.
 */
async function reach(entry: string): Promise<{ files: string[]; later: string[]; outside: string[] }> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'neutral',
    packages: 'external',
    external: ['*.wasm', '*.wasm?module'],
    logLevel: 'silent',
    tsconfigRaw: {},
  });
  const files = new Set([entry]);
  for (const file of files)
    for (const { path, kind, external } of metafile.inputs[file].imports)
      if (external !== true && kind === 'import-statement') files.add(path);
  const peers = Object.keys(packageJson.peerDependencies as object);
  const outside = Object.entries(metafile.inputs).flatMap(([file, { imports }]) =>
    imports
      .filter(({ external, path }) => external === true && (files.has(file) || !peers.includes(path)))
      .map(({ path }) => path),
  );
  const later = Object.keys(metafile.inputs).filter((file) => !files.has(file));
  return { files: [...files], later, outside: [...new Set(outside)].sort() };
}

const text = (file: string) => readFileSync(`${root}/${file}`, 'utf8');

/** Which modules an entry has inside, at its start or later. */
async function embedded(entry: string): Promise<string[]> {
  const { files, later } = await reach(`dist/${entry}.js`);
  return ['satnmf', 'compare'].filter((name) => {
    const hex = readFileSync(`${root}/dist/${name}.wasm`, 'hex');
    return [...files, ...later].some((file) => text(file).includes(hex));
  });
}

beforeAll(requireBuilt);

describe('what an entry needs to run', () => {
  it.each([
    ['dist/index.js', []],
    ['dist/methods.js', []],
    ['dist/slim/index.js', []],
    ['dist/slim/methods.js', []],
    ['dist/io.js', []],
    ['dist/audio.js', []],
    ['dist/emodb.js', []],
    ['dist/corpora.js', []],
    ['dist/worker.js', []],
    ['dist/worker-thread.js', []],
    ['dist/command-thread.js', []],
    ['dist/edge/index.js', ['../satnmf.wasm']],
    ['dist/edge/methods.js', ['../satnmf.wasm']],
    ['dist/edge/audio.js', ['../compare.wasm']],
    ['dist/edge-light/index.js', ['../satnmf.wasm?module']],
    ['dist/edge-light/methods.js', ['../satnmf.wasm?module']],
    ['dist/edge-light/audio.js', ['../compare.wasm?module']],
  ])('%s imports %j from outside, and nothing of Node', async (entry, expected) => {
    expect((await reach(entry)).outside).toEqual(expected);
  });

  it.each(['dist/node.js', 'dist/cli.js'])(
    "%s imports Node's own modules and nothing else at its start",
    async (entry) => {
      const { outside } = await reach(entry);
      expect(outside.filter((path) => !path.startsWith('node:'))).toEqual([]);
      expect(outside).not.toEqual([]);
    },
  );

  it.each([
    'dist/index.js',
    'dist/methods.js',
    'dist/slim/index.js',
    'dist/slim/methods.js',
    'dist/io.js',
    'dist/audio.js',
    'dist/emodb.js',
    'dist/corpora.js',
    'dist/worker.js',
    'dist/worker-thread.js',
    'dist/command-thread.js',
    'dist/edge/index.js',
    'dist/edge/methods.js',
    'dist/edge/audio.js',
    'dist/cli.js',
  ])('%s makes no code from strings, which content security policies forbid', async (entry) => {
    for (const file of (await reach(entry)).files)
      expect([file, text(file).match(/\beval\(|\bnew Function\b|[^.\w]Function\(/)?.[0]]).toEqual([
        file,
        undefined,
      ]);
  });
});

describe('sizes', () => {
  it(`the default entry, wasm included, is at most ${DEFAULT_ENTRY_LIMIT / 1000} kB gzipped`, async () => {
    const { files } = await reach('dist/index.js');
    const apart = files.reduce((sum, file) => sum + gzipSync(text(file), { level: 9 }).length, 0);
    // As a bundler leaves it, without what is loaded when it is asked for (what reads models): how many files dist/ is
    // split into, for the sake of the other entries, does not count.
    const { outputFiles, metafile } = await build({
      absWorkingDir: root,
      entryPoints: ['dist/index.js'],
      bundle: true,
      minify: true,
      splitting: true,
      write: false,
      metafile: true,
      outdir: 'out',
      format: 'esm',
      platform: 'neutral',
      logLevel: 'silent',
      tsconfigRaw: {},
    });
    const atStart = new Set(['out/index.js']);
    for (const file of atStart)
      for (const { path, kind } of metafile.outputs[file].imports)
        if (kind === 'import-statement') atStart.add(path);
    const sizes = outputFiles.map(({ path, contents }) => ({
      start: [...atStart].some((file) => path.endsWith(file)),
      bytes: gzipSync(contents, { level: 9 }).length,
    }));
    const bytes = sizes.reduce((sum, one) => sum + (one.start ? one.bytes : 0), 0);
    const whole = sizes.reduce((sum, one) => sum + one.bytes, 0);
    console.log(
      `default entry: ${bytes} bytes gzipped, ${whole} with what reads models; ${apart} as the ${files.length} files of dist/`,
    );
    expect(bytes).toBeLessThanOrEqual(DEFAULT_ENTRY_LIMIT);
    expect(files.length).toBeLessThanOrEqual(DEFAULT_ENTRY_FILES);
  });

  it.each([
    ['index', ['satnmf']],
    ['methods', ['satnmf']],
    ['audio', ['compare']],
    ['worker-thread', ['satnmf']],
    ['worker', []],
    ['io', []],
    ['slim/index', []],
    ['slim/methods', []],
    ['edge/index', []],
    ['edge/methods', []],
    ['edge/audio', []],
    ['edge-light/index', []],
  ])('%s has %j inside', async (entry, expected) => {
    expect(await embedded(entry)).toEqual(expected);
  });

  it('no entry reads EmoDB but its own, which lies where its file is', async () => {
    expect(text('dist/emodb.js')).toContain('import.meta.url');
    for (const entry of [
      'dist/index.js',
      'dist/methods.js',
      'dist/io.js',
      'dist/audio.js',
      'dist/node.js',
      'dist/edge/index.js',
    ])
      for (const file of (await reach(entry)).files)
        expect([file, text(file).includes('emodb.bin')]).toEqual([file, false]);
  });

  it('the entry of workers finds their script where it lies', async () => {
    expect(text('dist/worker.js')).toMatch(
      /new Worker\(new URL\("\.\/worker-thread\.js",import\.meta\.url\)/,
    );
  });
});
