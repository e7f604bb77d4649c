import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { extract } from '../../js/entries/audio.js';
import { loadModel, type Model } from '../../js/entries/index.js';
import { itWith } from '../runtimes/all.js';
import { workerd } from '../runtimes/drivers/workerd.js';
import { type EdgeWorker, fitModel, startWorker } from './edge-worker.js';
import { exampleProject, removeProjects, speech } from './project.js';
import { ask, MALFORMED } from './requests.js';

const found = await workerd.find();
let project: string;
let bytes: Buffer;
let model: Model;
let worker: EdgeWorker | undefined;
beforeAll(async () => {
  project = await exampleProject('worker');
  bytes = await fitModel(project);
  model = await loadModel(bytes);
  if ('version' in found) worker = await startWorker(project);
}, 300_000);
afterAll(async () => {
  await worker?.dispose();
  removeProjects();
});

describe('the edge example, on the packed package', () => {
  it('ships a compact model that the command line fitted', () => {
    console.log(`model.satnmf: ${bytes.length} bytes`);
    expect(bytes.length).toBeLessThanOrEqual(5_000_000);
    expect(model.method).toBe('satnmf');
    expect(model.classes).toHaveLength(7);
  });

  itWith('workerd', found, 'says what the model says here', async () => {
    for (const [seconds, seed] of [
      [3, 1],
      [1, 2],
      [30, 3],
    ]) {
      const wav = speech(seconds, seed);
      const { status, answer } = await ask(worker!.url, wav);
      const { features } = await extract(wav);
      const { emotions, confidence, shares } = model.classify(features);
      expect([status, answer]).toEqual([
        200,
        {
          emotion: emotions[0],
          confidence: confidence[0],
          shares: Object.fromEntries(model.classes.map((emotion, k) => [emotion, shares[k]])),
          seconds,
          warnings: [],
          timings: expect.objectContaining({ upload: expect.any(Number) as number }) as object,
        },
      ]);
      for (const time of Object.values(answer.timings ?? {})) expect(time).toBeGreaterThanOrEqual(0);
      expect(Object.keys(answer.timings ?? {})).toEqual(['upload', 'features', 'classify']);
    }
  });

  itWith('workerd', found, 'warns of a file that is cut off', async () => {
    const { status, answer } = await ask(worker!.url, speech(3).slice(0, 50_000));
    expect([status, answer.warnings?.[0]]).toEqual([
      200,
      expect.stringMatching(/cut off: 3.00 s by its header/),
    ]);
  });

  for (const { what, method, body, status, sentence } of MALFORMED)
    itWith('workerd', found, `refuses ${what} by ${status} and a sentence`, async () => {
      const refusal = await ask(worker!.url, body, method);
      expect(refusal).toEqual({ status, answer: { error: expect.stringMatching(sentence) as string } });
    });

  itWith('workerd', found, 'says which method it wants', async () => {
    const response = await fetch(worker!.url);
    expect(response.headers.get('allow')).toBe('POST');
  });

  itWith('workerd', found, 'has room for its largest request in 128 MB', async () => {
    const { heap, buffers } = await worker!.memory();
    console.log(
      `isolate: ${Math.round(heap / 1e6)} MB of objects, ${Math.round(buffers / 1e6)} MB of buffers`,
    );
    expect(heap + buffers).toBeLessThan(128e6);
  });
});
