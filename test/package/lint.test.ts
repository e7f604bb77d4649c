import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';

const cwd = fileURLToPath(new URL('../..', import.meta.url));
const eslint = new ESLint({
  cwd,
  // The snippets are no files, so the rules that need a type checker stand aside.
  overrideConfig: [tseslint.configs.disableTypeChecked] as never,
});

/** Names of the rules that refuse a snippet, were it the text of `file`. */
async function complaints(file: string, code: string): Promise<(string | null)[]> {
  const results = await eslint.lintText(code, { filePath: `${cwd}/${file}` });
  return results.flatMap((result) => result.messages.map((message) => message.ruleId ?? message.message));
}

const importing = (path: string) => `import * as it from '${path}';\nexport { it };\n`;

describe("Node's own modules and globals", () => {
  const below = [
    'js/entries/index.ts',
    'js/core/load.ts',
    'js/io/npy.ts',
    'js/learn/nmf/nmf.ts',
    'js/outside/plot/bars.ts',
  ];

  it.each(below)('%s may not use them', async (file) => {
    expect(await complaints(file, importing('node:fs'))).toEqual(['no-restricted-imports']);
    expect(await complaints(file, importing('fs/promises'))).toEqual(['no-restricted-imports']);
    expect(await complaints(file, "export const fs = import('node:fs');\n")).toEqual([
      'no-restricted-syntax',
    ]);
    expect(await complaints(file, 'export const all = process.argv;\n')).toEqual(['no-restricted-globals']);
    expect(await complaints(file, 'export const b = Buffer.alloc(1);\n')).toEqual(['no-restricted-globals']);
  });

  it.each(['js/outside/node/files.ts', 'js/sweep/engines/threads.ts', 'js/cli/main.ts'])(
    '%s may use them',
    async (file) => {
      expect(await complaints(file, importing('node:fs'))).toEqual([]);
      expect(await complaints(file, 'export const all = process.argv;\n')).toEqual([]);
    },
  );
});

describe('what may not reach a result', () => {
  const exact = 'sqrt abs min max floor ceil trunc round sign imul fround clz32'.split(' ');
  const inexact = Object.getOwnPropertyNames(Math).filter(
    (name) => typeof Math[name as 'sin'] === 'function' && !exact.includes(name),
  );

  it('is every function of Math that engines compute differently, and Math.random', async () => {
    expect(inexact).toContain('random');
    expect(inexact.length).toBeGreaterThan(20);
    for (const name of inexact)
      expect([name, await complaints('js/core/core.ts', `export const y = Math.${name}(0.5);\n`)]).toEqual([
        name,
        ['no-restricted-properties'],
      ]);
  });

  it.each([
    ['a renamed function', 'const { exp: e } = Math;\nexport const y = e(1);\n'],
    ['a renamed Math', 'const M = Math;\nexport const y = M.exp(1);\n'],
    ['a computed name', "export const y = (name: 'exp') => Math[name](1);\n"],
    ['a global Math', 'export const y = globalThis.Math.exp(1);\n'],
    ['the operator **', 'export const y = (x: number) => x ** 0.5;\n'],
    ['a root by **', 'export const y = 2 ** 0.5;\n'],
    ['a root by ** and a sign', 'export const y = 2 ** -0.5;\n'],
    ['a power of ten', 'export const y = 10 ** -3;\n'],
    ['a power that is not written out', 'export const y = (n: number) => 2 ** n;\n'],
    ['the operator **=', 'export function y(x: number) {\n  x **= 2;\n  return x;\n}\n'],
    ['the clock', 'export const y = Date.now();\n'],
    ['a new Date', 'export const y = new Date();\n'],
    ['localeCompare', "export const y = ['b'].sort((a, b) => a.localeCompare(b));\n"],
    ['toLocaleLowerCase', "export const y = 'I'.toLocaleLowerCase();\n"],
    ['toLocaleString', 'export const y = (1).toLocaleString();\n'],
    ['Intl', 'export const y = new Intl.Collator();\n'],
    ['eval', "export const y = eval('1') as number;\n"],
    ['new Function', "export const y = new Function('return 1');\n"],
  ])('is not slipped in as %s', async (_name, code) => {
    for (const file of [
      'js/data/scaling/normalize.ts',
      'js/learn/nmf/nmf.ts',
      'js/outside/node/files.ts',
      'js/errors.ts',
    ])
      expect((await complaints(file, code)).length).toBeGreaterThan(0);
  });

  it('is not the exact functions of Math, its constants and whole powers of two', async () => {
    for (const name of exact)
      expect(await complaints('js/core/core.ts', `export const y = Math.${name}(0.5, 1);\n`)).toEqual([]);
    expect(await complaints('js/core/core.ts', 'export const y = 2 * Math.PI;\n')).toEqual([]);
    expect(await complaints('js/core/core.ts', 'export const y = 2 ** 32 + 2 ** -24;\n')).toEqual([]);
  });

  it('does not bind plots and the command line', async () => {
    for (const file of ['js/outside/plot/bars.ts', 'js/sweep/engines/threads.ts', 'js/cli/main.ts'])
      expect(await complaints(file, 'export const y = Math.log10(Date.now()) ** 2;\n')).toEqual([]);
  });
});
