/**
 * What is said of a release in several places is the same in all of them.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { packageJson, root } from './built.js';

const text = (file: string): string => readFileSync(`${root}/${file}`, 'utf8');
const jsr = JSON.parse(text('jsr.json')) as { version: string; exports: Record<string, string> };

describe('a release', () => {
  it('has the same entries on JSR as on npm: its modules, under no condition', () => {
    const entries = Object.entries(packageJson.exports).flatMap(([entry, target]): [string, string][] =>
      typeof target === 'object' ? [[entry, target['default']]] : [],
    );
    expect(jsr.exports).toEqual(Object.fromEntries(entries));
  });

  it('has one version, which the change log knows', () => {
    const { version } = packageJson;
    expect(jsr.version).toBe(version);
    expect(/^version: (.+)$/m.exec(text('CITATION.cff'))?.[1]).toBe(version);
    expect(/^## (\d\S*)/m.exec(text('CHANGELOG.md'))?.[1]).toBe(version);
  });

  it('is published by identity, with provenance, after the tests', () => {
    const workflow = text('.github/workflows/publish.yml');
    expect(workflow).toMatch(/id-token: write/);
    expect(workflow).not.toMatch(/secrets\./);
    const steps = ['npm ci', 'npm run check', 'npm test', 'npm publish --provenance', 'jsr publish'];
    const places = steps.map((step) => workflow.search(new RegExp(`run: (.* )?${step}`)));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });
});
