import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { compile, MODULES, sha256 } from '../../scripts/wasm.mjs';
import { requireBuilt, root } from './built.js';

const SIZE_LIMITS: Readonly<Record<string, number>> = { satnmf: 64_000, compare: 80_000 };

describe.each(MODULES)('the module $name', ({ name: moduleName, entry }) => {
  const SIZE_LIMIT = SIZE_LIMITS[moduleName];
  let bytes: Buffer<ArrayBuffer>;
  let module: WebAssembly.Module;
  beforeAll(() => {
    requireBuilt();
    bytes = Buffer.from(readFileSync(`${root}/dist/${moduleName}.wasm`));
    module = new WebAssembly.Module(bytes);
  });

  it('imports nothing', () => {
    expect(WebAssembly.Module.imports(module)).toEqual([]);
  });

  it('exports one memory, and besides it functions and numbers only', () => {
    const exports = WebAssembly.Module.exports(module);
    expect(exports.filter(({ kind }) => kind === 'memory').map(({ name }) => name)).toEqual(['memory']);
    expect(exports.filter(({ kind }) => kind === 'table')).toEqual([]);
  });

  it(`is at most ${SIZE_LIMIT / 1000} kB`, () => {
    console.log(`${moduleName}.wasm: ${bytes.length} bytes`);
    expect(bytes.length).toBeLessThanOrEqual(SIZE_LIMIT);
  });

  it('tells nothing about where it was built: no custom section', () => {
    for (const name of ['name', 'sourceMappingURL', 'producers'])
      expect(WebAssembly.Module.customSections(module, name)).toEqual([]);
  });

  it(
    `is, rebuilt in another folder, what assembly/${moduleName}.wasm.sha256 publishes`,
    { timeout: 180_000 },
    () => {
      const published = readFileSync(`${root}/assembly/${moduleName}.wasm.sha256`, 'utf8').split(' ')[0];
      const folder = mkdtempSync(join(tmpdir(), 'satnmf-rebuild-'));
      try {
        cpSync(`${root}/assembly`, join(folder, 'assembly'), { recursive: true });
        cpSync(`${root}/asconfig.json`, join(folder, 'asconfig.json'));
        compile('release', 'rebuilt.wasm', folder, entry);
        const hint = 'after a change of assembly/, run `npm run digest:write`';
        expect(sha256(join(folder, 'rebuilt.wasm')), hint).toBe(published);
        expect(sha256(`${root}/dist/${moduleName}.wasm`), 'dist/ is older than assembly/: build again').toBe(
          published,
        );
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  );
});
