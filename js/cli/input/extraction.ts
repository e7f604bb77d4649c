/**
 * Recordings to features, with progress on the screen.
 *
 * @module
 */
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { lldNames } from '../../audio/sets/compare-2013/index.js';
import { compareNames, type Corpus, corpus, matrix } from '../../data/index.js';
import { SatnmfError } from '../../errors.js';
import {
  type AudioFile,
  cacheFolder,
  extractFiles,
  type FileFeatures,
  type FileResult,
  type FileTask,
  findAudioFiles,
  isFolder,
  type Level,
  MOST_THREADS,
  withThreads,
} from '../../outside/node/index.js';
import type { AudioOptions } from '../options/audio-options.js';
import { layoutLabels } from './corpus-labels.js';
import { sentenceOf } from '../screen/exit-code.js';
import { labelFiles, readLabels } from './labels.js';
import type { LabelRows, Labels } from '../../io/index.js';
import { showCount } from '../screen/progress.js';
import type { Screen } from '../screen/screen.js';

/** A recording that was left out. */
export interface Failure {
  readonly file: string;
  readonly message: string;
}

/** What came of a list of inputs. */
export interface Extracted {
  /** A row a recording (or every 10 ms), in the order of the inputs, then of the paths. */
  readonly table: Corpus;
  readonly recordings: number;
  /** How many of them were extracted now, and how many had been before. */
  readonly computed: number;
  readonly cached: number;
  readonly failed: readonly Failure[];
}

/** How {@link extractInputs} reads. */
export interface ExtractionOptions extends AudioOptions {
  readonly level?: Level;
  /** Table of labels for all inputs; otherwise each folder's `labels.csv`, or its layout. */
  readonly labels?: string;
}

/** Name of the table of labels in a folder. */
export const LABELS = 'labels.csv';

interface Recording extends AudioFile {
  readonly cache: string | null;
  readonly labels: Labels | null;
}

/** Recordings for each thread that make it worth starting. */
const RECORDINGS_A_JOB = 8;

const defaultJobs = (files: number): number =>
  Math.max(1, Math.min(availableParallelism(), MOST_THREADS, Math.ceil(files / RECORDINGS_A_JOB)));

/** A table or a regular expression is asked first; without either, the layout of a folder. */
async function labelsIn(
  screen: Screen,
  input: string,
  files: readonly AudioFile[],
  table: LabelRows | null,
  { labelRegex, labelMap }: ExtractionOptions,
): Promise<(Labels | null)[]> {
  const folder = await isFolder(input);
  const beside = join(input, LABELS);
  const own = table === null && folder && existsSync(beside);
  const sources = {
    table: own ? await readLabels(beside) : table,
    regex: labelRegex ?? null,
    map: labelMap ?? new Map<string, string>(),
  };
  const { map } = sources;
  if (folder && sources.table === null && sources.regex === null) {
    const labels = await layoutLabels(screen, input, files, map);
    if (labels !== null) return labels;
  }
  return labelFiles(files, sources, (sentence) => screen.warn(sentence));
}

async function recordingsIn(
  screen: Screen,
  input: string,
  table: LabelRows | null,
  options: ExtractionOptions,
): Promise<Recording[]> {
  const { cache } = options;
  const files = await findAudioFiles(input);
  const labels = await labelsIn(screen, input, files, table, options);
  const folder = cache === false ? null : typeof cache === 'string' ? cache : await cacheFolder(input);
  return files.map((file, i) => ({ ...file, cache: folder, labels: labels[i] }));
}

/** All recordings, each once. Where two have the same name, their paths are their names. */
async function findRecordings(
  screen: Screen,
  inputs: readonly string[],
  options: ExtractionOptions,
): Promise<Recording[]> {
  const table = options.labels === undefined ? null : await readLabels(options.labels);
  const found = new Map<string, Recording>();
  for (const input of inputs)
    for (const recording of await recordingsIn(screen, input, table, options))
      if (!found.has(recording.path)) found.set(recording.path, recording);
  const count = new Map<string, number>();
  for (const { name } of found.values()) count.set(name, (count.get(name) ?? 0) + 1);
  return [...found.values()].map((one) =>
    (count.get(one.name) as number) > 1 ? { ...one, name: one.path } : one,
  );
}

