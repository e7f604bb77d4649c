import { execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { root } from '../package/built.js';
import { itWith } from '../runtimes/all.js';
import { type Browser, chromium, firefox } from '../runtimes/drivers/browser.js';
import { exampleProject, removeProjects } from './project.js';
import { serving } from './serve.js';

/** The one that vitest brings along. */
const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');

/** Waits for the end of the fit and looks at what the page says. */
const checkPage = (browser: Browser, url: string): Promise<void> =>
  browser.visit(url, async (page) => {
    const status = "document.querySelector('[role=status]').textContent";
    await page.waitForFunction(`${status}.startsWith('UAR')`, { timeout: 90_000, polling: 100 });
    const [, score] =
      /^UAR (\d+\.\d) % on \d+ cores$/.exec(
        await page.$eval('[role=status]', (element) => element.textContent ?? ''),
      ) ?? [];
    expect(Number(score)).toBeGreaterThan(40); // chance is 14 %
    const cells = await page.$eval('table', (table) => table.innerText);
    expect(cells.split('\n')).toHaveLength(8);
  });

let project: string;
beforeAll(async () => {
  project = await exampleProject('vite');
}, 120_000);
afterAll(removeProjects);

/** The development server, until `use` is done. */
async function developing(use: (url: string) => Promise<void>): Promise<void> {
  const args = [vite, '--port', '5199', '--host', '127.0.0.1'];
  const server = spawn(process.execPath, args, { cwd: project, env: { ...process.env, NO_COLOR: '1' } });
  try {
    for await (const line of createInterface({ input: server.stdout })) {
      const [url] = /http:\/\/127\.0\.0\.1:\d+\//.exec(line) ?? [];
      if (url !== undefined) return await use(url);
    }
    throw new Error('Vite ended without an address.');
  } finally {
    server.kill();
  }
}

for (const browser of [chromium, firefox]) {
  const found = await browser.find();
  describe(`the Vite project in ${browser.name}, on the packed package`, () => {
    itWith(browser.name, found, 'runs as it was built, under a strict policy', async () => {
      await promisify(execFile)(process.execPath, [vite, 'build'], { cwd: project });
      await serving(join(project, 'dist'), (url) => checkPage(browser, url));
    });

    itWith(browser.name, found, 'runs from the development server', () =>
      developing((url) => checkPage(browser, url)),
    );
  });
}
