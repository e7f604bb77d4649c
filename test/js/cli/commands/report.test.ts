import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { doneRun, failedRun } from '../../experiment/runs.js';
import { captured } from '../captured.js';
import { Folder, QUICK, smallPair } from '../tables.js';

const folder = new Folder();
afterAll(() => folder.remove());

const runs = ['svm', 'satnmf'].flatMap((method) => [
  doneRun({ method }, 3),
  ...[0.1, 10].map((C) => doneRun({ method, varied: { C }, axis: 'C', objective: [3, 2] }, 2)),
]);
const lines = [...runs, failedRun({ varied: { C: 5 } })].map((run) => `${JSON.stringify(run)}\n`).join('');
const store = folder.write('runs.jsonl', `${lines}{"format":1,"torn`);
const two = folder.write(
  'two.jsonl',
  ['a2b', 'c2d'].map((scheme) => `${JSON.stringify(doneRun({ scheme }))}\n`).join(''),
);

describe('satnmf report', () => {
  it('prints Markdown, and leaves out a torn last line', async () => {
    const { code, out } = await captured(['report', store, '--select', 'target', '--resamples', '50']);
    expect(code).toBe(0);
    expect(out).toContain('6 runs of 2 methods on 1 scheme, and 1 run that failed');
    expect(out).toContain('**oracle: chosen by the target’s labels**');
  });

  it('writes every format by its extension, and says so', async () => {
    const files = ['r.md', 'r.csv', 'r.tex', 'r.html'].map((name) => folder.at(name));
    const outputs = files.flatMap((file) => ['-o', file]);
    const { code, out, err } = await captured(['report', store, '--select', 'target', ...outputs]);
    expect([code, out]).toEqual([0, '']);
    expect(err.trim().split('\n')).toHaveLength(4);
    const starts = ['# Results', 'scheme,source', '% 6 runs', '<!doctype html>'];
    files.forEach((file, i) => expect(readFileSync(file, 'utf8').startsWith(starts[i])).toBe(true));
  });

  it('prints one object with --json', async () => {
    const { out } = await captured(['report', store, '--select', 'none', '--json', '--resamples', '50']);
    const { oracle, schemes, significance } = JSON.parse(out) as Record<string, never>;
    expect(oracle).toBe(false);
    expect(schemes).toMatchObject([{ scheme: 'a2b', results: [{ method: 'svm', uar: { mean: 0.75 } }, {}] }]);
    expect(significance).toMatchObject({
      reference: 'satnmf',
      resamples: 50,
      comparisons: [{ difference: 0, p: 1 }],
    });
  });

  it.each([
    [['report', store], 'say by "--select" how one is chosen'],
    [['report', store, '--select', 'best'], '"select" must be one of target, source-cv, none'],
    [['report', store, '--method', 'svn'], 'no run is of "svn"; there are satnmf, svm. Did you mean "svm"?'],
    [['report', folder.at('none.jsonl')], 'there is no such file'],
    [['report', store, '--select', 'none', '-o', folder.at('x.pdf')], 'must end in .md, .csv, .tex, .html'],
    [
      ['report', store, '--select', 'none', '-o', store, '--format', 'csv'],
      'is an input, which is not overwritten',
    ],
    [['report', folder.write('bad.jsonl', '{}\n')], 'line 1: is not a run'],
    [['report', folder.write('torn.jsonl', '{"format":1')], 'no run is complete yet'],
    [['plot', 'confusion', two, '--select', 'none'], '"--scheme" must name one of a2b, c2d'],
    [['plot', 'sensitivity', two], 'no parameter took two values'],
    [['plot', 'convergence', two], 'no run kept its objective'],
    [['plot', 'map'], 'plot map needs --target <table>'],
    [['plot', 'pie', store], "unknown command 'pie'"],
  ])('%j is refused: %s', async (args, sentence) => {
    const { code, out, err } = await captured(args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(sentence);
  });
});

describe('satnmf plot', () => {
  it.each([
    ['bars', []],
    ['sensitivity', ['--method', 'satnmf']],
    ['convergence', []],
    ['confusion', ['--scheme', 'a2b']],
  ])('draws %s', async (kind, more) => {
    const file = folder.at(`${kind}.svg`);
    const { code, out } = await captured([
      'plot',
      kind,
      store,
      '--select',
      'target',
      '-o',
      file,
      '--json',
      ...more,
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ kind, file });
    expect(readFileSync(file, 'utf8')).toMatch(
      /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" [^]*<\/svg>\n$/,
    );
    expect(readFileSync(file, 'utf8')).not.toMatch(/<\/?[A-Z]/);
  });
});

describe('maps', () => {
  it('show both corpora before and after, as one figure and in the report of a sweep', async () => {
    const { source, target } = await smallPair();
    const [a, b] = [folder.writeTable('a.csv', source), folder.writeTable('b.csv', target)];
    const file = folder.at('map.svg');
    const drawn = await captured(['plot', 'map', '--source', a, '--target', b, '-q', '-o', file, ...QUICK]);
    expect([drawn.code, drawn.err]).toEqual([0, '']);
    const svg = readFileSync(file, 'utf8');
    // Four panels of all 92 utterances, and the legend.
    expect(svg.match(/<path [^>]*fill-opacity="0.65"|<path fill/g)?.length).toBeGreaterThanOrEqual(4);
    for (const words of [
      'a (source)',
      'b (target)',
      'Before: scaled features, by corpus',
      'After: codes, by emotion',
    ])
      expect(svg).toContain(words);

    const methods = [{ method: 'satnmf', options: { r: 4, trials: 1, maxIterations: 12 } }];
    const plan = folder.write(
      'plan.json',
      JSON.stringify({ schemes: [{ name: 's', source: 'a.csv', target: 'b.csv' }], methods }),
    );
    expect((await captured(['sweep', 'run', plan, '-q'])).code).toBe(0);
    const page = folder.at('maps.html');
    const report = await captured(['report', folder.at('plan.runs.jsonl'), '--maps', plan, '-o', page, '-q']);
    expect([report.code, report.err]).toEqual([0, '']);
    expect(readFileSync(page, 'utf8')).toContain('s before and after adaptation by SATNMF');
    const read = [plan, a, b];
    const before = read.map((one) => readFileSync(one, 'utf8'));
    for (const onto of read) {
      const args = ['report', folder.at('plan.runs.jsonl'), '--maps', plan, '--format', 'html', '-o', onto];
      const { code, err } = await captured(args);
      expect([code, err]).toEqual([2, expect.stringMatching(/is (an|the) input/)]);
    }
    expect(read.map((one) => readFileSync(one, 'utf8'))).toEqual(before);
    const other = await captured(['report', store, '--select', 'none', '--maps', plan, '-o', page]);
    expect(other.err).toContain('scheme a2b of the plan is not there');
  });
});

/** The part of puppeteer-core that is used here. */
interface Puppeteer {
  launch(options: object): Promise<{ newPage(): Promise<Page>; close(): Promise<void> }>;
}
interface Page {
  on(event: string, listener: (what: { text?(): string; url?(): string }) => void): void;
  goto(url: string): Promise<unknown>;
  evaluate(expression: string): Promise<unknown>;
}

const chromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  existsSync,
);
const packages = new URL('../../../runtimes/package.json', import.meta.url);
const driver = existsSync(new URL('node_modules/puppeteer-core', packages));

describe('the HTML report in Chromium', () => {
  it.skipIf(chromium === undefined || !driver)(
    'asks for nothing but itself, and has no complaint on the console',
    async () => {
      const file = folder.at('page.html');
      await captured(['report', store, '--select', 'target', '-o', file]);
      const puppeteer = createRequire(packages)('puppeteer-core') as Puppeteer;
      const browser = await puppeteer.launch({
        executablePath: chromium,
        headless: true,
        args: ['--no-sandbox', '--disable-gpu'],
      });
      try {
        const page = await browser.newPage();
        const said: string[] = [];
        page.on('console', (message) => said.push(message.text?.() ?? ''));
        page.on('pageerror', (error) => said.push(String(error)));
        page.on('request', (request) => said.push(request.url?.() ?? ''));
        const url = pathToFileURL(file).href;
        await page.goto(url);
        const seen = await page.evaluate(
          'JSON.stringify([document.querySelectorAll("figure > svg").length, getComputedStyle(document.body).maxWidth])',
        );
        // The style holds, so the policy knows it.
        expect([said, seen]).toEqual([[url], '[5,"960px"]']);
      } finally {
        await browser.close();
      }
    },
  );
});
