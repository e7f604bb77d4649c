/**
 * Commands that the documents show: there are such commands and options; those of the README and of the guide run.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { babble, pcmFile } from '../js/audio/synthetic.js';
import { complaintAbout, describedCommands, wordsOf } from '../js/cli/commands.js';
import { Folder } from '../js/cli/tables.js';
import { requireBuilt, root } from '../package/built.js';
import { blocksOf, DOCUMENTS } from './examples.js';

/** Without what is said beside it, and without npx before it. */
const bare = (line: string): string =>
  line
    .trim()
    .replace(/^npx /, '')
    .replace(/ +# .*$| {4,}.*$/, '');

/** Lines of a document that begin with the command, in blocks of code of either kind. */
function shownIn(file: string): string[] {
  const indented = readFileSync(`${root}/${file}`, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('    '));
  const lines = [
    ...blocksOf(file, 'sh').flatMap(({ code }) => code.replace(/\\\n */g, ' ').split('\n')),
    ...indented,
  ];
  return lines.map(bare).filter((line) => line.startsWith('satnmf '));
}

describe('commands in documents', () => {
  const commands = describedCommands();
  const files = DOCUMENTS.filter((file) => shownIn(file).length > 0);
  it.each(files)('%s: there are such commands and options', (file) => {
    for (const line of shownIn(file)) expect([line, complaintAbout(line, commands)]).toEqual([line, null]);
  });

  it('are found', () => {
    expect(files).toEqual(
      expect.arrayContaining(['README.md', 'docs/guide.md', 'docs/cli.md', 'docs/corpora.md']),
    );
  });
});

describe('commands of the README and the guide, on a folder of short noises', () => {
  const folder = new Folder();
  let seed = 0;
  function recording(name: string): void {
    mkdirSync(dirname(folder.at(name)), { recursive: true });
    writeFileSync(folder.at(name), pcmFile(babble(4000, ++seed)));
  }
  beforeAll(() => {
    requireBuilt();
    for (let i = 1; i <= 6; i++) recording(`recordings/mon-00${i}.wav`);
    for (let i = 1; i <= 3; i++) recording(`more/tue-00${i}.wav`);
    for (const emotion of ['anger', 'neutral'])
      for (let i = 1; i <= 3; i++) recording(`mine/${emotion}/${i}.wav`);
    for (const name of ['03a01Wa', '03a02Na', '08a01Wa', '08a02Nb', '09a01Fa', '09a02Ta'])
      recording(`EmoDB/wav/${name}.wav`);
    const labels = ['file,speaker,emotion', 'mon-001.wav,anna,neutral', 'mon-002.wav,ben,anger'];
    folder.write('recordings/labels.csv', labels.join('\n'));
    // The tables that the README names.
    satnmf(['extract', 'EmoDB/', '-o', 'emodb.npy']);
    satnmf(['extract', 'mine/', '-o', 'urdu.npy']);
  });
  afterAll(() => folder.remove());

  function satnmf(args: readonly string[]): { status: number | null; out: string; err: string } {
    const { status, stdout, stderr } = spawnSync(process.execPath, [`${root}/dist/cli.js`, ...args], {
      cwd: folder.path,
      encoding: 'utf8',
    });
    return { status, out: stdout, err: stderr };
  }

  /** `satnmf doctor` has tests of its own. */
  const lines = [...shownIn('README.md'), ...shownIn('docs/guide.md')].filter(
    (line) => line !== 'satnmf doctor',
  );
  it('run in the order in which they are shown', () => {
    expect(lines.length).toBeGreaterThan(8);
    for (const line of lines) {
      const { status, out, err } = satnmf(wordsOf(line).slice(1));
      expect([line, status, err.match(/^error: .*/m)?.[0] ?? null]).toEqual([line, 0, null]);
      expect([line, out !== '']).toEqual([line, true]);
    }
    expect(existsSync(folder.at('recordings.satnmf'))).toBe(true);
  }, 120_000);
});
