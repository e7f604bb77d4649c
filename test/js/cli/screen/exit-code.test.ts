import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Interrupted } from '../../../../js/cli/screen/exit-code.js';
import { captured } from '../captured.js';
import { Folder, QUICK, smallPair } from '../tables.js';

const folder = new Folder();
let a: string;
let b: string;
beforeAll(async () => {
  const { source, target } = await smallPair();
  a = folder.writeTable('a.csv', source);
  b = folder.writeTable('b.csv', target);
});
afterAll(() => folder.remove());

const LONG = [
  '--method',
  'satnmf',

  '--set',
  'r=4',
  '--set',
  'maxIterations=600',
  '--set',
  'tolerance=0',
  '--set',
  'objectiveTolerance=0',
];

describe('Ctrl-C', () => {
  const commands = (): [string, string[]][] => [
    ['evaluate', ['--source', a, '--target', b, '--json']],
    ['fit', ['--source', a, '--target', b, '-o', folder.at('m.satnmf')]],
    ['predict', [b, '--source', a]],
  ];

  it('ends a fit with 130, prints no result and writes nothing', async () => {
    for (const [command, args] of commands()) {
      const before = folder.list();
      const interrupt = new AbortController();
      const { code, out, err } = await captured([command, ...args, ...LONG], {
        signal: interrupt.signal,
        // The first line of progress: the fit is on its way, and far from its end.
        onStderr: () => interrupt.abort(new Interrupted()),
      });
      expect([command, code, out]).toEqual([command, 130, '']);
      expect(err).toMatch(/error: Interrupted\.\n$/);
      expect(err).not.toContain('100 %');
      expect(folder.list()).toEqual(before);
    }
  });

  it('is heard before anything is read, and keeps an older file', async () => {
    const older = folder.write('m.satnmf', 'older');
    for (const [command, args] of commands()) {
      const interrupt = new AbortController();
      interrupt.abort(new Interrupted());
      const { code, out } = await captured([command, ...args, ...QUICK], { signal: interrupt.signal });
      expect([command, code, out]).toEqual([command, 130, '']);
    }
    expect(readFileSync(older, 'utf8')).toBe('older');
  });

  it('leaves the core usable', async () => {
    const { code } = await captured(['evaluate', '--source', a, '--target', b, '-q', ...QUICK]);
    expect(code).toBe(0);
  });
});
