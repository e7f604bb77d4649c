/**
 * The README's example does what it says, on the built package.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';

const readme = readFileSync('README.md', 'utf8');

test('the README shows one example of the API and it runs', () => {
  const examples = [...readme.matchAll(/```js\n([\s\S]*?)```/g)].map(([, code]) => code);
  expect(examples).toHaveLength(1);
  const code = examples[0].replace(
    "'satnmf/recogniser'",
    JSON.stringify(pathToFileURL('dist/recogniser.js').href),
  );
  expect(code.split('\n').filter((line) => line.trim() !== '').length).toBeLessThanOrEqual(5);
  const folder = mkdtempSync(join(tmpdir(), 'satnmf-readme-'));
  try {
    copyFileSync('demo/samples/1008_IEO_ANG_HI.wav', join(folder, 'hello.wav'));
    writeFileSync(join(folder, 'example.mjs'), code);
    const printed = execFileSync(process.execPath, ['example.mjs'], { encoding: 'utf8', cwd: folder });
    expect(printed).toMatch(/^anger 0\.\d+\n$/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('the README names the two commands that do all the set-up', () => {
  expect(readme).toContain('npm ci && npm start');
  expect(readme).toContain('npm ci && npm test');
});
