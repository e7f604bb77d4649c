/**
 * All commands of the program, with the help that each prints.
 */
import { Writable } from 'node:stream';
import type { Command } from 'commander';
import { programFor, withCommandsBelow } from '../../../js/cli/program.js';
import { screenOf } from '../../../js/cli/screen/screen.js';

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
  const program = programFor(screenOf({ stdout, stderr: stdout, env: {} }));
  return withCommandsBelow(program)
    .filter((command) => command.name() !== 'complete')
    .map((command) => {
      text = '';
      command.outputHelp();
      return { path: pathOf(command), command, help: text };
    });
}

/** The words of a line, quoted ones as one. */
export const wordsOf = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare,
  );

/**
 * What is wrong with a line that begins with `satnmf`: a command or an option that there is not; null if nothing is.
 *
 * @param commands those of {@link describedCommands}
 */
export function complaintAbout(line: string, commands: readonly Described[]): string | null {
  const { command, words } = commandOf(line, commands);
  const known = [command.options, commands[0].command.options]
    .flat()
    .flatMap(({ long, short }) => [long, short]);
  const unknown = words.find(
    (word) => /^--?[A-Za-z]/.test(word) && !['-h', '--help', ...known].includes(word.split('=')[0]),
  );
  if (unknown !== undefined) return `${pathOf(command).join(' ')} has no option ${unknown}`;
  if (command.commands.length > 0 && words.some((word) => !word.startsWith('-')))
    return `${['satnmf', ...pathOf(command)].join(' ')} has no command ${words[0]}`;
  return null;
}

/** The command that a line calls, and the words after it. */
export function commandOf(
  line: string,
  commands: readonly Described[],
): { command: Command; words: string[] } {
  let [, ...words] = wordsOf(line);
  let { command } = commands[0];
  for (;;) {
    const next = command.commands.find((one) => one.name() === words[0]);
    if (next === undefined) return { command, words };
    command = next;
    words = words.slice(1);
  }
}
