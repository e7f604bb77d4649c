/**
 * The worker that the page talks to. It holds features, EmoDB and the model, and a pool of threads for whatever takes
 * long; the page itself computes nothing.
 *
 * @module
 */
import { compact, type Corpus, loadModel, type Model } from 'satnmf';
import { compareModule } from 'satnmf/audio';
import { EMODB_CREDIT, loadEmodb } from 'satnmf/emodb';
import { formatCsvLine } from 'satnmf/io';
import { load } from 'satnmf/methods';
import { startWorkers } from 'satnmf/worker';
import { classesOf } from '../../../js/data/index.js';
import type { FileEvent, FitResult, ModelInfo, Requests, Rows } from '../protocol.js';
import { analyse, scoresOf } from './analysis.js';
import { corpusOf, emodbRows } from './corpora.js';
import type { EXTRACT, FileAnswer, FileInput } from './extraction.js';
import { recognise } from './labels.js';
import { serve } from './serve.js';

/** More trials than these hardly ever run, and each thread holds both corpora. */
const MOST_THREADS = 5;

const beside = (name: string): URL => new URL(name, globalThis.location.href);

// Everything is fetched now, so that the page needs no network later.
const core = load();
const module = compareModule();
const emodb: Promise<Corpus> = loadEmodb({ url: beside('emodb.bin') });
const threads = Math.min(MOST_THREADS, Math.max(1, navigator.hardwareConcurrency || 1));
const pool = startWorkers({ count: threads, url: beside('thread.js') });
// What is wrong with them is told to whoever asks first.
for (const promise of [core, module, emodb, pool]) promise.catch(() => undefined);

const features = new Map<number, Float32Array>();

/** The model of the file that was loaded last, which classifies; whoever asks while one is read waits for it. */
let loaded: Promise<Model | null> = Promise.resolve(null);

/** The model that was fitted, or has classified, or was loaded last: the one that is saved. */
let latest: Model | null = null;

const present = (model: Model | null): Model => {
  if (model === null) throw new Error('There is no model yet.');
  return model;
};

async function extract(
  files: Requests['extract']['input'],
  signal: AbortSignal,
  tell: (event: FileEvent) => void,
): Promise<void> {
  const kind: Pick<typeof EXTRACT, 'name'> = { name: 'extract' };
  const round = await (
    await pool
  ).open<{ module: WebAssembly.Module }, FileInput, number, FileAnswer>(
    kind,
    { module: await module },
    { signal },
  );
  try {
    await round.all(
      files.map(({ name, file }) => ({ name, file })),
      {
        report: (i, share) => tell({ type: 'share', key: files[i].key, share }),
        done(i, answer) {
          const { key } = files[i];
          if ('sentence' in answer) return tell({ type: 'failed', key, sentence: answer.sentence });
          const { seconds, peaks, warnings } = answer;
          features.set(key, answer.features);
          tell({ type: 'done', key, seconds, peaks, warnings });
        },
      },
    );
  } finally {
    round.close();
  }
}

async function classify(rows: Rows): Promise<FitResult> {
  const began = performance.now();
  const model = present(await loaded);
  latest = model;
  const { features: raw, emotion } = corpusOf(features, await emodb, rows);
  const said = model.classify(raw);
  const { classes } = model;
  return {
    classes,
    satnmf: said,
    svm: null,
    scores: scoresOf(emotion, classes, { satnmf: said, svm: null }),
    voters: Math.max(1, model.iterations.length),
    warnings: [],
    explanation: [],
    seconds: (performance.now() - began) / 1000,
  };
}

async function readModel({ file, name }: Requests['loadModel']['input']): Promise<ModelInfo> {
  const before = loaded;
  const reading = (async () => {
    const bytes = new Uint8Array(await file.arrayBuffer());
    return loadModel(bytes, { file: name, core: await core });
  })();
  // A file that is no model leaves the one before.
  loaded = reading.catch(() => before);
  const model = await reading;
  latest = model;
  return { method: model.method, classes: model.classes, bytes: file.size };
}

serve({
  open: async () => {
    const { emotion } = await emodb;
    return { threads: (await pool).count, credit: EMODB_CREDIT, emotions: classesOf(emotion) };
  },
  emodb: async ({ sex }) => {
    const { file, emotion, speaker } = emodbRows(await emodb, sex);
    return file.map((name, i) => ({ name: String(name), emotion: emotion[i], speaker: speaker[i] }));
  },
  recognise: ({ paths, notes }) => recognise(paths, notes),
  extract: async (files, { signal, tell }) => {
    await extract(files, signal, tell);
    return null;
  },
  forget: async (keys) => {
    for (const key of keys) features.delete(key);
    return null;
  },
  fit: async ({ source, target, emotions, options }, { signal, tell }) => {
    const whole = await emodb;
    const corpora = { source: corpusOf(features, whole, source), target: corpusOf(features, whole, target) };
    const keep = (fitted: Model): void => void (latest = fitted);
    await analyse(
      { ...corpora, emotions, options },
      { core: await core, pool: await pool, signal, tell, keep },
    );
    return null;
  },
  classify,
  loadModel: readModel,
  saveModel: async ({ compact: small }) => {
    const model = present(latest);
    return new Uint8Array((small ? compact(model, { core: await core }) : model).toBytes());
  },
  csv: async (lines) => `${lines.map((cells) => formatCsvLine(cells)).join('\r\n')}\r\n`,
});
