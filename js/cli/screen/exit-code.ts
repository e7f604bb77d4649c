/**
 * What a failure means for the process, and how it is said.
 *
 * @module
 */
import { type Command, CommanderError } from 'commander';
import { SatnmfError } from '../../errors.js';

/** 0 done, 1 partly done or failed at run time, 2 wrong arguments or input data, 130 interrupted. */
export type ExitCode = 0 | 1 | 2 | 130;

/** Ctrl-C: reason of the signal that ends a command. */
export class Interrupted extends Error {
  constructor() {
    super('Interrupted.');
    this.name = 'Interrupted';
  }
}

/** Whether the runtime or the machine failed, and not what the user gave. */
const isRuntime = ({ code, file }: SatnmfError): boolean =>
  ['internal', 'no-simd', 'csp'].includes(code) ||
  // A file that is too large, or of a kind that is not read, is the user's; memory and wasm are not.
  (['too-large', 'unsupported'].includes(code) && file === undefined);

export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof Interrupted) return 130;
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  return error instanceof SatnmfError && !isRuntime(error) ? 2 : 1;
}

/** `satnmf sweep run` */
const pathOf = (command: Command): string =>
  command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;

/** What commander says of arguments of `command`, in one line that ends where help is to be had. */
export function usageSentence(command: Command, text: string): string {
  const said = text
    .trim()
    .replace(/^error: /, '')
    .replace(/\n\((Did you mean [^\n]*\?)\)$/, '. $1');
  return `${said}${/[.?]$/.test(said) ? '' : '.'} See ${pathOf(command)} --help.`;
}

/** The sentence for stderr; null if it has been said already, or there is nothing to say. */
export function sentenceOf(error: unknown): string | null {
  if (error instanceof CommanderError) return null;
  if (error instanceof Interrupted) return error.message;
  if (error instanceof SatnmfError) return `${error.message} (${error.code})`;
  if (!(error instanceof Error)) return String(error);
  // The system's own errors say enough; all others are ours to find.
  return 'code' in error ? error.message : (error.stack ?? error.message);
}
