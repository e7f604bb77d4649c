import { describe, expect, it } from 'vitest';
import { captured } from './captured.js';
import { complaintAbout, type Described, describedCommands } from './commands.js';

const commands = describedCommands();
const named = (path: readonly string[]): string => ['satnmf', ...path].join(' ');

/** Commands of the examples in a help text, without what is said beside them and where output goes. */
function examplesOf(help: string): string[] {
  const [, examples = ''] = help.split('\nExamples:\n');
  const lines = examples
    .split('\n\n')[0]
    .replace(/\\\n */g, ' ')
    .split('\n');
  return lines.flatMap((line) => /^ {2}(satnmf .*?)(?: {4,}.*| >+ .*| *)$/.exec(line)?.[1] ?? []);
}

describe('the help of every command', () => {
  it.each(commands.map((one) => [named(one.path), one] as const))(
    '%s: goes to stdout with examples, and ends with 0',
    async (_, { path, help }: Described) => {
      const { code, out, err } = await captured([...path, '--help']);
      expect([code, err]).toEqual([0, '']);
      expect(out).toBe(help);
      expect(out).toContain(`Usage: ${named(path)}`);
      expect(examplesOf(out).length).toBeGreaterThan(0);
      expect((await captured(['help', ...path])).out).toBe(help);
    },
  );

  it.each(commands.map((one) => [named(one.path), one] as const))(
    '%s: its examples call commands and options that there are',
    (_, { path, help }: Described) => {
      const examples = examplesOf(help);
      expect(examples.some((example) => example.startsWith(named(path)))).toBe(true);
      for (const example of examples)
        expect([example, complaintAbout(example, commands)]).toEqual([example, null]);
    },
  );

  it('fits 110 columns', () => {
    for (const { help } of commands)
      for (const line of help.split('\n')) expect([line, line.length <= 110]).toEqual([line, true]);
  });
});

describe('misspelt names', () => {
  const leaves = commands.filter(({ path }) => path.length > 0);
  it.each(leaves.map(({ path }) => [path] as const))(
    '%j without its last letter is suggested',
    async (path) => {
      const name = path[path.length - 1];
      const { code, err } = await captured([...path.slice(0, -1), name.slice(0, -1)]);
      expect(code).toBe(2);
      expect(err).toMatch(new RegExp(`^error: unknown command '.*'\\. Did you mean (one of .*)?${name}`));
    },
  );

  it('of options are suggested by every command', async () => {
    for (const { path, command } of leaves)
      for (const { long } of command.options.filter((option) => option.long && !option.hidden)) {
        const typo = `${long as string}x`;
        const { code, err } = await captured([...path, typo]);
        expect([path, typo, code]).toEqual([path, typo, 2]);
        expect(err).toMatch(
          new RegExp(`unknown option '${typo}'\\. Did you mean (one of .*)?${long as string}`),
        );
      }
  });
});

describe('colours', () => {
  const args = ['fit', '--sorce', 'x'];
  it.each([
    ['a terminal', true, {}, true],
    ['no terminal', false, {}, false],
    ['a terminal that cannot', true, { TERM: 'dumb' }, false],
    ['NO_COLOR', true, { NO_COLOR: '1' }, false],
    ['an empty NO_COLOR', true, { NO_COLOR: '' }, true],
    ['FORCE_COLOR', false, { FORCE_COLOR: '1' }, true],
    ['FORCE_COLOR=0', true, { FORCE_COLOR: '0' }, false],
    ['both, of which NO_COLOR wins', true, { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
  ] as const)('on %s', async (_, terminal, env, painted) => {
    const { err } = await captured(args, { terminal, env });
    expect(err.includes('\u001b[')).toBe(painted);
    expect(err).toContain("unknown option '--sorce'");
  });
});

describe('--version', () => {
  it('says it', async () => {
    for (const flag of ['--version', '-v'])
      expect(await captured([flag])).toEqual({ code: 0, out: `${__VERSION__}\n`, err: '' });
  });
});
