/**
 * The tree of all commands.
 *
 * @module
 */
import { Command } from 'commander';
import { quote, unknownWord } from '../data/index.js';
import { completeCommand, completionCommand } from './commands/completion/completion.js';
import { corporaCommand } from './commands/corpora/corpora.js';
import { demoCommand } from './commands/demo/demo.js';
import { doctorCommand } from './commands/doctor.js';
import { evaluateCommand } from './commands/evaluate.js';
import { usageSentence } from './screen/exit-code.js';
import { extractCommand } from './commands/extract.js';
import { fitCommand } from './commands/fit.js';
import { inspectCommand } from './commands/inspect/inspect.js';
import { plotCommand } from './commands/plot/plot.js';
import { predictCommand } from './commands/predict.js';
import { reportCommand } from './commands/report.js';
import type { Screen } from './screen/screen.js';
import { suggestCommand } from './commands/suggest.js';
import { trainCommand } from './commands/train.js';
import { sweepCommand } from './commands/sweep/sweep.js';

const EXAMPLES = `
Tables are .npy files (with a .csv of file, speaker and emotion beside them), .csv or .arff files; a row is an
utterance. Results go to stdout, everything else to stderr.

Examples:
  satnmf demo                                                   real speech, nothing to prepare
  satnmf predict recordings/                                    emotion of each recording
  satnmf evaluate --source emodb.npy --target recordings.csv    how well would it do?
  satnmf evaluate --help                                        options and examples of a command

Exit codes: 0 done, 1 partly done or failed, 2 wrong arguments or input, 130 interrupted.
`;

const COMMANDS: readonly ((screen: Screen) => Command)[] = [
  demoCommand,
  extractCommand,
  evaluateCommand,
  fitCommand,
  predictCommand,
  trainCommand,
  suggestCommand,
  sweepCommand,
  reportCommand,
  plotCommand,
  inspectCommand,
  corporaCommand,
  doctorCommand,
  completionCommand,
  helpCommand,
];

/** A command and those below it. */
export const withCommandsBelow = (command: Command): Command[] => [
  command,
  ...command.commands.flatMap(withCommandsBelow),
];

/** The program `satnmf`, which parses once. */
export function programFor(screen: Screen): Command {
  const program = new Command('satnmf')
    .description(
      'Cross-corpus speech emotion recognition: what a labelled corpus teaches about an unlabelled one.',
    )
    .version(__VERSION__, '-v, --version', 'print the version')
    .addHelpText('after', EXAMPLES)
    .hook('preAction', (_, command) => {
      screen.quiet = command.opts<{ quiet?: true }>().quiet === true;
    });
  for (const make of COMMANDS) program.addCommand(make(screen));
  program.addCommand(completeCommand(screen), { hidden: true });
  for (const command of withCommandsBelow(program))
    command
      .exitOverride()
      .helpCommand(false)
      .helpOption('-h, --help', 'show what the command does and how to call it')
      // Descriptions name choices and defaults, so commander must not add them.
      .configureHelp({
        optionDescription: ({ description }) => description,
        argumentDescription: ({ description }) => description,
      })
      .configureOutput({
        writeOut: (text) => void screen.stdout.write(text),
        writeErr: (text) => void screen.stderr.write(text),
        outputError: (text) => screen.fail(usageSentence(command, text)),
        getOutHelpWidth: () => screen.stdout.columns ?? 110,
        getErrHelpWidth: () => screen.stderr.columns ?? 110,
        getOutHasColors: () => false,
        getErrHasColors: () => false,
      });
  return program;
}

/** Commander's own help command prints all of the help if a name is misspelt. */
function helpCommand(): Command {
  const command = new Command('help')
    .description('show the help of a command')
    .argument('[command...]', 'its name, such as sweep run')
    .addHelpText('after', '\nExamples:\n  satnmf help evaluate\n  satnmf help sweep run\n');
  return command.action((names: readonly string[]) => {
    let found = command.parent as Command;
    for (const name of names) {
      const known = found
        .createHelp()
        .visibleCommands(found)
        .map((one) => one.name());
      const next = found.commands.find((one) => one.name() === name);
      if (next === undefined)
        throw unknownWord(name, known, `there is no command ${quote(name)}`, { argument: 'command' });
      found = next;
    }
    found.outputHelp();
  });
}