/**
 * Features of all recordings that the inputs (files, folders, patterns) stand for. One that cannot be read is
 * told on the screen and left out; the exit code is 1 then.
 *
 * @throws {SatnmfError} `bad-file` if there are no recordings, or none can be read; with `strict`, why the
 *   first could not be read
 */
export async function extractInputs(
  screen: Screen,
  name: string,
  inputs: readonly string[],
  options: ExtractionOptions,
): Promise<Extracted> {
  const { level = 'functionals', strict } = options;
  screen.signal.throwIfAborted();
  const recordings = await findRecordings(screen, inputs, options);
  const tasks = recordings.map(({ path, cache }): FileTask => ({ path, level, cache }));
  const features = new Array<FileFeatures | null>(recordings.length).fill(null);
  const errors = new Map<number, Error>();
  let cached = 0;
  let done = 0;
  const onDone = (index: number, outcome: FileResult | Error): void => {
    if (outcome instanceof Error) {
      if (strict) throw outcome;
      errors.set(index, outcome);
    } else {
      features[index] = outcome.features;
      if (outcome.cached) cached++;
    }
    display.show(++done, `extract: ${recordings[index].name}`);
  };
  const display = showCount(screen, recordings.length);
  try {
    const onCacheProblem = ({ message }: Error): void => screen.warn(`features are not kept: ${message}`);
    const jobs = Math.min(options.jobs ?? defaultJobs(recordings.length), recordings.length);
    await withThreads('extract-worker.js', jobs, (workers) =>
      extractFiles(tasks, { workers, signal: screen.signal, onDone, onCacheProblem }),
    );
  } finally {
    display.end();
  }
  const failed: Failure[] = [];
  recordings.forEach(({ path }, i) => {
    for (const text of features[i]?.warnings ?? []) screen.warn(`${path}: ${text}`);
    const error = errors.get(i);
    if (error === undefined) return;
    const message = sentenceOf(error) ?? 'cannot be read';
    screen.fail(message);
    failed.push({ file: path, message });
  });
  if (failed.length === recordings.length)
    throw new SatnmfError(
      'bad-file',
      failed.length === 1
        ? `${name}: its only recording cannot be read`
        : `${name}: none of ${failed.length} recordings can be read`,
      { file: name },
    );
  if (failed.length > 0) screen.partly();
  return {
    table: tableOf(name, level, recordings, features),
    recordings: recordings.length,
    computed: recordings.length - failed.length - cached,
    cached,
    failed,
  };
}

const HOP_SECONDS = 0.01;

function tableOf(
  name: string,
  level: Level,
  recordings: readonly Recording[],
  features: readonly (FileFeatures | null)[],
): Corpus {
  const columns = level === 'lld' ? lldNames() : compareNames();
  const rows = features.reduce((sum, one) => sum + (one?.rows ?? 0), 0);
  const data = new Float32Array(rows * columns.length);
  const lists: Record<string, (string | null)[]> = { file: [], speaker: [], emotion: [] };
  const extras = new Set(recordings.flatMap(({ labels }) => Object.keys(labels ?? {})));
  for (const key of extras) lists[key] ??= [];
  lists['seconds'] = [];
  if (features.some((one) => (one?.remarks.length ?? 0) > 0)) lists['remarks'] = [];
  if (level === 'lld') lists['start'] = [];
  let at = 0;
  features.forEach((one, i) => {
    if (one === null) return;
    data.set(one.data, at);
    at += one.data.length;
    const known: Labels = {
      ...recordings[i].labels,
      file: recordings[i].name,
      seconds: one.seconds.toFixed(3),
      remarks: one.remarks.length === 0 ? null : one.remarks.join('; '),
    };
    for (let row = 0; row < one.rows; row++)
      for (const [key, list] of Object.entries(lists))
        list.push(key === 'start' ? (row * HOP_SECONDS).toFixed(2) : (known[key] ?? null));
  });
  const { file, speaker, emotion, ...extra } = lists;
  const values = matrix(rows, columns.length, data);
  return corpus({ name, features: values, columns, file, speaker, emotion, extra });
}
