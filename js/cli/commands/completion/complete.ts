/**
 * What may stand where somebody pressed the tabulator key: found in the tree of commands.
 *
 * @module
 */
import type { Argument, Command, Option } from 'commander';

/** A word that fits, and what it means. */
export interface Candidate {
  readonly word: string;
  readonly about: string;
}

/** Placeholders of options whose value is a file or a folder. */
const FILE_VALUE = /[<[](table|file|folder|place|plan|recordings)(\.\.\.)?[>\]]/;

/** Where an unfinished line is: in which command, after which of its arguments. */
interface Place {
  readonly command: Command;
  /** Arguments of the command before the unfinished word. */
  readonly operands: number;
  /** The option that waits for its value. */
  readonly option: Option | null;
  /** After `--` everything is an argument. */
  readonly plain: boolean;
}

const optionOf = (command: Command, word: string): Option | undefined =>
  command.options.find(({ long, short }) => word === long || word === short);

const takesValue = ({ required, optional }: Option): boolean => required || optional;

function placeAfter(program: Command, words: readonly string[]): Place {
  let [command, operands, plain] = [program, 0, false];
  let option: Option | null = null;
  for (const word of words) {
    if (option !== null) option = null;
    else if (word === '--') plain = true;
    else if (!plain && word.startsWith('-')) {
      const found = optionOf(command, word);
      if (found !== undefined && takesValue(found)) option = found;
    } else if (word !== 'help' || command !== program) {
      // What follows `help` is what would follow without it.
      const next = operands > 0 ? undefined : command.commands.find((one) => one.name() === word);
      if (next === undefined) operands++;
      else command = next;
    }
  }
  return { command, operands, option, plain };
}

/** Values of an option or an argument; of a list, with those that stand already before the last comma. */
function valuesOf({ argChoices = [] }: Option | Argument, isList: boolean, begun: string): Candidate[] {
  const head = isList ? begun.slice(0, begun.lastIndexOf(',') + 1) : '';
  const given = head.split(',');
  return argChoices
    .filter((choice) => !given.includes(choice))
    .map((choice) => ({ word: `${head}${choice}`, about: '' }));
}

const optionValues = (option: Option, begun: string): Candidate[] =>
  valuesOf(option, option.flags.includes('<names>'), begun);

/** Words split at `=`, as bash does it, become the option and its value. */
function joined(words: readonly string[]): string[] {
  const list: string[] = [];
  for (const [i, word] of words.entries()) {
    const afterOption = i > 0 && words[i - 1].startsWith('--');
    if (word !== '=' || !afterOption) list.push(word);
    else if (i === words.length - 1) list.push('');
  }
  return list;
}

/**
 * What fits the last of `words`; null where the shell's own names of files do.
 *
 * @param program the whole tree of commands
 * @param words what follows `satnmf` on the line, up to the cursor; the last may be empty
 */
export function complete(program: Command, words: readonly string[]): Candidate[] | null {
  const line = joined(words);
  const begun = line.pop() ?? '';
  const { command, operands, option, plain } = placeAfter(program, line);
  const fitting = (all: readonly Candidate[]): Candidate[] =>
    all.filter(({ word }) => word.startsWith(begun));
  if (option !== null) return FILE_VALUE.test(option.flags) ? null : fitting(optionValues(option, begun));

  if (!plain && begun.startsWith('-')) {
    const equals = begun.indexOf('=');
    const assigned = equals < 0 ? undefined : optionOf(command, begun.slice(0, equals));
    if (assigned !== undefined) {
      if (FILE_VALUE.test(assigned.flags)) return null;
      const head = begun.slice(0, equals + 1);
      const values = optionValues(assigned, begun.slice(equals + 1));
      return fitting(values.map(({ word, about }) => ({ word: head + word, about })));
    }
    const options = command.createHelp().visibleOptions(command);
    return fitting(
      options.map(({ long, short, description }) => ({ word: long ?? short ?? '', about: description })),
    );
  }

  const below = command.createHelp().visibleCommands(command);
  if (below.length > 0) return fitting(below.map((one) => ({ word: one.name(), about: one.description() })));
  const { registeredArguments: known } = command;
  const argument = known[Math.min(operands, known.length - 1)];
  if (argument === undefined || (operands >= known.length && !argument.variadic)) return [];
  return argument.argChoices === undefined ? null : fitting(valuesOf(argument, false, begun));
}
