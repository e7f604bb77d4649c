/**
 * `satnmf inspect`: what is in a file, before it is used for anything.
 *
 * @module
 */
import { Command } from 'commander';
import { isAudioInput } from '../../../outside/node/audio-files.js';
import { readBytes } from '../../../outside/node/files.js';
import { addAudioOptions, type AudioOptions } from '../../options/audio-options.js';
import { inspectModel, printModel } from './model.js';
import { inspectTable, printTable } from './table.js';
import { addScreenOptions } from '../../options/options.js';
import type { Screen } from '../../screen/screen.js';

const EXAMPLES = `
Examples:
  satnmf inspect emodb.npy
  satnmf inspect recordings/
  satnmf inspect recordings.satnmf --json
`;

/** Models begin so, and no table does. */
const isModel = (bytes: Uint8Array): boolean =>
  [...'SATNMF'].every((letter, i) => bytes[i] === letter.charCodeAt(0));

export function inspectCommand(screen: Screen): Command {
  const command = new Command('inspect')
    .description('show what is in a table or a model, and what is wrong with it')
    .argument('<file>', 'table (.npy, .csv, .arff), model, or folder of recordings');
  addScreenOptions(addAudioOptions(command)).addHelpText('after', EXAMPLES);
  return command.action(async (file: string, options: AudioOptions & { json?: true }) => {
    const { json } = options;
    const audio = await isAudioInput(file);
    const bytes = audio ? new Uint8Array() : await readBytes(file, { signal: screen.signal });
    if (isModel(bytes)) {
      const found = inspectModel(bytes, file);
      if (json) screen.print(JSON.stringify(found));
      else printModel(screen, found);
    } else {
      const found = await inspectTable(file, { screen, options });
      if (json) screen.print(JSON.stringify(found));
      else printTable(screen, found);
    }
  });
}
