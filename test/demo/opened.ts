/**
 * The demo page in a browser, and whoever uses it.
 */
import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { serveDemo } from '../../scripts/serve-demo.mjs';
import { type BrowserProgram, inBrowser, type Page } from '../runtimes/drivers/launch.js';
import { home } from '../runtimes/runtime.js';

declare global {
  /** Set on the page by {@link Opened.prepare}. */
  var dropPrepared: () => void;
}

/** A file that is dropped: its content in base64. */
export interface Dropped {
  readonly name: string;
  readonly content: string;
}

export const droppedFile = (name: string, bytes: Uint8Array): Dropped => ({
  name,
  content: Buffer.from(bytes).toString('base64'),
});

/** Milliseconds that a fit may take on a machine where others compute too. */
const PATIENCE = 120_000;

/** What a page must not do. */
export interface Faults {
  readonly errors: string[];
  readonly violations: string[];
  /** Requests that left the page's own address. */
  readonly strangers: string[];
}

export class Opened {
  readonly faults: Faults = { errors: [], violations: [], strangers: [] };

  constructor(
    readonly page: Page,
    readonly address: string,
    private readonly server: Server,
  ) {
    page.on('console', (message) => {
      if (message.type() === 'error') this.faults.errors.push(message.text());
    });
    page.on('pageerror', (error) => void this.faults.errors.push(error.message));
    page.on('request', (request) => {
      const { protocol, origin } = new URL(request.url());
      if (!['blob:', 'data:'].includes(protocol) && origin !== new URL(address).origin)
        this.faults.strangers.push(request.url());
    });
    server.prependListener('request', (request) => {
      if (request.url !== '/violations') return;
      request.on('data', (chunk: Buffer) => void this.faults.violations.push(chunk.toString('utf8')));
    });
  }

  async load(): Promise<void> {
    await this.page.goto(this.address);
    await this.until(() => document.documentElement.dataset['ready'] === 'yes');
  }

