/**
 * The six runtimes, and what happens to a test whose runtime is not there.
 */
import { it } from 'vitest';
import { chromium, firefox } from './drivers/browser.js';
import { bun, deno, node } from './drivers/process.js';
import { workerd } from './drivers/workerd.js';
import type { Runtime } from './runtime.js';

const RUNTIMES: readonly Runtime[] = [node, deno, bun, workerd, chromium, firefox];

/**
 * One test a runtime. A runtime that is not installed is skipped by name; with `CI=true` it fails,
 * for there all six must be present.
 */
export async function onEveryRuntime(
  sentence: string,
  test: (runtime: Runtime) => Promise<void>,
): Promise<void> {
  for (const runtime of RUNTIMES) {
    const found = await runtime.find();
    if ('version' in found) {
      it(`${runtime.name} ${sentence}`, { timeout: 300_000 }, () => test(runtime));
      continue;
    }
    const title = `${runtime.name} ${sentence}`;
    if (process.env['CI'] === 'true')
      it(title, () => {
        throw new Error(`${runtime.name} must be there when CI=true, but ${found.missing}.`);
      });
    else {
      console.warn(`SKIPPED: ${runtime.name}, because ${found.missing}.`);
      it.skip(`${title} (skipped: ${found.missing})`);
    }
  }
}
