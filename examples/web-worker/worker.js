/** The worker. Between two iterations it hears the page, so `cancel` takes effect at once. */
import { satnmf, selectCorpusRows, uar } from './node_modules/satnmf/dist/index.js';
import { loadEmodb } from './node_modules/satnmf/dist/emodb.js';

let current = new AbortController();

addEventListener('message', async ({ data }) => {
  if (data === 'cancel') return current.abort('cancelled');
  current = new AbortController();
  const { signal } = current;
  try {
    const emodb = await loadEmodb();
    const speakers = (sex) =>
      selectCorpusRows(
        emodb,
        emodb.extra.sex.flatMap((one, i) => (one === sex ? [i] : [])),
      );
    const [source, target] = [speakers('m'), speakers('f')];
    const onProgress = (progress) => postMessage({ progress });
    const model = await satnmf({ r: 32, trials: 2 }).fit({ source, target }, { signal, onProgress });
    const score = 100 * uar(target.emotion, model.predict());
    postMessage({ done: `UAR ${score.toFixed(1)} % (the labels of the women served for this score only)` });
  } catch (error) {
    postMessage({ done: signal.aborted ? signal.reason : error.message });
  }
});
