/**
 * `satnmf report`: the tables of an experiment from its runs.
 *
 * @module
 */
import { extname } from 'node:path';
import { Command } from 'commander';
import { sharedCore } from '../../core/index.js';
import { SatnmfError } from '../../errors.js';
import type { Adaptation } from '../../experiment/maps/index.js';
import { csvReport, latexReport, markdownReport, reportOf } from '../../experiment/report/index.js';
import {
  type Entry,
  type Results,
  type Significance,
  significanceOf,
} from '../../experiment/results/index.js';
import { METHOD_NAMES } from '../../methods/index.js';
import { checkOutput, textFile, writeFiles } from '../../outside/node/index.js';
import { loadFigures } from '../figures/load-figures.js';
import { mapsOf } from '../fitting/maps.js';
import { addScreenOptions, choiceOption, oneOfOption, parseWhole } from '../options/options.js';
import { addRunChoice, chosenResults, type RunChoice } from '../options/choose-runs.js';
import type { Screen } from '../screen/screen.js';
import { readSweep } from './sweep/inputs.js';

interface Options extends RunChoice {
  readonly format?: Format;
  readonly output?: readonly string[];
  readonly reference?: string;
  readonly resamples?: number;
  readonly seed?: number;
  readonly title?: string;
  readonly maps?: string;
  readonly json?: true;
}

/** What a format is made of. */
interface Made {
  readonly results: Results;
  readonly significance: Significance | null;
  readonly title: string | undefined;
  /** Of schemes, for the page. */
  readonly maps: readonly { readonly scheme: string; readonly map: Adaptation }[];
}

const FORMATS = {
  markdown: ({ results, significance, title }: Made) =>
    markdownReport(reportOf(results, significance, title)),
  csv: ({ results, significance }: Made) => csvReport(results, significance),
  latex: ({ results, significance, title }: Made) => latexReport(reportOf(results, significance, title)),
  // Figures, and what draws them, are loaded when they are asked for.
  html: async ({ results, significance, title, maps }: Made) =>
    (await loadFigures()).htmlReport(results, reportOf(results, significance, title), maps),
} as const satisfies Record<string, (made: Made) => string | Promise<string>>;

type Format = keyof typeof FORMATS;
const NAMES = Object.keys(FORMATS) as Format[];

const EXTENSIONS: Readonly<Record<string, Format>> = {
  '.md': 'markdown',
  '.csv': 'csv',
  '.tex': 'latex',
  '.html': 'html',
};

const EXAMPLES = `
Rows are schemes and columns are methods, as in Table 3 of Luo & Han 2019. The extension of a file decides its
format: .md, .csv, .tex (for \\input, with booktabs, graphicx and longtable) or .html (one page with figures,
which loads nothing from the network).

Examples:
  satnmf report runs.jsonl --select target
  satnmf report runs.jsonl --select target -o report.html -o table.tex -o table.csv
  satnmf report shard-*.jsonl --select source-cv --reference tnmf --json
`;

export function reportCommand(screen: Screen): Command {
  const command = new Command('report')
    .description('tables, significance and figures of the runs of a sweep')
    .argument('<runs...>', 'stores of runs (JSON lines), taken together');
  addRunChoice(command)
    .addOption(
      choiceOption(
        '--reference <method>',
        'method to compare the others with (default: satnmf, or else the best)',
        METHOD_NAMES,
      ),
    )
    .option(
      '--resamples <count>',
      'number of draws of the bootstrap (default: 10000); 0 makes no comparison',
      parseWhole,
    )
    .option('--seed <number>', 'seed of the bootstrap (default: 1)', parseWhole)
    .option('--title <text>', 'title of the report')
    .option(
      '--maps <plan>',
      'plan of the sweep: the HTML page gets a map of the codes for every scheme; each needs a fit of satnmf',
    )
    .addOption(
      oneOfOption(
        '--format <name>',
        `format of what is printed: ${NAMES.join(', ')} (default: markdown)`,
        NAMES,
      ),
    )
    .option(
      '-o, --output <file>',
      'write there instead of to stdout; repeatable',
      (file: string, before: readonly string[] = []) => [...before, file],
    );
  addScreenOptions(command).addHelpText('after', EXAMPLES);
  return command.action(async (files: string[], options: Options) => {
    const { output = [], format, title } = options;
    const outputs = output.map((name) => ({ name, format: formatOf(name, format) }));
    const check = async (read: readonly string[]): Promise<void> => {
      for (const { name } of outputs) await checkOutput('output', name, read);
    };
    await check(files);
    const results = await chosenResults(screen, files, options);
    const sweep =
      options.maps === undefined ? null : await readSweep({ screen, options: {} }, options.maps, check);
    const maps = sweep === null ? [] : await mapsOf(screen, results, sweep.schemes);
    const inputs = [...files, ...(sweep?.files ?? [])];
    const made = { results, significance: await compared(results, options), title, maps };
    const written = [];
    for (const one of outputs) {
      written.push(textFile(one.name, await FORMATS[one.format](made)));
    }
    await writeFiles(written, { inputs, signal: screen.signal });
    if (options.json) screen.print(JSON.stringify(plain(made, output)));
    else if (outputs.length === 0) screen.print((await FORMATS[format ?? 'markdown'](made)).trimEnd());
    else for (const { name, bytes } of written) screen.note(`${name}: ${bytes.length} bytes`);
  });
}

function formatOf(file: string, asked: Format | undefined): Format {
  const extension = extname(file).toLowerCase();
  if (Object.hasOwn(EXTENSIONS, extension)) return EXTENSIONS[extension];
  if (asked !== undefined) return asked;
  const expected = Object.keys(EXTENSIONS).join(', ');
  throw new SatnmfError(
    'bad-argument',
    `"output": ${file} must end in ${expected}, or "--format" must name a format`,
    { argument: 'output', file, expected, actual: extension },
  );
}

async function compared(results: Results, options: Options): Promise<Significance | null> {
  if (options.resamples === 0) return null;
  const core = await sharedCore();
  return core.exclusive(async () => significanceOf(core, results, options));
}

/** The report as plain data; figures are fractions. */
function plain({ results, significance }: Made, files: readonly string[]): object {
  const { criterion, schemes, methods, entries, averages } = results;
  const plainEntry = (entry: Entry): object => {
    const { method, searched, failed, chosen } = entry;
    if (chosen === null) return { method, searched, failed, why: entry.why };
    const { uar, war, options, varied, runs } = chosen;
    return { method, searched, failed, uar, war, options, varied, seeds: runs.map(({ seed }) => seed) };
  };
  return {
    selection: criterion,
    oracle: criterion === 'target',
    methods,
    schemes: schemes.map(({ scheme, source, target, classes }, i) => {
      const found = entries[i].filter((entry) => entry !== null).map(plainEntry);
      return { scheme, source, target, classes, results: found };
    }),
    averages: methods.map((method, j) => ({ method, ...averages[j] })),
    significance,
    files,
  };
}
