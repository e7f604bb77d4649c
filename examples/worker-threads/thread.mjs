/** The thread: EmoDB's men to its women. */
import { parentPort } from 'node:worker_threads';
import { compact, satnmf, selectCorpusRows } from 'satnmf';
import { loadEmodb } from 'satnmf/emodb';

const emodb = await loadEmodb();
const speakers = (sex) =>
  selectCorpusRows(
    emodb,
    emodb.extra.sex.flatMap((one, i) => (one === sex ? [i] : [])),
  );
const model = await satnmf({ r: 32, trials: 1 }).fit(
  { source: speakers('m'), target: speakers('f') },
  { onProgress: (progress) => parentPort.postMessage({ progress }) },
);
parentPort.postMessage({ model: compact(model).toBytes() });
