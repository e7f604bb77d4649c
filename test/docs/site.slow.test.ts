/**
 * The built site: its links lead somewhere, and a policy of `default-src 'self'` lets all of it through.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import { parseHTML } from 'linkedom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageJson, root } from '../package/built.js';

const site = mkdtempSync(join(tmpdir(), 'satnmf-site-'));
const pages = new Map<string, Document>();
beforeAll(() => {
  const { status, stderr } = spawnSync(process.execPath, [`${root}/scripts/docs.mjs`, '--out', site], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  for (const name of readdirSync(site, { recursive: true, encoding: 'utf8' }))
    if (name.endsWith('.html')) pages.set(name, parseHTML(readFileSync(join(site, name), 'utf8')).document);
}, 300_000);
afterAll(() => rmSync(site, { recursive: true, force: true }));

const all = (page: Document, selector: string, attribute: string): string[] =>
  [...page.querySelectorAll(selector)].map((element) => element.getAttribute(attribute) as string);

describe('the site', () => {
  it('has a page for every document and every entry of the package', () => {
    const titles = [...pages.values()].map((page) => page.querySelector('title')?.textContent ?? '');
    for (const name of [
      'Guide',
      'Concepts',
      'Limits and ethics',
      'Command line',
      'The API',
      'The method',
      'The compared methods',
      'All methods',
    ])
      expect([name, titles.some((title) => title.startsWith(`${name} `))]).toEqual([name, true]);
    for (const [entry, target] of Object.entries(packageJson.exports)) {
      if (typeof target === 'string' || entry.startsWith('./slim')) continue;
      const name = entry.replace('.', 'satnmf');
      expect([name, titles.some((title) => title === name || title.startsWith(`${name} `))]).toEqual([
        name,
        true,
      ]);
    }
  });

  it('has no link, picture or script that leads nowhere', () => {
    const broken: string[] = [];
    for (const [name, page] of pages)
      for (const link of [...all(page, '[href]', 'href'), ...all(page, '[src]', 'src')]) {
        if (/^[a-z]+:/.test(link)) continue;
        const [path, anchor] = link.split('#');
        const target = path === '' ? name : normalize(join(dirname(name), decodeURI(path)));
        if (!existsSync(join(site, target))) broken.push(`${name}: ${link}`);
        else if (
          anchor &&
          pages.has(target) &&
          (pages.get(target) as Document).getElementById(decodeURI(anchor)) === null
        )
          broken.push(`${name}: ${link}`);
      }
    expect(broken).toEqual([]);
  });

  it('loads nothing from elsewhere, and has no inline script, style or handler', () => {
    for (const [name, page] of pages) {
      const loaded = [...all(page, 'script[src], img[src]', 'src'), ...all(page, 'link[href]', 'href')];
      expect([name, loaded.filter((link) => /^(https?:)?\/\//.test(link))]).toEqual([name, []]);
      expect([name, page.querySelectorAll('script:not([src]), style, [style]').length]).toEqual([name, 0]);
      const handlers = [...page.querySelectorAll('*')].flatMap((element) =>
        element.getAttributeNames().filter((attribute) => attribute.startsWith('on')),
      );
      expect([name, handlers]).toEqual([name, []]);
    }
  });
});
