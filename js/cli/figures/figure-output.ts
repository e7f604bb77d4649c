/**
 * Where a figure goes: a file, or stdout.
 *
 * @module
 */
import type { Command } from 'commander';
import { checkOutput, writeFiles } from '../../entries/node.js';
import type { Screen } from '../screen/screen.js';

export interface FigureOptions {
  readonly output?: string;
  readonly title?: string;
  readonly json?: true;
  readonly quiet?: true;
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

/** @throws {SatnmfError} `bad-argument`: a file that may not be written; before the work, not after it */
export async function checkFigure({ output }: FigureOptions, inputs: readonly string[]): Promise<void> {
  if (output !== undefined) await checkOutput('output', output, inputs);
}

export async function putFigure(
  screen: Screen,
  kind: string,
  { svg, ...about }: DrawnFigure,
  { output, json, quiet }: FigureOptions,
  inputs: readonly string[],
): Promise<void> {
  if (output !== undefined) {
    const bytes = new TextEncoder().encode(`${svg}\n`);
    await writeFiles([{ name: output, bytes }], { inputs, signal: screen.signal });
    if (!json && !quiet) screen.note(`${output}: ${about.title}`);
  }
  if (json)
    screen.print(JSON.stringify({ kind, ...about, ...(output === undefined ? { svg } : { file: output }) }));
  else if (output === undefined) screen.print(svg);
}
