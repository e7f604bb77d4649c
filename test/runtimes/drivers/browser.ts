/**
 * Chromium and Firefox: a page on loopback, under the strictest policy that lets wasm run, does
 * the job and posts its result.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bundles } from '../bundle.js';
import { installed, parseResult, withPatience, type Runtime } from '../runtime.js';

/** The part of a page of puppeteer-core that tests use. */
export interface Page {
  goto(url: string): Promise<unknown>;
  on(event: 'console', seen: (message: { type(): string; text(): string }) => void): unknown;
  on(event: 'pageerror', seen: (error: Error) => void): unknown;
  $(
    selector: string,
  ): Promise<{ click(): Promise<void>; uploadFile(...paths: string[]): Promise<void> } | null>;
  $eval<T>(selector: string, of: (element: HTMLElement) => T): Promise<T>;
  waitForFunction(test: string, options: { timeout: number; polling: number }): Promise<unknown>;
}

/** A runtime that can open pages too. */
export interface Browser extends Runtime {
  /** Opens a page and hands it to `use`; the browser is closed afterwards. What it says is in the error if that fails. */
  visit<T>(url: string, use: (page: Page, version: string) => Promise<T>): Promise<T>;
}

/** The part of puppeteer-core that is used here. */
interface Puppeteer {
  launch(options: {
    browser: 'chrome' | 'firefox';
    executablePath: string;
    headless: true;
    userDataDir: string;
    args: string[];
    timeout: number;
  }): Promise<{
    newPage(): Promise<Page>;
    version(): Promise<string>;
    close(): Promise<void>;
  }>;
}

const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";
const PAGE =
  '<!doctype html><meta charset="utf-8"><title>job</title><script type="module" src="/job.js"></script>';

/** Serves the page and resolves `result` with the first body posted to `/result`. */
function serve({ page, folder }: Bundles): { server: Server; result: Promise<string> } {
  let posted: (body: string) => void;
  const result = new Promise<string>((resolve) => (posted = resolve));
  const server = createServer((request, response) => {
    const send = (status: number, type: string, body: string | Buffer) =>
      response.writeHead(status, { 'content-type': type, 'content-security-policy': POLICY }).end(body);
    if (request.method === 'POST' && request.url === '/result') {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        send(200, 'text/plain', '');
        posted(Buffer.concat(chunks).toString('utf8'));
      });
    } else if (request.url === '/') send(200, 'text/html', PAGE);
    else if (request.url === '/job.js') send(200, 'text/javascript', readFileSync(page));
    else {
      // Scripts that lie beside the page's: of workers, or imported later.
      const beside = join(folder, /^\/([\w-]+\.js)$/.exec(request.url ?? '')?.[1] ?? 'none');
      if (existsSync(beside)) send(200, 'text/javascript', readFileSync(beside));
      else send(404, 'text/plain', '');
    }
  });
  return { server, result };
}

function browserRuntime(
  name: string,
  browser: 'chrome' | 'firefox',
  programs: (string | undefined)[],
  args: string[],
): Browser {
  const executablePath = programs.find((file) => file !== undefined && existsSync(file));

  const launch = async (userDataDir: string) => {
    const puppeteer = installed<Puppeteer>('puppeteer-core');
    if (!puppeteer || executablePath === undefined) throw new Error(`${name} is not installed.`);
    return puppeteer.launch({ browser, executablePath, headless: true, userDataDir, args, timeout: 60_000 });
  };

  return {
    name,
    async find() {
      if (executablePath === undefined)
        return { missing: `no program at ${programs.filter((file) => file !== undefined).join(', ')}` };
      if (!installed<Puppeteer>('puppeteer-core'))
        return {
          missing:
            'puppeteer-core is not in test/runtimes/node_modules (node scripts/runtimes.mjs installs it)',
        };
      return { version: executablePath };
    },
    async visit(url, use) {
      const profile = mkdtempSync(join(tmpdir(), 'satnmf-browser-'));
      const said: string[] = [];
      try {
        const window = await launch(profile);
        try {
          const page = await window.newPage();
          page.on('console', (message) => said.push(message.text()));
          page.on('pageerror', (error) => said.push(error.message));
          await page.goto(url);
          return await use(page, await window.version());
        } finally {
          await window.close();
        }
      } catch (error) {
        if (said.length > 0) throw new Error(`${name} said: ${said.join('; ')}`, { cause: error });
        throw error;
      } finally {
        rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
      }
    },
    async run(job) {
      const { server, result } = serve(job);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      try {
        const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
        return await this.visit(url, async (_page, version) => {
          const answer = parseResult(name, await withPatience(name, result));
          return { ...answer, about: { ...answer.about, version } };
        });
      } finally {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}

export const chromium = browserRuntime(
  'Chromium',
  'chrome',
  [
    process.env['SATNMF_CHROMIUM'],
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ],
  [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
);

export const firefox = browserRuntime(
  'Firefox',
  'firefox',
  [process.env['SATNMF_FIREFOX'], '/usr/bin/firefox-esr', '/usr/bin/firefox'],
  [],
);
