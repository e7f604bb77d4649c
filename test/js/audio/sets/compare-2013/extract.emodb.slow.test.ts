/**
 * All of EmoDB against the reference program's table (`npm run bench agreement` prints the figures).
 */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { compareNames, extract } from '../../../../../js/entries/audio.js';
import { corpusTable, haveShared, relativeError, sharedFile } from '../../shared.js';

const there =
  haveShared('all of EmoDB', 'data', 'tables', 'emodb.npy') && haveShared('all of EmoDB', 'data', 'emodb');

it.skipIf(!there)(
  'EmoDB: 99.9 % within 1e-3, 99.99 % within 1e-2, every correlation above 0.9999',
  async () => {
    const table = corpusTable('emodb');
    const width = table.cols;
    const ours = new Float32Array(table.data.length);
    for (let row = 0; row < table.rows; row++) {
      const bytes = readFileSync(sharedFile('data', 'emodb', table.files[row]));
      ours.set((await extract(bytes, { file: table.files[row] })).features.data, row * width);
    }
    let fine = 0;
    let coarse = 0;
    ours.forEach((value, i) => {
      const error = relativeError(value, table.data[i]);
      if (error < 1e-3) fine++;
      if (error < 1e-2) coarse++;
    });
    expect(fine / ours.length).toBeGreaterThanOrEqual(0.999);
    expect(coarse / ours.length).toBeGreaterThanOrEqual(0.9999);
    compareNames().forEach((name, j) => {
      let [x, y, xx, yy, xy] = [0, 0, 0, 0, 0];
      for (let i = j; i < ours.length; i += width) {
        x += ours[i] / table.rows;
        y += table.data[i] / table.rows;
      }
      for (let i = j; i < ours.length; i += width) {
        xx += (ours[i] - x) ** 2;
        yy += (table.data[i] - y) ** 2;
        xy += (ours[i] - x) * (table.data[i] - y);
      }
      if (yy > 0) expect(xy / Math.sqrt(xx * yy), name).toBeGreaterThan(0.9999);
    });
  },
);
