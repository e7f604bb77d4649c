/**
 * How well the features agree with the reference program's tables beside the project (SATNMF_SHARED,
 * default ../shared): all of EmoDB, sample by sample the same input, and the EMOVO files, which went
 * through another resampler there.
 *
 *   npm run bench agreement
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { compareNames, extract } from '../../js/entries/audio.js';
import { corpusTable, relativeError, sharedFile } from '../../test/js/audio/shared.js';

const names = compareNames();
const WIDTH = names.length;
const BOUNDS = [1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 5e-2];

const percent = (part: number): string => `${(100 * part).toFixed(part > 0.999 ? 5 : 2)} %`;

/** Features of the rows of a table whose files are here. */
async function extracted(
  corpus: string,
): Promise<{ ours: Float32Array[]; theirs: Float32Array[]; files: string[] }> {
  const table = corpusTable(corpus);
  const ours: Float32Array[] = [];
  const theirs: Float32Array[] = [];
  const files: string[] = [];
  for (let row = 0; row < table.rows; row++) {
    const path = sharedFile('data', corpus, basename(table.files[row]));
    if (!existsSync(path)) continue;
    ours.push((await extract(readFileSync(path), { file: table.files[row] })).features.data);
    theirs.push(table.data.subarray(row * WIDTH, (row + 1) * WIDTH));
    files.push(basename(path));
  }
  return { ours, theirs, files };
}

function correlation(x: number[], y: number[]): number {
  const mean = (v: number[]): number => v.reduce((sum, value) => sum + value, 0) / v.length;
  const [mx, my] = [mean(x), mean(y)];
  let [xx, yy, xy] = [0, 0, 0];
  x.forEach((value, i) => {
    xx += (value - mx) ** 2;
    yy += (y[i] - my) ** 2;
    xy += (value - mx) * (y[i] - my);
  });
  return xx === 0 && yy === 0 ? 1 : xy / Math.sqrt(xx * yy);
}

for (const what of ['emodb', 'emovo'])
  if (!existsSync(sharedFile('data', 'tables', `${what}.npy`))) {
    console.log(`${what}: skipped, its table is absent (SATNMF_SHARED names the folder).`);
  } else if (what === 'emodb') {
    const { ours, theirs, files } = await extracted(what);
    const errors = ours.map((row, r) =>
      Float64Array.from(row, (value, i) => relativeError(value, theirs[r][i])),
    );
    console.log(`EmoDB, ${files.length} files x ${WIDTH} features against the reference program's table`);
    for (const bound of BOUNDS) {
      const within = errors.reduce((sum, row) => sum + row.filter((error) => error < bound).length, 0);
      console.log(`  within ${bound.toExponential(0)} relative  ${percent(within / files.length / WIDTH)}`);
    }
    const features = names.map((name, i) => ({
      name,
      worst: errors.reduce((most, row) => Math.max(most, row[i]), 0),
      r: correlation(
        ours.map((row) => row[i]),
        theirs.map((row) => row[i]),
      ),
    }));
    const low = features.filter(({ r }) => !(r > 0.9999)).length;
    console.log(`  features whose correlation over the files is not above 0.9999: ${low}`);
    console.log('  worst features (largest relative error, correlation)');
    for (const { name, worst, r } of features.sort((a, b) => b.worst - a.worst).slice(0, 10))
      console.log(`    ${worst.toExponential(2)}  ${r.toFixed(9)}  ${name}`);
  } else {
    const { ours, theirs, files } = await extracted(what);
    const table = corpusTable(what);
    const deviation = names.map((_, i) => {
      let [sum, squares] = [0, 0];
      for (let row = 0; row < table.rows; row++) sum += table.data[row * WIDTH + i];
      for (let row = 0; row < table.rows; row++)
        squares += (table.data[row * WIDTH + i] - sum / table.rows) ** 2;
      return Math.sqrt(squares / table.rows);
    });
    console.log(
      `\nEMOVO, ${files.length} files, 48 kHz stereo; there by sox with dither, here by our resampler`,
    );
    console.log(
      '  (error over the standard deviation of the feature in the corpus: median, 95th and 99th percentile)',
    );
    files.forEach((file, r) => {
      const share = (bound: number): string =>
        percent(ours[r].filter((value, i) => relativeError(value, theirs[r][i]) < bound).length / WIDTH);
      const z = [...ours[r]]
        .map((value, i) => (deviation[i] > 0 ? Math.abs(value - theirs[r][i]) / deviation[i] : 0))
        .sort((a, b) => a - b);
      const at = (p: number): string => z[Math.floor(p * (WIDTH - 1))].toFixed(4);
      console.log(
        `  ${file.padEnd(16)} within 1e-3 ${share(1e-3)}, 1e-2 ${share(1e-2)}, 5e-2 ${share(5e-2)}; ` +
          `deviations ${at(0.5)} ${at(0.95)} ${at(0.99)}`,
      );
    });
  }
