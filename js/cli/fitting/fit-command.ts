/**
 * What the commands that fit have in common: their options, and what they do before a fit.
 *
 * @module
 */
import type { Command } from 'commander';
import type { Corpus } from '../../data/index.js';
import { checkOutput } from '../../outside/node/index.js';
import { filesOfInputs, readInput, readSource } from '../input/inputs.js';
import { addAudioOptions, type AudioOptions } from '../options/audio-options.js';
import {
  addInputOptions,
  addMethodOptions,
  addScreenOptions,
  type InputOptions,
  type MethodOptions,
  need,
} from '../options/options.js';
import type { Screen } from '../screen/screen.js';

export interface FitCommandOptions extends MethodOptions, InputOptions, AudioOptions {
  readonly source?: string;
  readonly target?: string;
  readonly output?: string;
  readonly json?: true;
}

/** The option `--source`. */
export const addSourceOption = (command: Command): Command =>
  command.option(
    '--source <table>',
    'table, or folder of recordings, to learn from, with emotions (default: EmoDB, which is in the package)',
  );

/** Options of methods, of inputs and of the screen; `several` methods or one. */
export const addFitOptions = (command: Command, several = false): Command =>
  addScreenOptions(addAudioOptions(addInputOptions(addMethodOptions(command, several))));

/** Both tables of a command, and the files that it must not write onto. */
export interface Tables {
  readonly source: Corpus;
  readonly target: Corpus;
  readonly inputs: readonly string[];
}

/**
 * Checks where the output goes, then reads both tables.
 *
 * @param command its name, for messages
 * @throws {SatnmfError} `bad-argument`: no `--target`, or an output that may not be written; as reading tables does
 */
export async function readTables(
  screen: Screen,
  command: string,
  options: FitCommandOptions,
): Promise<Tables> {
  const { source, output } = options;
  const target = need(command, '--target <table>', options.target);
  const inputs = await filesOfInputs([source, target]);
  if (output !== undefined) await checkOutput('output', output, inputs);
  const reader = { screen, options };
  return { source: await readSource(reader, source), target: await readInput(reader, target), inputs };
}
