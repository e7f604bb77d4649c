/**
 * Writes docs/benchmarks.md and docs/benchmarks.svg from bench/results/*.json; `npm run bench -- --write` runs it.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { format } from 'prettier';
import type { Report } from '../harness.js';
import { document, ORDER } from './document.js';
import { svg } from './figure.js';

const reports = ORDER.map((name) => `bench/results/${name}.json`)
  .filter((file) => existsSync(file))
  .map((file) => JSON.parse(readFileSync(file, 'utf8')) as Report);
if (reports.length === 0) throw new Error('bench/results/ holds nothing to report.');

const { dependencies, optionalDependencies } = JSON.parse(
  readFileSync('bench/package.json', 'utf8'),
) as Record<string, Record<string, string>>;
const text = document(reports, { ...dependencies, ...optionalDependencies });
writeFileSync(
  'docs/benchmarks.md',
  await format(text, { parser: 'markdown', printWidth: 110, singleQuote: true }),
);
writeFileSync('docs/benchmarks.svg', svg(reports));
console.error(`docs/benchmarks.md: ${reports.length} subjects.`);
