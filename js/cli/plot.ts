/**
 * `satnmf plot`: one figure of the runs of a sweep, as SVG.
 *
 * @module
 */
import { Argument, Command } from 'commander';
import { checkOutput, writeFiles } from '../node/index.js';
import { addScreenOptions } from './options.js';
import { addRunOptions, resultsFrom, type RunOptions } from './run-options.js';
import type { Screen } from './screen.js';

const KINDS = ['bars', 'sensitivity', 'convergence', 'confusion'] as const;
export type FigureKind = (typeof KINDS)[number];

interface Options extends RunOptions {
  readonly output?: string;
  readonly title?: string;
  readonly json?: true;
  readonly quiet?: true;
}

const EXAMPLES = `
bars           UAR by scheme and method, as Figure 2 of Luo & Han 2019
sensitivity    UAR against each parameter: of one method over schemes, or of several methods on one scheme
convergence    objective by iteration, of runs that kept it
confusion      confusion matrices of all methods on one scheme

Examples:
  satnmf plot bars runs.jsonl --select target --method snmf,snmf-gamma,stnmf-lambda,satnmf -o figure2.svg
  satnmf plot sensitivity runs.jsonl --select target --method satnmf -o parameters.svg
  satnmf plot confusion runs.jsonl --select source-cv --scheme E2B > confusion.svg
`;

export function plotCommand(screen: Screen): Command {
  const command = new Command('plot')
    .description('one figure of the runs of a sweep, as SVG')
    .addArgument(new Argument('<kind>', 'what it shows').choices(KINDS))
    .argument('<runs...>', 'stores of runs (JSON lines), taken together');
  addRunOptions(command)
    .option('--title <text>', 'title of the figure')
    .option('-o, --output <file>', 'write there instead of to stdout');
  addScreenOptions(command).addHelpText('after', EXAMPLES);
  return command.action(async (kind: FigureKind, files: string[], options: Options) => {
    const { output, title, json, quiet } = options;
    if (output !== undefined) await checkOutput('output', output, files);
    const results = await resultsFrom(screen, files, options);
    const { drawFigure } = await import('./figures.js');
    const { svg, ...about } = drawFigure(kind, results, title);
    if (output !== undefined) {
      const bytes = new TextEncoder().encode(`${svg}\n`);
      await writeFiles([{ name: output, bytes }], { inputs: files, signal: screen.signal });
      if (!json && !quiet) screen.note(`${output}: ${about.title}`);
    }
    if (json)
      screen.print(
        JSON.stringify({ kind, ...about, ...(output === undefined ? { svg } : { file: output }) }),
      );
    else if (output === undefined) screen.print(svg);
  });
}
