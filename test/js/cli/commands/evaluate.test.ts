import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Corpus } from '../../../../js/data/corpus.js';
import { METHOD_NAMES } from '../../../../js/methods/registry.js';
import { captured } from '../captured.js';
import { FEW, Folder, QUICK, smallPair } from '../tables.js';

const BOTH = ['--method', 'svm,satnmf', ...FEW];

interface Result {
  method: string;
  preset: string;
  options: Record<string, unknown>;
  uar: number;
  war: number;
  recalls: (number | null)[];
  confusion: number[][];
  seconds: number;
  iterations: number[];
  predictions: string[];
}

interface Report {
  source: string;
  target: string;
  classes: string[];
  sourceRows: number;
  targetRows: number;
  results: Result[];
}

const folder = new Folder();
let source: Corpus;
let target: Corpus;
let args: string[];
beforeAll(async () => {
  ({ source, target } = await smallPair());
  args = [
    'evaluate',
    '--source',
    folder.writeTable('a.npy', source),
    '--target',
    folder.writeTable('b.csv', target),
  ];
});
afterAll(() => folder.remove());

async function report(...more: string[]): Promise<Report> {
  const { code, out, err } = await captured([...args, '--json', '-q', ...more]);
  expect([code, err]).toEqual([0, '']);
  return JSON.parse(out) as Report;
}

const setEmotions = (table: Corpus, emotion: (row: number) => string | null): Corpus => ({
  ...table,
  emotion: table.emotion.map((_, row) => emotion(row)),
});

describe('satnmf evaluate --json', () => {
  it('prints one object, the one of the contract, and nothing else on stdout', async () => {
    const { code, out, err } = await captured([...args, '--json', ...BOTH]);
    expect(code).toBe(0);
    expect(out.endsWith('}\n')).toBe(true);
    const { results, ...about } = JSON.parse(out) as Report;
    expect(about).toEqual({
      source: 'a',
      sources: [{ name: 'a', rows: 48 }],
      target: 'b',
      classes: ['anger', 'happiness', 'neutral', 'sadness'],
      sourceRows: 48,
      targetRows: 44,
    });
    expect(results.map(({ method }) => method)).toEqual(['svm', 'satnmf']);
    for (const result of results) {
      const keys =
        'method preset options uar war recalls confusion seconds iterations predictions scored'.split(' ');
      expect(Object.keys(result).sort()).toEqual(keys.sort());
    }
    // Progress is there all the same, on stderr.
    expect(err).toMatch(/100 %, satnmf: done\n$/);
  });

  it('gives fractions that agree with the confusion matrix and the true emotions', async () => {
    const { classes, results } = await report(...QUICK);
    for (const { uar, war, recalls, confusion, predictions } of results) {
      const counts = classes.map((truth) =>
        classes.map((said) => predictions.filter((p, i) => p === said && target.emotion[i] === truth).length),
      );
      expect(confusion).toEqual(counts);
      const share = counts.map((row, k) => row[k] / row.reduce((sum, n) => sum + n, 0));
      expect(recalls).toEqual(share);
      expect(uar).toBeCloseTo(share.reduce((sum, recall) => sum + recall, 0) / classes.length, 12);
      expect(war).toBeCloseTo(counts.reduce((sum, row, k) => sum + row[k], 0) / 44, 12);
    }
  });

  it('hands on what was set, each to the methods that have it', async () => {
    const { results } = await report(
      ...[
        '--method',
        'svm,satnmf',
        '--preset',
        'paper',
        '--normalize',
        'rank',
        '--trials',
        '1',
        '--seed',
        '7',
      ],
      ...[
        '--set',
        'r=3',
        '--set',
        'maxIterations=4',
        '--set',
        'svm.C=0.25',
        '--set',
        'update=accelerated-hals',
      ],
    );
    const [svm, satnmf] = results;
    expect([svm.preset, satnmf.preset]).toEqual(['paper', 'paper']);
    expect(svm.options).toMatchObject({ normalize: 'rank', seed: 7, C: 0.25 });
    expect(satnmf.options).toMatchObject({
      normalize: 'rank',
      seed: 7,
      trials: 1,
      r: 3,
      C: 1,
      update: 'accelerated-hals',
    });
    expect(satnmf.iterations).toEqual([4]);
  });

  it('runs every method with --method all', async () => {
    const { results } = await report(
      '--method',
      'all',
      '--set',
      'r=3',
      '--set',
      'maxIterations=2',
      '--trials',
      '1',
    );
    expect(results.map(({ method }) => method)).toEqual([...METHOD_NAMES]);
  });

  it('gives the same predictions for the same seed', async () => {
    const [one, two] = [await report(...QUICK, '--seed', '5'), await report(...QUICK, '--seed', '5')];
    expect(two.results.map(({ predictions }) => predictions)).toEqual(
      one.results.map(({ predictions }) => predictions),
    );
  });

  it('changes no prediction when the target’s labels are garbage', async () => {
    const mixed = folder.writeTable(
      'garbage.csv',
      setEmotions(target, (row) => target.emotion[(row * 7 + 3) % target.emotion.length]),
    );
    const more = ['--method', 'svm,satnmf,tnmf', '--emotions', 'anger,happiness,neutral,sadness', ...FEW];
    const clean = await report(...more);
    const garbage = await report('--target', mixed, ...more);
    expect(garbage.targetRows).toBe(clean.targetRows);
    garbage.results.forEach((result, i) => {
      expect(result.predictions).toEqual(clean.results[i].predictions);
      expect(result.uar).not.toBe(clean.results[i].uar);
    });
  });

  it('keeps the emotions that both tables have, or those named', async () => {
    const other = folder.writeTable(
      'other.csv',
      setEmotions(target, (row) => ['anger', 'boredom', 'sadness', null][row % 4]),
    );
    const common = await report('--target', other, '--method', 'svm');
    expect(common.classes).toEqual(['anger', 'sadness']);
    expect(common.targetRows).toBe(22);
    expect(common.sourceRows).toBe(source.emotion.filter((e) => e === 'anger' || e === 'sadness').length);
    const named = await report('--target', other, '--method', 'svm', '--emotions', 'Sadness,anger,neutral');
    expect(named.classes).toEqual(['anger', 'neutral', 'sadness']);
    // No row of the target is neutral: there is no recall of it, and it does not count.
    expect(named.results[0].recalls[1]).toBeNull();
    const [anger, , sadness] = named.results[0].recalls as number[];
    expect(named.results[0].uar).toBeCloseTo((anger + sadness) / 2, 12);
  });
});

