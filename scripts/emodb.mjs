/**
 * The recordings of EmoDB. What is known of one is in its file's name: speaker, text, emotion, version (`03a01Fa.wav`).
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

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

/** Features, names and emotions of all recordings in a folder; `extract` is that of dist/audio.js. */
export async function readEmodb(folder, extract) {
  const file = readdirSync(folder)
    .filter((name) => /^\d\d[ab]\d\d[WLEAFTN][a-z]\.wav$/.test(name))
    .sort();
  let columns = [];
  let data = new Float32Array();
  for (const [i, name] of file.entries()) {
    const { names, features } = await extract(readFileSync(join(folder, name)), { file: name });
    if (i === 0) {
      columns = names;
      data = new Float32Array(file.length * names.length);
    }
    data.set(features.data, i * columns.length);
    if ((i + 1) % 100 === 0) console.error(`EmoDB: ${i + 1} of ${file.length}`);
  }
  return {
    name: 'EmoDB',
    features: { rows: file.length, cols: columns.length, data },
    columns,
    file,
    speaker: file.map((name) => name.slice(0, 2)),
    emotion: file.map((name) => EMOTIONS[name[5]]),
  };
}
