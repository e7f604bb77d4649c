import { availableParallelism } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Interrupted } from '../../../../js/cli/screen/exit-code.js';
import { workersFor } from '../../../../js/cli/fitting/fit-workers.js';
import { linearSvm, satnmf } from '../../../../js/entries/index.js';
import { kmm } from '../../../../js/methods/kmm/index.js';
import { captured } from '../captured.js';
import { Folder, smallPair } from '../tables.js';

const folder = new Folder();
let tables: string[];
beforeAll(async () => {
  const { source, target } = await smallPair();
  tables = ['--source', folder.writeTable('a.csv', source)];
  folder.writeTable('b.csv', target);
});
afterAll(() => folder.remove());

const FIT = ['--trials', '4', '--set', 'satnmf.r=4', '--set', 'satnmf.maxIterations=12'];

/** A result without the seconds that it took. */
const timeless = (out: string): string => out.replace(/"seconds":[\d.e-]+/g, '"seconds":0');

describe('--jobs', () => {
  it('spreads the trials of satnmf evaluate, and changes no result', async () => {
    const args = [
      'evaluate',
      ...tables,
      '--target',
      folder.at('b.csv'),
      '-m',
      'svm,satnmf',
      ...FIT,
      '--json',
    ];
    const [one, two] = [await captured([...args, '--jobs', '1']), await captured([...args, '--jobs', '2'])];
    expect([one.code, two.code]).toEqual([0, 0]);
    expect(timeless(two.out)).toBe(timeless(one.out));
    // That there were workers shows in what is told meanwhile.
    expect(one.err).toMatch(/factorize, iteration \d+ of 12/);
    expect(two.err).toMatch(/factorize, \d of 4 trials done/);
  });

  it('runs methods without trials beside each other: same results, in the order asked for', async () => {
    const args = ['evaluate', ...tables, '--target', folder.at('b.csv'), ...FIT, '--json'];
    const more = ['-m', 'ulsif,svm,satnmf,fstsl,kmm', '--set', 'fstsl.r=4', '--set', 'svm.C=0.1'];
    const [one, two] = [
      await captured([...args, ...more, '--jobs', '1']),
      await captured([...args, ...more, '--jobs', '3']),
    ];
    expect([one.code, two.code]).toEqual([0, 0]);
    expect(timeless(two.out)).toBe(timeless(one.out));
    const { results } = JSON.parse(two.out) as { results: { method: string }[] };
    expect(results.map(({ method }) => method)).toEqual(['ulsif', 'svm', 'satnmf', 'fstsl', 'kmm']);
    const parts = [...two.err.matchAll(/(\d+) %/g)].map(([, percent]) => Number(percent));
    expect(parts).toEqual([...parts].sort((a, b) => a - b));
    expect(parts.at(-1)).toBe(100);
  });

  it('spreads those of satnmf predict and fit', async () => {
    const predict = ['predict', folder.at('b.csv'), ...tables, '-m', 'satnmf', ...FIT, '--json'];
    const said = [await captured([...predict, '--jobs', '1']), await captured([...predict, '--jobs', '3'])];
    expect(said.map(({ code }) => code)).toEqual([0, 0]);
    expect(timeless(said[1].out)).toBe(timeless(said[0].out));
    expect(said[1].err).toMatch(/trials done/);
    const fit = (jobs: string): string[] => [
      ...['fit', ...tables, '--target', folder.at('b.csv'), '-m', 'satnmf', ...FIT],
      ...['-o', folder.at(`${jobs}.satnmf`), '--jobs', jobs, '--json'],
    ];
    const fitted = [await captured(fit('1')), await captured(fit('2'))];
    expect(fitted.map(({ code }) => code)).toEqual([0, 0]);
    expect(timeless(fitted[1].out).replace('2.satnmf', '1.satnmf')).toBe(timeless(fitted[0].out));
  });

  it('stops the workers when it is interrupted: exit code 130', async () => {
    const stop = new AbortController();
    const endless = ['--set', 'satnmf.maxIterations=1000000', '--set', 'tolerance=0'];
    const more = ['--set', 'objectiveTolerance=0', '--trials', '2', '--set', 'satnmf.r=4', '--jobs', '2'];
    const args = ['evaluate', ...tables, '--target', folder.at('b.csv'), '-m', 'satnmf', ...endless, ...more];
    setTimeout(() => stop.abort(new Interrupted()), 400);
    const { code, out } = await captured(args, { signal: stop.signal });
    expect(code).toBe(130);
    expect(out).toBe('');
  });
});

describe('workersFor', () => {
  const sizes = { rows: 1000, features: 6373 };

  it('is what was asked for, but no more than there are trials, or methods without any', () => {
    const methods = [linearSvm(), satnmf({ trials: 5 })];
    expect(workersFor({ methods, ...sizes, jobs: 3 })).toBe(3);
    expect(workersFor({ methods, ...sizes, jobs: 30 })).toBe(5);
    expect(workersFor({ methods: [linearSvm()], ...sizes, jobs: 3 })).toBe(1);
    expect(workersFor({ methods: [linearSvm(), kmm()], ...sizes, jobs: 3 })).toBe(2);
  });

  it('counts the rounds of a fit: several of them are worth workers where one is not', () => {
    const of = (rounds: number): number => {
      const methods = [satnmf({ r: 16, trials: 2, maxIterations: 100, rounds })];
      return workersFor({ methods, rows: 500, features: 6373 });
    };
    // 2e10 and 8e10 multiply–adds; on a machine of one core there are no workers in any case.
    expect(of(1)).toBe(1);
    expect(of(4)).toBe(Math.min(2, availableParallelism()));
  });

  it('is none by default for fits that take no time', () => {
    const methods = [satnmf({ r: 8, trials: 5 })];
    expect(workersFor({ methods, rows: 100, features: 50 })).toBe(1);
  });
});
