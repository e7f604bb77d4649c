/**
 * `satnmf demo`: something to see at once, without any recordings.
 *
 * @module
 */
import { Command } from 'commander';
import { speechExample } from './speech.js';
import { syntheticExample } from './synthetic.js';
import { runEvaluations } from '../../fitting/evaluations.js';
import { parseWhole } from '../../options/options.js';
import { printResults } from '../../screen/results.js';
import type { Screen } from '../../screen/screen.js';

interface Options {
  readonly seed: number;
  readonly synthetic?: true;
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

export function demoCommand(screen: Screen): Command {
  return new Command('demo')
    .description('compare the plain SVM and SATNMF on real speech: learn from men, recognise women')
    .option('--synthetic', 'use corpora made by a formula instead; takes a few seconds')
    .option(
      '--seed <number>',
      'seed of the random starts and of the synthetic corpora (default: 1)',
      parseWhole,
      1,
    )
    .option('-q, --quiet', 'show no progress')
    .addHelpText('after', EXAMPLES)
    .action(async ({ seed, synthetic }: Options) => {
      const example = await (synthetic === true ? syntheticExample(seed) : speechExample(seed));
      const { title, text, pair, methods } = example;
      screen.print(`${screen.styled('bold', title)}\n\n${text}\n`);
      const { results, failed } = await runEvaluations(screen, methods, pair);
      printResults(screen, pair.classes, results);
      screen.print(NEXT);
      if (failed > 0) screen.partly();
    });
}
