/**
 * Where a figure goes: a file, or stdout.
 *
 * @module
 */
import type { Command } from 'commander';
import { textFile, writeFiles } from '../../outside/node/index.js';
import type { Screen } from '../screen/screen.js';

export interface FigureOptions {
  readonly output?: string;
  readonly title?: string;
  readonly json?: true;
}

/** A figure as a file holds it. */
export interface DrawnFigure {
  readonly title: string;
  readonly description: string;
  readonly svg: string;
}

export function addFigureOptions(command: Command): Command {
  return command
    .option('--title <text>', 'title of the figure')
    .option('-o, --output <file>', 'write there instead of to stdout');
}

export async function putFigure(
  screen: Screen,
  kind: string,
  { svg, ...about }: DrawnFigure,
  { output, json }: FigureOptions,
  inputs: readonly string[],
): Promise<void> {
  if (output !== undefined) {
    await writeFiles([textFile(output, `${svg}\n`)], { inputs, signal: screen.signal });
    if (!json) screen.note(`${output}: ${about.title}`);
  }
  if (json)
    screen.print(JSON.stringify({ kind, ...about, ...(output === undefined ? { svg } : { file: output }) }));
  else if (output === undefined) screen.print(svg);
}
