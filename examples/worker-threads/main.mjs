/**
 * Node: a fit in a worker thread, so that the main thread can go on serving others. The model comes back as bytes.
 *
 *   npm install satnmf
 *   node main.mjs
 *
 * (To spread one fit over several cores instead: `startWorkers()` of satnmf/worker.)
 */
import { Worker } from 'node:worker_threads';
import { loadModel } from 'satnmf';

let turns = 0;
const others = setInterval(() => turns++, 10);

const thread = new Worker(new URL('thread.mjs', import.meta.url));
const bytes = await new Promise((resolve, reject) => {
  thread.on('error', reject);
  thread.on('message', ({ progress, model }) => {
    if (model !== undefined) resolve(model);
    else console.log(`${progress.phase} ${progress.iteration}/${progress.iterations}`);
  });
});
clearInterval(others);

const model = await loadModel(bytes);
console.log(`${model.method} of ${bytes.length} bytes knows ${model.classes.join(', ')}`);
console.log(`meanwhile the main thread did something else ${turns} times`);
