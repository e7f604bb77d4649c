/**
 * Options of the commands that show runs: which of them, and which configuration of each method.
 *
 * @module
 */
import type { Command } from 'commander';
import { checkOneOf } from '../../data/check.js';
import { quote } from '../../data/quote.js';
import { didYouMean } from '../../data/suggest.js';
import { SatnmfError } from '../../errors.js';
import { type SchemeRuns, schemesOf } from '../../experiment/results/cells.js';
import { CRITERIA, type Criterion } from '../../experiment/results/choice.js';
import { type Results, resultsOf } from '../../experiment/results/results.js';
import { METHOD_NAMES } from '../../methods/registry.js';
import { choiceOption, parseList } from './options.js';
import { readRuns } from '../input/read-runs.js';
import type { Screen } from '../screen/screen.js';

export interface RunChoice {
  readonly select?: Criterion;
  readonly method?: readonly string[];
  readonly scheme?: readonly string[];
}

export function addRunChoice(command: Command): Command {
  return command
    .addOption(
      choiceOption(
        '--select <criterion>',
        'configuration of each method: target (the best by the target’s labels, as the paper does: an oracle), ' +
          'source-cv (the best on the source), none (the plan’s base; default if nothing was searched)',
        CRITERIA,
      ).argParser((text: string) => checkOneOf('select', text, CRITERIA)),
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
  const all = await readRuns(files, screen.signal);
  checkNames(
    'scheme',
    scheme,
    all.map((run) => run.scheme),
  );
  checkNames(
    'method',
    method,
    all.map((run) => run.method),
  );
  const runs = all.filter(
    (run) => (scheme?.includes(run.scheme) ?? true) && (method?.includes(run.method) ?? true),
  );
  const schemes = schemesOf(runs, METHOD_NAMES);
  return resultsOf(schemes, select ?? onlyChoice(schemes), METHOD_NAMES);
}

/** What was searched must be chosen from, and how is for the user to say. */
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

function checkNames(argument: string, asked: readonly string[] = [], known: readonly string[]): void {
  const names = [...new Set(known)].sort();
  for (const name of asked)
    if (!names.includes(name))
      throw new SatnmfError(
        'bad-argument',
        `"--${argument}": no run is of ${quote(name)}; there are ${names.join(', ')}.${didYouMean(name, names)}`,
        { argument, expected: names.join(', '), actual: name },
      );
}
