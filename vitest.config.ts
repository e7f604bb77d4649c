import { readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** `--mode slow` runs the `*.slow.test.ts` files, and only them. */
export default defineConfig(({ mode }) => {
  const slow = mode === 'slow';
  // Continuous integration sums the counts of both runs from these files.
  const report = process.env['SATNMF_TEST_REPORT'];
  return {
    define: { __VERSION__: JSON.stringify(version) },
    test: {
      include: [slow ? 'test/**/*.slow.test.ts' : 'test/**/*.test.ts'],
      exclude: ['**/node_modules/**', ...(slow ? [] : ['**/*.slow.test.ts'])],
      globalSetup: 'test/package/packed.ts',
      passWithNoTests: slow,
      testTimeout: slow ? 600_000 : 60_000,
      reporters: report === undefined ? ['default'] : ['default', ['json', { outputFile: report }]],
      pool: 'threads',
      maxWorkers: 2,
    },
  };
});
