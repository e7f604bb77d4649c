/**
 * Chromium and Firefox: a page on loopback, under the strictest policy that lets wasm run, does
 * the job and posts its result.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Bundles } from '../bundle.js';
import { parseResult, withPatience, type Runtime } from '../runtime.js';
import { type BrowserProgram, CHROMIUM, findBrowser, FIREFOX, inBrowser, type Page } from './launch.js';

export type { Page } from './launch.js';

/** A runtime that can open pages too. */
export interface Browser extends Runtime {
  /** Opens a page and hands it to `use`; the browser is closed afterwards. What it says is in the error if that fails. */
  visit<T>(url: string, use: (page: Page, version: string) => Promise<T>): Promise<T>;
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

function browserRuntime(program: BrowserProgram): Browser {
  const { name } = program;
  return {
    name,
    find: () => Promise.resolve(findBrowser(program)),
    async visit(url, use) {
      const said: string[] = [];
      try {
        return await inBrowser(program, async (window) => {
          const page = await window.newPage();
          page.on('console', (message) => said.push(message.text()));
          page.on('pageerror', (error) => said.push(error.message));
          await page.goto(url);
          return use(page, await window.version());
        });
      } catch (error) {
        if (said.length > 0) throw new Error(`${name} said: ${said.join('; ')}`, { cause: error });
        throw error;
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

export const chromium = browserRuntime(CHROMIUM);

export const firefox = browserRuntime(FIREFOX);