  /** Takes the network away. */
  async unplug(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  /** Waits until something is so on the page. */
  async until<A extends readonly unknown[]>(test: (...args: A) => unknown, ...args: A): Promise<void> {
    try {
      await this.page.waitForFunction(test, { timeout: PATIENCE, polling: 100 }, ...args);
    } catch (cause) {
      const shown = await this.page.evaluate(
        () =>
          `${document.getElementById('alert')?.innerText} | ${document.getElementById('status')?.innerText}`,
      );
      throw new Error(
        `${String(cause)}; waited for ${String(test)}; the page says: ${shown}; ${JSON.stringify(this.faults)}`,
        { cause },
      );
    }
  }

  /** Waits until a run ends by itself. */
  async done(): Promise<string> {
    await this.until(() => {
      const shown = document.getElementById('status-words')?.textContent ?? '';
      const failed = document.getElementById('alert')?.hidden === false;
      return failed || /^Done|^None|^There are no/.test(shown);
    });
    return this.text('status-words');
  }

  text(id: string): Promise<string> {
    return this.page.evaluate((name) => document.getElementById(name)?.textContent?.trim() ?? '', id);
  }

  /** Presses an element of the page, as a script does, wherever it is. */
  async press(id: string): Promise<void> {
    await this.page.evaluate((name) => document.getElementById(name)?.click(), id);
  }

  /** Presses what starts a run, and forgets what was said at the end of the run before. */
  async pressAnew(id: string): Promise<void> {
    await this.page.evaluate((name) => {
      const words = document.getElementById('status-words');
      if (words !== null) words.textContent = '';
      document.getElementById(name)?.click();
    }, id);
  }

  /** Chooses what is learnt from. */
  async choose(source: string): Promise<void> {
    await this.page.evaluate(
      (value) => document.querySelector<HTMLInputElement>(`input[name=source][value=${value}]`)?.click(),
      source,
    );
  }

  /** Chooses the emotions of EmoDB that are told apart. */
  async tellApart(emotions: readonly string[]): Promise<void> {
    await this.page.evaluate((wanted) => {
      for (const box of document.querySelectorAll<HTMLInputElement>('#emotions input'))
        if (box.checked !== wanted.includes(box.value)) box.click();
    }, emotions);
  }

  chosen(): Promise<string | undefined> {
    return this.page.evaluate(
      () => document.querySelector<HTMLInputElement>('input[name=source]:checked')?.value,
    );
  }

  async type(id: string, text: string): Promise<void> {
    await this.page.evaluate(
      (name, value) => {
        const field = document.getElementById(name) as HTMLInputElement;
        field.value = value;
        field.dispatchEvent(new Event('change', { bubbles: true }));
      },
      id,
      text,
    );
  }

  /** Hands files to the page, which are dropped on an element by `dropPrepared()` there. */
  async prepare(id: string, files: readonly Dropped[]): Promise<void> {
    await this.page.evaluate(
      (name, dropped) => {
        const dataTransfer = new DataTransfer();
        for (const one of dropped) {
          const bytes = Uint8Array.from(atob(one.content), (sign) => sign.charCodeAt(0));
          dataTransfer.items.add(new File([bytes], one.name));
        }
        const event = new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer });
        globalThis.dropPrepared = () => void document.getElementById(name)?.dispatchEvent(event);
      },
      id,
      files,
    );
  }

  async drop(id: string, files: readonly Dropped[]): Promise<void> {
    await this.prepare(id, files);
    await this.page.evaluate(() => globalThis.dropPrepared());
  }

  /**
   * Drops a folder. Scripts cannot make one, so its entry is a stand-in.
   *
   * @param files the content of one that the browser cannot read is null
   */
  async dropFolder(
    id: string,
    folder: string,
    files: readonly { readonly name: string; readonly content: string | null }[],
  ): Promise<void> {
    await this.page.evaluate(
      (zone, top, inside) => {
        const entries = inside.map(({ name, content }) => ({
          isDirectory: false,
          name,
          fullPath: `/${top}/${name}`,
          file(resolve: (file: File) => void, reject: (error: Error) => void) {
            if (content === null) return reject(new DOMException('It is gone.', 'NotFoundError'));
            resolve(new File([Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0))], name));
          },
        }));
        const entry = {
          isDirectory: true,
          name: top,
          fullPath: `/${top}`,
          createReader: () => ({
            readEntries: (resolve: (some: unknown[]) => void) => resolve(entries.splice(0)),
          }),
        };
        const own = DataTransferItem.prototype.webkitGetAsEntry;
        DataTransferItem.prototype.webkitGetAsEntry = () => entry as unknown as FileSystemEntry;
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([], top));
        document
          .getElementById(zone)
          ?.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));
        DataTransferItem.prototype.webkitGetAsEntry = own;
      },
      id,
      folder,
      files,
    );
  }

  /** The table of recordings as text, a list of cells a row. */
  rows(): Promise<string[][]> {
    return this.page.evaluate(() =>
      [...document.querySelectorAll('#target-table tbody tr')].map((row) =>
        [...row.querySelectorAll('th, td')].map((cell) => cell.textContent?.trim() ?? ''),
      ),
    );
  }

  heads(): Promise<string[]> {
    return this.page.evaluate(() =>
      [...document.querySelectorAll('#target-table thead th')].map((cell) => cell.textContent ?? ''),
    );
  }

  /** What the page has the browser save next, in base64. */
  async saved(id: string): Promise<Dropped> {
    await this.page.evaluate(() => {
      const own = URL.createObjectURL.bind(URL);
      document.documentElement.dataset['saved'] = '';
      URL.createObjectURL = (blob: Blob): string => {
        URL.createObjectURL = own;
        const reader = new FileReader();
        reader.onload = () => {
          document.documentElement.dataset['saved'] = String(reader.result).replace(/^[^,]*,/, '');
        };
        reader.readAsDataURL(blob);
        return own(blob);
      };
    });
    await this.press(id);
    await this.until(() => document.documentElement.dataset['saved'] !== '');
    const content = await this.page.evaluate(() => document.documentElement.dataset['saved'] ?? '');
    return { name: id, content };
  }

  /** What axe-core finds that is serious or worse. */
  async barriers(): Promise<string[]> {
    const axe = createRequire(join(home, 'runtime.js')).resolve('axe-core');
    await this.page.evaluate(readFileSync(axe, 'utf8'));
    return this.page.evaluate(async () => {
      const { axe } = globalThis as unknown as {
        axe: {
          run(): Promise<{ violations: { id: string; impact: string; nodes: { target: unknown[] }[] }[] }>;
        };
      };
      const { violations } = await axe.run();
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => String(target)).join('; ')}`);
    });
  }
}

/** Opens the built page in a browser. */
export async function opened<T>(
  browser: BrowserProgram,
  folder: string,
  work: (page: Opened) => Promise<T>,
): Promise<T> {
  const server = await serveDemo(folder, 0, '; report-uri /violations');
  try {
    return await inBrowser(browser, async (window) => {
      const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
      const page = new Opened(await window.newPage(), address, server);
      await page.load();
      return work(page);
    });
  } finally {
    server.close();
    server.closeAllConnections();
  }
}
