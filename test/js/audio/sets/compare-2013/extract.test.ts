/**
 * From the samples of a file to its features, against the reference program's.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compareNames, extract, lldNames } from '../../../../../js/entries/audio.js';
import { corpusTable, haveShared, references, relativeError, sharedFile } from '../../shared.js';

const reference = haveShared('features against the reference', 'reference', 'manifest.json');
const corpus =
  haveShared('features against the EmoDB table', 'data', 'tables', 'emodb.npy') &&
  haveShared('features against the EmoDB table', 'data', 'emodb');

/** Shares of values below each error. */
function agreement(ours: Float32Array, theirs: Float32Array): { fine: number; coarse: number } {
  let fine = 0;
  let coarse = 0;
  ours.forEach((value, i) => {
    const error = relativeError(value, theirs[i]);
    if (error < 1e-3) fine++;
    if (error < 1e-2) coarse++;
  });
  return { fine: fine / ours.length, coarse: coarse / ours.length };
}

describe.skipIf(!reference)('extract() of the reference signals', () => {
  it.each(reference ? references() : [])('agrees in every feature within 1e-5: $name', async (signal) => {
    const { features, names, warnings } = await extract(signal.wav(), { file: signal.name });
    expect(names).toEqual(compareNames());
    expect(warnings).toEqual([]);
    const theirs = signal.level('func');
    features.data.forEach((value, i) => {
      if (relativeError(value, theirs[i]) > 1e-5)
        expect.fail(`${names[i]}: ${value}, the reference has ${theirs[i]}`);
    });
  });

  it('gives the 65 descriptors of every frame at level lld', async () => {
    for (const signal of references().slice(0, 6)) {
      const { features, names, start } = await extract(signal.wav(), { level: 'lld' });
      expect(names).toEqual(lldNames());
      const rows = signal.level('zcr').length;
      expect([features.rows, features.cols]).toEqual([rows, 65]);
      expect(start[rows - 1]).toBeCloseTo((rows - 1) / 100, 9);
      const theirs = [
        ['lldA', 4, 6],
        ['lldB', 55, 10],
      ] as const;
      for (const [level, width, from] of theirs) {
        const values = signal.level(level);
        for (let n = 0; n < rows; n++)
          for (let i = 0; i < width; i++)
            expect(features.data[n * 65 + from + i]).toBe(values[n * width + i]);
      }
    }
  });
});

describe.skipIf(!corpus)('extract() of EmoDB', () => {
  it('agrees with the table: 99.9 % within 1e-3, 99.99 % within 1e-2 (every 20th file)', async () => {
    const table = corpusTable('emodb');
    for (let row = 0; row < table.rows; row += 20) {
      const bytes = readFileSync(sharedFile('data', 'emodb', table.files[row]));
      const { features } = await extract(bytes, { file: table.files[row] });
      const theirs = table.data.subarray(row * table.cols, (row + 1) * table.cols);
      const { fine, coarse } = agreement(features.data, theirs);
      expect(fine, table.files[row]).toBeGreaterThanOrEqual(0.999);
      expect(coarse, table.files[row]).toBeGreaterThanOrEqual(0.9999);
    }
  });
});
