/**
 * The check of the rooms (scripts/rooms.mjs), of folders and of tests' names (scripts/folders.mjs), and of the picture.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { complaintsAboutFolders } from '../../scripts/folders.mjs';
import { pictureOf, withPicture } from '../../scripts/house-picture.mjs';
import { complaintsAbout, importsOf } from '../../scripts/rooms.mjs';

let base: string | undefined;
afterEach(() => {
  if (base !== undefined) rmSync(base, { recursive: true });
  base = undefined;
});

/** A repository of these files, by path. */
function repository(files: Readonly<Record<string, string>>): string {
  base = mkdtempSync(join(tmpdir(), 'satnmf-rooms-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(base, path)), { recursive: true });
    writeFileSync(join(base, path), text);
  }
  return base;
}

const ONE = 'export const one = 1;\nexport type One = typeof one;\n';

/** Files that others import. */
const FILES = {
  'js/errors.ts': ONE,
  'js/data/index.ts': "export { one } from './matrix.js';\n",
  'js/data/matrix.ts': ONE,
  'js/core/core.ts': ONE,
  'js/io/wav.ts': ONE,
  'js/metrics/uar.ts': ONE,
  'js/methods/tca/tca.ts': ONE,
  'js/entries/index.ts': ONE,
  'js/entries/node.ts': ONE,
};

const complaintsOf = async (files: Readonly<Record<string, string>>) =>
  complaintsAbout(await importsOf(repository(files)), []);

const importing = (path: string) => `import { one } from '${path}';\nexport const two = one;\n`;

describe('imports', () => {
  it.each([
    ['upwards', 'js/data/corpus.ts', importing('../core/core.js')],
    [
      'upwards, for a type',
      'js/data/corpus.ts',
      "import type { One } from '../core/core.js';\nexport type Two = One;\n",
    ],
    [
      'upwards, for one type of several names',
      'js/data/corpus.ts',
      "import { type One } from '../core/core.js';\nexport type Two = One;\n",
    ],
    ['upwards, to export it again', 'js/data/corpus.ts', "export * from '../core/core.js';\n"],
    ['upwards, to export a type again', 'js/data/corpus.ts', "export type { One } from '../core/core.js';\n"],
    [
      'upwards, when it is needed',
      'js/data/corpus.ts',
      "export const it = () => import('../core/core.js');\n",
    ],
    [
      'upwards, in the words of a type',
      'js/data/corpus.ts',
      "export type Two = import('../core/core.js').One;\n",
    ],
    ['upwards, from the lowest file', 'js/errors.ts', importing('./core/core.js')],
    ['upwards, of an entry', 'js/core/load.ts', importing('../entries/index.js')],
    [
      'sideways',
      'js/metrics/war.ts',
      "import { two } from '../audio/signal.js';\nexport const three = two;\n",
    ],
    ['of another method', 'js/methods/jda/jda.ts', importing('../tca/tca.js')],
    ['of an inside', 'js/io/mat.ts', importing('../data/matrix.js')],
    [
      'of an inside, for a type',
      'js/io/mat.ts',
      "import type { One } from '../data/matrix.js';\nexport type Two = One;\n",
    ],
    ['of an inside, by a user of the package', 'bench/gemm.ts', importing('../js/data/matrix.js')],
    ['of the door of its own room', 'js/data/corpus.ts', importing('./index.js')],
    ['of a file in no layer', 'js/elsewhere/far.ts', importing('../errors.js')],
  ])('%s are refused', async (_, path, code) => {
    const complaints = await complaintsOf({
      ...FILES,
      'js/audio/signal.ts': 'export const two = 2;\n',
      [path]: code,
    });
    expect(complaints).toEqual([expect.stringContaining(path)]);
  });

  it('in a circle are refused, for types too', async () => {
    const complaints = await complaintsOf({
      ...FILES,
      'js/io/a.ts': "import type { B } from './b.js';\nexport type A = B;\n",
      'js/io/b.ts': "import type { A } from './a.js';\nexport type B = A | 1;\n",
    });
    expect(complaints).toEqual(['Circle: js/io/a.ts → js/io/b.ts → js/io/a.ts.']);
  });

  it.each([
    ['downwards, through a door', 'js/io/mat.ts', importing('../data/index.js')],
    ['within a room', 'js/data/corpus.ts', importing('./matrix.js')],
    ['by a room inside of it', 'js/data/scaling/rank.ts', importing('../matrix.js')],
    ['of a room that has no door', 'js/learn/svm/smo.ts', importing('../../core/core.js')],
    ['of errors', 'js/cli/main.ts', importing('../errors.js')],
    ['of an entry, by a user of the package', 'demo/src/page.ts', importing('../../js/entries/node.js')],
    ['of what is in no room', 'js/io/mat.ts', importing('node:fs')],
  ])('%s are allowed', async (_, path, code) => {
    expect(await complaintsOf({ ...FILES, [path]: code })).toEqual([]);
  });

  it('may be excused, as long as there is something to excuse', async () => {
    const upwards = { from: 'js/data/corpus.ts', to: 'js/core/core.ts', because: 'a test' };
    const modules = await importsOf(
      repository({ ...FILES, 'js/data/corpus.ts': importing('../core/core.js') }),
    );
    expect(complaintsAbout(modules, [upwards])).toEqual([]);
    const gone = await importsOf(repository(FILES));
    expect(complaintsAbout(gone, [upwards])).toEqual([expect.stringContaining('breaks no rule')]);
  });
});

describe('folders', () => {
  const TESTED = { 'js/io/mat.ts': ONE, 'test/js/io/mat.test.ts': '' };
  const folders = (files: Readonly<Record<string, string>>) =>
    complaintsAboutFolders(repository(files), {}, {});

  it('with more than 16 entries are refused', () => {
    const many = (n: number) =>
      Object.fromEntries(Array.from({ length: n }, (_, i) => [`assembly/core/k${i}.ts`, ONE]));
    expect(folders({ ...TESTED, ...many(16) })).toEqual([]);
    expect(folders({ ...TESTED, ...many(17) })).toEqual([expect.stringContaining('assembly/core has 17')]);
  });

  it('without a test are refused', () => {
    expect(folders({ ...TESTED, 'js/core/load.ts': ONE })).toEqual([
      expect.stringContaining('js/core has no test'),
    ]);
  });

  it('hold tests that bear the name of a file, of the folder, or of what tests share', () => {
    expect(
      folders({
        ...TESTED,
        'test/js/io/mat.hostile.slow.test.ts': '',
        'test/js/io/io.test.ts': '',
        'test/js/io/forged.ts': ONE,
        'test/js/io/forged.test.ts': '',
      }),
    ).toEqual([]);
    expect(folders({ ...TESTED, 'test/js/io/other.test.ts': '' })).toEqual([
      expect.stringContaining('there is no js/io/other.ts'),
    ]);
  });
});

describe('the picture', () => {
  it('has a row and a column for each room, and a dot for each import', async () => {
    const files = { 'js/errors.ts': ONE, 'js/data/matrix.ts': importing('../errors.js') };
    const base = repository(files);
    const picture = pictureOf(await importsOf(base), base);
    expect(picture).toEqual([
      '   room         files  lines   1  2',
      ' 1 js/data          1   0.0k   ╲  ●',
      ' 2 js/errors.ts     1   0.0k   ·  ╲',
    ]);
  });

  it('is put between two marks, and putting it there again changes nothing', () => {
    const text = 'Before.\n\n<!-- rooms -->\n<!-- /rooms -->\n\nAfter.\n';
    const once = withPicture(text, ['a', 'b']);
    expect(once).toMatch(
      /^Before\.\n\n<!-- rooms -->\n[^]*```text\na\nb\n```\n\n<!-- \/rooms -->\n\nAfter\.\n$/,
    );
    expect(withPicture(once, ['a', 'b'])).toBe(once);
    expect(() => withPicture('No place.', [])).toThrow(/needs a line/);
  });
});
