/**
 * All commands of the program, with the help that each prints.
 */
import { Writable } from 'node:stream';
import type { Command } from 'commander';
import { programFor, withCommandsBelow } from '../../js/cli/program.js';
import { screenOf } from '../../js/cli/screen.js';

export interface Described {
  /** `['sweep', 'run']`; none for the program itself. */
  readonly path: readonly string[];
  readonly command: Command;
  readonly help: string;
}

const pathOf = (command: Command): string[] =>
  command.parent === null ? [] : [...pathOf(command.parent), command.name()];

/** Every command that help lists, the program first. */
export function describedCommands(): Described[] {
  let text = '';
  const stdout = new Writable({ write: (chunk, _, done) => ((text += String(chunk)), done()) });
  const program = programFor(screenOf({ stdout, stderr: stdout, env: {} }), () => undefined);
  return withCommandsBelow(program)
    .filter((command) => command.name() !== 'complete')
    .map((command) => {
      text = '';
      command.outputHelp();
      return { path: pathOf(command), command, help: text };
    });
}
