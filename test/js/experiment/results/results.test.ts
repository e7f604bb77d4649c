import { describe, expect, it } from 'vitest';
import { schemesOf } from '../../../../js/experiment/results/cells.js';
import { resultsOf } from '../../../../js/experiment/results/results.js';
import { csvReport } from '../../../../js/experiment/report/csv.js';
import { escapeLatex, latexReport } from '../../../../js/experiment/report/latex.js';
import { markdownReport } from '../../../../js/experiment/report/markdown.js';
import { reportOf } from '../../../../js/experiment/report/report.js';
import type { Run } from '../../../../js/experiment/results/run.js';
import type { Criterion } from '../../../../js/experiment/results/choice.js';
import { doneRun, failedRun, TRUTH } from '../runs.js';

const results = (runs: Run[], criterion: Criterion = 'none') =>
  resultsOf(schemesOf(runs, ['svm', 'satnmf']), criterion, ['svm', 'satnmf']);
const table = (runs: Run[], criterion?: Criterion) =>
  markdownReport(reportOf(results(runs, criterion), null))
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.replaceAll(/ +/g, ' '));

describe('the table of results', () => {
  it('has schemes as rows, methods as columns in the order given, the best in bold, and averages', () => {
    const runs = [
      doneRun({ scheme: 'C2e', method: 'satnmf' }, 3),
      doneRun({ scheme: 'C2e', method: 'svm' }, 6),
      doneRun({ scheme: 'e2E', method: 'svm' }, 0),
      doneRun({ scheme: 'e2E', method: 'satnmf' }, 3),
    ];
    expect(table(runs).slice(0, 6)).toEqual([
      '| scheme | SVM | SATNMF |',
      expect.any(String),
      '| e2E | **100.00** / **100.00** | 75.00 / 75.00 |',
      '| C2e | 50.00 / 50.00 | **75.00** / **75.00** |',
      '| average | **75.00** / **75.00** | **75.00** / **75.00** |',
      '| configurations | 1 | 1 |',
    ]);
  });

  it('does not depend on the order of the runs', () => {
    const runs = [1, 2, 3].flatMap((seed) =>
      ['svm', 'satnmf', 'zzz'].flatMap((method) =>
        [0, 1, 2].map((C) =>
          doneRun({ method, seed, varied: C === 0 ? {} : { C }, axis: C === 0 ? null : 'C' }, seed + C),
        ),
      ),
    );
    const turned = [...runs].reverse();
    expect(table(turned, 'target')).toEqual(table(runs, 'target'));
  });

  it('shows the mean and the standard deviation over seeds, and nothing of the kind for one', () => {
    const several = [1, 2, 3].map((seed) => doneRun({ seed }, 3 * seed));
    expect(table(several)[2]).toBe('| a2b | **50.00 ± 25.00** / **50.00 ± 25.00** |');
    expect(table(several.slice(0, 1))[2]).toBe('| a2b | **75.00** / **75.00** |');
  });

  it('has a dash and no average where a method was not run or failed', () => {
    const runs = [
      doneRun({ scheme: 'a2b', method: 'svm' }),
      doneRun({ scheme: 'b2a', method: 'svm' }),
      doneRun({ scheme: 'a2b', method: 'satnmf' }),
      failedRun({ scheme: 'b2a', method: 'satnmf' }),
    ];
    const lines = table(runs);
    expect(lines[3]).toBe('| b2a | **100.00** / **100.00** | – |');
    expect(lines[4]).toBe('| average | **100.00** / **100.00** | – |');
    expect(lines.join('\n')).toContain('| b2a | SATNMF | too-large | It is too large. | 1 |');
  });

  it('takes a point that failed first and came to something later as done, once', () => {
    const done = doneRun();
    const failed = { ...failedRun(), id: done.id };
    for (const runs of [
      [failed, done],
      [done, failed],
      [done, done],
    ]) {
      const [[entry]] = results(runs).entries;
      expect([entry?.chosen?.runs.length, entry?.failed]).toEqual([1, 0]);
    }
  });

  it('refuses to put runs of different corpora into one row', () => {
    const other = doneRun({ method: 'svm' });
    const target = { ...other.target, sha256: 'd'.repeat(64) };
    expect(() => results([doneRun(), { ...other, target }])).toThrow('different target corpora');
  });
});

describe('what is chosen', () => {
  const runs = [
    doneRun({ sourceCv: 0.5 }, 4),
    doneRun({ varied: { C: 10 }, axis: 'C', sourceCv: 0.4 }, 1),
    doneRun({ varied: { C: 100 }, axis: 'C', sourceCv: 0.9 }, 6),
    doneRun({ varied: { C: 0.1 }, axis: 'C', sourceCv: 0.99, partial: true }, 0),
  ];
  it.each([
    ['target', { C: 10 }],
    ['source-cv', { C: 100 }],
    ['none', {}],
  ] as const)('%s takes %j, and counts all that were tried', (criterion, varied) => {
    const [[entry]] = results(runs, criterion).entries;
    expect([entry?.chosen?.varied, entry?.searched]).toEqual([varied, 4]);
  });

  it('is called an oracle in every format where the target chose', () => {
    const found = results(runs, 'target');
    const report = reportOf(found, null);
    for (const text of [markdownReport(report), latexReport(report), csvReport(found, null)])
      expect(text).toContain('oracle');
    expect(markdownReport(reportOf(results(runs, 'none'), null))).not.toContain('oracle');
  });

  it('is nothing, with the reason, where the criterion cannot judge', () => {
    const [[entry]] = results([doneRun({ varied: { C: 2 } })], 'none').entries;
    expect(entry).toMatchObject({ chosen: null, why: 'the base of the plan was not run' });
    expect(results([doneRun()], 'source-cv').entries[0][0]).toMatchObject({ chosen: null });
  });
});

describe('names from elsewhere', () => {
  const hostile = '=1+1,"x"|<b>*&_{}\\$%#~^\n';
  const found = results([doneRun({ scheme: hostile, method: hostile, truth: TRUTH })]);
  it('stay one cell of CSV, and are no formula', () => {
    const text = csvReport(found, null);
    const lines = text.slice(text.indexOf('\n') + 1);
    const cell = '"\'=1+1,""x""|<b>*&_{}\\$%#~^\n"';
    expect(lines.startsWith(`${cell},a,b,${cell},none,1,,1,,1,1,0,{},`)).toBe(true);
  });

  it('are escaped in Markdown and LaTeX', () => {
    const markdown = markdownReport(reportOf(found, null));
    expect(markdown).not.toMatch(/[^\\]<b>/);
    expect(markdown).toContain('\\<b\\>\\*\\&\\_');
    expect(escapeLatex('a_b & 50% {x} \\input{y} #1 $2 ~^')).toBe(
      'a\\_b \\& 50\\% \\{x\\} \\textbackslash{}input\\{y\\} \\#1 \\$2 \\textasciitilde{}\\textasciicircum{}',
    );
    expect(latexReport(reportOf(found, null)).match(/\\begin\{tabular\}/g)).toHaveLength(3);
  });
});
