/**
 * `satnmf evaluate`: methods on a pair of labelled corpora, against the target's true emotions.
 *
 * @module
 */
import { Command } from 'commander';
import { pairOf } from '../../experiment/evaluation.js';
import { runEvaluations } from '../fitting/evaluations.js';
import { isSameFile } from '../../outside/node/files.js';
import { methodsFrom } from '../options/options.js';
import {
  addFitOptions,
  addSourceOption,
  type FitCommandOptions,
  readTables,
} from '../fitting/fit-command.js';
import { printResults } from '../screen/results.js';
import type { Screen } from '../screen/screen.js';

const EXAMPLES = `
Only emotions that both tables have are used, or those that --emotions names. A fit does not see the target's
emotions; they are used for the scores when it is over.

Examples:
  satnmf evaluate --source emodb.npy --target recordings.csv
  satnmf evaluate --source EmoDB/ --target CASIA/             folders of known corpora (satnmf corpora list)
  satnmf evaluate --target recordings/                        with a labels.csv (file,speaker,emotion) in it
  satnmf evaluate --source emodb.npy --target emovo.npy --method all --preset paper --emotions anger,sadness
  satnmf evaluate --source a.arff --target b.arff --set satnmf.r=64 --set svm.C=0.01 --json
`;

export function evaluateCommand(screen: Screen): Command {
  const command = addSourceOption(new Command('evaluate'))
    .description('fit methods to two labelled tables and score their answers against the target’s emotions')
    .option('--target <table>', 'table, or folder of recordings, to classify; its emotions are the truth');
  addFitOptions(command, true).addHelpText('after', EXAMPLES);
  return command.action(async (options: FitCommandOptions) => {
    const methods = methodsFrom(options, ['svm', 'satnmf']);
    const tables = await readTables(screen, 'evaluate', options);
    const { source: learnt = '', target: classified = '' } = options;
    if (await isSameFile(learnt, classified))
      screen.warn(
        'source and target are the same file, so the methods learn from the labels they are scored by',
      );
    const pair = pairOf(tables.source, tables.target, options.emotions);
    const { source, target, classes } = pair;
    const [sourceRows, targetRows] = [source.features.rows, target.features.rows];
    const { results, failed } = await runEvaluations(screen, methods, pair, options);
    if (options.json) {
      const about = { source: source.name, target: target.name, classes, sourceRows, targetRows };
      screen.print(JSON.stringify({ ...about, results }));
    } else {
      screen.print(
        `${source.name} (${sourceRows} rows) → ${target.name} (${targetRows} rows), ` +
          `${source.features.cols} features, ${classes.length} emotions: ${classes.join(', ')}\n`,
      );
      printResults(screen, classes, results);
    }
    if (failed > 0) screen.partly();
  });
}
