/**
 * The page: what its parts are, and who hears of whom.
 *
 * @module
 */
import { chooser, dropZone, type Found, sorted, unreadSentence } from './drop.js';
import { byId, element } from './element.js';
import { Cancelled, Engine } from './engine.js';
import { csvLines, save } from './export.js';
import { Flow } from './flow.js';
import { microphone } from './microphone.js';
import { keepForOffline } from './offline.js';
import type { ModelInfo, Note } from './protocol.js';
import type { Recording, Recordings } from './recordings.js';
import { Results } from './results.js';
import { Settings } from './settings.js';
import { Source } from './source.js';
import { Status } from './status.js';
import { Targets } from './targets.js';

const engine = new Engine(new URL('worker.js', document.baseURI));
const status = new Status(() => flow.cancel());
const results = new Results();
const settings = new Settings(() => changed());
const source = new Source(() => {
  settings.offer(source.emotions);
  changed();
}, forget);
const targets = new Targets(byId('target-table'), {
  remove(recording) {
    targets.silence();
    targets.recordings.delete(recording.key);
    forget([recording.key]);
    showTargets();
    changed();
  },
  problem: (sentence) => status.problem(sentence),
});
const NO_RECORDING = 'There is no recording in what was dropped.';
let builtIn = false;
/** The file of the model that the worker holds. */
let modelFile: File | null = null;
const flow = new Flow({ engine, status, source, targets, settings, results, builtIn: () => builtIn });
const run = byId<HTMLButtonElement>('run');

engine.onRestart = () => {
  source.recordings.lost();
  if (!builtIn) targets.recordings.lost();
  source.draw();
  targets.draw();
  results.modelLost();
  if (modelFile !== null)
    readModel(modelFile).catch((error: Error) =>
      status.problem(`The model is no longer there: ${error.message}`),
    );
};

/** A worker that fails at this, or is replaced meanwhile, has no features left. */
function forget(keys: number[]): void {
  engine.ask('forget', keys).catch(() => undefined);
}

/** Something was chosen that the results on the page do not know of. */
function changed(): void {
  byId('stale').hidden = flow.classes.length === 0;
}

function start(): void {
  showTargets();
  byId('stale').hidden = true;
  void flow.start();
}

function showTargets(): void {
  byId('results').hidden = targets.recordings.size === 0;
  targets.draw();
}

/** Labels of recordings from their names and the notes beside them. */
async function recognise(
  list: Recordings,
  added: readonly Recording[],
  notes: readonly Note[],
): Promise<string> {
  const paths = added.map(({ name }) => name);
  const { labels, sentence } = await engine.ask('recognise', { paths, notes });
  list.label(added, labels);
  return sentence;
}

function clearTargets(): void {
  targets.silence();
  forget(targets.recordings.clear());
  builtIn = false;
  flow.classes = [];
  results.clear();
  showTargets();
}

async function takeTargets(found: readonly Found[], unread: readonly string[] = []): Promise<void> {
  status.missing(unreadSentence(unread));
  const { audio, notes, models, others } = sorted(found);
  if (models.length > 0) await takeModel(models[0]);
  if (audio.length === 0) {
    if (models.length === 0) status.problem(NO_RECORDING);
    return;
  }
  if (builtIn) clearTargets();
  const added = audio.map(({ path, file }) => targets.recordings.addFile(path, file));
  byId('others').textContent = others > 0 ? `${others} files that are no recordings were left out.` : '';
  await recognise(targets.recordings, added, notes).catch((error: Error) =>
    status.missing([unreadSentence(unread), error.message].join('\n').trim()),
  );
  start();
}

async function takeSources(found: readonly Found[], unread: readonly string[] = []): Promise<void> {
  status.missing(unreadSentence(unread));
  const { audio, notes } = sorted(found);
  if (audio.length === 0) return status.problem(NO_RECORDING);
  const added = audio.map(({ path, file }) => source.recordings.addFile(path, file));
  try {
    source.recognised(await recognise(source.recordings, added, notes));
  } catch (error) {
    source.recognised(`has a labels.csv that cannot be used: ${(error as Error).message}`);
  }
  start();
}

/** Nobody cancels the reading itself: if the worker is replaced meanwhile, the new one reads the file. */
async function readModel(file: File): Promise<ModelInfo> {
  for (;;)
    try {
      return await engine.ask('loadModel', { file, name: file.name });
    } catch (error) {
      if (!(error instanceof Cancelled)) throw error;
    }
}

async function takeModel(file: File): Promise<void> {
  try {
    source.showModel(await readModel(file), file.name);
    modelFile = file;
    source.choose('model');
    if (targets.recordings.size > 0 && !builtIn) start();
  } catch (error) {
    status.problem((error as Error).message);
  }
}

async function tryIt(): Promise<void> {
  status.missing('');
  clearTargets();
  builtIn = true;
  source.choose('emodb');
  for (const utterance of await engine.ask('emodb', { sex: 'f' })) targets.recordings.addUtterance(utterance);
  start();
}

async function saveModel(compact: boolean): Promise<void> {
  const bytes = await engine.ask('saveModel', { compact });
  save(bytes, compact ? 'speech-compact.satnmf' : 'speech.satnmf', 'application/octet-stream');
}

async function saveTable(): Promise<void> {
  const text = await engine.ask('csv', csvLines(targets.recordings.all, flow.classes));
  save(text, 'emotions.csv', 'text/csv;charset=utf-8');
}

/** Clicks that ask the worker for something; what goes wrong is on the page. */
function onClick(id: string, act: () => Promise<void> | void): void {
  byId(id).addEventListener('click', () => {
    Promise.resolve(act()).catch((error: Error) => status.problem(error.message));
  });
}

/** A button opens the choice of its input element, whose id is the button's with `-input` behind it. */
function onChoice(id: string, take: (found: Found[]) => Promise<void>): void {
  chooser(byId(id), byId<HTMLInputElement>(`${id}-input`), (found) => void take(found));
}

dropZone(byId('target-drop'), ({ found, unread }) => void takeTargets(found, unread));
onChoice('target-files', takeTargets);
onChoice('target-folder', takeTargets);
microphone(
  (file) => void takeTargets([{ path: file.name, file }]),
  (sentence) => status.problem(sentence),
);
dropZone(byId('source-drop'), ({ found, unread }) => void takeSources(found, unread));
onChoice('source-files', takeSources);
onChoice('source-choose', takeSources);
onChoice('model-choose', ([{ file }]) => takeModel(file));
onClick('try', tryIt);
onClick('run', start);
onClick('clear', () => {
  flow.cancel();
  status.missing('');
  clearTargets();
});
onClick('save-model', () => saveModel(false));
onClick('save-compact', () => saveModel(true));
onClick('save-table', saveTable);

try {
  const { emotions, credit } = await engine.ask('open', null);
  source.setEmodb(emotions);
  byId('credit').textContent = credit;
  byId('emotion-words').append(...emotions.map((word) => element('option', { value: word })));
  run.disabled = false;
  byId<HTMLButtonElement>('try').disabled = false;
  document.documentElement.dataset['ready'] = 'yes';
} catch (error) {
  status.problem((error as Error).message);
}
if (await keepForOffline()) {
  byId('offline').hidden = false;
  document.documentElement.dataset['offline'] = 'yes';
}
