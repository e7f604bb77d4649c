/**
 * Chromium and Firefox: where they are, and how they are started.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installed } from '../runtime.js';

/** A request that a page made. */
export interface PageRequest {
  url(): string;
}

/** The part of a page of puppeteer-core that tests use. */
export interface Page {
  goto(url: string): Promise<unknown>;
  on(event: 'console', seen: (message: { text(): string; type(): string }) => void): unknown;
  on(event: 'pageerror', seen: (error: Error) => void): unknown;
  on(event: 'request', seen: (request: PageRequest) => void): unknown;
  evaluate<A extends readonly unknown[], R>(
    act: string | ((...args: A) => R),
    ...args: A
  ): Promise<Awaited<R>>;
  evaluateOnNewDocument(act: () => void): Promise<unknown>;
  waitForFunction<A extends readonly unknown[]>(
    test: string | ((...args: A) => unknown),
    options: { timeout: number; polling: number },
    ...args: A
  ): Promise<unknown>;
  $(
    selector: string,
  ): Promise<{ click(): Promise<void>; uploadFile(...paths: string[]): Promise<void> } | null>;
  $eval<T>(selector: string, of: (element: HTMLElement) => T): Promise<T>;
  click(selector: string): Promise<void>;
  setViewport(size: { width: number; height: number }): Promise<void>;
  close(): Promise<void>;
}

export interface BrowserWindow {
  newPage(): Promise<Page>;
  version(): Promise<string>;
  close(): Promise<void>;
}

/** The part of puppeteer-core that is used here. */
interface Puppeteer {
  launch(options: {
    browser: 'chrome' | 'firefox';
    executablePath: string;
    headless: true;
    userDataDir: string;
    args: string[];
    extraPrefsFirefox: Readonly<Record<string, boolean>>;
    timeout: number;
  }): Promise<BrowserWindow>;
}

/** A browser that may be on this machine. */
export interface BrowserProgram {
  readonly name: string;
  readonly kind: 'chrome' | 'firefox';
  /** Where its program may be. */
  readonly programs: readonly (string | undefined)[];
  readonly args: readonly string[];
  /** Firefox's preferences. */
  readonly preferences: Readonly<Record<string, boolean>>;
}

export const CHROMIUM: BrowserProgram = {
  name: 'Chromium',
  kind: 'chrome',
  programs: [
    process.env['SATNMF_CHROMIUM'],
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ],
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
  preferences: {},
};

export const FIREFOX: BrowserProgram = {
  name: 'Firefox',
  kind: 'firefox',
  programs: [process.env['SATNMF_FIREFOX'], '/usr/bin/firefox-esr', '/usr/bin/firefox'],
  args: [],
  preferences: {},
};

const programOf = ({ programs }: BrowserProgram): string | undefined =>
  programs.find((file) => file !== undefined && existsSync(file));

/** Its program, or why it cannot run here. */
export function findBrowser(browser: BrowserProgram): { version: string } | { missing: string } {
  const program = programOf(browser);
  if (program === undefined)
    return { missing: `no program at ${browser.programs.filter((file) => file !== undefined).join(', ')}` };
  if (!installed<Puppeteer>('puppeteer-core'))
    return {
      missing: 'puppeteer-core is not in test/runtimes/node_modules (node scripts/runtimes.mjs installs it)',
    };
  return { version: program };
}

/** Opens a window with a profile of its own, and closes it when `work` ends. */
export async function inBrowser<T>(
  browser: BrowserProgram,
  work: (window: BrowserWindow) => Promise<T>,
): Promise<T> {
  const puppeteer = installed<Puppeteer>('puppeteer-core');
  const executablePath = programOf(browser);
  if (!puppeteer || executablePath === undefined) throw new Error(`${browser.name} is not installed.`);
  const userDataDir = mkdtempSync(join(tmpdir(), 'satnmf-browser-'));
  try {
    const window = await puppeteer.launch({
      browser: browser.kind,
      executablePath,
      headless: true,
      userDataDir,
      args: [...browser.args],
      extraPrefsFirefox: browser.preferences,
      timeout: 60_000,
    });
    try {
      return await work(window);
    } finally {
      await window.close();
    }
  } finally {
    rmSync(userDataDir, { recursive: true, force: true, maxRetries: 5 });
  }
}
