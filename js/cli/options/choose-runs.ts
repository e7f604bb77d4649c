/**
 * Options of the commands that show runs: which of them, and which configuration of each method.
 *
 * @module
 */
import type { Command } from 'commander';
import { quote, unknownWord } from '../../data/index.js';
import { SatnmfError } from '../../errors.js';
import {
  CRITERIA,
  type Criterion,
  type Results,
  resultsOf,
  type Run,
  type SchemeRuns,
  schemesOf,
} from '../../experiment/results/index.js';
import { METHOD_NAMES } from '../../methods/index.js';
import { choiceOption, oneOfOption, parseList } from './options.js';
import { readRunStores } from '../../outside/node/index.js';
import type { Screen } from '../screen/screen.js';

export interface RunChoice {
  readonly select?: Criterion;
  readonly method?: readonly string[];
  readonly scheme?: readonly string[];
}

export function addRunChoice(command: Command): Command {
  return command
    .addOption(
      oneOfOption(
        '--select <criterion>',
        'how one configuration of each method is chosen: target (the best by the target’s labels, as in the paper: ' +
          'an oracle), source-cv (the best on the source), none (the plan’s base; default if nothing was searched)',
        CRITERIA,
      ),
    )
    .addOption(
      choiceOption('-m, --method <names>', 'only these methods, separated by commas', METHOD_NAMES).argParser(
        parseList,
      ),
    )
    .option('--scheme <names>', 'only these schemes, separated by commas', parseList);
}

/** @throws {SatnmfError} `bad-argument`: a name that no run has, or no word on what to choose where there is a choice */
export async function chosenResults(
  screen: Screen,
  files: readonly string[],
  { select, method, scheme }: RunChoice,
): Promise<Results> {
  const all = await readRunStores(files, { signal: screen.signal });
  checkNames('scheme', scheme, all);
  checkNames('method', method, all);
  const runs = all.filter(
    (run) => (scheme?.includes(run.scheme) ?? true) && (method?.includes(run.method) ?? true),
  );
  const schemes = schemesOf(runs, METHOD_NAMES);
  return resultsOf(schemes, select ?? onlyChoice(schemes), METHOD_NAMES);
}

/** Where several configurations were tried, the user must say how one is chosen. */
function onlyChoice(schemes: readonly SchemeRuns[]): Criterion {
  for (const { scheme, cells } of schemes)
    for (const { method, configurations } of cells)
      if (configurations.length > 1)
        throw new SatnmfError(
          'bad-argument',
          `${method} ran with ${configurations.length} configurations on ${quote(scheme)}: say by "--select" how one ` +
            'is chosen, target (by its labels, an oracle), source-cv or none (the base)',
          { argument: 'select', expected: CRITERIA.join(', '), actual: 'nothing' },
        );
  return 'none';
}

function checkNames(
  argument: 'scheme' | 'method',
  asked: readonly string[] = [],
  runs: readonly Run[],
): void {
  const names = [...new Set(runs.map((run) => run[argument]))].sort();
  for (const name of asked)
    if (!names.includes(name))
      throw unknownWord(
        name,
        names,
        `"--${argument}": no run is of ${quote(name)}; there are ${names.join(', ')}`,
        { argument },
      );
}
