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
 * A test that needs something that may not be installed: then it is skipped by name; with `CI=true` it fails, for
 * there everything must be present.
 */
export function itWith(
  name: string,
  found: { version: string } | { missing: string },
  sentence: string,
  test: () => Promise<void>,
): void {
  const title = `${name} ${sentence}`;
  if ('version' in found) it(title, { timeout: 300_000 }, test);
  else if (process.env['CI'] === 'true')
    it(title, () => {
      throw new Error(`${name} must be there when CI=true, but ${found.missing}.`);
    });
  else {
    console.warn(`SKIPPED: ${name}, because ${found.missing}.`);
    it.skip(`${title} (skipped: ${found.missing})`);
  }
}

/** One test a runtime, {@link itWith} it. */
export async function onEveryRuntime(
  sentence: string,
  test: (runtime: Runtime) => Promise<void>,
): Promise<void> {
  for (const runtime of RUNTIMES) itWith(runtime.name, await runtime.find(), sentence, () => test(runtime));
}
