/**
 * The method's sections and equations are where comments say that they are.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { root } from '../package/built.js';

const method = readFileSync(`${root}/docs/method.md`, 'utf8');
const sections = new Set([...method.matchAll(/^##+ (\d+(?:\.\d+)?) /gm)].map(([, number]) => number));
const equations = [...method.matchAll(/^ {4}.* \((\d+\.\d+m?)\)$/gm)].map(([, number]) => number);

it('every section that displays an equation numbers it, each number once', () => {
  expect(new Set(equations).size).toBe(equations.length);
  for (const chapter of ['2', '3', '5', '7', '8', '9', '10', '11', '14', '15'])
    expect([chapter, equations.some((number) => number.startsWith(`${chapter}.`))]).toEqual([chapter, true]);
});

it('comments cite sections that there are', () => {
  let cited = 0;
  for (const folder of ['js', 'assembly', 'test', 'bench', 'docs'])
    for (const file of readdirSync(`${root}/${folder}`, { recursive: true, encoding: 'utf8' })) {
      if (!/\.(ts|md)$/.test(file) || file.includes('node_modules')) continue;
      const text = readFileSync(`${root}/${folder}/${file}`, 'utf8');
      for (const [, section] of text.matchAll(/method(?:\.md)?`? §(\d+(?:\.\d+)?)/g)) {
        expect([file, section, sections.has(section)]).toEqual([file, section, true]);
        cited++;
      }
    }
  expect(cited).toBeGreaterThan(50);
});

it('references to equations lead to one', () => {
  const prose = method.replace(/^ {4}.*$/gm, '');
  for (const [, number] of prose.matchAll(/\((\d{1,2}\.\d{1,2})\)/g))
    expect([number, equations.includes(number)]).toEqual([number, true]);
});
