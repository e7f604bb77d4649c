/**
 * `satnmf suggest`: which recordings to listen to and label.
 *
 * @module
 */
import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { sharedCore } from '../../core/index.js';
import { concatenate, type Corpus, counted } from '../../data/index.js';
import { formatCsvLine } from '../../io/index.js';
import { checkOutput, textFile, writeFiles } from '../../outside/node/index.js';
import { emotionsOf } from '../../recogniser/recognition/index.js';
import { suggestRows } from '../../recogniser/index.js';
import { filesOfInputs, readInputs } from '../input/inputs.js';
import { readPretrained } from '../input/pretrained.js';
import { addAudioOptions, type AudioOptions } from '../options/audio-options.js';
import { addInputOptions, addScreenOptions, type InputOptions, parseWhole } from '../options/options.js';
import type { Screen } from '../screen/screen.js';

interface Options extends InputOptions, AudioOptions {
  readonly count: number;
  readonly pretrained: string;
  readonly output?: string;
  readonly json?: true;
}

const EXAMPLES = `
Thirty labels of your own recordings help more than any other thing. This names those that help most:
recordings of which the weights are not sure, and that stand for many others. Listen to them and write their
emotions into the table. As labels.csv in the folder of the recordings, every command finds it.

Examples:
  satnmf suggest recordings/ -n 30 -o recordings/labels.csv
  satnmf predict recordings/ --use-labels
`;

export function suggestCommand(screen: Screen): Command {
  const command = new Command('suggest')
    .description('name the recordings whose labels would help most')
    .argument('<inputs...>', 'tables, recordings, or folders of recordings')
    .option('-n, --count <count>', 'how many (default: 20)', parseWhole, 20)
    .option('--pretrained <name>', 'weights to begin with: open (default), research, or a file', 'open')
    .option('-o, --output <file>', 'write the table of labels to fill in there instead of to stdout');
  addScreenOptions(addAudioOptions(addInputOptions(command))).addHelpText('after', EXAMPLES);
  return command.action(async (files: string[], options: Options) => {
    const { output, count, emotions } = options;
    // A labels.csv that nobody wrote yet is no input.
    const inputs = (await filesOfInputs(files)).filter((file) => existsSync(file));
    if (output !== undefined) await checkOutput('output', output, inputs);
    const asked = emotions?.includes('all') === true ? 'all' : emotions;
    const weights = emotionsOf(await readPretrained(screen, options.pretrained), asked);
    const tables = (await readInputs({ screen, options }, files)).map(({ table }) => table);
    const target = concatenate(tables as [Corpus, ...Corpus[]]);
    const rows = await suggestRows(await sharedCore(), weights, target, count, screen.signal);
    const names = rows.map((row) => target.file[row] ?? String(row + 1));
    if (options.json) return screen.print(JSON.stringify({ suggestions: names, emotions: weights.classes }));
    const speakers = target.speaker.some((one) => one !== null);
    const lines = rows.map((row, i) =>
      formatCsvLine([names[i], ...(speakers ? [target.speaker[row] ?? ''] : []), '']),
    );
    lines.unshift(speakers ? 'file,speaker,emotion' : 'file,emotion');
    if (output === undefined) return screen.print(lines.join('\n'));
    await writeFiles([textFile(output, `${lines.join('\n')}\n`)], { inputs, signal: screen.signal });
    screen.note(
      `${output}: ${counted(rows.length, 'recording')} to label with ${weights.classes.join(', ')}; then predict with --use-labels`,
    );
  });
}
