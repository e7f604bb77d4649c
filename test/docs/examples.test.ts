/**
 * What README, documents and docstrings show is run on the built package, and prints what they say.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { requireBuilt } from '../package/built.js';
import {
  docstringExamples,
  documentExamples,
  ENTRIES,
  type Example,
  expectations,
  homesOf,
  type Outcome,
  runExamples,
} from './examples.js';

const isWideHere = Number(process.versions.node.split('.')[0]) >= 24 && process.arch === 'x64';

let examples: Example[];
let outcomes: Outcome[];
beforeAll(async () => {
  requireBuilt();
  const homes = await homesOf();
  // Wide mode needs Node 24.
  const here = (name: string): boolean => homes.has(name) && (name !== 'loadWide' || isWideHere);
  const open = docstringExamples().filter(({ name }) => here(name as string));
  examples = [...documentExamples(), ...open];
  outcomes = await runExamples(examples, homes);
}, 120_000);

describe('examples', () => {
  it('run', () => {
    const failed = examples.flatMap(({ where }, i) =>
      outcomes[i].error === null ? [] : [[where, outcomes[i].error]],
    );
    expect(failed).toEqual([]);
    expect(examples.length).toBeGreaterThan(30);
  });

  it('are left out only where a package is missing that is not ours', () => {
    const left = examples.flatMap(({ where }, i) =>
      outcomes[i].missing === null ? [] : [[where, outcomes[i].missing]],
    );
    expect(left).toEqual([['registerDecoder (js/audio/decoders.ts)', 'mpg123-decoder']]);
  });

  it('print what the comments beside them say', () => {
    const lines = examples.flatMap(({ where, code }, i) =>
      outcomes[i].missing === null
        ? expectations(code).map(({ line, text }) => ({
            where,
            said: text,
            printed: outcomes[i].printed[line]?.join(', '),
          }))
        : [],
    );
    expect(lines.filter(({ said, printed }) => said !== printed)).toEqual([]);
    expect(lines.length).toBeGreaterThan(20);
  });

  it('are there for every entry of the package', () => {
    const code = documentExamples()
      .map((example) => example.code)
      .join('\n');
    for (const entry of ENTRIES.filter((name) => name !== 'satnmf/slim/methods'))
      expect([entry, code.includes(`from '${entry}'`)]).toEqual([entry, true]);
  });
});
