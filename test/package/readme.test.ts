/**
 * The README's example does what it says, on the built package.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';

const readme = readFileSync('README.md', 'utf8');

test('the README shows one example of the API and it runs', () => {
  const examples = [...readme.matchAll(/```js\n([\s\S]*?)```/g)].map(([, code]) => code);
  expect(examples).toHaveLength(1);
  const code = examples[0].replace("'satnmf'", JSON.stringify(pathToFileURL('dist/index.js').href));
  expect(
    code.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('//')).length,
  ).toBeLessThanOrEqual(10);
  const folder = mkdtempSync(join(tmpdir(), 'satnmf-readme-'));
  try {
    const file = join(folder, 'example.mjs');
    writeFileSync(file, `${code}\nconsole.log(bytes.length);\n`);
    const [score, confidence, length] = execFileSync(process.execPath, [file], { encoding: 'utf8' }).split(
      /\n(?=\S)/,
    );
    expect(Number(score)).toBeGreaterThan(0.5); // chance is 0.5
    expect(confidence).toMatch(/^Float64Array\(2\)/);
    expect(Number(length)).toBeGreaterThan(1000);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('the README names the two commands that do all the set-up', () => {
  expect(readme).toContain('npm ci && npm start');
  expect(readme).toContain('npm ci && npm test');
});
