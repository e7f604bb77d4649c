/**
 * `satnmf fit`: a model for new recordings of the target, as a file.
 *
 * @module
 */
import { Command, InvalidArgumentError, Option } from 'commander';
import type { Corpus } from '../../data/corpus.js';
import { compact, COMPACT_BYTES } from '../../learn/model/compact.js';
import type { Model } from '../../contract/method.js';
import { checkOutput, writeFiles } from '../../entries/node.js';
import { addAudioOptions, type AudioOptions } from '../options/audio-options.js';
import type { ExitCode } from '../screen/exit-code.js';
import { fitOnTables } from '../fitting/fit-on-tables.js';
import { filesOfInputs, readInput, readSource } from '../input/inputs.js';
import {
  addInputOptions,
  addMethodOptions,
  addScreenOptions,
  type InputOptions,
  type MethodOptions,
  methodFrom,
  need,
  parseNumber,
  SOURCE,
} from '../options/options.js';
import { percent } from '../screen/results.js';
import type { Screen } from '../screen/screen.js';

interface Options extends Partial<MethodOptions>, InputOptions, AudioOptions {
  readonly source?: string;
  readonly target?: string;
  readonly output?: string;
  readonly compact: boolean;
  readonly maxBytes?: number;
  readonly json?: true;
  readonly quiet?: true;
}

const EXAMPLES = `
The model is kept compact: the trials that agree best with the vote, in half precision, as many as fit the
bytes. Emotions in the target, if there are any, are not looked at.
Without --source it learns from EmoDB, which comes with the package (see satnmf predict --help).

Examples:
  satnmf fit --target recordings/ -o recordings.satnmf
  satnmf fit --source emodb.npy --target recordings.csv -o recordings.satnmf
  satnmf fit --source emodb.npy --target recordings.csv -o recordings.satnmf --max-bytes 2e6 --set r=64
  satnmf predict more-recordings.csv --model recordings.satnmf
`;

function parseBytes(text: string): number {
  const bytes = parseNumber(text);
  if (!(bytes > 0)) throw new InvalidArgumentError('It must be a number above 0.');
  return bytes;
}

/** Share of the target's rows that two models put into the same class, as new recordings. */
function agreement(one: Model, other: Model, { features }: Corpus): number {
  const [a, b] = [one.predict(features), other.predict(features)];
  return a.filter((emotion, i) => emotion === b[i]).length / a.length;
}

export function fitCommand(screen: Screen, exit: (code: ExitCode) => void): Command {
  const command = new Command('fit')
    .description('learn from a labelled and an unlabelled table, and write the model')
    .option('--source <table>', SOURCE)
    .option('--target <table>', 'table, or folder of recordings, to adapt to')
    .option('-o, --output <file>', 'where the model goes, such as recordings.satnmf')
    .option('--no-compact', 'keep every trial in full precision')
    .addOption(
      new Option('--max-bytes <bytes>', `largest size of the compact model (default: ${COMPACT_BYTES})`)
        .argParser(parseBytes)
        .conflicts('compact'),
    );
  addAudioOptions(addInputOptions(addMethodOptions(command, false)));
  addScreenOptions(command).addHelpText('after', EXAMPLES);
  return command.action(async (options: Options) => {
    const { maxBytes = COMPACT_BYTES, source: sourceFile } = options;
    const targetFile = need('fit', '--target <table>', options.target);
    const file = need('fit', '--output <file>', options.output);
    const method = methodFrom({ method: ['satnmf'], set: [], ...options });
    const inputs = await filesOfInputs([sourceFile, targetFile]);
    await checkOutput('output', file, inputs);
    const reader = { screen, exit, options };
    const source = await readSource(reader, sourceFile);
    const target = await readInput(reader, targetFile);
    const { model: full, task, seconds } = await fitOnTables(screen, method, source, target, options);
    const sourceRows = task.source.features.rows;
    const model = options.compact ? compact(full, { maxBytes }) : full;
    const bytes = model.toBytes();
    if (options.compact && bytes.length > maxBytes)
      screen.warn(
        `even with one trial the model has ${bytes.length} bytes, more than --max-bytes ${maxBytes}`,
      );
    const agreed = options.compact ? agreement(model, full, target) : null;
    await writeFiles([{ name: file, bytes }], { inputs, signal: screen.signal });

    const { options: settings, name } = method;
    const targetRows = target.features.rows;
    const { classes, iterations } = model;
    if (options.json)
      return screen.print(
        JSON.stringify({
          file,
          bytes: bytes.length,
          source: source.name,
          target: target.name,
          method: name,
          options: settings,
          classes,
          sourceRows,
          targetRows,
          iterations,
          seconds,
          agreement: agreed,
        }),
      );
    screen.print(
      `${file}: ${name}, ${classes.length} emotions (${classes.join(', ')}), ${bytes.length} bytes; ` +
        `learnt from ${sourceRows} rows of ${source.name} for ${targetRows} of ${target.name} ` +
        `in ${seconds.toFixed(1)} s`,
    );
    if (agreed !== null)
      screen.print(`It agrees with the full model on ${percent(agreed)} % of the target's rows.`);
  });
}
