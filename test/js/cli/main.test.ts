/**
 * The built command line as people start it: a process of its own.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../package/built.js';
import { Folder, QUICK, smallPair } from './tables.js';

const CLI = `${root}/dist/cli.js`;
const folder = new Folder();
let a: string;
let b: string;
beforeAll(async () => {
  if (!existsSync(CLI)) throw new Error('dist/cli.js is not built: run `npm run build` first.');
  const { source, target } = await smallPair();
  a = folder.writeTable('a.csv', source);
  b = folder.writeTable('b.csv', target);
});
afterAll(() => folder.remove());

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

interface HowToStart {
  readonly file?: string;
  /** Sent once stderr has said something. */
  readonly interrupt?: NodeJS.Signals;
  /** Closes stdout before anything is read from it. */
  readonly closed?: boolean;
}

function start(args: readonly string[], { file = CLI, interrupt, closed }: HowToStart = {}): Promise<Ended> {
  const child = spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  if (closed === true) child.stdout.destroy();
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => {
    if (err === '' && interrupt !== undefined) child.kill(interrupt);
    err += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, out, err }));
  });
}

describe('the process satnmf', () => {
  it('evaluates two tables: JSON on stdout, progress on stderr, exit code 0', async () => {
    const { code, out, err } = await start(['evaluate', '--source', a, '--target', b, '--json', ...QUICK]);
    expect(code).toBe(0);
    const { results } = JSON.parse(out) as { results: { method: string; predictions: string[] }[] };
    expect(results.map(({ method }) => method)).toEqual(['satnmf']);
    expect(results[0].predictions).toHaveLength(44);
    expect(err).toMatch(/100 %, satnmf: done\n$/);
  });

  it('fits, and predicts by the file in another process', async () => {
    const model = folder.at('m.satnmf');
    expect((await start(['fit', '--source', a, '--target', b, '-o', model, ...QUICK])).code).toBe(0);
    const { code, out } = await start(['predict', b, '--model', model]);
    expect(code).toBe(0);
    expect(out.trimEnd().split('\n')).toHaveLength(45);
  });

  it('ends with 2 for what the user can mend', async () => {
    const { code, out, err } = await start(['evaluate', '--source', a, '--target', folder.at('none.csv')]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^error: .*none\.csv: there is no such file \(bad-file\)\n$/);
  });

  it('runs through a link, as npx starts it', async () => {
    symlinkSync(CLI, folder.at('satnmf'));
    const { code, out } = await start(['--version'], { file: folder.at('satnmf') });
    const { version } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as { version: string };
    expect([code, out]).toEqual([0, `${version}\n`]);
  });

  it('ends with 130 on Ctrl-C, with nothing half-written', async () => {
    const before = folder.list();
    const long = ['r=4', 'maxIterations=5000', 'tolerance=0', 'objectiveTolerance=0'].flatMap((s) => [
      '--set',
      s,
    ]);
    const { code, out, err } = await start(
      ['fit', '--source', a, '--target', b, '-o', folder.at('never.satnmf'), '--method', 'satnmf', ...long],
      { interrupt: 'SIGINT' },
    );
    expect([code, out]).toEqual([130, '']);
    expect(err).toMatch(/error: Interrupted\.\n$/);
    expect(folder.list()).toEqual(before);
  });

  it('does not mind that nobody reads its output', async () => {
    const { code, err } = await start(['predict', b, '--source', a, '--method', 'svm', '-q'], {
      closed: true,
    });
    expect([code, err]).toEqual([0, '']);
  });
});
