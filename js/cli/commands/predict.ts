/**
 * `satnmf predict`: the emotion of every row of some tables, by a fitted model or by a source to learn from.
 *
 * @module
 */
import { Command, Option } from 'commander';
import type { Classification, Model } from '../../contract/index.js';
import { checkColumns, concatenate, type Corpus, counted, matrix } from '../../data/index.js';
import { formatCsvLine } from '../../io/index.js';
import { explain } from '../../learn/model/index.js';
import { checkOutput, loadModelFile, textFile, writeFiles } from '../../outside/node/index.js';
import { type Recognition, recognitionsOf } from '../../recogniser/recognition/index.js';
import {
  addFitOptions,
  addLearntOptions,
  type FitCommandOptions,
  readLearnt,
} from '../fitting/fit-command.js';
import { fitOnTables } from '../fitting/fit-on-tables.js';
import { filesOfInputs, readInputs } from '../input/inputs.js';
import { methodFrom } from '../options/options.js';
import type { Screen } from '../screen/screen.js';

interface Options extends FitCommandOptions {
  readonly model?: string;
  readonly explain?: true;
  readonly force?: true;
}

const EXAMPLES = `
It begins with weights that were trained on labelled recordings, and with 20 inputs or more it adapts them to
these: so classify a whole corpus at once. The weights "open" come with the package (EmoDB and CREMA-D). They
answer anger, fear, happiness, neutral and sadness, unless --emotions names others. With --source you name
labelled recordings of your own, in their place or beside them (with --pretrained). Emotions of the inputs are
not looked at, unless --use-labels says so. Recordings without speech get no emotion.

It helps most to know who speaks: put the recordings of each speaker into a folder, or name speakers in
labels.csv.

Examples:
  satnmf predict recordings/
  satnmf predict recordings/ -o emotions.csv --explain
  satnmf predict recordings/ --emotions anger,neutral
  satnmf predict recordings/ --use-labels                   labels.csv tells the emotions of some of them
  satnmf predict recordings/ --pretrained research          better, for non-commercial use only
  satnmf predict recordings.csv --source emodb.npy --source cremad.npy
  satnmf predict monday.npy tuesday.npy --source emodb.npy --method satnmf --preset paper
  satnmf predict more.csv --model recordings.satnmf --json
`;

const ONLY_WITHOUT_MODEL =
  'source pretrained useLabels emotions method preset normalize trials seed fast set'.split(' ');

export function predictCommand(screen: Screen): Command {
  const command = new Command('predict')
    .description('predict the emotion of every recording, with probabilities, as CSV')
    .argument('<inputs...>', 'tables, recordings, or folders of recordings; they are classified together')
    .addOption(new Option('--model <file>', 'model that `satnmf fit` wrote').conflicts(ONLY_WITHOUT_MODEL));
  addLearntOptions(command)
    .option('--force', 'answer an emotion also where there is no speech')
    .option('--explain', 'print on stderr what was chosen, and why')
    .option('-o, --output <file>', 'write there instead of to stdout');
  addFitOptions(command).addHelpText('after', EXAMPLES);
  return command.action(async (files: string[], options: Options) => {
    const { model: modelFile, source = [], output } = options;
    const method = modelFile === undefined ? methodFrom(options) : null;
    const given = await filesOfInputs([...files, ...source]);
    const inputs = modelFile === undefined ? given : [...given, modelFile];
    if (output !== undefined) await checkOutput('output', output, inputs);

    const reader = { screen, options };
    // What cannot be read is said before the recordings are listened to.
    const saved =
      modelFile === undefined ? undefined : await loadModelFile(modelFile, { signal: screen.signal });
    const learnt = method === null ? undefined : await readLearnt(reader, options, [method]);
    const tables = (await readInputs(reader, files)).map(({ table, path }) => named(table, path));
    const target = concatenate(tables as [Corpus, ...Corpus[]]);
    let model: Model;
    let said: Classification;
    let explanation: string[];
    if (saved !== undefined) {
      model = saved;
      checkColumns(asRows(modelFile as string, model.columns), target);
      said = model.classify(target.features);
      explanation = [`The answers are those of the model ${modelFile as string}, fitted by ${model.method}.`];
    } else {
      const fitted = await fitOnTables(screen, method as never, learnt as never, target, options);
      model = fitted.model;
      said = model.classify();
      explanation = explain(fitted.task, model);
    }
    const answers = recognitionsOf(said, model.classes, target.features, {
      columns: target.columns,
      ...(learnt?.weights && { weights: learnt.weights }),
      remarks: remarksIn(target),
      force: options.force ?? false,
    });
    for (const sentence of options.json || !options.explain ? [] : explanation) screen.say(sentence);
    const rows = answers.map((answer, i) => ({ file: target.file[i] ?? '', ...answer }));
    const { method: name, classes } = model;
    const text = options.json
      ? JSON.stringify({ method: name, classes, predictions: rows, ...(options.explain && { explanation }) })
      : csvOf(classes, rows);
    if (output === undefined) return screen.print(text);
    await writeFiles([textFile(output, `${text}\n`)], { inputs, signal: screen.signal });
    screen.note(`${output}: ${counted(rows.length, 'row')}`);
  });
}

const number = (value: number | null | undefined): string =>
  value === null || value === undefined ? '' : value.toFixed(4);

/** A line a recording; cells of an answer that there is not are empty. */
function csvOf(
  classes: readonly string[],
  rows: readonly ({ readonly file: string } & Recognition)[],
): string {
  const head = ['file', 'emotion', 'confidence', 'second', 'arousal', 'valence'];
  const lines = rows.map(({ file, emotion, confidence, second, arousal, valence, probabilities, remarks }) =>
    formatCsvLine([
      ...[file, emotion ?? '', number(confidence), second ?? '', number(arousal), number(valence)],
      ...classes.map((name) => number(probabilities[name])),
      remarks.join('; '),
    ]),
  );
  return [formatCsvLine([...head, ...classes.map((name) => `p_${name}`), 'remarks']), ...lines].join('\n');
}

/** Remarks that came with the recordings: what their samples told. */
function remarksIn({ extra, file }: Corpus): string[][] {
  const told = extra['remarks'] as readonly (string | null)[] | undefined;
  return file.map((_, i) => (told?.[i] ?? '').split('; ').filter((one) => one !== ''));
}

/** A table without rows, to compare features with. */
const asRows = (name: string, columns: readonly string[]) => ({
  name,
  columns,
  features: matrix(0, columns.length),
});

/** Rows that the table does not name are called by their place in it. */
function named(table: Corpus, path: string): Corpus {
  return { ...table, file: table.file.map((file, i) => file ?? `${path}#${i + 1}`) };
}
