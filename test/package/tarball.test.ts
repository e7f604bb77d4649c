import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { pack, packageJson, root, type Tarball } from './built.js';

/** Of the packed package without the features of EmoDB and the weights, and of those. */
const SIZE_LIMIT = 330_000;
const EMODB_LIMIT = 4_000_000;
const WEIGHTS_LIMIT = 140_000;

/** Everything that may be in the package. */
const EXPECTED = [
  /^(package\.json|README\.md|LICENSE)$/,
  /^dist\/(index|methods|io|audio|corpora|emodb|node|recogniser|worker|cli|extract-worker|(command|worker)-thread)\.js$/,
  /^dist\/edge(-light)?\/(index|methods|audio|recogniser)\.js$/,
  /^dist\/slim\/(index|methods)\.js$/,
  /^dist\/chunks\/(chunk|figures|open-base64|reader)-[A-Z0-9]{8}\.js$/,
  /^dist\/(satnmf|compare)\.wasm$/,
  /^dist\/emodb\.bin$/,
  /^dist\/THIRD-PARTY-LICENSES\.txt$/,
  /^dist\/types\/[a-z0-9/-]+\.d\.ts$/,
];

/** Every file that package.json promises, under whatever condition. */
function promised(): string[] {
  const paths = Object.values(packageJson.exports).flatMap((entry) =>
    typeof entry === 'string' ? [entry] : Object.values(entry),
  );
  return [...new Set([...paths, ...Object.values(packageJson.bin)].map((path) => path.replace(/^\.\//, '')))];
}

let tarball: Tarball;
let paths: string[];
beforeAll(async () => {
  tarball = await pack();
  paths = tarball.files.map(({ path }) => path);
});

describe('the tarball', () => {
  it('holds only files that belong there', () => {
    expect(paths.filter((path) => !EXPECTED.some((pattern) => pattern.test(path)))).toEqual([]);
  });

  it('holds the licence, the readme, the licences of bundled code and the wasm', () => {
    expect(paths).toEqual(
      expect.arrayContaining([
        'LICENSE',
        'README.md',
        'dist/THIRD-PARTY-LICENSES.txt',
        'dist/satnmf.wasm',
        'dist/emodb.bin',
        'dist/edge/index.js',
        'dist/slim/index.js',
      ]),
    );
  });

  it('holds every file that package.json points at', () => {
    expect(promised().filter((path) => !paths.includes(path))).toEqual([]);
  });

  it(`is at most ${SIZE_LIMIT / 1000} kB packed without EmoDB (${EMODB_LIMIT / 1e6} MB) and the weights (${WEIGHTS_LIMIT / 1000} kB)`, () => {
    const emodb = readFileSync(`${root}/dist/emodb.bin`);
    const weights = readFileSync(`${root}/weights/open/open.satnmf`);
    expect(weights.length).toBeLessThanOrEqual(WEIGHTS_LIMIT);
    expect(readFileSync(`${root}/weights/research/research.satnmf`).length).toBeLessThanOrEqual(180_000);
    const embedded = gzipSync(weights.toString('base64')).length;
    const rest = tarball.size - gzipSync(emodb).length - embedded;
    console.log(`tarball: ${rest} bytes packed and ${emodb.length} of EmoDB, ${paths.length} files`);
    expect(emodb.length).toBeLessThanOrEqual(EMODB_LIMIT);
    expect(rest).toBeLessThanOrEqual(SIZE_LIMIT);
  });

  it('starts the command line through node', () => {
    const cli = tarball.files.find(({ path }) => path === 'dist/cli.js');
    expect(cli).toBeDefined();
    expect(readFileSync(`${root}/dist/cli.js`, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  });

  it('tells nothing about the machine that built it', () => {
    const home = process.env['HOME'];
    for (const path of paths.filter((name) => name.startsWith('dist/'))) {
      const text = readFileSync(`${root}/${path}`, 'latin1');
      expect([path, text.includes(root.replace(/\/$/, ''))]).toEqual([path, false]);
      if (home !== undefined && home.length > 1)
        expect([path, text.includes(`${home}/`)]).toEqual([path, false]);
    }
  });
});

describe('package.json', () => {
  it('has no runtime dependency of any kind', () => {
    for (const field of ['dependencies', 'optionalDependencies', 'bundleDependencies', 'bundledDependencies'])
      expect(packageJson).not.toHaveProperty(field);
  });

  it('has optional peers only, which npm does not install: the queue of sweeps, and what draws figures', () => {
    const { peerDependencies, peerDependenciesMeta } = packageJson;
    const peers = Object.keys(peerDependencies as object);
    expect(peers).toEqual(['@observablehq/plot', 'bullmq', 'ioredis', 'linkedom']);
    for (const name of peers) expect(peerDependenciesMeta).toHaveProperty([name, 'optional'], true);
  });

  it('runs nothing on the machine of who installs it', () => {
    for (const script of ['preinstall', 'install', 'postinstall', 'prepare'])
      expect(packageJson.scripts).not.toHaveProperty(script);
  });

  it('names the types first in every entry, as TypeScript needs it', () => {
    for (const [entry, conditions] of Object.entries(packageJson.exports))
      if (typeof conditions === 'object')
        expect([entry, Object.keys(conditions)[0]]).toEqual([entry, 'types']);
  });
});

describe('the lock files', () => {
  it.each(['package-lock.json', 'test/runtimes/package-lock.json'])('%s names no registry host', (file) => {
    const lock = JSON.parse(readFileSync(`${root}/${file}`, 'utf8')) as {
      packages: Record<string, { resolved?: string }>;
    };
    expect(Object.entries(lock.packages).filter(([, entry]) => entry.resolved !== undefined)).toEqual([]);
  });
});