describe('satnmf evaluate', () => {
  it('prints percent, recalls and a confusion matrix a method, as Markdown', async () => {
    const { code, out } = await captured([...args, ...BOTH]);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^a \(48 rows\) → b \(44 rows\), 24 features, 4 emotions: anger, happiness, neutral, sadness\n/,
    );
    expect(out).toMatch(
      /\| method +\| UAR % \| WAR % \| anger \| happiness \| neutral \| sadness \| seconds \|/,
    );
    expect(out).toMatch(/\| svm \(robust\) +\| +\d+\.\d \| +\d+\.\d \|/);
    expect(out.match(/\| truth \\ said \|/g)).toHaveLength(2);
    expect(out).not.toContain('\u001b');
  });

  it('paints on terminals only, and not with NO_COLOR', async () => {
    const quiet = [...args, '--method', 'svm', '-q'];
    expect((await captured(quiet, { terminal: true })).out).toContain('\u001b[');
    expect((await captured(quiet, { terminal: true, env: { NO_COLOR: '1' } })).out).not.toContain('\u001b');
    expect((await captured(quiet, { terminal: true, env: { TERM: 'dumb' } })).out).not.toContain('\u001b');
  });

  it('warns of a source that is its own target', async () => {
    const { code, err } = await captured([...args, '--target', folder.at('a.npy'), '--method', 'svm', '-q']);
    expect(code).toBe(0);
    expect(err).toMatch(/^warning: source and target are the same file/);
  });

  it('replaces missing values with --missing median, and counts them', async () => {
    const table = folder.writeTable('holes.csv', target);
    const { readFileSync } = await import('node:fs');
    const lines = readFileSync(table, 'utf8').split('\n');
    folder.write('holes.csv', [lines[0], lines[1].replace(/[^,]*$/, 'NaN'), ...lines.slice(2)].join('\n'));
    const more = ['--target', table, '--method', 'svm', '-q'];
    const refused = await captured([...args, ...more]);
    expect(refused.code).toBe(2);
    expect(refused.err).toMatch(
      /holes\.csv, row 2, column \d+ \("f23"\): is missing \("NaN"\) \(not-finite\)/,
    );
    const { code, err } = await captured([...args, ...more, '--missing', 'median']);
    expect([code, err]).toEqual([
      0,
      expect.stringMatching(
        /^warning: .*holes\.csv: replaced 1 missing or non-finite value in 1 column/,
      ) as string,
    ]);
  });

  it('goes on when a method fails at run time, and ends with 1', async () => {
    // The products of its codes alone would take 17 GB.
    const { code, out, err } = await captured([
      ...args,
      '-q',
      '--json',
      '-m',
      'svm,satnmf',
      '--set',
      'satnmf.r=65536',
    ]);
    expect(code).toBe(1);
    expect((JSON.parse(out) as Report).results.map(({ method }) => method)).toEqual(['svm']);
    expect(err).toMatch(/error: satnmf: This fit needs .* MB of wasm memory, the cap is .* \(too-large\)/);
    const alone = await captured([...args, '-q', '--json', '--method', 'satnmf', '--set', 'r=65536']);
    expect([alone.code, alone.out]).toEqual([1, '']);
  });
});

describe('evaluate with several sources, weights and revealed rows', () => {
  it('names all sources, and shows linear beside self-training unless others are asked for', async () => {
    const second = folder.writeTable('second.csv', target);
    const {
      source: name,
      sources,
      sourceRows,
      results,
    } = (await report('--source', second)) as Report & { sources: unknown };
    expect([name, sources, sourceRows]).toEqual([
      'a + second',
      [
        { name: 'a', rows: 48 },
        { name: 'second', rows: 44 },
      ],
      92,
    ]);
    expect(results.map(({ method }) => method)).toEqual(['linear', 'self-training']);
  });

  it('shows the methods some rows and scores the others', async () => {
    const { results } = await report('--reveal', '10', '--method', 'self-training');
    expect(results[0]).toMatchObject({ scored: 34 });
    expect(results[0].confusion.flat().reduce((sum, count) => sum + count, 0)).toBe(34);
    const refused = await captured([...args, '-q', '--reveal', '44']);
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('none is left to score')]);
    const other = await captured([...args, '-q', '--reveal', '3', '--method', 'coral']);
    expect(other.err).toContain('coral cannot use emotions of the target');
  });

  it('refuses weights for methods that take none, and labels that leave nothing to score', async () => {
    const pretrained = await captured([...args, '-q', '--pretrained', 'open', '--method', 'svm']);
    expect([pretrained.code, pretrained.err]).toEqual([
      2,
      expect.stringContaining('svm cannot use trained weights, linear and self-training can'),
    ]);
    const labels = await captured([...args, '-q', '--use-labels']);
    expect(labels.err).toContain('--reveal 30');
  });
});
