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

/** Options of labels and features of recordings; `fits` says that trials of fits are jobs too. */
export function addAudioOptions(command: Command, fits = true): Command {
  return command
    .option(
      '--label-regex <regex>',
      'regular expression that reads labels from file names: (?<speaker>…), (?<emotion>…), (?<sex>…), (?<text>…)',
      parseLabelRegex,
    )
    .option(
      '--label-map <pairs>',
      'emotions that the codes in names or labels stand for, such as W=anger,L=boredom',
      parseLabelMap,
    )
    .option(
      '--jobs <count>',
      `recordings${fits ? ' and trials' : ''} to work on at the same time; changes no result (default: number of cores)`,
      parseJobs,
    )
    .addOption(
      new Option(
        '--cache <folder>',
        'folder to keep features in (default: .satnmf-cache beside the recordings)',
      ),
    )
    .option('--no-cache', 'keep no features')
    .option(
      '--strict',
      'stop at the first recording that cannot be read; without it, such recordings are left out',
    );
}
