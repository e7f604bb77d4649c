/**
 * A labels.csv on the page is read as on the command line.
 */
import { describe, expect, it } from 'vitest';
import { recognise } from '../../demo/src/work/labels.js';

const note = (path: string, text: string) => ({ path, file: new Blob([text]) });

async function emotionsOf(paths: readonly string[], ...notes: readonly ReturnType<typeof note>[]) {
  const { labels } = await recognise(paths, notes);
  return labels.map(({ emotion }) => emotion);
}

describe('labels.csv', () => {
  it('tells of whole paths below its folder, and of names without folders only where one row has them', async () => {
    const table = note(
      'speech/labels.csv',
      'file,emotion\nann/1.wav,Anger\nbob\\1.wav,fear\n2.wav,sadness\nann/3.wav,joy\n',
    );
    const paths = ['speech/ann/1.wav', 'speech/bob/1.wav', 'speech/eve/1.wav', 'speech/bob/2.wav', '3.wav'];
    expect(await emotionsOf(paths, table)).toEqual(['anger', 'fear', null, 'sadness', 'joy']);
    const { sentence } = await recognise(paths, [table]);
    expect(sentence).toBe('labels.csv tells the emotion of 4 of 5 recordings');
  });

  it('is refused if it tells of a recording twice', async () => {
    const table = note('labels.csv', 'file,emotion\n1.wav,anger\n1.wav,fear\n');
    await expect(recognise(['1.wav'], [table])).rejects.toMatchObject({
      code: 'bad-file',
      message: 'labels.csv, row 3: is a second row for "1.wav"',
    });
  });

  it('of a folder goes before those further in', async () => {
    const inner = note('speech/ann/labels.csv', 'file,emotion\n1.wav,fear\n');
    const outer = note('speech/labels.csv', 'file,emotion\nann/1.wav,anger\n');
    const other = note('more/labels.csv', 'file,emotion\n1.wav,joy\n');
    expect(await emotionsOf(['speech/ann/1.wav', 'more/1.wav'], inner, outer, other)).toEqual([
      'anger',
      'joy',
    ]);
  });
});
