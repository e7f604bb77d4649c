/**
 * `satnmf demo`: something to see at once, without any recordings.
 *
 * @module
 */
import { Command } from 'commander';
import { sharedCore } from '../core/load.js';
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

/** Few features ask for a larger C than 6373 do: of 0.001 … 1 this is the best for the SVM alone. */
const C = 0.1;

export function demoCommand(screen: Screen, exit: (code: ExitCode) => void): Command {
  return new Command('demo')
    .description('a synthetic example: two corpora, the plain SVM and SATNMF')
    .option('--seed <number>', 'draw other corpora', parseWhole, 1)
    .option('-q, --quiet', 'no progress')
    .action(async ({ seed, quiet }: Options) => {
      const { source, target } = syntheticPair(await sharedCore(), { seed });
      const pair = pairOf(source, target);
      const speakers = (labels: readonly (string | null)[]): number => new Set(labels).size;
      screen.print(
        `${screen.styled('bold', 'A synthetic example: numbers made by a formula, no speech.')}\n\n` +
          `"${source.name}": ${source.features.rows} utterances of ${speakers(source.speaker)} speakers, labelled. ` +
          `The methods learn from it.\n` +
          `"${target.name}": ${target.features.rows} utterances of ${speakers(target.speaker)} other speakers. ` +
          `Its labels are used for nothing but the scores below.\n\n` +
          `Both have ${source.features.cols} features and the emotions ${pair.classes.join(', ')}; chance is ` +
          `${(100 / pair.classes.length).toFixed(0)} %. The loudest cue of an emotion in\n"${source.name}" is only a habit of the ` +
          `speakers of "${target.name}". "svm" does not know that. "satnmf" sees the target's features too.\n`,
      );
      const methods = [methodByName('svm', { C }), methodByName('satnmf', { r: 32, trials: 3, baseC: C })];
      const { results, failed } = await runEvaluations(screen, methods, pair, quiet === true);
      printResults(screen, pair.classes, results);
      screen.print(
        `\nWith your own tables (.csv or .arff, or .npy with a .csv beside it; one row an utterance, with columns file,\n` +
          `speaker, emotion):\n\n` +
          `  npx satnmf evaluate --source labelled.csv --target other.csv\n` +
          `  npx satnmf predict recordings.csv --source labelled.csv\n\n` +
          `npx satnmf --help says the rest.`,
      );
      if (failed > 0) exit(1);
    });
}
