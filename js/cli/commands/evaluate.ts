/**
 * `satnmf evaluate`: methods on a pair of labelled corpora, against the target's true emotions.
 *
 * @module
 */
import { Command } from 'commander';
import { PURPOSE, random, sharedCore } from '../../core/index.js';
import { classesOf, type Corpus, counted } from '../../data/index.js';
import { type Learnt, nameOfLearnt, type Pair, pairFrom } from '../../experiment/index.js';
import { SatnmfError } from '../../errors.js';
import { isSameFile } from '../../outside/node/index.js';
import { trainedRows } from '../../recogniser/index.js';
import {
  addFitOptions,
  addLearntOptions,
  type FitCommandOptions,
  readTables,
} from '../fitting/fit-command.js';
import { runEvaluations } from '../fitting/evaluations.js';
import { methodsFrom, parseWhole } from '../options/options.js';
import { printResults } from '../screen/results.js';
import type { Screen } from '../screen/screen.js';

interface Options extends FitCommandOptions {
  readonly reveal?: number;
  readonly revealSeed: number;
}

const EXAMPLES = `
Without --source it begins with the weights "open", which come with the package. Only emotions that both sides
have are used, or those that --emotions names. A fit does not see the target's emotions; they are used for the
scores when it is over. With --reveal 30 the methods are shown the emotions of 30 random rows, and only the
others are scored.

Examples:
  satnmf evaluate --target recordings/                        with a labels.csv (file,speaker,emotion) in it
  satnmf evaluate --source emodb.npy --source cremad.npy --target recordings.csv
  satnmf evaluate --target recordings/ --reveal 30
  satnmf evaluate --source EmoDB/ --target CASIA/             folders of known corpora (satnmf corpora list)
  satnmf evaluate --source emodb.npy --target emovo.npy --method all --preset paper --emotions anger,sadness
  satnmf evaluate --source a.arff --target b.arff --set satnmf.r=64 --set svm.C=0.01 --json
`;

export function evaluateCommand(screen: Screen): Command {
  const command = addLearntOptions(new Command('evaluate'))
    .description('fit methods to two labelled tables and score their answers against the target’s emotions')
    .option('--target <table>', 'table, or folder of recordings, to classify; its emotions are the truth')
    .option(
      '--reveal <count>',
      'show the methods the emotions of so many random rows of the target',
      parseWhole,
    )
    .option('--reveal-seed <number>', 'seed of these rows (default: 1)', parseWhole, 1);
  addFitOptions(command, true).addHelpText('after', EXAMPLES);
  return command.action(async (options: Options) => {
    const methods = methodsFrom(options, ['linear', 'self-training']);
    const { target: given, sources, weights } = await readTables(screen, 'evaluate', options, methods);
    for (const learnt of options.source ?? [])
      if (await isSameFile(learnt, options.target ?? ''))
        screen.warn(
          'source and target are the same file, so the methods learn from the labels they are scored by',
        );
    const learnt: Learnt = { sources, ...(weights && { weights }) };
    const asked = options.emotions?.includes('all') === true ? undefined : options.emotions;
    const pair = await revealed(pairFrom(learnt, given, asked), options);
    const { target, classes } = pair;
    tellLeftOut(screen, learnt, given, classes);
    tellTrained(screen, learnt, target);
    const sourceRows = pair.sources.map(({ name, features }) => ({ name, rows: features.rows }));
    const rows = sourceRows.reduce((sum, one) => sum + one.rows, 0);
    const { results, failed } = await runEvaluations(screen, methods, pair, options);
    const source = nameOfLearnt(learnt);
    const targetRows = target.features.rows;
    if (options.json) {
      const about = {
        source,
        sources: sourceRows,
        target: target.name,
        classes,
        sourceRows: rows,
        targetRows,
      };
      screen.print(JSON.stringify({ ...about, results }));
    } else {
      screen.print(
        `${source}${rows > 0 ? ` (${rows} rows)` : ''} → ${target.name} (${targetRows} rows), ` +
          `${target.features.cols} features, ${classes.length} emotions: ${classes.join(', ')}\n`,
      );
      printResults(screen, classes, results);
    }
    if (failed > 0) screen.partly();
  });
}

/** The pair with some random rows of the target whose emotions are shown to the methods. */
async function revealed(pair: Pair, { reveal = 0, revealSeed, useLabels }: Options): Promise<Pair> {
  const { emotion } = pair.target;
  if (useLabels === true && reveal === 0)
    throw new SatnmfError(
      'bad-argument',
      '"--use-labels" would show evaluate all emotions and leave none to score; --reveal 30 shows 30 of them',
      { argument: 'use-labels' },
    );
  if (reveal === 0) return pair;
  if (reveal >= emotion.length)
    throw new SatnmfError(
      'bad-argument',
      `"--reveal" must be less than the ${emotion.length} rows of the target, or none is left to score; got ${reveal}`,
      { argument: 'reveal', expected: `less than ${emotion.length}`, actual: String(reveal) },
    );
  const core = await sharedCore();
  const rows = Int32Array.from(emotion.keys());
  core.scoped(() => random(core, revealSeed, PURPOSE.revealed).shuffle(rows));
  const shown = new Set(rows.subarray(0, reveal));
  return { ...pair, known: emotion.map((one, i) => (shown.has(i) ? one : null)) };
}

/** Says which emotions of either side are not used. */
function tellLeftOut(
  screen: Screen,
  { sources, weights }: Learnt,
  target: Corpus,
  classes: readonly string[],
): void {
  const rest = (emotions: readonly string[]) => emotions.filter((one) => !classes.includes(one));
  const taught = weights?.classes ?? classesOf(sources.flatMap(({ emotion }) => [...emotion]));
  const [left, lost] = [rest(taught), rest(classesOf(target.emotion))];
  const rows = target.emotion.filter((one) => one !== null && lost.includes(one)).length;
  if (lost.length > 0)
    screen.note(
      `Not used: ${counted(rows, 'row')} of ${target.name} (${lost.join(', ')}), which are not learnt.`,
    );
  if (left.length > 0) screen.note(`Not answered: ${left.join(', ')}, which ${target.name} does not have.`);
}

/** Weights that were trained on the target's recordings know the answers. */
function tellTrained(screen: Screen, { weights }: Learnt, { name, features }: Corpus): void {
  if (weights === undefined) return;
  const rows = trainedRows(weights, features);
  // Some rows count by accident.
  if (rows > 2 + features.rows / 100)
    screen.warn(
      `the weights "${weights.name}" were trained on ${rows} of the ${features.rows} rows of ${name}: the figures are not honest`,
    );
}
