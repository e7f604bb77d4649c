/**
 * Trains the weights that come with the project, on the rows that are listed beside them.
 *
 *   node scripts/build.mjs
 *   node scripts/train-weights.mjs open|research <folder of EmoDB's wav files> <folder of tables> [--list]
 *
 * It reads weights/<name>/rows.csv (file, emotion, corpus), finds each row, and writes weights/<name>/<name>.satnmf.
 * EmoDB's features are extracted from its recordings; those of the other corpora are in tables (.npy with .csv beside
 * it) that `satnmf extract` wrote. weights/corpora.json says which table, which licence and whom to credit. All features
 * are rounded to 8 bits of their fraction, so that weights do not depend on the last bits of an extraction.
 *
 * With --list it writes rows.csv first: all rows of the corpora but those that weights/corpora.json leaves out.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import { readEmodb } from './emodb.mjs';
import { at } from './root.mjs';

const [name, emodbFolder, tableFolder, flag] = process.argv.slice(2);
const CORPORA = {
  open: ['EmoDB', 'CREMA-D'],
  research: ['EmoDB', 'CREMA-D', 'RAVDESS', 'nEMO', 'EMOVO', 'IESC', 'Korean emotional TTS sample'],
};
if (!Object.hasOwn(CORPORA, name) || !tableFolder || !['--list', undefined].includes(flag))
  throw new Error(
    'Usage: node scripts/train-weights.mjs open|research <EmoDB wavs> <folder of tables> [--list]',
  );

const about = JSON.parse(readFileSync(at('weights/corpora.json'), 'utf8'));
const { extract } = await import(at('dist/audio.js'));
const { readTableFile } = await import(at('dist/node.js'));
const { corpus, matrix, train } = await import(at('dist/recogniser.js'));

/** float32 with 8 bits of fraction, rounded to nearest. */
function rounded(data) {
  const out = data.slice();
  const bits = new Uint32Array(out.buffer);
  for (let i = 0; i < bits.length; i++) bits[i] = (bits[i] + 0x3fff + ((bits[i] >>> 15) & 1)) & 0xffff8000;
  return out;
}

/** A corpus with all its rows, in the words of the weights. */
async function read(title) {
  const { table, words = {} } = about[title];
  const found =
    table === undefined
      ? await readEmodb(emodbFolder, extract)
      : await readTableFile(join(tableFolder, `${table}.npy`));
  const { rows, cols, data } = found.features;
  return {
    ...found,
    name: title,
    features: matrix(rows, cols, rounded(data)),
    emotion: found.emotion.map((one) => words[one] ?? one),
  };
}

const corpora = [];
for (const title of CORPORA[name]) {
  corpora.push(await read(title));
  console.error(`${title}: ${corpora.at(-1).features.rows} rows`);
}

const list = at(`weights/${name}/rows.csv`);
if (flag === '--list') {
  const rows = corpora.flatMap(({ name: title, file, speaker, emotion }) => {
    const left = new Set(about[title].without?.speaker ?? []);
    return file.flatMap((one, i) =>
      left.has(speaker[i]) ? [] : [{ file: one, emotion: emotion[i], corpus: title }],
    );
  });
  writeFileSync(list, `${Papa.unparse(rows, { newline: '\n' })}\n`);
}
if (!existsSync(list)) throw new Error(`${list} is missing; --list writes it.`);
const listed = Papa.parse(readFileSync(list, 'utf8'), { header: true, skipEmptyLines: true }).data;

const given = corpora.map((all) => {
  const place = new Map(all.file.map((file, i) => [file, i]));
  const rows = listed.filter((row) => row.corpus === all.name);
  const at = rows.map(({ file, emotion }) => {
    const i = place.get(file);
    if (i === undefined || all.emotion[i] !== emotion)
      throw new Error(`${all.name}: ${file} (${emotion}) is listed and not there.`);
    return i;
  });
  const { cols, data } = all.features;
  const features = matrix(at.length, cols);
  at.forEach((i, row) => features.data.set(data.subarray(i * cols, (i + 1) * cols), row * cols));
  const { licence, credit } = about[all.name];
  const pick = (values) => at.map((i) => values[i]);
  return {
    corpus: corpus({
      name: all.name,
      columns: all.columns,
      features,
      file: pick(all.file),
      speaker: pick(all.speaker),
      emotion: pick(all.emotion),
    }),
    licence,
    credit,
  };
});
const began = performance.now();
const weights = await train(given, {
  name,
  onProgress: ({ phase, done, all }) => console.error(`${phase} ${done}/${all}`),
});
const seconds = (performance.now() - began) / 1000;
const bytes = weights.toBytes();
writeFileSync(at(`weights/${name}/${name}.satnmf`), bytes);
console.error(
  `weights/${name}/${name}.satnmf: ${bytes.length} bytes, ${weights.classes.length} classes ` +
    `(${weights.classes.join(', ')}), ${listed.length} rows, ${seconds.toFixed(1)} s`,
);
