/**
 * `satnmf inspect`: what is in a file, before it is used for anything.
 *
 * @module
 */
import { Command } from 'commander';
import { readBytes } from '../node/index.js';
import type { ExitCode } from './exit-code.js';
import { inspectModel, printModel } from './inspect-model.js';
import { inspectTable, printTable } from './inspect-table.js';
import type { Screen } from './screen.js';

const EXAMPLES = `
Examples:
  satnmf inspect emodb.npy
  satnmf inspect recordings.satnmf --json
`;

/** What models, and no tables, begin with. */
const isModel = (bytes: Uint8Array): boolean =>
  [...'SATNMF'].every((letter, i) => bytes[i] === letter.charCodeAt(0));

export function inspectCommand(screen: Screen, _exit: (code: ExitCode) => void): Command {
  return new Command('inspect')
    .description('say what is in a table or a model, and what is wrong with it')
    .argument('<file>', 'table (.npy, .csv, .arff) or model')
    .option('--json', 'print one JSON object on stdout, and nothing else there')
    .addHelpText('after', EXAMPLES)
    .action(async (file: string, { json }: { json?: true }) => {
      const bytes = await readBytes(file, { signal: screen.signal });
      if (isModel(bytes)) {
        const found = inspectModel(bytes, file);
        if (json) screen.print(JSON.stringify(found));
        else printModel(screen, found);
      } else {
        const found = await inspectTable(file, screen.signal);
        if (json) screen.print(JSON.stringify(found));
        else printTable(screen, found);
      }
    });
}
