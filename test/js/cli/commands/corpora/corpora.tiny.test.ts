/**
 * Four tiny corpora in the paper's layouts, spoken by espeak-ng. Without it the tests are skipped by name; with
 * CI=true it must be there.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { classesOf } from '../../../../../js/data/emotions.js';
import { SCHEMES } from '../../../../../js/experiment/schemes.js';
import { readTableFile } from '../../../../../js/entries/node.js';
import { makeTinyCorpora } from '../../../../../scripts/tiny-corpora.mjs';
import { captured } from '../../captured.js';
import { Folder } from '../../tables.js';

const have = spawnSync('espeak-ng', ['--version']).status === 0;
if (!have && process.env['CI'] === 'true') throw new Error('espeak-ng must be there when CI=true.');
if (!have) console.warn('Tiny corpora: skipped, espeak-ng is not installed.');

describe.skipIf(!have)('four tiny corpora in the layouts of the paper', () => {
  let folder: Folder;
  let made: string[];
  beforeAll(() => {
    folder = new Folder();
    made = makeTinyCorpora(folder.path, 1);
  });
  afterAll(() => folder.remove());

  it('are the same bytes when they are made again', () => {
    const again = new Folder();
    expect(makeTinyCorpora(again.path, 1)).toEqual(made);
    for (const file of made)
      expect(readFileSync(again.at(file)).equals(readFileSync(folder.at(file)))).toBe(true);
    again.remove();
  });

  it.each([
    ['emodb', 21, 3, 7],
    ['casia', 18, 3, 6],
    ['enterface', 18, 3, 6],
    ['eekc', 12, 1, 4],
  ])('%s is recognised and extracted with its labels', async (name, rows, speakers, emotions) => {
    const checked = await captured(['corpora', 'check', folder.at(name), '--json', '-q']);
    expect(JSON.parse(checked.out)).toMatchObject({
      corpus: name,
      utterances: rows,
      extra: [],
      twice: [],
      unmappable: [],
      unreadable: [],
    });
    const output = folder.at(`${name}.npy`);
    const { code, err } = await captured(['extract', folder.at(name), '-o', output, '-q']);
    expect([code, err]).toEqual([0, '']);
    const table = await readTableFile(output);
    expect(table.features.rows).toBe(rows);
    expect(new Set(table.speaker).size).toBe(speakers);
    expect(classesOf(table.emotion)).toHaveLength(emotions);
    expect(table.emotion).not.toContain(null);
    // Every row is a voice of its own: no two are alike.
    const first = Array.from({ length: rows }, (_, i) => table.features.data.slice(i * 6373, (i + 1) * 6373));
    expect(new Set(first.map((row) => row.join())).size).toBe(rows);
  });

  it('are what the schemes of a plan mean by their names', async () => {
    const names = SCHEMES.map(({ name }) => name);
    const methods = [{ method: 'svm', axes: { C: [1] } }];
    const plan = folder.write('plan.json', JSON.stringify({ schemes: names, methods }));
    const { code, out } = await captured(['sweep', 'plan', plan, '--json', '-q']);
    expect([code, JSON.parse(out)]).toEqual([0, expect.objectContaining({ count: 2 * SCHEMES.length })]);
    folder.write('plan.json', JSON.stringify({ schemes: ['B2c'], methods }));
    const { err } = await captured(['sweep', 'plan', plan]);
    expect(err).toMatch(/"schemes" must be one of e2E, E2B, B2C, C2e, got "B2c". Did you mean "B2C"\?/);
  });

  it.each(SCHEMES)('$name has its emotions in both corpora', async ({ source, target, emotions }) => {
    for (const corpus of [source, target]) {
      const { emotion } = await readTableFile(folder.at(`${corpus}.npy`));
      expect(classesOf(emotion)).toEqual(expect.arrayContaining([...emotions]));
    }
  });
});
