/**
 * Sums what continuous integration did. Every step that failed counts as a failure at least once,
 * also one that crashed before it could count anything.
 *
 *   node scripts/sum-tests.mjs <folder of vitest's JSON reports> <step>=<exit code> …
 *
 * Prints the names of failed and skipped tests, and as its last line `N passed, N failed`.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from './root.mjs';

/** Steps that must leave a report: without one they did not get far enough to count. */
const COUNTED = ['test', 'slow'];

const [folder, ...outcomes] = process.argv.slice(2);
let passed = 0;
let failed = 0;

for (const outcome of outcomes) {
  const [step, code] = outcome.split('=');
  let failures = 0;
  const fail = (sentence) => {
    failures++;
    console.log(`FAILED  ${step}: ${sentence}`);
  };

  const file = join(folder, `${step}.json`);
  if (COUNTED.includes(step) && !existsSync(file)) fail('it ended without counting its tests');
  else if (existsSync(file)) {
    const { testResults } = JSON.parse(readFileSync(file, 'utf8'));
    for (const { name, status, message, assertionResults } of testResults) {
      const where = relative(root, name);
      for (const { status: result, fullName } of assertionResults) {
        if (result === 'passed') passed++;
        else if (result === 'failed') fail(`${where}: ${fullName}`);
        else console.log(`skipped ${step}: ${where}: ${fullName}`);
      }
      // A file that could not even be loaded has no tests that failed.
      if (status === 'failed' && !assertionResults.some((test) => test.status === 'failed'))
        fail(`${where}: ${message.split('\n')[0] || 'failed outside of its tests'}`);
    }
  }
  if (code !== '0' && failures === 0) fail(`exit code ${code}`);
  failed += failures;
}

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
