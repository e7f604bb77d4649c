/**
 * `satnmf plot map`: both corpora before and after adaptation.
 *
 * @module
 */
import { Command } from 'commander';
import { pairOf } from '../../../experiment/evaluation.js';
import { addAudioOptions, type AudioOptions } from '../../options/audio-options.js';
import type { ExitCode } from '../../screen/exit-code.js';
import { addFigureOptions, checkFigure, type FigureOptions, putFigure } from '../../figures/figure-output.js';
import { filesOfInputs, readInput, readSource } from '../../input/inputs.js';
import { loadFigures } from '../../figures/load-figures.js';
import { fitMap } from '../../fitting/maps.js';
import {
  addInputOptions,
  addMethodOptions,
  addScreenOptions,
  type InputOptions,
  type MethodOptions,
  methodFrom,
  need,
  SOURCE,
} from '../../options/options.js';
import type { Screen } from '../../screen/screen.js';

interface Options extends Partial<MethodOptions>, InputOptions, AudioOptions, FigureOptions {
  readonly source?: string;
  readonly target?: string;
}

const EXAMPLES = `
Examples:
  satnmf plot map --source emodb.npy --target emovo.npy -o map.svg
  satnmf plot map --target recordings/ --method tnmf > map.svg
`;

export function plotMapCommand(screen: Screen, exit: (code: ExitCode) => void): Command {
  const command = new Command('map')
    .description('both corpora on the plane of two principal components, before and after adaptation')
    .option('--source <table>', SOURCE)
    .option('--target <table>', 'table, or folder of recordings, with emotions to colour it by');
  addAudioOptions(addInputOptions(addMethodOptions(command, false)));
  addScreenOptions(addFigureOptions(command)).addHelpText('after', EXAMPLES);
  return command.action(async (options: Options) => {
    const { source: sourceFile } = options;
    const targetFile = need('plot map', '--target <table>', options.target);
    const method = methodFrom({ method: ['satnmf'], set: [], ...options });
    const inputs = await filesOfInputs([sourceFile, targetFile]);
    await checkFigure(options, inputs);
    const reader = { screen, exit, options };
    const pair = pairOf(
      await readSource(reader, sourceFile),
      await readInput(reader, targetFile),
      options.emotions,
    );
    const map = await fitMap(screen, method, pair, options);
    const { drawMap } = await loadFigures();
    await putFigure(screen, 'map', drawMap(map, options.title), options, inputs);
  });
}
