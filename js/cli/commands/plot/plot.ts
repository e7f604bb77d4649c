/**
 * `satnmf plot`: one figure as SVG.
 *
 * @module
 */
import { Command } from 'commander';
import { checkOutput } from '../../../outside/node/index.js';
import { addFigureOptions, type FigureOptions, putFigure } from '../../figures/figure-output.js';
import { FIGURE_KINDS, type FigureKind } from '../../figures/figure-kinds.js';
import { loadFigures } from '../../figures/load-figures.js';
import { addScreenOptions } from '../../options/options.js';
import { plotMapCommand } from './map.js';
import { addRunChoice, chosenResults, type RunChoice } from '../../options/choose-runs.js';
import type { Screen } from '../../screen/screen.js';

const EXAMPLES = `
Examples:
  satnmf plot bars runs.jsonl --select target --method snmf,snmf-gamma,stnmf-lambda,satnmf -o figure2.svg
  satnmf plot sensitivity runs.jsonl --select target --method satnmf -o parameters.svg
  satnmf plot confusion runs.jsonl --select source-cv --scheme E2B > confusion.svg
  satnmf plot map --source emodb.npy --target emovo.npy -o map.svg
`;

const ABOUT: Readonly<Record<FigureKind, string>> = {
  bars: 'UAR by scheme and method, as Figure 2 of Luo & Han 2019',
  sensitivity: 'UAR against each parameter: of one method over schemes, or of several methods on one scheme',
  convergence: 'objective by iteration, of runs that kept it',
  confusion: 'confusion matrices of all methods on one scheme',
};

export function plotCommand(screen: Screen): Command {
  const command = new Command('plot').description('one figure as SVG').addHelpText('after', EXAMPLES);
  for (const kind of FIGURE_KINDS) command.addCommand(runsCommand(screen, kind));
  return command.addCommand(plotMapCommand(screen));
}

const KIND_EXAMPLES: Readonly<Record<FigureKind, readonly string[]>> = {
  bars: [
    'runs.jsonl --select target -o bars.svg',
    'runs.jsonl --select target --method snmf,snmf-gamma,stnmf-lambda,satnmf -o figure2.svg',
  ],
  sensitivity: [
    'runs.jsonl --select target --method satnmf -o parameters.svg',
    'runs.jsonl --select target --scheme E2B -o e2b.svg',
  ],
  convergence: ['runs.jsonl --select none -o objective.svg'],
  confusion: ['runs.jsonl --select source-cv --scheme E2B > confusion.svg'],
};

/** A figure of the runs of a sweep. */
function runsCommand(screen: Screen, kind: FigureKind): Command {
  const command = new Command(kind)
    .description(ABOUT[kind])
    .argument('<runs...>', 'stores of runs (JSON lines), taken together');
  addRunChoice(command);
  addScreenOptions(addFigureOptions(command)).addHelpText(
    'after',
    `\nExamples:\n${KIND_EXAMPLES[kind].map((rest) => `  satnmf plot ${kind} ${rest}\n`).join('')}`,
  );
  return command.action(async (files: string[], options: FigureOptions & RunChoice) => {
    if (options.output !== undefined) await checkOutput('output', options.output, files);
    const results = await chosenResults(screen, files, options);
    const { drawFigure } = await loadFigures();
    await putFigure(screen, kind, drawFigure(kind, results, options.title), options, files);
  });
}
