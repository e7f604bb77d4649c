/**
 * From recordings to results: features of whatever is new, then the fit or the model. One run at a time; a new one
 * takes the place of the one before.
 *
 * @module
 */
import { counted } from '../../js/data/index.js';
import { Cancelled, type Engine } from './engine.js';
import type { FitEvent, FitInput, FitResult, Rows } from './protocol.js';
import { type Recording, type Recordings, rowOf } from './recordings.js';
import type { Results } from './results.js';
import type { Settings } from './settings.js';
import { soon } from './slices.js';
import type { Source } from './source.js';
import type { Status } from './status.js';
import type { Targets } from './targets.js';

/** What is said of a phase of a fit. */
const PHASES: Readonly<Record<string, string>> = {
  'base svm': 'Training the plain SVM',
  graph: 'Looking for neighbours',
  factorize: 'Adapting',
  map: 'Drawing the map',
};

/** What is said when the worker had to be replaced, with all features of recordings in it. */
const BROKEN_OFF =
  'Cancelled by force, since it did not stop by itself: what was extracted is lost, and is extracted again in the next run.';

export interface Parts {
  readonly engine: Engine;
  readonly status: Status;
  readonly source: Source;
  readonly targets: Targets;
  readonly settings: Settings;
  readonly results: Results;
  /** Whether the target is the built-in speech of women. */
  builtIn(): boolean;
}

export class Flow {
  readonly #parts: Parts;
  #run: AbortController | null = null;
  #ended: Promise<void> = Promise.resolve();
  /** Classes of the results on the page. */
  classes: readonly string[] = [];

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  cancel(): void {
    this.#run?.abort();
  }

  /** Never rejects: what goes wrong is on the page. */
  async start(): Promise<void> {
    this.cancel();
    const run = new AbortController();
    this.#run = run;
    const before = this.#ended;
    this.#ended = before.then(() => this.#carryOut(run));
    await this.#ended;
  }

  async #carryOut(run: AbortController): Promise<void> {
    const { status } = this.#parts;
    const replaced = (): boolean => this.#run !== run;
    if (replaced()) return;
    try {
      status.problem('');
      status.done(await this.#work(run.signal));
    } catch (error) {
      if (replaced()) return;
      if (error instanceof Cancelled)
        status.done(error.restarted ? BROKEN_OFF : 'Cancelled. What is extracted is kept.');
      else status.problem(error instanceof Error ? error.message : String(error));
    } finally {
      if (!replaced()) this.#run = null;
    }
  }

  /** @returns what is said at the end */
  async #work(signal: AbortSignal): Promise<string> {
    const { engine, source, targets, settings, results, builtIn } = this.#parts;
    const began = performance.now();
    const chosen = settings.chosen();
    results.clear();
    for (const one of targets.recordings.all) one.verdict = null;
    targets.draw();
    if (source.kind === 'folder') await this.#extract(source.recordings, source, signal);
    await this.#extract(targets.recordings, targets, signal);
    const rows = builtIn() ? targets.recordings.all : targets.recordings.ready;
    if (rows.length === 0) return this.#nothing();
    const target: Rows = builtIn()
      ? { kind: 'emodb', name: 'women', sex: 'f' }
      : { kind: 'files', name: 'your recordings', rows: rows.map(rowOf) };
    if (source.kind === 'model') this.#show(await engine.ask('classify', target, { signal }), rows);
    else {
      if (source.kind === 'folder' && source.recordings.size === 0)
        return 'The features are ready. Now drop the labelled recordings to learn from, or choose EmoDB.';
      await this.#fit({ source: source.rows(builtIn()), target, ...chosen }, rows, signal);
    }
    return `Done in ${((performance.now() - began) / 1000).toFixed(1)} s.`;
  }

  #nothing(): string {
    const { targets } = this.#parts;
    return targets.recordings.size === 0
      ? 'There are no recordings yet: drop some, record, or try the built-in speech.'
      : 'None of the files can be read as a recording; the table says why.';
  }

  async #extract(
    list: Recordings,
    table: { refresh(recordings: Iterable<Recording>): void },
    signal: AbortSignal,
  ): Promise<void> {
    const { engine, status } = this.#parts;
    const files = list.waiting.flatMap(({ key, name, file }) => (file === null ? [] : [{ key, name, file }]));
    if (files.length === 0) return;
    let done = 0;
    status.say(`Extracting features of ${counted(files.length, 'recording')}.`);
    const changed = new Set<Recording>();
    const draw = soon(() => {
      table.refresh(changed);
      changed.clear();
    });
    const show = (): void =>
      status.running(`Features: ${done} of ${counted(files.length, 'recording')}`, done / files.length);
    show();
    await engine.ask('extract', files, {
      signal,
      onEvent(event) {
        const recording = list.heard(event);
        if (recording !== undefined) changed.add(recording);
        draw();
        if (event.type === 'share') return;
        done++;
        show();
      },
    });
  }

  async #fit(input: FitInput, rows: readonly Recording[], signal: AbortSignal): Promise<void> {
    const { engine, status, results } = this.#parts;
    status.say('Learning from the labelled recordings and adapting to yours.');
    results.fitting();
    const draw = soon(() => results.curve.draw());
    const onEvent = (event: FitEvent): void => {
      if (event.type === 'phase') status.running(PHASES[event.phase] ?? event.phase, event.share);
      else if (event.type === 'objective') {
        results.curve.add(event.trial, event.iteration, event.objective);
        draw();
      } else if (event.type === 'result') this.#show(event.result, rows);
      else if (event.type === 'map') results.showMap(event.map);
      else results.noMap(event.sentence);
    };
    await engine.ask('fit', input, { signal, onEvent });
  }

  #show(result: FitResult, rows: readonly Recording[]): void {
    const { results, targets } = this.#parts;
    this.classes = result.classes;
    targets.recordings.judge(rows, result.satnmf, result.svm);
    targets.draw(result.classes);
    results.show(result);
  }
}
