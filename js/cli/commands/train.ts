/**
 * `satnmf train`: weights from labelled corpora, as a file.
 *
 * @module
 */
import { Command } from 'commander';
import { chooseEmotions, counted, selectEmotions } from '../../data/index.js';
import { SatnmfError } from '../../errors.js';
import { nameOfLearnt } from '../../experiment/index.js';
import { checkOutput, writeFiles } from '../../outside/node/index.js';
import { train } from '../../recogniser/index.js';
import { addSourceOption } from '../fitting/fit-command.js';
import { filesOfInputs, readInput } from '../input/inputs.js';
import { addAudioOptions, type AudioOptions } from '../options/audio-options.js';
import { addInputOptions, addScreenOptions, type InputOptions, need } from '../options/options.js';
import { showCount } from '../screen/progress.js';
import type { Screen } from '../screen/screen.js';

interface Options extends InputOptions, AudioOptions {
  readonly source?: readonly string[];
  readonly output?: string;
  readonly name?: string;
  readonly licence?: readonly string[];
  readonly json?: true;
}

const EXAMPLES = `
Each corpus weighs the same, however many recordings it has, and so does each of its emotions. Corpora may
lack emotions that others have. The more corpora, the better the weights hold on recordings that nobody
labelled.

Examples:
  satnmf train --source EmoDB/ --source CREMA-D/ -o mine.satnmf
  satnmf train --source emodb.npy --source cremad.npy --emotions anger,neutral -o mine.satnmf
  satnmf predict recordings/ --pretrained mine.satnmf
`;

const collect = (value: string, before: readonly string[] | undefined): string[] => [
  ...(before ?? []),
  value,
];

export function trainCommand(screen: Screen): Command {
  const command = addSourceOption(new Command('train'))
    .description('train weights on labelled corpora, for predict, evaluate and fit')
    .option('-o, --output <file>', 'file to write the weights to, such as mine.satnmf')
    .option('--name <name>', 'what the weights are called (default: the names of the corpora)')
    .option('--licence <text>', 'licence of a source, in the order of the sources; repeatable', collect);
  addScreenOptions(addAudioOptions(addInputOptions(command))).addHelpText('after', EXAMPLES);
  return command.action(async (options: Options) => {
    const { source = [], licence = [], emotions, name } = options;
    const output = need('train', '--output <file>', options.output);
    need('train', '--source <table>', source[0]);
    if (licence.length > source.length)
      throw new SatnmfError(
        'bad-argument',
        `"--licence" was given ${licence.length} times for ${counted(source.length, 'source')}`,
        { argument: 'licence', expected: `at most ${source.length}`, actual: String(licence.length) },
      );
    const inputs = await filesOfInputs(source);
    await checkOutput('output', output, inputs);
    const reader = { screen, options };
    const sources = [];
    for (const path of source) sources.push(await readInput(reader, path));
    const taught = { name: nameOfLearnt({ sources }), emotion: sources.flatMap(({ emotion }) => emotion) };
    const chosen =
      emotions === undefined || emotions.includes('all') ? null : chooseEmotions(taught, taught, emotions);
    const corpora = sources.map((corpus, q) => ({
      corpus: chosen === null ? corpus : selectEmotions(corpus, chosen),
      ...(licence[q] !== undefined && { licence: licence[q] }),
    }));
    const display = showCount(screen, STEPS.length);
    const began = performance.now();
    const weights = await train(corpora, {
      ...(name !== undefined && { name }),
      signal: screen.signal,
      onProgress: ({ phase }) => display.show(STEPS.indexOf(phase), phase),
    }).finally(() => display.end());
    const seconds = (performance.now() - began) / 1000;
    const bytes = weights.toBytes();
    await writeFiles([{ name: output, bytes }], { inputs, signal: screen.signal });
    const { classes } = weights;
    const about = { file: output, bytes: bytes.length, name: weights.name, classes };
    if (options.json) return screen.print(JSON.stringify({ ...about, corpora: weights.corpora, seconds }));
    screen.print(
      `${output}: weights of ${classes.length} emotions (${classes.join(', ')}), ${bytes.length} bytes; trained on ` +
        `${weights.corpora.map((one) => `${one.name} (${counted(one.rows, 'row')})`).join(', ')} in ${seconds.toFixed(1)} s`,
    );
  });
}

/** Phases of training in their order. */
const STEPS = ['scaling', 'products', 'weights', 'leaving out', 'confidence'];
