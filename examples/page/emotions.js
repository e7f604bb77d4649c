// With a bundler these are 'satnmf', 'satnmf/audio' and 'satnmf/emodb'.
import { corpus, matrix, satnmf } from './node_modules/satnmf/dist/index.js';
import { compareNames, extract } from './node_modules/satnmf/dist/audio.js';
import { loadEmodb } from './node_modules/satnmf/dist/emodb.js';

const input = document.querySelector('input');
const status = document.querySelector('[role=status]');
const list = document.querySelector('ol');

/** The recordings together are the target that the model adapts to. */
async function emotionsOf(files) {
  const columns = compareNames();
  const features = matrix(files.length, columns.length);
  for (const [i, file] of files.entries()) {
    status.textContent = `Features of ${file.name} …`;
    const bytes = new Uint8Array(await file.arrayBuffer());
    const { features: row } = await extract(bytes, { file: file.name });
    features.data.set(row.data, i * columns.length);
  }
  const target = corpus({ name: 'recordings', features, columns, file: files.map(({ name }) => name) });
  const model = await satnmf({ trials: 3 }).fit(
    { source: await loadEmodb(), target },
    { onProgress: ({ phase }) => (status.textContent = `Learning: ${phase} …`) },
  );
  status.textContent = model.warnings.join(' ');
  return model.classify();
}

input.addEventListener('change', async () => {
  const files = [...input.files];
  try {
    const { emotions, confidence } = await emotionsOf(files);
    list.replaceChildren(
      ...files.map(({ name }, i) => {
        const item = document.createElement('li');
        item.textContent = `${name}: ${emotions[i]} (${Math.round(100 * confidence[i])} %)`;
        return item;
      }),
    );
  } catch (error) {
    // satnmf's errors are sentences that name the file.
    status.textContent = error.message;
  }
});
