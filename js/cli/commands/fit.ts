/**
 * `satnmf fit`: a model for new recordings of the target, as a file.
 *
 * @module
 */
import { Command, InvalidArgumentError, Option } from 'commander';
import type { Corpus } from '../../data/index.js';
import { compact, COMPACT_BYTES } from '../../learn/model/index.js';
import { type Model, sourcesOf } from '../../contract/index.js';
import { nameOfLearnt } from '../../experiment/index.js';
import { writeFiles } from '../../outside/node/index.js';
import { fitOnTables } from '../fitting/fit-on-tables.js';
import { methodFrom, need, parseNumber } from '../options/options.js';
import {
  addFitOptions,
  addLearntOptions,
  type FitCommandOptions,
  readTables,
} from '../fitting/fit-command.js';
import { percent } from '../screen/results.js';
import type { Screen } from '../screen/screen.js';

interface Options extends FitCommandOptions {
  readonly compact: boolean;
  readonly maxBytes?: number;
}

const EXAMPLES = `
The model is compact: in half precision, with the trials that agree best with the vote, as many as --max-bytes
allows. Emotions in the target, if there are any, are not used.
Without --source and --pretrained it begins with the weights "open", which come with the package (see satnmf
predict --help).

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

export function fitCommand(screen: Screen): Command {
  const command = addLearntOptions(new Command('fit'))
    .description('learn from a labelled and an unlabelled table, and write the model')
    .option('--target <table>', 'table, or folder of recordings, to adapt to')
    .option('-o, --output <file>', 'file to write the model to, such as recordings.satnmf')
    .option('--no-compact', 'keep every trial in full precision')
    .addOption(
      new Option('--max-bytes <bytes>', `largest size of the compact model (default: ${COMPACT_BYTES})`)
        .argParser(parseBytes)
        .conflicts('compact'),
    );
  addFitOptions(command).addHelpText('after', EXAMPLES);
  return command.action(async (options: Options) => {
    const { maxBytes = COMPACT_BYTES } = options;
    const file = need('fit', '--output <file>', options.output);
    const method = methodFrom(options);
    const { target, inputs, ...learnt } = await readTables(screen, 'fit', options, [method]);
    const { model: full, task, seconds } = await fitOnTables(screen, method, learnt, target, options);
    const source = nameOfLearnt(learnt);
    const sourceRows = sourcesOf(task).reduce((sum, one) => sum + one.features.rows, 0);
    const model = options.compact ? compact(full, { maxBytes }) : full;
    const bytes = model.toBytes();
    if (options.compact && bytes.length > maxBytes)
      screen.warn(
        `even with one trial the model has ${bytes.length} bytes, more than --max-bytes ${maxBytes}`,
      );
    const agreed = options.compact ? agreement(model, full, target) : null;
    await writeFiles([{ name: file, bytes }], { inputs, signal: screen.signal });

    const targetRows = target.features.rows;
    const { classes, iterations } = model;
    if (options.json) {
      const about = { file, bytes: bytes.length, source, target: target.name };
      const sources = learnt.sources.map(({ name, features }) => ({ name, rows: features.rows }));
      const how = { method: method.name, options: method.options, classes, sources, sourceRows, targetRows };
      return screen.print(JSON.stringify({ ...about, ...how, iterations, seconds, agreement: agreed }));
    }
    screen.print(
      `${file}: ${method.name}, ${classes.length} emotions (${classes.join(', ')}), ${bytes.length} bytes; ` +
        `learnt from ${learnt.weights === undefined ? `${sourceRows} rows of ` : ''}${source} for ${targetRows} of ${target.name} ` +
        `in ${seconds.toFixed(1)} s`,
    );
    if (agreed !== null)
      screen.print(`It agrees with the full model on ${percent(agreed)} % of the target's rows.`);
  });
}
