/**
 * The tables that a command reads.
 *
 * @module
 */
import type { Corpus } from '../data/corpus.js';
import { readTableFile } from '../node/files.js';
import type { InputOptions } from './options.js';
import type { Screen } from './screen.js';

/** Reads a table, with its warnings on the screen. */
export function readInput(screen: Screen, file: string, { missing }: InputOptions): Promise<Corpus> {
  return readTableFile(file, {
    ...(missing && { missing }),
    onWarning: (sentence) => screen.warn(sentence),
    signal: screen.signal,
  });
}
