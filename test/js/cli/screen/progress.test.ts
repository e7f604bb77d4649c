import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { partDone } from '../../../../js/cli/screen/progress.js';
import type { Progress } from '../../../../js/contract/method.js';
import { captured } from '../captured.js';
import { Folder, smallPair } from '../tables.js';

const at = (phase: string, iteration: number, iterations: number, trial = 0, trials = 5): Progress => ({
  phase,
  trial,
  trials,
  iteration,
  iterations,
});

/** A factorisation that is all iterations after its start. */
const from = (start: number) => ({ start, stages: { factorize: [start, 1] as const } });

describe('partDone', () => {
  it('rises from 0 to 1 over a fit whose trials run together', () => {
    const parts = [
      at('base svm', 0, 1),
      at('base svm', 1, 1),
      at('graph', 0, 1),
      at('graph', 1, 1),
      ...[1, 50, 100].map((i) => at('factorize', i, 100)),
    ].map((progress) => partDone(progress, from(0.2)));
    expect(parts).toEqual([...parts].sort((a, b) => a - b));
    expect([parts[0], parts[3], parts[6]]).toEqual([0, 0.2, 1]);
  });

  it('never is more than 1, and ends at 1, when trials run in batches', () => {
    const parts = [0, 2, 4].map((trial) => partDone(at('factorize', 100, 100, trial), from(0)));
    expect(Math.max(...parts)).toBeLessThanOrEqual(1);
    expect(parts[2]).toBe(1);
    expect(partDone(at('factorize', 50, 100, 4), from(0))).toBeCloseTo(0.9, 12);
  });
});

describe('partDone in rounds', () => {
  /** Three rounds of two trials each: six trials in all. */
  const rounds = { ...from(0), trialsOfRound: 2 };

  it('goes evenly where the trials of a round run together', () => {
    const parts = [0, 2, 4].flatMap((trial) =>
      [25, 50, 100].map((i) => partDone(at('factorize', i, 100, trial, 6), rounds)),
    );
    const expected = [0, 1, 2].flatMap((round) => [0.25, 0.5, 1].map((part) => (round + part) / 3));
    parts.forEach((part, i) => expect(part).toBeCloseTo(expected[i], 12));
  });

  it('goes trial by trial where they run one after the other', () => {
    const two = { ...from(0), trialsOfRound: 2 };
    expect(partDone(at('factorize', 50, 100, 3, 6), two)).toBeCloseTo(3.5 / 6, 12);
  });

  it('has no more workers at work than a round has trials left', () => {
    const job = { ...from(0), trialsOfRound: 4, workers: 3 };
    expect(partDone(at('factorize', 50, 100, 4, 8), job)).toBeCloseTo(5.5 / 8, 12);
    expect(partDone(at('factorize', 50, 100, 3, 8), job)).toBeCloseTo(3.5 / 8, 12);
  });
});

describe('partDone on workers', () => {
  it('counts the trials that are done, and those that run by their mean iteration', () => {
    const job = { ...from(0), workers: 2 };
    expect(partDone(at('factorize', 50, 100, 0), job)).toBeCloseTo(1 / 5, 12);
    expect(partDone(at('factorize', 50, 100, 3), job)).toBeCloseTo(4 / 5, 12);
    expect(partDone(at('factorize', 50, 100, 4), job)).toBeCloseTo(4.5 / 5, 12);
  });
});

describe('progress on stderr', () => {
  const folder = new Folder();
  let args: string[];
  beforeAll(async () => {
    const { source, target } = await smallPair();
    args = [
      'evaluate',
      '--source',
      folder.writeTable('a.csv', source),
      '--target',
      folder.writeTable('b.csv', target),
    ];
    args.push(
      '--method',
      'svm,satnmf',
      '--set',
      'r=4',
      '--set',
      'maxIterations=60',
      '--set',
      'tolerance=0',
      '--set',
      'objectiveTolerance=0',
    );
  });
  afterAll(() => folder.remove());

  it('is a line every 10 %, each once, where stderr is no terminal', async () => {
    const { code, out, err } = await captured(args);
    expect(code).toBe(0);
    expect(out).not.toContain('left');
    const lines = err.trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(5);
    const percents = lines.map((line) => Number(/^ *(\d+) %, /.exec(line)?.[1]));
    for (const [i, percent] of percents.entries()) {
      expect(percent % 10).toBe(0);
      if (i > 0) expect(percent).toBeGreaterThan(percents[i - 1]);
    }
    expect(percents[percents.length - 1]).toBe(100);
    for (const line of lines.slice(0, -1)) expect(line).toMatch(/ %, about \d+ s left, (svm|satnmf): /);
    expect(lines.filter((line) => /factorize, iteration \d+ of 60$/.test(line)).length).toBeGreaterThan(3);
    expect(err).not.toContain('\u001b');
  });

  it('is a bar with the remaining time on a terminal, gone in the end', async () => {
    const { code, out, err } = await captured(args, { terminal: true });
    expect(code).toBe(0);
    expect(err).toMatch(/[=-]{24} \d+ %, /);
    // The last thing that is done to the line is to clear it.
    expect(err.endsWith('\u001b[2K')).toBe(true);
    expect(err).not.toContain('\n');
    expect(out).toContain('UAR %');
  });

  it('is nothing with --quiet', async () => {
    for (const terminal of [false, true]) {
      const { code, err } = await captured([...args, '--quiet'], { terminal });
      expect([code, err]).toEqual([0, '']);
    }
  });

  it('takes the bar off the screen before it says why a fit failed', async () => {
    const alone = args.map((word) => (word === 'svm,satnmf' ? 'satnmf' : word));
    const { code, err } = await captured([...alone, '--set', 'r=65536'], {
      terminal: true,
      env: { NO_COLOR: '1' },
    });
    expect(code).toBe(1);
    expect(err).toMatch(/starting/);
    // eslint-disable-next-line no-control-regex
    expect(err).toMatch(/\u001b\[2Kerror: This fit needs .*\(too-large\)\n$/);
  });
});
