/**
 * `satnmf plot map`: both corpora before and after adaptation.
 *
 * @module
 */
import { Command } from 'commander';
import { pairFrom } from '../../../experiment/index.js';
import { addFigureOptions, type FigureOptions, putFigure } from '../../figures/figure-output.js';
import { loadFigures } from '../../figures/load-figures.js';
import {
  addFitOptions,
  addSourceOption,
  type FitCommandOptions,
  readTables,
} from '../../fitting/fit-command.js';
import { fitMap } from '../../fitting/maps.js';
import { methodFrom } from '../../options/options.js';
import type { Screen } from '../../screen/screen.js';

const EXAMPLES = `
Examples:
  satnmf plot map --source emodb.npy --target emovo.npy -o map.svg
  satnmf plot map --target recordings/ --method tnmf > map.svg
`;

export function plotMapCommand(screen: Screen): Command {
  const command = addSourceOption(new Command('map'))
    .description('both corpora on the plane of two principal components, before and after adaptation')
    .option('--target <table>', 'table, or folder of recordings, with emotions to colour it by');
  addFitOptions(addFigureOptions(command)).addHelpText('after', EXAMPLES);
  return command.action(async (options: FitCommandOptions & FigureOptions) => {
    const method = methodFrom(options, ['satnmf']);
    const { target, inputs, ...learnt } = await readTables(screen, 'plot map', options, [method]);
    const map = await fitMap(screen, method, pairFrom(learnt, target, options.emotions));
    const { drawMap } = await loadFigures();
    await putFigure(screen, 'map', drawMap(map, options.title), options, inputs);
  });
}
