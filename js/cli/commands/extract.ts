/**
 * `satnmf extract`: recordings to a table of features.
 *
 * @module
 */
import { basename, resolve } from 'node:path';
import { type Command as AnyCommand, Command, Option } from 'commander';
import { counted } from '../../data/quote.js';
import { SatnmfError } from '../../errors.js';
import type { Level } from '../../outside/node/extract/cache.js';
import { checkOutput, filesOfTable, writeTableFile } from '../../outside/node/files.js';
import { addAudioOptions, type AudioOptions } from '../options/audio-options.js';
import { extractInputs } from '../input/extraction.js';
import { filesOfRecordings } from '../input/inputs.js';
import { addScreenOptions, oneOfOption, need } from '../options/options.js';
import type { Screen } from '../screen/screen.js';

interface Options extends AudioOptions {
  readonly input?: readonly string[];
  readonly output?: string;
  readonly O?: string;
  readonly level?: Level;
  readonly labels?: string;
  readonly json?: true;
}

const EXAMPLES = `
Each recording becomes one row with the 6373 features of the ComParE-2013 set; with --level lld, one row every
10 ms with 65 low-level descriptors. Folders are searched with all folders inside them. Labels come from a
labels.csv (file, speaker, sex, emotion, text) in the folder, or from the file names of a known corpus (satnmf
corpora list). WAV needs nothing else; for MP3, FLAC and Ogg install mpg123-decoder, @wasm-audio-decoders/flac
or @wasm-audio-decoders/ogg-vorbis.

A recording that was extracted before is not extracted again, even if the file has another name now.

Examples:
  satnmf extract recordings/ -o recordings.npy
  satnmf extract "calls/**/*.wav" -o calls.csv --labels calls.csv --jobs 4
  satnmf extract wav/ -o emodb.npy --label-regex "^(?<speaker>..)(?<text>...)(?<emotion>.)" \\
    --label-map W=anger,L=boredom,E=disgust,A=fear,F=happiness,T=sadness,N=neutral
`;

const LEVELS = ['functionals', 'lld'] as const satisfies readonly Level[];

const OUTPUT_FORMATS = /\.(npy|csv|arff)$/i;

/** @throws {SatnmfError} `unsupported`, before an hour of work */
function checkFormat(file: string): void {
  if (OUTPUT_FORMATS.test(file)) return;
  throw new SatnmfError(
    'unsupported',
    `${file}: cannot be written: its extension must be .npy, .csv or .arff`,
    {
      file,
      expected: '.npy, .csv or .arff',
    },
  );
}

/** Name of the table. */
const nameOf = (output: string): string => basename(resolve(output)).replace(/\.[^.]*$/, '');

export function extractCommand(screen: Screen): AnyCommand {
  const command = new Command('extract')
    .description('turn recordings into a table of features')
    .argument('[recordings...]', 'audio files, folders, or patterns such as "*.wav"')
    .option('-I, --input <recordings...>', 'the same, as an option')
    .option('-o, --output <table>', 'table to write: .npy, .csv or .arff')
    .addOption(new Option('-O <table>', 'the same as --output').hideHelp())
    .addOption(oneOfOption('--level <name>', 'functionals or lld (default: functionals)', LEVELS))
    .addOption(
      new Option('--labels <table>', 'table of labels: file, speaker, sex, emotion, text').conflicts(
        'labelRegex',
      ),
    );
  addScreenOptions(addAudioOptions(command, false)).addHelpText('after', EXAMPLES);
  return command.action(async (given: string[], options: Options) => {
    const inputs = [...given, ...(options.input ?? [])];
    if (inputs.length === 0) need('extract', '<recordings...>', undefined);
    const output = need('extract', '--output <table>', options.output ?? options.O);
    const { labels, level = 'functionals' } = options;
    checkFormat(output);
    const recorded = await filesOfRecordings(inputs);
    const kept = labels === undefined ? recorded : [...recorded, labels];
    for (const file of /\.npy$/i.test(output) ? filesOfTable(output) : [output])
      await checkOutput('output', file, kept);

    const began = performance.now();
    const found = await extractInputs(screen, nameOf(output), inputs, options);
    await writeTableFile(found.table, output, { inputs: kept, signal: screen.signal });
    const { table, recordings, computed, cached, failed } = found;
    const { rows, cols: features } = table.features;
    const seconds = (performance.now() - began) / 1000;
    if (options.json)
      return screen.print(
        JSON.stringify({ output, level, rows, features, recordings, computed, cached, failed, seconds }),
      );
    const counts = [`${computed} extracted`, `${cached} from the cache`, `${failed.length} left out`];
    screen.print(
      `${output}: ${counted(rows, 'row')}, ${features} features; ` +
        `${counts.join(', ')}; ${seconds.toFixed(1)} s`,
    );
  });
}
