import { join } from 'node:path';
import { afterAll, describe, expect } from 'vitest';
import { itWith } from '../runtimes/all.js';
import { type Browser, chromium, firefox, type Page } from '../runtimes/drivers/browser.js';
import { exampleProject, removeProjects, writeSpeech } from './project.js';
import { serving } from './serve.js';

afterAll(removeProjects);

const until = (page: Page, test: string): Promise<unknown> =>
  page.waitForFunction(test, { timeout: 60_000, polling: 50 });
const statusOf = (page: Page): Promise<string> =>
  page.$eval('[role=status]', (element) => element.textContent ?? '');

/** Opens an example in a browser. */
async function visit(browser: Browser, name: string, use: (page: Page, project: string) => Promise<void>) {
  const project = await exampleProject(name);
  await serving(project, (url) => browser.visit(url, (page) => use(page, project)));
}

for (const browser of [chromium, firefox]) {
  const found = await browser.find();
  describe(`examples for pages in ${browser.name}, on the packed package`, () => {
    itWith(browser.name, found, 'says the emotions of files, or what is wrong with them', () =>
      visit(browser, 'page', async (page, project) => {
        const input = await page.$('input');
        const files = writeSpeech(project, [1, 2]).map((name) => join(project, name));
        await input?.uploadFile(...files);
        await until(page, "document.querySelectorAll('li').length === 2");
        const items = await page.$eval('ol', (list) => list.innerText);
        expect(items).toMatch(/^speech-1\.wav: \w+ \(\d+ %\)\nspeech-2\.wav: \w+ \(\d+ %\)$/);
        expect(await statusOf(page)).toMatch(/2 rows|fewer than 20/);
        await input?.uploadFile(join(project, 'package.json'));
        await until(page, "document.querySelector('[role=status]').textContent.startsWith('package.json:')");
        expect(await statusOf(page)).toMatch(/^package\.json: is not a WAV file/);
      }),
    );

    itWith(browser.name, found, 'fits in a Web Worker, cancels and fits again', () =>
      visit(browser, 'web-worker', async (page) => {
        const click = async (id: string): Promise<void> => (await page.$(`#${id}`))?.click();
        await click('fit');
        await until(page, "document.querySelector('progress').value > 0");
        await click('cancel');
        await until(page, "document.querySelector('[role=status]').textContent === 'cancelled'");
        await click('fit');
        await until(page, "document.querySelector('[role=status]').textContent.startsWith('UAR')");
        const [, score] = /^UAR (\d+\.\d) %/.exec(await statusOf(page)) ?? [];
        expect(Number(score)).toBeGreaterThan(40); // chance is 14 %
      }),
    );
  });
}
