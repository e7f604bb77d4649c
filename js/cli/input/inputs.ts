/**
 * The tables that a command reads: files, or recordings that become tables.
 *
 * @module
 */
import { basename, dirname, join, resolve } from 'node:path';
import type { Corpus } from '../../data/index.js';
import {
  filesOfTable,
  findAudioFiles,
  isAudioInput,
  isFolder,
  readTableFile,
} from '../../outside/node/index.js';
import type { AudioOptions } from '../options/audio-options.js';
import { extractInputs, LABELS } from './extraction.js';
import type { MissingOptions } from '../options/options.js';
import type { Screen } from '../screen/screen.js';

/** Where inputs are told of, and how they are read. */
export interface Reader {
  readonly screen: Screen;
  readonly options: MissingOptions & AudioOptions;
}

/** A table and the input that it was first read from. */
export interface Input {
  readonly path: string;
  readonly table: Corpus;
}

/** A folder's name; a file's without its extension. */
async function nameOf(input: string): Promise<string> {
  const base = basename(resolve(input));
  return (await isFolder(input)) ? base : base.replace(/(?!^)\.[^.]*$/, '');
}

function readTable({ screen, options: { missing } }: Reader, file: string): Promise<Corpus> {
  return readTableFile(file, {
    ...(missing && { missing }),
    onWarning: (sentence) => screen.warn(sentence),
    signal: screen.signal,
  });
}

/**
 * Reads each table; recordings, folders of them and patterns that stand beside each other are one. Warnings
 * and progress are on the screen.
 */
export async function readInputs(reader: Reader, inputs: readonly string[]): Promise<Input[]> {
  const { screen, options } = reader;
  const tables: Input[] = [];
  for (let at = 0; at < inputs.length;) {
    const recordings: string[] = [];
    while (at < inputs.length && (await isAudioInput(inputs[at]))) recordings.push(inputs[at++]);
    if (recordings.length === 0) {
      const path = inputs[at++];
      tables.push({ path, table: await readTable(reader, path) });
    } else {
      const [path] = recordings;
      const { table } = await extractInputs(screen, await nameOf(path), recordings, options);
      tables.push({ path, table });
    }
  }
  return tables;
}

/** Reads one table, or the recordings of one path. */
export async function readInput(reader: Reader, input: string): Promise<Corpus> {
  return (await readInputs(reader, [input]))[0].table;
}

/**
 * The files of recordings that nothing may be written onto: themselves, and the labels that lie in their folders, which
 * somebody may have written by hand.
 *
 * @throws {SatnmfError} `bad-file`: an input that stands for no recording
 */
export async function filesOfRecordings(inputs: readonly string[]): Promise<string[]> {
  const files = new Set<string>();
  for (const input of inputs) {
    if (await isFolder(input)) files.add(join(input, LABELS));
    for (const { path } of await findAudioFiles(input)) files.add(path).add(join(dirname(path), LABELS));
  }
  return [...files];
}

/**
 * The files of inputs that nothing may be written onto; one that was not given has none.
 *
 * @throws {SatnmfError} as {@link filesOfRecordings}
 */
export async function filesOfInputs(inputs: readonly (string | undefined)[]): Promise<string[]> {
  const files: string[] = [];
  for (const input of inputs)
    if (input !== undefined)
      files.push(...((await isAudioInput(input)) ? await filesOfRecordings([input]) : filesOfTable(input)));
  return files;
}
