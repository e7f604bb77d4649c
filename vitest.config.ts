import { defineConfig } from 'vitest/config';

export default defineConfig({
  define: { __VERSION__: JSON.stringify('0.1.0') },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/runtimes/node_modules/**', '**/*.slow.test.ts'],
    testTimeout: 60_000,
    pool: 'threads',
    maxWorkers: 2,
  },
});
