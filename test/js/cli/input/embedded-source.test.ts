import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { selectCorpusRows } from '../../../../js/data/corpus.js';
import { loadEmodb } from '../../../../js/io/emodb/index.js';
import { captured } from '../captured.js';
import { Folder, smallPair } from '../tables.js';

const folder = new Folder();
/** Every 60th utterance: 9 of them. */
const rows = Array.from({ length: 9 }, (_, i) => 60 * i);

beforeAll(async () => {
  folder.writeTable('few.npy', selectCorpusRows(await loadEmodb(), rows));
  folder.writeTable('other.csv', (await smallPair()).target);
});
afterAll(() => folder.remove());

describe('commands without a source', () => {
  it('begin with the weights "open", which answer five emotions or those that are asked for', async () => {
    const said = async (...more: string[]) =>
      JSON.parse((await captured(['predict', folder.at('few.npy'), '--json', '-q', ...more])).out) as {
        method: string;
        classes: string[];
      };
    expect(await said()).toMatchObject({
      method: 'self-training',
      classes: ['anger', 'fear', 'happiness', 'neutral', 'sadness'],
    });
    expect((await said('--emotions', 'boredom,anger')).classes).toEqual(['anger', 'boredom']);
    expect((await said('--emotions', 'all')).classes).toHaveLength(7);
    const { err } = await captured([
      'evaluate',
      '--target',
      folder.at('few.npy'),
      '-q',
      '--method',
      'linear',
    ]);
    expect(err).toContain('the weights "open" were trained on 9 of the 9 rows of few');
  });

  it('learns from all of EmoDB, says so, and knows what it learnt', async () => {
    const { code, out, err } = await captured([
      'predict',
      folder.at('few.npy'),
      '--json',
      '--method',
      'satnmf',
    ]);
    expect(code).toBe(0);
    expect(err).toMatch(/Learning from .*Burkhardt.*2005/);
    const said = JSON.parse(out) as { classes: string[]; predictions: { file: string; emotion: string }[] };
    expect(said.classes).toEqual(['anger', 'boredom', 'disgust', 'fear', 'happiness', 'neutral', 'sadness']);
    const { file, emotion } = selectCorpusRows(await loadEmodb(), rows);
    expect(said.predictions.map((one) => one.file)).toEqual(file);
    expect(said.predictions.filter((one, i) => one.emotion === emotion[i]).length).toBeGreaterThanOrEqual(8);
  });

  it('and so does satnmf fit', async () => {
    const model = folder.at('from-emodb.satnmf');
    const args = ['fit', '--target', folder.at('few.npy'), '-o', model, '--method', 'svm', '--json'];
    const { code, out, err } = await captured(args);
    expect([code, err]).toEqual([0, expect.stringMatching(/Learning from .*Burkhardt.*2005/)]);
    expect(JSON.parse(out)).toMatchObject({ file: model, source: 'EmoDB', sourceRows: 535, targetRows: 9 });
  });

  it('refuses tables with other features', async () => {
    const { code, err } = await captured(['predict', folder.at('other.csv'), '-q']);
    expect(code).toBe(2);
    expect(err).toMatch(/6373/);
  });

  it('evaluate and fit learn from EmoDB too', async () => {
    const few = ['--target', folder.at('few.npy'), '--method', 'svm', '--json'];
    const evaluated = await captured(['evaluate', ...few]);
    expect(evaluated.err).toMatch(/Learning from .*Burkhardt.*2005/);
    expect(JSON.parse(evaluated.out)).toMatchObject({ source: 'EmoDB', target: 'few', targetRows: 9 });
    const fitted = await captured(['fit', ...few, '-o', folder.at('few.satnmf'), '-q']);
    expect([fitted.code, fitted.err]).toEqual([0, expect.not.stringContaining('Learning')]);
    expect(JSON.parse(fitted.out)).toMatchObject({ source: 'EmoDB', sourceRows: 535 });
  });
});
