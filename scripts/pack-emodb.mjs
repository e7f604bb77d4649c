/**
 * Packs EmoDB: extracts the features of its 535 recordings and writes js/io/emodb/emodb.bin.
 *
 *   npm run pack:emodb -- <folder with the wav files>
 */
import { writeFileSync } from 'node:fs';
import { readEmodb } from './emodb.mjs';
import { at } from './root.mjs';

const UTTERANCES = 535;
const SIZE_LIMIT = 4_000_000;
const MEN = ['03', '10', '11', '12', '15'];

const folder = process.argv[2];
if (folder === undefined) throw new Error('Which folder holds the wav files of EmoDB?');

const { extract } = await import(at('dist/audio.js'));
const { packCorpus, unpackCorpus } = await import(at('dist/io.js'));

const emodb = await readEmodb(folder, extract);
const { file, speaker, columns } = emodb;
const { data } = emodb.features;
if (file.length !== UTTERANCES)
  throw new Error(`${folder} holds ${file.length} recordings of EmoDB, not ${UTTERANCES}.`);
const bytes = packCorpus({
  ...emodb,
  extra: {
    sex: speaker.map((name) => (MEN.includes(name) ? 'm' : 'f')),
    text: file.map((name) => name.slice(2, 5)),
  },
});
if (bytes.length > SIZE_LIMIT) throw new Error(`${bytes.length} bytes are more than ${SIZE_LIMIT}.`);
writeFileSync(at('js/io/emodb/emodb.bin'), bytes);

const back = unpackCorpus(bytes).features.data;
let worst = 0;
let sum = 0;
for (let j = 0; j < columns.length; j++) {
  let low = Infinity;
  let high = -Infinity;
  for (let k = j; k < data.length; k += columns.length) {
    low = Math.min(low, data[k]);
    high = Math.max(high, data[k]);
  }
  if (low === high) continue;
  for (let k = j; k < data.length; k += columns.length) {
    const error = Math.abs(back[k] - data[k]) / (high - low);
    worst = Math.max(worst, error);
    sum += error;
  }
}
console.error(
  `js/io/emodb/emodb.bin: ${bytes.length} bytes; errors as parts of a feature's range: worst ${worst.toFixed(6)}, ` +
    `mean ${(sum / data.length).toFixed(6)}.`,
);
