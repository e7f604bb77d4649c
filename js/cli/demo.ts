/**
 * `satnmf demo`: something to see at once, without any recordings.
 *
 * @module
 */
import { Command } from 'commander';
import { sharedCore } from '../core/load.js';
import type { Corpus } from '../data/corpus.js';
import { pairOf } from '../experiment/evaluation.js';
import { syntheticPair } from '../experiment/synthetic.js';
import { methodByName } from '../methods/registry.js';
import { runEvaluations } from './evaluations.js';
import type { ExitCode } from './exit-code.js';
import { parseWhole } from './options.js';
import { printResults } from './report.js';
import type { Screen } from './screen.js';

interface Options {
  readonly seed: number;
  readonly quiet?: true;
}

/**
 * For both methods: the default of the base SVM is meant for thousands of features. Here no C from 0.001 to 1
 * is better for the SVM alone, on the mean of 20 seeds.
 */
const C = 0.1;

const NEXT = `
With your own tables (.csv or .arff, or .npy with a .csv beside it; one row an utterance, with columns file,
speaker and emotion):

  npx satnmf evaluate --source labelled.csv --target other.csv
  npx satnmf predict recordings.csv --source labelled.csv

npx satnmf --help says the rest.`;

export function demoCommand(screen: Screen, exit: (code: ExitCode) => void): Command {
  return new Command('demo')
    .description('a synthetic example: two corpora, the plain SVM and SATNMF')
    .option('--seed <number>', 'draw other corpora', parseWhole, 1)
    .option('-q, --quiet', 'no progress')
    .action(async ({ seed, quiet }: Options) => {
      const { source, target } = syntheticPair(await sharedCore(), { seed });
      const pair = pairOf(source, target);
      const describe = ({ name, features, speaker }: Corpus): string =>
        `"${name}": ${features.rows} utterances of ${new Set(speaker).size} speakers`;
      const chance = (100 / pair.classes.length).toFixed(0);
      screen.print(
        `${screen.styled('bold', 'A synthetic example: numbers made by a formula, no speech.')}

${describe(source)}, labelled. The methods learn from it.
${describe(target)}. Its labels are used for nothing but the scores below.

Both have ${source.features.cols} features and the emotions ${pair.classes.join(', ')}; chance is ${chance} %.
The loudest cue of an emotion in "${source.name}" is only a habit of speakers in "${target.name}". "svm" does not
know that. "satnmf" sees the target's features too, not its labels.
`,
      );
      const methods = [methodByName('svm', { C }), methodByName('satnmf', { r: 32, trials: 3, baseC: C })];
      const { results, failed } = await runEvaluations(screen, methods, pair, quiet === true);
      printResults(screen, pair.classes, results);
      screen.print(NEXT);
      if (failed > 0) exit(1);
    });
}
