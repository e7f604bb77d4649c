/**
 * Packs EmoDB: extracts the features of its 535 recordings and writes js/io/emodb/emodb.bin.
 *
 *   npm run pack:emodb -- <folder with the wav files>
 *
 * What is known of an utterance is in its file's name: speaker, text, emotion, version (`03a01Fa.wav`).
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { at } from './root.mjs';

const UTTERANCES = 535;
const SIZE_LIMIT = 4_000_000;
const MEN = ['03', '10', '11', '12', '15'];
/** By the first letter of their German names. */
const EMOTIONS = {
  W: 'anger',
  L: 'boredom',
  E: 'disgust',
  A: 'fear',
  F: 'happiness',
  T: 'sadness',
  N: 'neutral',
};

const folder = process.argv[2];
if (folder === undefined) throw new Error('Which folder holds the wav files of EmoDB?');
const files = readdirSync(folder)
  .filter((name) => /^\d\d[ab]\d\d[WLEAFTN][a-z]\.wav$/.test(name))
  .sort();
if (files.length !== UTTERANCES)
  throw new Error(`${folder} holds ${files.length} recordings of EmoDB, not ${UTTERANCES}.`);

const { extract } = await import(at('dist/audio.js'));
const { packCorpus, unpackCorpus } = await import(at('dist/io.js'));

let columns = [];
let data = new Float32Array();
for (const [i, file] of files.entries()) {
  const { names, features } = await extract(readFileSync(join(folder, file)), { file });
  if (i === 0) {
    columns = names;
    data = new Float32Array(files.length * names.length);
  }
  data.set(features.data, i * columns.length);
  if ((i + 1) % 100 === 0) console.error(`${i + 1} of ${files.length}`);
}
const speaker = files.map((file) => file.slice(0, 2));
const bytes = packCorpus({
  name: 'EmoDB',
  features: { rows: files.length, cols: columns.length, data },
  columns,
  file: files,
  speaker,
  emotion: files.map((file) => EMOTIONS[file[5]]),
  extra: {
    sex: speaker.map((name) => (MEN.includes(name) ? 'm' : 'f')),
    text: files.map((file) => file.slice(2, 5)),
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
