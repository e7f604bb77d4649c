/**
 * Options of commands that read recordings.
 *
 * @module
 */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { parseLabelMap, parseLabelRegex } from '../input/labels.js';
import { parseWhole } from './options.js';

/** Options of reading recordings. */
export interface AudioOptions {
  readonly labelRegex?: RegExp;
  readonly labelMap?: ReadonlyMap<string, string>;
  readonly jobs?: number;
  /** A folder, `false` for none; otherwise beside the recordings. */
  readonly cache?: string | boolean;
  readonly strict?: true;
}

export function parseJobs(text: string): number {
  const jobs = parseWhole(text);
  if (jobs < 1 || jobs > 256) throw new InvalidArgumentError('It must be a whole number from 1 to 256.');
  return jobs;
}

/** Options of what recordings are, and how they become features; `fits` if trials of fits are jobs too. */
export function addAudioOptions(command: Command, fits = true): Command {
  return command
    .option(
      '--label-regex <regex>',
      'what the names of recordings tell: (?<speaker>…), (?<emotion>…), (?<sex>…), (?<text>…)',
      parseLabelRegex,
    )
    .option(
      '--label-map <pairs>',
      'emotions by the codes in names or labels, such as W=anger,L=boredom',
      parseLabelMap,
    )
    .option(
      '--jobs <count>',
      `recordings${fits ? ' and trials' : ''} at a time; changes no result (default: as many as there are cores)`,
      parseJobs,
    )
    .addOption(
      new Option(
        '--cache <folder>',
        'where features are kept (default: .satnmf-cache beside the recordings)',
      ),
    )
    .option('--no-cache', 'keep no features')
    .option('--strict', 'stop at the first recording that cannot be read, instead of leaving it out');
}
