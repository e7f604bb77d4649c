/**
 * `satnmf evaluate`: methods on a pair of labelled corpora, against the target's true emotions.
 *
 * @module
 */
import { Command } from 'commander';
import { pairOf } from '../../experiment/evaluation.js';
import { runEvaluations } from '../fitting/evaluations.js';
import { isSameFile } from '../../entries/node.js';
import { addAudioOptions, type AudioOptions } from '../options/audio-options.js';
import type { ExitCode } from '../screen/exit-code.js';
import { readInput, readSource } from '../input/inputs.js';
import {
  addInputOptions,
  addMethodOptions,
  addScreenOptions,
  type InputOptions,
  type MethodOptions,
  methodsFrom,
  need,
  SOURCE,
} from '../options/options.js';
import { printResults } from '../screen/results.js';
import type { Screen } from '../screen/screen.js';

interface Options extends Partial<MethodOptions>, InputOptions, AudioOptions {
  readonly source?: string;
  readonly target?: string;
  readonly json?: true;
  readonly quiet?: true;
}

const EXAMPLES = `
Rows whose emotion the other table does not have are left out, unless --emotions names those to keep. Beyond
that the target's emotions are looked at only when a fit is over.

Examples:
  satnmf evaluate --source emodb.npy --target recordings.csv
  satnmf evaluate --source EmoDB/ --target CASIA/             folders of known corpora (satnmf corpora list)
  satnmf evaluate --target recordings/                        with a labels.csv (file,speaker,emotion) in it
  satnmf evaluate --source emodb.npy --target emovo.npy --method all --preset paper --emotions anger,sadness
  satnmf evaluate --source a.arff --target b.arff --set satnmf.r=64 --set svm.C=0.01 --json
`;

export function evaluateCommand(screen: Screen, exit: (code: ExitCode) => void): Command {
  const command = new Command('evaluate')
    .description('fit methods to two labelled tables and compare what they say with the target’s emotions')
    .option('--source <table>', SOURCE)
    .option('--target <table>', 'table, or folder of recordings, to classify; its emotions are the truth');
  addAudioOptions(addInputOptions(addMethodOptions(command, true)));
  addScreenOptions(command).addHelpText('after', EXAMPLES);
  return command.action(async (options: Options) => {
    const { source: sourceFile } = options;
    const targetFile = need('evaluate', '--target <table>', options.target);
    const methods = methodsFrom({ method: ['svm', 'satnmf'], set: [], ...options });
    const reader = { screen, exit, options };
    const a = await readSource(reader, sourceFile);
    const b = await readInput(reader, targetFile);
    if (sourceFile !== undefined && (await isSameFile(sourceFile, targetFile)))
      screen.warn(
        'source and target are the same file, so the methods learn from the labels they are scored by',
      );
    const pair = pairOf(a, b, options.emotions);
    const { source, target, classes } = pair;
    const [sourceRows, targetRows] = [source.features.rows, target.features.rows];
    const { results, failed } = await runEvaluations(screen, methods, pair, options);
    if (options.json) {
      const about = { source: source.name, target: target.name, classes, sourceRows, targetRows };
      screen.print(JSON.stringify({ ...about, results }));
    } else {
      screen.print(
        `${source.name} (${sourceRows} rows) → ${target.name} (${targetRows} rows), ` +
          `${source.features.cols} features, ${classes.length} emotions: ${classes.join(', ')}
`,
      );
      printResults(screen, classes, results);
    }
    if (failed > 0) exit(1);
  });
}
