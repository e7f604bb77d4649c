/**
 * What the commands that fit have in common: their options, and what they do before a fit.
 *
 * @module
 */
import type { Command } from 'commander';
import type { Method } from '../../contract/index.js';
import type { Corpus } from '../../data/index.js';
import { SatnmfError } from '../../errors.js';
import type { Learnt } from '../../experiment/index.js';
import { takesWeights } from '../../methods/index.js';
import { checkOutput } from '../../outside/node/index.js';
import { embeddedSource } from '../input/embedded-source.js';
import { filesOfInputs, readInput, type Reader } from '../input/inputs.js';
import { readPretrained } from '../input/pretrained.js';
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
  readonly source?: readonly string[];
  readonly pretrained?: string;
  readonly target?: string;
  readonly useLabels?: true;
  readonly output?: string;
  readonly json?: true;
}

const collect = (value: string, before: readonly string[] | undefined): string[] => [
  ...(before ?? []),
  value,
];

/** The option `--source`, which may be given several times. */
export const addSourceOption = (command: Command): Command =>
  command.option(
    '--source <table>',
    'table, or folder of recordings, to learn from, with emotions; repeatable: each weighs the same',
    collect,
  );

/** What is learnt from: sources, trained weights, or both. */
export const addLearntOptions = (command: Command): Command =>
  addSourceOption(command)
    .option(
      '--pretrained <name>',
      'weights that were trained before: open (default without --source), research, or a file',
    )
    .option('--use-labels', 'use the emotions that the target has; without it they are never looked at');

/** Options of methods, of inputs and of the screen; `several` methods or one. */
export const addFitOptions = (command: Command, several = false): Command =>
  addScreenOptions(addAudioOptions(addInputOptions(addMethodOptions(command, several))));

/** What a command learns from and its target, and the files that it must not write onto. */
export interface Tables extends Learnt {
  readonly target: Corpus;
  readonly inputs: readonly string[];
}

/**
 * Checks where the output goes, then reads what is learnt from and the target.
 *
 * @param command its name, for messages
 * @throws {SatnmfError} `bad-argument`: no `--target`, or an output that may not be written; as reading tables does
 */
export async function readTables(
  screen: Screen,
  command: string,
  options: FitCommandOptions,
  methods: readonly Method[],
): Promise<Tables> {
  const { source = [], output } = options;
  const target = need(command, '--target <table>', options.target);
  const inputs = await filesOfInputs([...source, target]);
  if (output !== undefined) await checkOutput('output', output, inputs);
  const reader = { screen, options };
  const learnt = await readLearnt(reader, options, methods);
  return { ...learnt, target: await readInput(reader, target), inputs };
}

/**
 * What the methods learn from. Without a word of the user: the weights `open`, if all methods take weights, else EmoDB.
 *
 * @throws {SatnmfError} `bad-argument`: weights for a method that takes none; as reading tables and weights does
 */
export async function readLearnt(
  reader: Reader,
  { source = [], pretrained }: Pick<FitCommandOptions, 'source' | 'pretrained'>,
  methods: readonly Method[],
): Promise<Learnt> {
  const others = methods.filter(({ name }) => !takesWeights(name)).map(({ name }) => name);
  if (pretrained !== undefined && others.length > 0)
    throw new SatnmfError(
      'bad-argument',
      `"--pretrained": ${others.join(', ')} cannot use trained weights, linear and self-training can; ` +
        'name labelled recordings by --source instead',
      { argument: 'pretrained', expected: 'linear or self-training', actual: others.join(', ') },
    );
  const sources: Corpus[] = [];
  for (const path of source) sources.push(await readInput(reader, path));
  if (pretrained === undefined && sources.length > 0) return { sources };
  if (pretrained === undefined && others.length > 0)
    return { sources: [await embeddedSource(reader.screen)] };
  return { sources, weights: await readPretrained(reader.screen, pretrained ?? 'open') };
}
