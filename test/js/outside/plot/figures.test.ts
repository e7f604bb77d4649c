import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { schemesOf } from '../../../../js/experiment/results/cells.js';
import { reportOf } from '../../../../js/experiment/report/report.js';
import { resultsOf } from '../../../../js/experiment/results/results.js';
import { svgOf } from '../../../../js/outside/plot/figure.js';
import { figuresOf } from '../../../../js/outside/plot/figures.js';
import { pageOf } from '../../../../js/outside/plot/page.js';
import { doneRun } from '../../experiment/runs.js';

const HOSTILE = 'x"><script>alert(1)</script>&amp;';
const document = parseHTML('<html></html>').document;
const runs = ['a2b', HOSTILE].flatMap((scheme) =>
  ['svm', 'snmf', 'satnmf'].flatMap((method) =>
    [1, 2].flatMap((seed) => {
      const objective = method === 'svm' ? null : [8, 4, 3];
      const base = doneRun({ scheme, method, seed, objective }, seed + 2);
      if (method !== 'satnmf') return [base];
      const C = [0.1, 10].map((value) =>
        doneRun({ scheme, method, seed, varied: { C: value }, axis: 'C', objective }, seed),
      );
      return [base, ...C];
    }),
  ),
);
const results = resultsOf(schemesOf(runs, ['svm', 'snmf', 'satnmf']), 'target', ['svm', 'snmf', 'satnmf']);
const figures = figuresOf(document, results);
const count = (text: string, pattern: RegExp): number => (text.match(pattern) ?? []).length;

describe('the figures of a report', () => {
  it('are bars of all and of the terms, parameters, convergence, and confusions of each scheme', () => {
    expect(figures.map(({ title }) => title)).toEqual([
      'UAR of all methods',
      'What each term of the objective adds',
      'SATNMF: UAR against its parameters',
      'Convergence',
      `Confusion matrices of a2b`,
      `Confusion matrices of ${HOSTILE}`,
    ]);
  });

  it('draw a bar a method and scheme with its figure, and an error bar where there are seeds', () => {
    const [{ content }] = figures;
    const drawn = parseHTML(svgOf(figures[0])).document;
    expect(drawn.querySelectorAll('g[aria-label="bar"] rect')).toHaveLength(6);
    // Six error bars, two lines of chance, two of zero.
    expect(drawn.querySelectorAll('g[aria-label="rule"] line')).toHaveLength(10);
    for (const label of ['SVM', 'SNMF', 'SATNMF', 'UAR in %', 'a2b', 'oracle'])
      expect(content).toContain(label);
  });

  it('draw a line and a point a value for each scheme, labelled by the values in their order', () => {
    const { content, description } = figures[2];
    expect(content.indexOf('>0.1<')).toBeLessThan(content.indexOf('>10<'));
    expect(description).toContain('a2b, UAR by C: 0.1: 87.5 %, 1: 70.8 %, 10: 87.5 %');
  });

  it('draw nine cells a matrix of three classes, in percent of the truth', () => {
    const { content, description } = figures[4];
    expect(count(content, />100</g)).toBeGreaterThanOrEqual(3);
    for (const name of ['anger', 'neutral', 'sadness'])
      expect(count(content, new RegExp(`>${name}<`, 'g'))).toBe(6);
    expect(description).toContain(
      'SATNMF, UAR 87.50 %; recalls: anger 62.50 %, neutral 100.00 %, sadness 100.00 %',
    );
  });

  it('are the same each time, and hold no style, class or script', () => {
    const again = figuresOf(document, results);
    expect(again).toEqual(figures);
    for (const figure of figures) {
      expect(svgOf(figure)).not.toMatch(/<script|<style| style=| class=|NaN|undefined/);
      expect(svgOf(figure)).toMatch(/^<svg [^>]*role="img"[^>]*><title>[^<]+<\/title><desc>[^<]+<\/desc>/);
    }
    expect(svgOf(figures[0], true)).toContain('prefers-color-scheme:dark');
  });
});

describe('the page', () => {
  it('shows every section and figure, loads nothing and has no script', async () => {
    const page = await pageOf(reportOf(results, null, HOSTILE), figures);
    expect(count(page, /<figure>/g)).toBe(figures.length);
    expect(count(page, /<section>/g)).toBe(3);
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/<script|(src|href)="(?!data:)/);
    expect(page).toContain('oracle');
  });
});
