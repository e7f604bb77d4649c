/**
 * `satnmf predict`: the emotion of every row of some tables, by a fitted model or by a source to learn from.
 *
 * @module
 */
import { Command, Option } from 'commander';
import { checkColumns } from '../../data/check.js';
import { concatenate } from '../../data/concatenate.js';
import type { Corpus } from '../../data/corpus.js';
import { matrix } from '../../data/matrix.js';
import { counted } from '../../data/quote.js';
import { formatCsvLine } from '../../io/csv.js';
import { explain } from '../../learn/model/explain.js';
import type { Classification, Model } from '../../contract/method.js';
import { loadModelFile } from '../../outside/node/models.js';
import { checkOutput, textFile, writeFiles } from '../../outside/node/files.js';
import { fitOnTables } from '../fitting/fit-on-tables.js';
import { filesOfInputs, readInputs, readSource } from '../input/inputs.js';
import { methodFrom } from '../options/options.js';
import { addFitOptions, addSourceOption, type FitCommandOptions } from '../fitting/fit-command.js';
import type { Screen } from '../screen/screen.js';

interface Options extends FitCommandOptions {
  readonly model?: string;
  readonly explain?: true;
}

const EXAMPLES = `
Without --model, the method adapts to the inputs, so classify a whole corpus at once: that works better than a
few recordings at a time. Emotions in the inputs, if there are any, are not used.
Without --source too, it learns from EmoDB, which comes with the package: 535 utterances of German actors in
seven emotions. EmoDB has the features of "satnmf extract" (ComParE-2013), so the inputs must have them too.

Examples:
  satnmf predict recordings/
  satnmf predict recordings/ --source emodb.npy
  satnmf predict recordings.csv --source emodb.npy
  satnmf predict monday.npy tuesday.npy --source emodb.npy --preset paper -o emotions.csv
  satnmf predict recordings/ --fast
  satnmf predict recordings/ --explain -o emotions.csv
  satnmf predict more.csv --model emodb-to-recordings.satnmf --json
`;

const ONLY_WITH_SOURCE = 'source emotions method preset normalize trials seed fast set explain'.split(' ');

export function predictCommand(screen: Screen): Command {
  const command = new Command('predict')
    .description('predict the emotion of every row, as CSV: file, emotion, confidence')
    .argument('<inputs...>', 'tables, recordings, or folders of recordings; they are classified together')
    .addOption(new Option('--model <file>', 'model that `satnmf fit` wrote').conflicts(ONLY_WITH_SOURCE));
  addSourceOption(command)
    .option('--explain', 'print on stderr what was chosen, and why')
    .option('-o, --output <file>', 'write there instead of to stdout');
  addFitOptions(command).addHelpText('after', EXAMPLES);
  return command.action(async (files: string[], options: Options) => {
    const { model: modelFile, source: sourceFile, output } = options;
    const method = modelFile === undefined ? methodFrom(options) : null;
    const given = await filesOfInputs([...files, sourceFile]);
    const inputs = modelFile === undefined ? given : [...given, modelFile];
    if (output !== undefined) await checkOutput('output', output, inputs);

    const reader = { screen, options };
    const tables = (await readInputs(reader, files)).map(({ table, path }) => named(table, path));
    const target = concatenate(tables as [Corpus, ...Corpus[]]);
    let model: Model;
    let said: Classification;
    let explanation: string[] = [];
    if (method === null) {
      const file = modelFile as string;
      model = await loadModelFile(file, { signal: screen.signal });
      checkColumns(asRows(file, model.columns), target);
      said = model.classify(target.features);
    } else {
      const source = await readSource(reader, sourceFile);
      const fitted = await fitOnTables(screen, method, source, target, options);
      model = fitted.model;
      said = model.classify();
      if (options.explain) explanation = explain(fitted.task, model);
    }
    const rows = target.file.map((file, i) => ({
      file: file ?? '',
      emotion: said.emotions[i],
      confidence: said.confidence[i],
    }));
    for (const sentence of options.json ? [] : explanation) screen.say(sentence);
    const { method: name, classes } = model;
    const lines = rows.map(({ file, emotion, confidence }) =>
      formatCsvLine([file, emotion, confidence.toFixed(4)]),
    );
    const text = options.json
      ? JSON.stringify({ method: name, classes, predictions: rows, ...(options.explain && { explanation }) })
      : ['file,emotion,confidence', ...lines].join('\n');
    if (output === undefined) return screen.print(text);
    await writeFiles([textFile(output, `${text}\n`)], { inputs, signal: screen.signal });
    screen.note(`${output}: ${counted(rows.length, 'row')}`);
  });
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
