/**
 * Node: the emotions of some recordings, learnt from EmoDB, which comes with the package.
 *
 *   npm install satnmf
 *   node emotions.mjs recordings/*.wav
 */
import { readFile } from 'node:fs/promises';
import { corpus, matrix, satnmf } from 'satnmf';
import { compareNames, extract } from 'satnmf/audio';
import { loadEmodb } from 'satnmf/emodb';

const files = process.argv.slice(2);
const columns = compareNames();
const features = matrix(files.length, columns.length);
for (const [i, file] of files.entries()) {
  const one = await extract(await readFile(file), { file });
  features.data.set(one.features.data, i * columns.length);
}

// The recordings are the target: satnmf adapts to them, all at once, though they have no labels.
const target = corpus({ name: 'recordings', features, columns, file: files });
const model = await satnmf({ preset: 'auto', trials: 3 }).fit({ source: await loadEmodb(), target });

for (const warning of model.warnings) console.warn(warning);
const { emotions, confidence } = model.classify();
files.forEach((file, i) => console.log(`${file}: ${emotions[i]} (${(100 * confidence[i]).toFixed(0)} %)`));
