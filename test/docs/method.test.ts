/**
 * The sections and equations of the method are where comments and documents say that they are.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { root } from '../package/built.js';

const DOCUMENTS = ['method.md', 'compared-methods.md'];
const textOf = (document: string): string => readFileSync(`${root}/docs/${document}`, 'utf8');
const headingsOf = (document: string): string[] =>
  [...textOf(document).matchAll(/^##+ (.*)$/gm)].map(([, name]) => name);

const texts = DOCUMENTS.map(textOf);
/** Words and numbers of displayed equations: `satnmf 3`. */
const equations = texts.flatMap((text) =>
  [...text.matchAll(/^ {4}.* \(([a-z]+ \d+)\)$/gm)].map(([, name]) => name),
);
const kinds = new Set(equations.map((name) => name.split(' ')[0]));

it('equations are numbered from 1 under each word, without a gap', () => {
  for (const kind of kinds) {
    const numbers = equations.filter((name) => name.startsWith(`${kind} `));
    expect(numbers).toEqual(numbers.map((_, i) => `${kind} ${i + 1}`));
  }
  expect(kinds.size).toBeGreaterThan(10);
});

it('no name of a section occurs twice in a document', () => {
  for (const document of DOCUMENTS)
    expect(new Set(headingsOf(document)).size).toBe(headingsOf(document).length);
});

/** The text of a comment that goes over several lines, as one line. */
const joined = (text: string): string => text.replace(/\n\s*(?:\*|\/\/)\s+/g, ' ');

it('comments cite sections that there are, by their names', () => {
  let cited = 0;
  for (const folder of ['js', 'assembly', 'test', 'bench', 'demo/src', 'scripts'])
    for (const file of readdirSync(`${root}/${folder}`, { recursive: true, encoding: 'utf8' })) {
      if (!/\.(ts|mjs)$/.test(file) || file.includes('node_modules') || file === 'docs/method.test.ts')
        continue;
      const text = joined(readFileSync(`${root}/${folder}/${file}`, 'utf8'));
      expect([file, /method(?:\.md)?`? §\d/.exec(text)?.[0]]).toEqual([file, undefined]);
      for (const [, document, rest] of text.matchAll(
        /(?<![\w-])((?:compared-methods|method)\.md), ([^\n]{1,60})/g,
      )) {
        const found = headingsOf(document).find((name) => rest.startsWith(name));
        expect([file, rest, found === undefined]).toEqual([file, rest, false]);
        cited++;
      }
    }
  expect(cited).toBeGreaterThan(50);
});

it('references to equations lead to one', () => {
  let cited = 0;
  for (const text of texts)
    for (const [, name, kind] of text.matchAll(/\((([a-z]+) \d{1,2})\)/g))
      if (kinds.has(kind)) {
        expect([name, equations.includes(name)]).toEqual([name, true]);
        cited++;
      }
  expect(cited).toBeGreaterThan(equations.length);
});
