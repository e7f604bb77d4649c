/**
 * Bun: a plain SVM and SATNMF, EmoDB's men to its women, whose labels serve for the scores only.
 *
 *   bun add satnmf
 *   bun compare.ts
 */
import { linearSvm, satnmf, selectCorpusRows, uar } from 'satnmf';
import { loadEmodb } from 'satnmf/emodb';

const emodb = await loadEmodb();
const speakers = (sex: string) =>
  selectCorpusRows(
    emodb,
    emodb.extra.sex.flatMap((one, i) => (one === sex ? [i] : [])),
  );
const source = speakers('m');
const target = speakers('f');

for (const method of [linearSvm(), satnmf({ r: 32, trials: 3 })]) {
  const began = performance.now();
  const model = await method.fit({ source, target });
  const score = 100 * uar(target.emotion as string[], model.predict());
  const seconds = (performance.now() - began) / 1000;
  console.log(`${method.name.padEnd(8)} UAR ${score.toFixed(1)} %   ${seconds.toFixed(1)} s`);
}
