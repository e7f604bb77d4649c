/**
 * What a sweep reads: its plan, and the corpora that the plan names.
 *
 * @module
 */
import { dirname, resolve } from 'node:path';
import { Command } from 'commander';
import { addAudioOptions, type AudioOptions } from '../../options/audio-options.js';
import { addMissingOption, addScreenOptions, type MissingOptions } from '../../options/options.js';
import { type Plan, readPlan, type SchemeData, schemesOf } from '../../../sweep/index.js';
import { readText } from '../../../io/index.js';
import { readBytes } from '../../../outside/node/index.js';
import { filesOfInputs, type Reader, readInput } from '../../input/inputs.js';

/** Options of every command that reads a plan. */
export interface PlanOptions extends MissingOptions, AudioOptions {
  readonly json?: true;
}

/** A command whose first argument is a plan. Emotions are the plan's, so it has no --emotions. */
export function planCommand(name: string, description: string): Command {
  const command = new Command(name).description(description).argument('<plan>', 'the plan, a JSON file');
  return addScreenOptions(addAudioOptions(addMissingOption(command)));
}

/** A plan with its data. */
export interface SweepInputs {
  readonly plan: Plan;
  readonly schemes: readonly SchemeData[];
  /** All that was read, which nothing may be written onto: the plan, and the files of its corpora. */
  readonly files: readonly string[];
}

/**
 * Reads a plan and every corpus of it, once each. Paths in a plan are relative to its folder. A corpus without a path
 * in the plan lies beside it, under its name.
 *
 * @param check called with the plan and the files of its corpora before any of these is read, which may take an hour
 * @throws {SatnmfError} as `readPlan`, reading tables, `pairOf` and `check` do
 */
export async function readSweep(
  reader: Reader,
  file: string,
  check: (files: readonly string[]) => Promise<void> = () => Promise.resolve(),
): Promise<SweepInputs> {
  const { signal } = reader.screen;
  const plan = readPlan(readText(await readBytes(file, { signal }), file), file);
  const pathOf = (name: string): string =>
    resolve(dirname(file), Object.hasOwn(plan.corpora, name) ? plan.corpora[name] : name);
  const names = new Set(plan.schemes.flatMap(({ source, target }) => [source, target]));
  const files = [file, ...(await filesOfInputs([...names].map(pathOf)))];
  await check(files);
  const schemes = await schemesOf(plan, (name) => {
    signal.throwIfAborted();
    return readInput(reader, pathOf(name));
  });
  return { plan, schemes, files };
}
