/**
 * What a shell is told at the tabulator key: by the tree of commands, and through bash itself.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, symlinkSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PRESETS } from '../../../../../js/learn/fit/options.js';
import { root } from '../../../../package/built.js';
import { captured } from '../../captured.js';
import { Folder } from '../../tables.js';

const folder = new Folder();
afterAll(() => folder.remove());

/** The words that fit the last of `words`. */
async function completed(...words: string[]): Promise<string[]> {
  const { code, out, err } = await captured(['complete', 'bash', '--', ...words]);
  expect([code, err]).toEqual([0, '']);
  return out.split('\n').filter((line) => line !== '');
}

describe('satnmf complete', () => {
  it.each([
    [['ev'], ['evaluate']],
    [['evaluate'], ['evaluate']],
    [['nothing-like-it'], []],
    [
      ['sweep', ''],
      ['plan', 'run', 'worker', 'status', 'merge'],
    ],
    [['help', 'corpora', 'ch'], ['check']],
    [['fit', '--ou'], ['--output']],
    [['fit', '--output', 'x', '--max'], ['--max-bytes']],
    [['evaluate', '--preset', ''], [...PRESETS]],
    [['evaluate', '--preset', 'pa'], ['paper']],
    [['evaluate', '--preset=pa'], ['--preset=paper']],
    [['evaluate', '--preset', '=', 'pa'], ['paper']],
    [['evaluate', '--preset', '='], [...PRESETS]],
    [
      ['evaluate', '-m', 'sn'],
      ['snmf', 'snmf-gamma'],
    ],
    [['evaluate', '--method', 'svm,snmf,sn'], ['svm,snmf,snmf-gamma']],
    [['evaluate', '--emotions', 'anger,sa'], ['anger,sadness']],
    [['predict', '--set', 'gam'], ['gamma=']],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
    [['completion', 'bash', ''], []],
    [['report', 'runs.jsonl', '--select', 'so'], ['source-cv']],
    [['-'], ['--version', '--help']],
    [['complete'], []],
  ])('%j: %j', async (words, expected) => {
    expect(await completed(...words)).toEqual(expected);
  });

  it.each([
    [['evaluate', '--source', '']],
    [['evaluate', '--source=em']],
    [['predict', '']],
    [['predict', 'a.wav', 'b']],
    [['extract', '--input', 'a.wav', '--', '--pre']],
  ])('%j leaves names of files to the shell', async (words) => {
    expect(await completed(...words)).toEqual([]);
  });

  it('tells zsh and fish what words mean', async () => {
    const zsh = await captured(['complete', 'zsh', '--', 'doc']);
    expect(zsh.out).toBe('doctor:check that this runtime computes the same bits as all others\n');
    const fish = await captured(['complete', 'fish', '--', 'sweep', 'run', '--sha']);
    expect(fish.out).toMatch(/^--shard\tcompute only part i of n/);
  });
});

describe('satnmf completion', () => {
  beforeAll(() => {
    const cli = `${root}/dist/cli.js`;
    if (!existsSync(cli)) throw new Error('dist/cli.js is not built: run `npm run build` first.');
    symlinkSync(cli, folder.at('satnmf'));
  });

  /** Runs a script of `shell` that has read its completion; null where there is no such shell. */
  function inShell(shell: string, script: string): string[] | null {
    const env = { ...process.env, PATH: `${folder.path}:${process.env['PATH']}`, HOME: folder.path };
    try {
      const out = execFileSync(shell, ['-c', script], { env, cwd: folder.path, encoding: 'utf8' });
      return out.split('\n').filter((line) => line !== '');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }

  const inBash = (...words: string[]): string[] => {
    const quoted = ['satnmf', ...words].map((word) => `'${word}'`).join(' ');
    const script = `eval "$(satnmf completion bash)"; COMP_WORDS=(${quoted}); COMP_CWORD=${words.length}
      _satnmf satnmf; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return inShell('bash', script) as string[];
  };

  it('completes in bash', () => {
    expect(inBash('co')).toEqual(['corpora', 'completion']);
    expect(inBash('sweep', 'm')).toEqual(['merge']);
    expect(inBash('fit', '--normalize', '=', 'speaker-m')).toEqual(['speaker-min-max']);
    expect(inBash('predict', 'a b.wav', '--preset', 'r')).toEqual(['robust']);
    expect(inBash('predict', '')).toEqual([]);
  });

  it('is bound to satnmf, with file names as the last resort', () => {
    const bound = inShell('bash', 'eval "$(satnmf completion bash)"; complete -p satnmf');
    expect(bound).toEqual(['complete -o default -F _satnmf satnmf']);
  });

  it('completes in fish, where there is one', (test) => {
    const found = inShell('fish', 'satnmf completion fish | source; complete -C "satnmf sweep m"');
    if (found === null) return test.skip('fish is not installed');
    expect(found).toEqual(['merge\tmerge stores into one, and check that no point is missing']);
  });

  it('is read by zsh, where there is one', (test) => {
    const found = inShell(
      'zsh',
      'autoload -U compinit; compinit -u; source <(satnmf completion zsh); print $_comps[satnmf]',
    );
    if (found === null) return test.skip('zsh is not installed');
    expect(found).toEqual(['_satnmf']);
  });
});
