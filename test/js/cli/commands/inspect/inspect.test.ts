import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Corpus } from '../../../../../js/data/corpus.js';
import { captured } from '../../captured.js';
import { Folder, QUICK, smallPair } from '../../tables.js';

const folder = new Folder();
let source: Corpus;
let table: string;
beforeAll(async () => {
  ({ source } = await smallPair());
  table = folder.writeTable('a.npy', source);
});
afterAll(() => folder.remove());

async function inspected(file: string): Promise<Record<string, unknown>> {
  const { code, out, err } = await captured(['inspect', file, '--json']);
  expect([code, err]).toEqual([0, '']);
  return JSON.parse(out) as Record<string, unknown>;
}

const bare = (text: string): string => text.replace(/ +/g, ' ');

describe('satnmf inspect of a table', () => {
  it('counts rows, features, emotions and speakers, and tells ranges', async () => {
    const { emotions, speakers, lowest, highest, ...found } = await inspected(table);
    expect(found).toEqual({
      kind: 'table',
      file: table,
      name: 'a',
      rows: 48,
      features: 24,
      first: 'f0',
      last: 'f23',
      unlabelled: 0,
      negativeFeatures: 0,
      constantFeatures: 0,
      problems: [],
    });
    expect(Object.keys(emotions as object)).toEqual(['anger', 'happiness', 'neutral', 'sadness']);
    expect(speakers).toEqual({ 'acted-1': 16, 'acted-2': 16, 'acted-3': 16 });
    expect([lowest, highest]).toEqual([
      source.features.data.reduce((a, b) => Math.min(a, b)),
      source.features.data.reduce((a, b) => Math.max(a, b)),
    ]);
  });

  it('prints them as Markdown', async () => {
    const { code, out } = await captured(['inspect', table]);
    expect(code).toBe(0);
    expect(bare(out)).toContain('a.npy: 48 rows, 24 features (f0 … f23)');
    expect(bare(out)).toContain('| acted-1 | 16 |');
    expect(out).toContain('No problems.');
  });

  it('finds what will be trouble', async () => {
    const csv = ['file,speaker,emotion,f,g,h', 'x,s,angry,1,5,-1', 'x,s,angry,2,5,nan', 'y,t,,3,5,3'].join(
      '\n',
    );
    const { problems, ...found } = await inspected(folder.write('bad.csv', csv));
    expect(found).toMatchObject({
      rows: 3,
      emotions: { angry: 2 },
      unlabelled: 1,
      speakers: { s: 2, t: 1 },
      lowest: -1,
      highest: 5,
      negativeFeatures: 1,
      constantFeatures: 1,
    });
    const all = (problems as string[]).join('\n');
    for (const said of [
      /bad\.csv, row 3, column 6 \("h"\): is missing \("nan"\); --missing median would replace it/,
      /replaced 1 missing or non-finite value in 1 column/,
      /3 rows: as a target, fewer than 20/,
      /one emotion, "angry": a source needs at least two/,
      /"angry" is none of the usual words .* Did you mean "anger"\?/,
      /2 speakers with fewer than 5 rows/,
      /1 file name more than once, such as "x"/,
      /1 of 3 features the same in every row/,
    ])
      expect(all).toMatch(said);
    const { out } = await captured(['inspect', folder.at('bad.csv')]);
    expect(bare(out)).toContain('| (none) | 1 |');
    expect(out).toContain('Problems:\n- ');
  });

  it('finds that there are neither emotions nor speakers', async () => {
    const { problems } = await inspected(folder.write('plain.csv', `f,g\n${'1,2\n3,4\n'.repeat(10)}`));
    expect(problems).toEqual([
      'no emotions: it can be a target, not a source',
      'no speakers: it cannot be normalised by speaker',
    ]);
  });

  it.each([
    ['nothing.csv', /nothing\.csv: there is no such file \(bad-file\)/],
    ['.', /holds no audio file \(bad-file\)/],
    ['broken.csv', /broken\.csv, row 2: has 1 cells, the header has 2 \(bad-file\)/],
    [
      'letter.doc',
      /letter\.doc: cannot be read: its extension must be \.npy, \.csv, \.tsv, \.txt or \.arff \(unsupported\)/,
    ],
  ])('ends with 2 for %s', async (name, said) => {
    folder.write('broken.csv', 'f,g\n1\n');
    folder.write('letter.doc', 'Dear');
    const { code, out, err } = await captured(['inspect', folder.at(name), '--json']);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(said);
  });
});

describe('satnmf inspect of a model', () => {
  it('tells method, options, classes and sizes', async () => {
    const model = folder.at('m.satnmf');
    const fit = [
      'fit',
      '--source',
      table,
      '--target',
      table,
      '-o',
      model,
      '-q',
      '--preset',
      'paper',
      ...QUICK,
    ];
    expect((await captured(fit)).code).toBe(0);
    const found = await inspected(model);
    expect(found).toMatchObject({
      kind: 'model',
      file: model,
      version: __VERSION__,
      method: 'satnmf',
      classes: ['anger', 'happiness', 'neutral', 'sadness'],
      features: 24,
      targetRows: 48,
      normalizer: 'min-max',
      speakers: 3,
      iterations: [12, 12],
    });
    expect(found['options']).toMatchObject({ preset: 'paper', r: 4, trials: 2, maxIterations: 12 });
    expect(found['trials']).toHaveLength(2);
    const { out } = await captured(['inspect', model]);
    expect(bare(out)).toContain('| trials kept | 2 of 2, dictionary of rank 4 |');
    expect(bare(out)).toContain('| preset | paper |');
  });
});
