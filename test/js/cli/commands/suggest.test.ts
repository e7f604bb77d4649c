import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { captured } from '../captured.js';
import { Folder, smallPair } from '../tables.js';

const folder = new Folder();
let b: string;
let weights: string;
beforeAll(async () => {
  const { source, target } = await smallPair();
  b = folder.writeTable('b.csv', target);
  weights = folder.at('w.satnmf');
  await captured(['train', '--source', folder.writeTable('a.npy', source), '-o', weights, '-q']);
});
afterAll(() => folder.remove());

describe('satnmf suggest', () => {
  it('names recordings, and writes a table to fill in', async () => {
    const printed = await captured(['suggest', b, '-n', '5', '--pretrained', weights, '-q']);
    const lines = printed.out.trimEnd().split('\n');
    expect([printed.code, lines[0], lines.length]).toEqual([0, 'file,speaker,emotion', 6]);
    expect(lines[1]).toMatch(/^natural-\d{3}\.wav,[^,]+,$/);
    const file = folder.at('label.csv');
    const { code, err } = await captured(['suggest', b, '-n', '5', '--pretrained', weights, '-o', file]);
    expect([code, readFileSync(file, 'utf8')]).toEqual([0, printed.out]);
    expect(err).toContain('5 recordings to label with anger, happiness, neutral, sadness');
    const json = await captured(['suggest', b, '-n', '2', '--pretrained', weights, '-q', '--json']);
    expect(JSON.parse(json.out)).toEqual({
      suggestions: lines.slice(1, 3).map((line) => line.split(',')[0]),
      emotions: ['anger', 'happiness', 'neutral', 'sadness'],
    });
  });
});
