import { confusion, satnmf, selectCorpusRows, uar } from 'satnmf';
import { loadEmodb } from 'satnmf/emodb';
import { startWorkers } from 'satnmf/worker';

const status = document.querySelector('[role=status]');

const emodb = await loadEmodb();
const speakers = (sex) =>
  selectCorpusRows(
    emodb,
    emodb.extra.sex.flatMap((one, i) => (one === sex ? [i] : [])),
  );
const [source, target] = [speakers('m'), speakers('f')];

const workers = await startWorkers();
const model = await satnmf({ r: 32, trials: 2 * workers.count }).fit(
  { source, target },
  {
    workers,
    onProgress: ({ phase, iteration, iterations }) =>
      (status.textContent = `${phase} ${Math.round(iteration)} of ${iterations}`),
  },
);
await workers.terminate();

const predicted = model.predict();
status.textContent = `UAR ${(100 * uar(target.emotion, predicted)).toFixed(1)} % on ${workers.count} cores`;

/** Rows: what the women acted; columns: what was heard. */
const { classes, counts } = confusion(target.emotion, predicted);
const table = document.querySelector('table');
for (const [i, name] of ['', ...classes].entries()) {
  const row = table.insertRow();
  row.append(Object.assign(document.createElement('th'), { textContent: name, scope: 'row' }));
  for (const [j, heard] of classes.entries())
    row.insertCell().textContent = i === 0 ? heard : counts[(i - 1) * classes.length + j];
}
