/**
 * `npm run paper` from recordings to pages, on four tiny corpora in the paper's layouts (espeak-ng).
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRunStore } from '../../../../../js/outside/node/run-store.js';
import { METHODS, SCHEMES } from '../../../../../scripts/paper-plan.mjs';
import { makeTinyCorpora } from '../../../../../scripts/tiny-corpora.mjs';
import { timeless } from './sweeps.js';
import { Folder } from '../../tables.js';

const SCRIPT = fileURLToPath(new URL('../../../../../scripts/paper.mjs', import.meta.url));
const have = spawnSync('espeak-ng', ['--version']).status === 0;
if (!have) console.warn('The study of the paper: skipped, espeak-ng is not installed.');

/** A study in a process group of its own, as a terminal starts it. */
class Study {
  readonly process: ChildProcess;
  said = '';

  constructor(...args: readonly string[]) {
    this.process = spawn(process.execPath, [SCRIPT, ...args], {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.process.stdout, this.process.stderr])
      stream?.on('data', (text) => (this.said += String(text)));
  }

  async ended(): Promise<number | null> {
    if (this.process.exitCode === null) await once(this.process, 'close');
    return this.process.exitCode;
  }

  /** What Ctrl-C does. */
  interrupt(): void {
    process.kill(-(this.process.pid as number), 'SIGINT');
  }
}

describe.skipIf(!have)('npm run paper', () => {
  let folder: Folder;
  beforeAll(() => {
    folder = new Folder();
    makeTinyCorpora(folder.at('corpora'));
  }, 120_000);
  afterAll(() => folder.remove());
  const args = (out: string, ...more: string[]) => [
    ...['--corpora', folder.at('corpora'), '--out', folder.at(out), '--quick'],
    ...more,
  ];
  const text = (name: string): string => readFileSync(folder.at(name), 'utf8');

  it('goes from recordings to the tables and figures of all four schemes', async () => {
    const study = new Study(...args('whole'));
    expect([await study.ended(), study.said]).toEqual([0, expect.stringContaining('Everything is in')]);
    const runs = await readRunStore(folder.at('whole/study.jsonl'));
    for (const scheme of Object.keys(SCHEMES))
      for (const method of METHODS)
        expect([scheme, method, runs.some((run) => run.scheme === scheme && run.method === method)]).toEqual([
          scheme,
          method,
          true,
        ]);
    expect(runs.filter((run) => 'error' in run)).toEqual([]);
    const page = text('whole/report.html');
    for (const sight of [
      'What each term',
      'UAR against its parameters',
      'Convergence',
      'Confusion matrices of C2e',
    ])
      expect(page).toContain(sight);
    expect(page.match(/before and after adaptation/g)?.length).toBeGreaterThanOrEqual(4);
    expect(page).not.toMatch(/NaN|undefined/);
    expect(text('whole/report.md')).toMatch(/\| e2E .*\n\| E2B .*\n\| B2C .*\n\| C2e .*\n\| average/);
    const [head, ...lines] = text('whole/table3.csv').trim().split('\n');
    expect([head.split(',')[0], lines.length]).toEqual(['scheme', expect.any(Number)]);
    expect(text('whole/table3.tex')).toContain('\\toprule');
    expect(text('whole/figure2.svg')).toContain('STNMF-λ');
  });

  it('goes on after Ctrl-C, and comes to the same', async () => {
    const first = new Study(...args('stopped', '--schemes', 'E2B', '--methods', 'svm,satnmf'));
    const begun = () =>
      existsSync(folder.at('stopped/runs.jsonl')) && text('stopped/runs.jsonl').includes('\n');
    while (first.process.exitCode === null && !begun())
      await new Promise((resolve) => setTimeout(resolve, 20));
    first.interrupt();
    expect([await first.ended(), first.said]).toEqual([
      130,
      expect.stringContaining('The same command goes on'),
    ]);
    expect(existsSync(folder.at('stopped/report.html'))).toBe(false);
    const again = new Study(...args('stopped', '--schemes', 'E2B', '--methods', 'svm,satnmf'));
    expect([await again.ended(), again.said]).toEqual([
      0,
      expect.stringMatching(/points, [1-9]\d* of them done/),
    ]);
    const whole = await readRunStore(folder.at('whole/study.jsonl'));
    const part = whole.filter(({ scheme, method }) => scheme === 'E2B' && ['svm', 'satnmf'].includes(method));
    expect(timeless(await readRunStore(folder.at('stopped/study.jsonl')))).toEqual(timeless(part));
  });

  it('says what is missing, and runs what there is', async () => {
    const some = folder.at('some');
    for (const name of ['emodb', 'casia'])
      cpSync(folder.at(`corpora/${name}`), `${some}/${name}`, { recursive: true });
    for (const sentence of [1, 2, 3]) {
      const place = `${some}/enterface/subject 1/anger/sentence ${sentence}`;
      mkdirSync(place, { recursive: true });
      writeFileSync(`${place}/s1_an_${sentence}.avi`, 'RIFF');
    }
    const study = new Study(
      '--corpora',
      some,
      '--out',
      folder.at('part'),
      '--quick',
      '--methods',
      'svm,snmf',
    );
    expect(await study.ended()).toBe(0);
    expect(study.said).toContain('3 recordings cannot be read');
    expect(study.said).toContain('is a video: take out its sound, with ffmpeg');
    expect(study.said).toContain(
      'eekc is missing, so e2E and E2B are left out. Estonian Emotional Speech Corpus',
    );
    expect(study.said).toContain('enterface is missing, so e2E and C2e are left out.');
    const runs = await readRunStore(folder.at('part/study.jsonl'));
    expect(new Set(runs.map(({ scheme }) => scheme))).toEqual(new Set(['B2C']));
    const nothing = new Study('--corpora', folder.at('corpora/emodb'), '--out', folder.at('nothing'));
    expect([await nothing.ended(), nothing.said]).toEqual([2, expect.stringContaining('casia is missing')]);
  });
});
