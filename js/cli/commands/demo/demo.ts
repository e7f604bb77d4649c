/**
 * `satnmf demo`: something to see at once, without any recordings.
 *
 * @module
 */
import { Command } from 'commander';
import { speechExample } from './speech.js';
import { syntheticExample } from './synthetic.js';
import { runEvaluations } from '../../fitting/evaluations.js';
import type { ExitCode } from '../../screen/exit-code.js';
import { parseWhole } from '../../options/options.js';
import { printResults } from '../../screen/results.js';
import type { Screen } from '../../screen/screen.js';

interface Options {
  readonly seed: number;
  readonly synthetic?: true;
  readonly quiet?: true;
}

const NEXT = `
With your own tables (.csv or .arff, or .npy with a .csv beside it; one row an utterance, with columns file,
speaker and emotion), or folders of recordings:

  npx satnmf predict recordings/                   learns from all of EmoDB
  npx satnmf evaluate --source labelled.csv --target other.csv
  npx satnmf predict recordings.csv --source labelled.csv

npx satnmf --help says the rest.`;

const EXAMPLES = `
Examples:
  satnmf demo                 half a minute
  satnmf demo --synthetic     a few seconds
  satnmf demo --seed 2 -q
`;

export function demoCommand(screen: Screen, exit: (code: ExitCode) => void): Command {
  return new Command('demo')
    .description('real speech, men to women: the plain SVM and SATNMF')
    .option('--synthetic', 'corpora made by a formula instead, in a few seconds')
    .option('--seed <number>', 'other random starts, and other synthetic corpora (default: 1)', parseWhole, 1)
    .option('-q, --quiet', 'no progress')
    .addHelpText('after', EXAMPLES)
    .action(async ({ seed, synthetic, quiet }: Options) => {
      const example = await (synthetic === true ? syntheticExample(seed) : speechExample(seed));
      const { title, text, pair, methods } = example;
      screen.print(`${screen.styled('bold', title)}\n\n${text}\n`);
      const { results, failed } = await runEvaluations(screen, methods, pair, { quiet: quiet === true });
      printResults(screen, pair.classes, results);
      screen.print(NEXT);
      if (failed > 0) exit(1);
    });
}
