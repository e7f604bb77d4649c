/**
 * The edge example, examples/worker, as its readers would run it: from the packed package, with the model that
 * `satnmf fit` makes, in workerd.
 */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { extract } from '../../js/entries/audio.js';
import { loadModel } from '../../js/entries/index.js';
import { mapped, measure, ratio, row, subject } from '../harness.js';

// Read as they are loaded, which look for the runtimes beside themselves otherwise.
process.env['SATNMF_RUNTIMES'] = resolve('test/runtimes');
const { fitModel, startWorker } = await import('../../test/examples/edge-worker.js');
const { load, percentile, rise, totals } = await import('../../test/examples/load.js');
const { exampleProject, removeProjects, speech } = await import('../../test/examples/project.js');
const { ask } = await import('../../test/examples/requests.js');
const { setup: removePacked } = await import('../../test/package/packed.js');

const REQUESTS = 1000;
const MALFORMED = 50;
const mega = (bytes: number): number => bytes / 1e6;

await subject('edge', async (say) => {
  say('packing the package, fitting the model …');
  // Built anew: the page's benchmark leaves dist/ without what only a package has.
  for (const script of ['scripts/build.mjs', 'scripts/types.mjs'])
    spawnSync(process.execPath, [script], { stdio: ['ignore', 2, 2] });
  try {
    const project = await exampleProject('worker');
    const bytes = await fitModel(project);
    const model = await loadModel(bytes);
    const worker = await startWorker(project);
    const idle = await worker.memory();

    const wav = speech(3);
    const { workerd, here } = await measure(
      {
        workerd: () => ask(worker.url, wav),
        here: async () => model.classify((await extract(wav)).features),
      },
      { rounds: 40, warmUp: 5, atLeast: 0 },
    );
    say(`${REQUESTS} requests …`);
    const found = await load(worker, REQUESTS, MALFORMED);
    const { times, wrong } = found;
    await worker.dispose();

    const bytesSeen = totals(found);
    const note = `3 s of something like speech; of ${REQUESTS} requests ${MALFORMED} were malformed`;
    return [
      row({ name: 'model.satnmf', value: mega(bytes.length), unit: 'MB', target: '≤ 5 MB' }),
      row({ name: 'a recording of 3 s, p50', value: percentile(times, 0.5), unit: 'ms', note }),
      row({ name: 'a recording of 3 s, p95', value: percentile(times, 0.95), unit: 'ms', note }),
      row({
        name: 'the same over the same work in this Node',
        value: mapped(workerd.wall, (s) => 1000 * s),
        unit: 'ms',
        ratio: ratio(workerd, here, 'wall'),
      }),
      row({
        name: `right answers among ${REQUESTS} requests`,
        value: (REQUESTS - wrong.length) / REQUESTS,
        unit: '',
        target: '≥ 1',
        note: wrong.slice(0, 3).join('; '),
      }),
      row({
        name: 'memory of the isolate before the first request',
        value: mega(idle.heap + idle.buffers),
        unit: 'MB',
      }),
      row({
        name: 'memory of the isolate, largest',
        value: mega(Math.max(...bytesSeen)),
        unit: 'MB',
        target: '≤ 128 MB',
        note: 'objects, typed arrays and wasm, after a collection, looked at fifty times',
      }),
      row({
        name: 'smallest memory seen in the second half of them, less that in the first',
        value: mega(rise(found)),
        unit: 'MB',
        target: '≤ 5 MB',
      }),
    ];
  } finally {
    removeProjects();
    removePacked();
  }
});
