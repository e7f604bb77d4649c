/**
 * Two tables for `satnmf fit`, from EmoDB, which comes with the package: men.npy to learn from, women.npy to adapt to.
 *
 * A model for your own service is better fitted to your own recordings, which need no labels:
 *
 *   npx satnmf fit --target recordings/ -o model.satnmf
 */
import { selectCorpusRows } from 'satnmf';
import { loadEmodb } from 'satnmf/emodb';
import { writeTableFile } from 'satnmf/node';

const emodb = await loadEmodb();
for (const [sex, file] of [
  ['m', 'men.npy'],
  ['f', 'women.npy'],
]) {
  const rows = emodb.extra.sex.flatMap((one, i) => (one === sex ? [i] : []));
  await writeTableFile(selectCorpusRows(emodb, rows), file);
}
