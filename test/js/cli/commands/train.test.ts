import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { captured } from '../captured.js';
import { Folder, smallPair } from '../tables.js';

const folder = new Folder();
let a: string;
let b: string;
beforeAll(async () => {
  const { source, target } = await smallPair();
  a = folder.writeTable('a.npy', source);
  b = folder.writeTable('b.csv', target);
});
afterAll(() => folder.remove());

describe('satnmf train', () => {
  it('writes weights that predict, evaluate and fit take, with licences', async () => {
    const weights = folder.at('w.satnmf');
    const trained = await captured([
      'train',
      '--source',
      a,
      '--source',
      b,
      '-o',
      weights,
      '--licence',
      'CC0',
      '--json',
      '-q',
    ]);
    expect([trained.code, trained.err]).toEqual([0, '']);
    expect(JSON.parse(trained.out)).toMatchObject({
      file: weights,
      name: 'a + b',
      classes: ['anger', 'happiness', 'neutral', 'sadness'],
      corpora: [
        { name: 'a', rows: 48, licence: 'CC0' },
        { name: 'b', rows: 44, licence: '' },
      ],
    });
    const { code, out } = await captured(['predict', b, '--pretrained', weights, '-q']);
    expect([code, out.trimEnd().split('\n').length]).toEqual([0, 45]);
    const evaluated = await captured(['evaluate', '--target', b, '--pretrained', weights, '-q', '--json']);
    expect(JSON.parse(evaluated.out)).toMatchObject({ source: 'weights a + b', sources: [], sourceRows: 0 });
    expect(evaluated.err).toContain('the figures are not honest');
    const both = await captured(['predict', b, '--pretrained', weights, '--source', a, '-q', '--explain']);
    expect([both.code, both.err]).toEqual([0, expect.stringContaining('a corrected them')]);
    const model = folder.at('m.satnmf');
    expect((await captured(['fit', '--target', b, '--pretrained', weights, '-o', model, '-q'])).code).toBe(0);
    expect((await captured(['predict', b, '--model', model, '-q'])).code).toBe(0);
  });

  it('uses known emotions when it is told to', async () => {
    const weights = folder.at('x.satnmf');
    await captured(['train', '--source', a, '-o', weights, '-q']);
    const said = (...more: string[]) => captured(['predict', b, '--pretrained', weights, '--json', ...more]);
    const [plain, known] = [await said('-q'), await said('--use-labels')];
    expect(known.err).toContain('b: emotions of 44 rows are used');
    expect(known.out).not.toBe(plain.out);
  });

  it('trains only the emotions named, and refuses what cannot be written', async () => {
    const weights = folder.at('two.satnmf');
    const two = await captured([
      'train',
      '--source',
      a,
      '--emotions',
      'anger,sadness',
      '-o',
      weights,
      '--json',
      '-q',
    ]);
    expect((JSON.parse(two.out) as { classes: string[] }).classes).toEqual(['anger', 'sadness']);
    const onto = await captured(['train', '--source', b, '-o', b, '-q']);
    expect([onto.code, onto.err]).toEqual([2, expect.stringContaining('is an input')]);
    expect((await captured(['train', '--source', a])).err).toContain('train needs --output <file>');
    expect((await captured(['train', '-o', folder.at('n.satnmf')])).err).toContain('train needs --source');
    expect(existsSync(folder.at('n.satnmf'))).toBe(false);
  });

  it('says what to do when weights are a model, damaged or not there', async () => {
    const model = folder.at('svm.satnmf');
    await captured(['fit', '--source', a, '--target', b, '--method', 'svm', '-o', model, '-q']);
    const asWeights = await captured(['predict', b, '--pretrained', model, '-q']);
    expect([asWeights.code, asWeights.err]).toEqual([2, expect.stringContaining('svm.satnmf')]);
    const weights = folder.at('w.satnmf');
    const asModel = await captured(['predict', b, '--model', weights, '-q']);
    expect([asModel.code, asModel.err]).toEqual([2, expect.stringContaining('--pretrained')]);
    const cut = folder.write('cut.satnmf', readFileSync(weights).subarray(0, 99));
    expect((await captured(['predict', b, '--pretrained', cut, '-q'])).code).toBe(2);
    expect((await captured(['predict', b, '--pretrained', folder.at('none.satnmf'), '-q'])).err).toContain(
      'there is no such file',
    );
  });
});
